"""The file behind an export's link."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from itertools import chain
from typing import TYPE_CHECKING

import structlog
from flask import Response

from numirror.kernel.errors import Away, NuMirrorError
from numirror.web.answers import problem_response

if TYPE_CHECKING:
    from numirror.shell.account.leaving import Exports

log = structlog.get_logger()


def download(exports: "Callable[[], Exports]", tenant_hash: str, expires: int, seal: str) -> Response:
    """The file as it is read from the log, or what is wrong with the link.

    A file that breaks off in the middle has no end that its reader would take.
    """
    now = datetime.now(UTC)
    try:
        pieces = exports().file(tenant_hash, expires, seal, now)
        first = next(pieces, b"")
    except NuMirrorError as error:
        log.warning("no export", error=type(error).__name__)
        status = HTTPStatus.SERVICE_UNAVAILABLE if isinstance(error, Away) else HTTPStatus.GONE
        return problem_response(status, str(error))
    name = f"numirror-{now:%Y-%m-%d}.numirror"
    response = Response(_told(chain([first], pieces)), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _told(pieces: Iterator[bytes]) -> Iterator[bytes]:
    try:
        yield from pieces
    except NuMirrorError as error:
        log.warning("export broken off", error=type(error).__name__)
        raise
