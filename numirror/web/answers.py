"""From a request to an answer: who asks, what they get, and a card with a reference whatever goes wrong."""

import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Literal

import msgspec
import orjson
import structlog
from flask import Response, request
from structlog.contextvars import bind_contextvars
from werkzeug.exceptions import HTTPException

from numirror.kernel.day import known_zone
from numirror.kernel.errors import NuMirrorError
from numirror.manifest import SCOPES
from numirror.shell.google.identity import CertificatesAway, EmailNotGranted, NotAuthenticated, Verifier
from numirror.shell.visits import Place
from numirror.web import cards, event, render
from numirror.web.pages import Ask
from numirror.web.render import JSON

Kind = Literal["trigger", "callback"]
"""Google reads the answer to a trigger and the answer to a click as different messages."""

_SOMETHING = "Something went wrong on our side; nothing was lost. Please try again in a moment."

log = structlog.get_logger()


class Front(msgspec.Struct, frozen=True):
    """Receives Google's requests. `base_url` is the public one: signatures are over it, never over `Host`."""

    verifier: Verifier
    base_url: str
    tenant_hash: Callable[[str], str]

    def answer(self, kind: Kind, reference: str, reply: Callable[[Ask], JSON]) -> Response:
        """The answer to the request at hand: 200 with an envelope, or 401 for a caller that is not Google."""
        try:
            return json_response(reply(self._ask()))
        except (NotAuthenticated, CertificatesAway) as error:
            return problem(error)
        except EmailNotGranted:
            return json_response(render.request_scopes(SCOPES))
        except HTTPException:
            raise  # of Flask's own, such as a body that is too large; answered by the application
        except NuMirrorError as error:
            log.warning("refused", error=type(error).__name__)
            return json_response(self._failed(kind, str(error), reference))
        except Exception as error:
            log.error("failed", error=type(error).__name__, at=places(error))
            return json_response(self._failed(kind, _SOMETHING, reference))

    def _failed(self, kind: Kind, sentence: str, reference: str) -> JSON:
        """A click leaves the card below, and what was typed there, as it was. A first card can be asked for again."""
        # The button opens the sidebar as the menu does, with nothing in it that would have to be signed.
        calls = render.Calls(url=f"{self.base_url}/addon/refresh", base_url="", sign=lambda _op, _fields: ())
        if kind == "trigger":
            return render.trigger(render.card(calls, cards.error_card(sentence, reference, again=True)))
        return render.callback(render.push(render.card(calls, cards.error_card(sentence, reference))))

    def _ask(self) -> Ask:
        query = request.query_string.decode("latin-1")
        url = self.base_url + request.path + (f"?{query}" if query else "")
        self.verifier.verify_system(request.headers.get("Authorization"), url)
        incoming = event.read(request.get_data(cache=False))
        visitor = self.verifier.verify_user(incoming.user_id_token)
        bind_contextvars(tenant=self.tenant_hash(visitor.tenant_id))
        zone = known_zone(incoming.zone)
        place = Place(datetime.now(UTC), zone, incoming.locale, incoming.sheet_id, incoming.google_token)
        return Ask(visitor, incoming, place)


def json_response(answer: JSON) -> Response:
    return Response(orjson.dumps(answer), mimetype="application/json")


def problem(error: NuMirrorError) -> Response:
    """For callers who are not a sidebar."""
    match error:
        case NotAuthenticated():
            return problem_response(HTTPStatus.UNAUTHORIZED, str(error))
        case _:
            return problem_response(HTTPStatus.SERVICE_UNAVAILABLE, str(error))


def problem_response(status: int, detail: str) -> Response:
    """RFC 9457. `detail` must be a sentence of ours, nothing that was sent."""
    body = orjson.dumps({"title": HTTPStatus(status).phrase, "status": int(status), "detail": detail})
    return Response(body, status=status, mimetype="application/problem+json")


def places(error: BaseException) -> list[str]:
    """Where it happened. Never the message: it may hold what a person wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames[-6:]]
