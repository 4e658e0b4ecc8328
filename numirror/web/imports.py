"""The door for a file that comes back: a page with one field, and what became of the file."""

from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus
from typing import BinaryIO, cast

import structlog
from flask import Response, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from numirror.kernel.errors import Away, NuMirrorError, Refused
from numirror.kernel.wording import counted
from numirror.shell.account.importing import (
    AnothersExport,
    Import,
    Imports,
    InvalidEvent,
    InvalidExport,
    LinkOver,
    Question,
    Restored,
)
from numirror.web.answers import places
from numirror.web.import_page import FILE, LIMIT, YES, form, page

_FORM = form("Your .numirror file", "Import")
_TOO_LARGE = (
    f"A file may have {LIMIT // 1024**2} MB here. A larger one can be read in by whoever runs this NuMirror, with the "
    "command numirror import: ask them to."
)
_AFTER = "Open NuMirror in your Sheet again: the sidebar shows it at once, the tabs of the Sheet follow."

_LET_PASS = 4 * LIMIT
_PIECE = 64 * 1024

log = structlog.get_logger()


class NoFile(NuMirrorError):
    """There was no file. Choose the one that you downloaded from an export."""


class FromElsewhere(Refused):
    """This did not come from NuMirror's own page. Open the sidebar, and ask there for a link to import."""


class Uploads:
    """Answers whoever opens an import's link."""

    def __init__(self, imports: Imports) -> None:
        self._imports = imports

    def answer(self, tenant_hash: str, expires: int, seal: str) -> Response:
        """The page with the form, or what became of the file that was sent with it."""
        answer = self._answer(tenant_hash, expires, seal)
        _let_pass()
        return answer

    def _answer(self, tenant_hash: str, expires: int, seal: str) -> Response:
        try:
            if request.method == "POST":
                _check_origin()
            opened = self._imports.open(tenant_hash, expires, seal, datetime.now(UTC))
            return _read(opened) if request.method == "POST" else _begin()
        except RequestEntityTooLarge:
            return page(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "This file is too large", _TOO_LARGE, form=_FORM)
        except HTTPException:
            raise  # answered by the application
        except NuMirrorError as error:
            log.warning("no import", error=type(error).__name__)
            return _problem(error)
        except Exception as error:
            # The path that Flask would log holds the seal.
            log.error("failed", error=type(error).__name__, at=places(error))
            return _failed()


def _check_origin() -> None:
    """Another site can't make a browser send a file for somebody.

    There is no cookie or login that a browser would add by itself: the seal in the path is all that opens this door,
    and who forges a request would have to know it. This refuses even those, as far as browsers tell
    (https://www.w3.org/TR/fetch-metadata/, 2.2).
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise FromElsewhere


def _let_pass() -> None:
    """Takes what is still on its way, and keeps nothing of it.

    A browser reads no answer before it has sent everything: with a server that hangs up, a person who sent too much, or
    too late, would see that the connection broke, and never why. What is far too much is not waited for.
    """
    body = request.environ["wsgi.input"]
    if 0 < (request.content_length or 0) <= _LET_PASS:
        with suppress(OSError):  # nobody waits for the answer any more
            while body.read(_PIECE):
                pass


def _begin() -> Response:
    return page(
        HTTPStatus.OK,
        "Import your log",
        "Choose a .numirror file that you exported. Its events are added to your log if that is empty, or if it is the "
        "same log; nothing is ever taken away. All of the file is checked first.",
        _TOO_LARGE,
        form=_FORM,
    )


def _read(opened: Import) -> Response:
    # Only here, and only now that the link is known: the application's own limit is that of a card's event.
    request.max_content_length = LIMIT
    file = request.files.get(FILE)
    if file is None or not file.filename:
        raise NoFile
    answer = opened.read(cast(BinaryIO, file.stream), request.form.get(YES, ""))
    return _ask(answer) if isinstance(answer, Question) else _done(answer)


def _ask(question: Question) -> Response:
    return page(
        HTTPStatus.CONFLICT,
        "Your log has grown since",
        f"This file holds {counted(question.count, 'event')}. Your log here has {counted(question.here, 'event')} "
        "already, so nothing was done. Importing the file adds nothing, and takes away nothing that came after it.",
        "If you mean it all the same, choose the same file once more.",
        form=form("The same .numirror file", "Yes, import it", question.yes),
    )


def _done(done: Restored) -> Response:
    log.info("imported", count=done.count, skipped=done.skipped)
    if not done.count:
        said = (
            f"This file holds {counted(done.skipped, 'event')}: all of it was in your log already. Nothing was changed."
        )
        return page(HTTPStatus.OK, "It was all there", said, _AFTER)
    there = f", {counted(done.skipped, 'event')} of the file were there before" if done.skipped else ""
    said = f"Added to your log, as it was written: {counted(done.count, 'event')}{there}."
    return page(HTTPStatus.OK, "Imported", said, f"The file ends with the hash {done.head_hash.hex()}.", _AFTER)


def _problem(error: NuMirrorError) -> Response:
    match error:
        case LinkOver():
            return page(HTTPStatus.GONE, "This link is over", str(error))
        case FromElsewhere():
            return page(HTTPStatus.FORBIDDEN, "Not from here", str(error))
        case Away():
            again = "The same file may be sent again."
            return page(HTTPStatus.SERVICE_UNAVAILABLE, "Not now", str(error), again, form=_FORM)
        case AnothersExport():
            hint = "Open NuMirror with the account that it was exported from, and import it there."
            return page(HTTPStatus.CONFLICT, "Somebody else's log", "This export is of another account.", hint)
        case InvalidExport() | InvalidEvent() | NoFile():
            return page(HTTPStatus.BAD_REQUEST, "Nothing was imported", str(error), form=_FORM)
        case _:
            return page(HTTPStatus.CONFLICT, "This can't be imported here", str(error), form=_FORM)


def _failed() -> Response:
    said = "Something went wrong on our side. What was in your log is there as before; send the same file again."
    return page(HTTPStatus.INTERNAL_SERVER_ERROR, "Not now", said, form=_FORM)
