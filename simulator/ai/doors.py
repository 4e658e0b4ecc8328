"""The two doors of an OpenAI-compatible server that the product uses.

https://platform.openai.com/docs/api-reference/chat/create"""

import hashlib
import json
import time
from collections.abc import Iterator
from typing import Any

from werkzeug.wrappers import Response

from simulator.ai.shaped import instance
from simulator.ai.story import tell
from simulator.ai.troubles import trouble
from simulator.routing import Call, Route, route
from simulator.wire import Json, answer, read_object

_MODELS = ("story-1", "gpt-4o-mini")


class _No(Exception):
    def __init__(self, status: int, code: str, message: str, parameter: str | None = None) -> None:
        super().__init__(message)
        kind = "invalid_request_error"
        self.status = status
        self.body = {"error": {"message": message, "type": kind, "param": parameter, "code": code}}


def routes() -> Iterator[Route]:
    """Models and chat completions; any key opens them but those of `simulator.ai.troubles`, no key does not."""
    yield route("GET", "/ai/v1/models", lambda call: _answered(call, _models))
    yield route("POST", "/ai/v1/chat/completions", lambda call: _answered(call, _chat))


def _answered(call: Call, work: Any) -> Response:
    try:
        response: Response = trouble(_key(call), call.request.method) or work(call)
    except _No as no:
        return answer(no.body, no.status)
    return response


def _key(call: Call) -> str:
    scheme, _, key = call.request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key.strip():
        raise _No(401, "invalid_api_key", "You didn't provide an API key.")
    return key.strip()


def _models(_: Call) -> Response:
    found = [{"id": name, "object": "model", "created": 0, "owned_by": "simulator"} for name in _MODELS]
    return answer({"object": "list", "data": found})


def _chat(call: Call) -> Response:
    try:
        body = read_object(call.request.get_data())
    except ValueError as error:
        raise _No(400, "invalid_json", "We could not parse the JSON body of your request.") from error
    model, prompt = body.get("model"), _prompt(body)
    if not isinstance(model, str) or not model:
        raise _No(400, "missing_required_parameter", "you must provide a model parameter", "model")
    text = _text(body, prompt)
    if body.get("stream"):
        return Response(_stream(model, prompt, text), 200, content_type="text/event-stream")
    return answer(_completion(model, prompt, text))


def _prompt(body: Json) -> str:
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages or not all(isinstance(one, dict) for one in messages):
        raise _No(400, "invalid_type", "'messages' must be a list with at least one message.", "messages")
    return "\n".join(_content(one.get("content")) for one in messages if one.get("role") == "user")


def _content(content: Any) -> str:
    if isinstance(content, list):
        return "\n".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""


def _text(body: Json, prompt: str) -> str:
    story = tell(prompt)
    wanted = body.get("response_format") or {}
    match wanted.get("type", "text"):
        case "json_schema":
            schema = wanted.get("json_schema", {}).get("schema", {})
            return json.dumps(instance(schema, prompt), ensure_ascii=False)
        case "json_object":
            return json.dumps({"story": story}, ensure_ascii=False)
        case _:
            return story


def _completion(model: str, prompt: str, text: str) -> Json:
    message = {"role": "assistant", "content": text, "refusal": None}
    asked, said = _tokens(prompt), _tokens(text)
    return _head(model, prompt, "chat.completion") | {
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said},
    }


def _stream(model: str, prompt: str, text: str) -> Iterator[str]:
    head = _head(model, prompt, "chat.completion.chunk")
    deltas: list[Json] = [{"role": "assistant", "content": ""}]
    deltas += [{"content": word} for word in text.replace(" ", " \0").split("\0")]
    for delta in deltas:
        yield _chunk(head, delta, None)
    yield _chunk(head, {}, "stop")
    yield "data: [DONE]\n\n"


def _chunk(head: Json, delta: Json, reason: str | None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": reason}
    return f"data: {json.dumps(head | {'choices': [choice]})}\n\n"


def _head(model: str, prompt: str, kind: str) -> Json:
    digest = hashlib.sha256(prompt.encode("utf-8", "replace")).hexdigest()[:24]
    return {"id": f"chatcmpl-{digest}", "object": kind, "created": int(time.time()), "model": model}


def _tokens(text: str) -> int:
    """By the rule of thumb: four letters a token."""
    return len(text) // 4 + 1
