"""Chat completions, whole or streamed: https://platform.openai.com/docs/api-reference/chat/object"""

import hashlib
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass

from werkzeug.wrappers import Response

from simulator.ai.asked import Asked
from simulator.ai.dialects import Dialect, Refused, body
from simulator.ai.shaped import instance
from simulator.ai.story import tell
from simulator.ai.usage import LETTERS, usage
from simulator.wire import Json, answer

FINGERPRINT = "fp_offline_storyteller"
_BROKE = Refused(502, "Provider returned error", more={"provider_name": "Simulator"})


@dataclass(frozen=True, slots=True)
class _Reply:
    text: str
    reason: str


def reply(asked: Asked, dialect: Dialect, *, breaks: bool) -> Response:
    """What the storyteller says; with `breaks`, what OpenRouter says when the provider behind it gave up."""
    replies = [_reply(asked, number) for number in range(asked.replies)]
    head = _head(asked, dialect)
    counted = usage(asked.everything, [one.text for one in replies], dialect)
    if asked.streams:
        events = _broken(head) if breaks else _events(head, replies, counted if asked.counts else None)
        return Response(map(_event, events), 200, content_type="text/event-stream; charset=utf-8")
    if breaks:
        return answer(body(_BROKE, dialect))
    choices = [_choice(number, one) for number, one in enumerate(replies)]
    return answer(head | {"object": "chat.completion", "choices": choices, "usage": counted})


def _reply(asked: Asked, number: int) -> _Reply:
    """The first is what was asked for; each other one is told anew."""
    text = _text(asked, asked.prompt + "\0" * number)
    for stop in asked.stops:
        text = text.partition(stop)[0]
    most = asked.limit and asked.limit * LETTERS - 1
    return _Reply(text[:most], "length") if most and len(text) > most else _Reply(text, "stop")


def _text(asked: Asked, prompt: str) -> str:
    match asked.shape:
        case "json_schema":
            return json.dumps(instance(asked.schema or {}, prompt), ensure_ascii=False)
        case "json_object":
            return json.dumps({"story": tell(prompt)}, ensure_ascii=False)
        case _:
            return tell(prompt)


def _choice(number: int, one: _Reply) -> Json:
    message: Json = {"role": "assistant", "content": one.text, "refusal": None, "annotations": []}
    return {"index": number, "message": message, "logprobs": None, "finish_reason": one.reason}


def _events(head: Json, replies: list[_Reply], counted: Json | None) -> Iterator[Json | None]:
    blank: Json = {"usage": None} if counted else {}
    for number, one in enumerate(replies):
        yield _chunk(head, {"role": "assistant", "content": "", "refusal": None}, number) | blank
        for word in one.text.replace(" ", " \0").split("\0"):
            yield _chunk(head, {"content": word}, number) | blank
        yield _chunk(head, {}, number, one.reason) | blank
    if counted:
        yield head | {"object": "chat.completion.chunk", "choices": [], "usage": counted}
    yield None


def _broken(head: Json) -> Iterator[Json | None]:
    """The status is said already, so the error comes as an event."""
    yield _chunk(head, {"role": "assistant", "content": "It "}, 0)
    yield _chunk(head, {"content": ""}, 0, "error") | body(_BROKE, "openrouter")


def _chunk(head: Json, delta: Json, number: int, reason: str | None = None) -> Json:
    choice = {"index": number, "delta": delta, "logprobs": None, "finish_reason": reason}
    return head | {"object": "chat.completion.chunk", "choices": [choice]}


def _event(event: Json | None) -> str:
    return f"data: {json.dumps(event)}\n\n" if event else "data: [DONE]\n\n"


def _head(asked: Asked, dialect: Dialect) -> Json:
    digest = hashlib.sha256(asked.everything.encode("utf-8", "replace")).hexdigest()[:24]
    head: Json = {"id": f"chatcmpl-{digest}", "created": int(time.time()), "model": asked.model}
    match dialect:
        case "openai":
            return head | {"system_fingerprint": FINGERPRINT, "service_tier": "default"}
        case "openrouter":
            return head | {"provider": "Offline storyteller"}
        case "gemini":
            return head
