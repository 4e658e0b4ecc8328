"""What can go wrong with an AI, chosen by the key that is sent. Any other key works.

| key                | what comes of it                                                                                |
|--------------------|-------------------------------------------------------------------------------------------------|
| sk-sim-wrong-key   | 401 invalid_api_key, and the key stands in the message                                          |
| sk-sim-region      | 403 unsupported_country_region_territory                                                        |
| sk-sim-no-credit   | models are listed; a chat gets 429 insufficient_quota                                           |
| sk-sim-no-model    | models are listed; a chat gets 403 model_not_found: the project has no access                   |
| sk-sim-rate-limit  | models are listed; a chat gets 429 rate_limit_exceeded, with Retry-After                        |
| sk-sim-away        | 503                                                                                             |
| sk-sim-slow        | 200, and then a blank every fifth of a second for two minutes                                   |
| sk-sim-redirect    | 307 to another host                                                                             |
| sk-sim-huge        | 200 and JSON of 6 MiB                                                                           |
| sk-sim-html        | 200 and a web page                                                                              |
| sk-gemini-wrong    | 400 API_KEY_INVALID in a list, as Gemini says it                                                |
| sk-gemini-region   | 400 FAILED_PRECONDITION in a list, as Gemini says it                                            |
| sk-openrouter-402  | models are listed; a chat gets 402, as OpenRouter says it                                       |

Sources: https://developers.openai.com/api/docs/guides/error-codes,
https://ai.google.dev/gemini-api/docs/troubleshooting, https://openrouter.ai/docs/api-reference/errors
"""

import time
from collections.abc import Callable, Iterator

from werkzeug.wrappers import Response

from simulator.wire import answer

_MIB = 1024 * 1024
_REGION = "Country, region, or territory not supported"
_QUOTA = "You exceeded your current quota, please check your plan and billing details."
_NO_MODEL = "Project `proj_sim` does not have access to model `story-1`"
_TOO_MANY = "Rate limit reached for story-1 on requests per min (RPM): Limit 3, Used 3, Requested 1."
_WHERE = "User location is not supported for the API use."


def trouble(key: str, method: str) -> Response | None:
    """The answer to a request with this key; None if nothing is wrong. Chats are POST, the list of models is GET."""
    made = _ALWAYS.get(key) or (_CHATS.get(key) if method == "POST" else None)
    return made() if made else None


def _wrong_key() -> Response:
    message = "Incorrect API key provided: sk-sim-wrong-key. You can find your API key at https://platform.openai.com."
    return _openai(401, "invalid_request_error", "invalid_api_key", message)


def _openai(status: int, kind: str, code: str, message: str, headers: dict[str, str] | None = None) -> Response:
    return answer({"error": {"message": message, "type": kind, "param": None, "code": code}}, status, headers)


def _gemini(status: str, message: str, reason: str) -> Response:
    details = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason}]
    return answer([{"error": {"code": 400, "message": message, "status": status, "details": details}}], 400)


def _slow() -> Response:
    return Response(_blanks(), 200, content_type="application/json")


def _blanks() -> Iterator[bytes]:
    for _ in range(600):
        yield b" "
        time.sleep(0.2)


def _huge() -> Response:
    return answer({"object": "list", "data": [{"id": "x" * 6 * _MIB, "object": "model", "created": 0, "owned_by": ""}]})


_Trouble = Callable[[], Response]

_ALWAYS: dict[str, _Trouble] = {
    "sk-sim-wrong-key": _wrong_key,
    "sk-sim-region": lambda: _openai(403, "request_forbidden", "unsupported_country_region_territory", _REGION),
    "sk-sim-away": lambda: _openai(503, "server_error", "overloaded", "That model is overloaded."),
    "sk-sim-slow": _slow,
    "sk-sim-redirect": lambda: Response("", 307, {"Location": "https://elsewhere.invalid/v1/models"}),
    "sk-sim-huge": _huge,
    "sk-sim-html": lambda: Response("<!doctype html><title>Welcome</title>", 200, content_type="text/html"),
    "sk-gemini-wrong": lambda: _gemini("INVALID_ARGUMENT", "API key not valid.", "API_KEY_INVALID"),
    "sk-gemini-region": lambda: _gemini("FAILED_PRECONDITION", _WHERE, "UNSUPPORTED_LOCATION"),
}
_CHATS: dict[str, _Trouble] = {
    "sk-sim-no-credit": lambda: _openai(429, "insufficient_quota", "insufficient_quota", _QUOTA),
    "sk-sim-no-model": lambda: _openai(403, "invalid_request_error", "model_not_found", _NO_MODEL),
    "sk-sim-rate-limit": lambda: _openai(429, "requests", "rate_limit_exceeded", _TOO_MANY, {"Retry-After": "20"}),
    "sk-openrouter-402": lambda: answer({"error": {"message": "Insufficient credits", "code": 402}}, 402),
}
