"""The doors of an OpenAI-compatible server: https://platform.openai.com/docs/api-reference

Each answer carries an `x-request-id`, which the openai client shows with an error."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from werkzeug.wrappers import Response

from simulator.ai import asked, models, pictures
from simulator.ai.chat import reply
from simulator.ai.dialects import Dialect, Refused, dialect_of, refusal
from simulator.ai.troubles import BREAKS, trouble
from simulator.routing import Call, Route, route
from simulator.wire import Json, read_object


@dataclass(frozen=True, slots=True)
class _Caller:
    key: str

    @property
    def dialect(self) -> Dialect:
        return dialect_of(self.key)


_Work = Callable[[Call, _Caller], Response]


def routes() -> Iterator[Route]:
    """Any key opens these doors but those of `simulator.ai.troubles`, no key does not. Pictures need none."""
    yield _door("GET", "models", lambda call, caller: models.listed())
    yield _door("GET", "models/{name...}", lambda call, caller: models.one(call.names["name"], caller.dialect))
    yield _door("POST", "chat/completions", _chat)
    yield _door("POST", "images/generations", lambda call, caller: pictures.made(call, _body(call), caller.dialect))
    yield _door("GET", "{rest...}", _nothing)
    yield _door("POST", "{rest...}", _nothing)
    yield route("GET", "/ai/pictures/{name}.png", pictures.shown)


def _door(method: str, path: str, work: _Work) -> Route:
    return route(method, f"/ai/v1/{path}", lambda call: _answered(call, work))


def _answered(call: Call, work: _Work) -> Response:
    caller = _Caller("")
    try:
        caller = _Caller(_key(call))
        said = trouble(caller.key, call.request.method) or work(call, caller)
    except Refused as no:
        said = refusal(no, caller.dialect)
    said.headers["x-request-id"] = f"req_{uuid.uuid4().hex}"
    return said


def _key(call: Call) -> str:
    scheme, _, key = call.request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key.strip():
        raise Refused(401, "You didn't provide an API key.", code="invalid_api_key")
    return key.strip()


def _body(call: Call) -> Json:
    try:
        return read_object(call.request.get_data())
    except ValueError as error:
        raise Refused(400, "We could not parse the JSON body of your request.") from error


def _chat(call: Call, caller: _Caller) -> Response:
    wanted = asked.read(_body(call), caller.dialect)
    return reply(wanted, caller.dialect, breaks=caller.key == BREAKS)


def _nothing(call: Call, _: _Caller) -> Response:
    raise Refused(404, f"Invalid URL ({call.request.method} /v1/{call.names['rest']})")
