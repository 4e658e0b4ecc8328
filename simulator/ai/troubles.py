"""What can go wrong with an AI, chosen by the key that is sent. Any other key works.

| key                      | what comes of it                                                                          |
|--------------------------|-------------------------------------------------------------------------------------------|
| sk-sim-wrong-key         | 401 invalid_api_key, and the key stands in the message                                    |
| sk-sim-region            | 403 unsupported_country_region_territory                                                  |
| sk-sim-no-credit         | models are listed; a chat gets 429 insufficient_quota                                     |
| sk-sim-no-model          | models are listed; a chat gets 403 model_not_found: the project has no access             |
| sk-sim-rate-limit        | models are listed; a chat gets 429 rate_limit_exceeded, with Retry-After                  |
| sk-sim-away              | 503                                                                                       |
| sk-sim-slow              | 200, and then a blank every fifth of a second for two minutes                             |
| sk-sim-redirect          | 307 to another host                                                                       |
| sk-sim-huge              | 200 and JSON of 6 MiB                                                                     |
| sk-sim-html              | 200 and a web page                                                                        |
| sk-gemini-wrong          | 400 API_KEY_INVALID in a list, as Gemini says it                                          |
| sk-gemini-region         | 400 FAILED_PRECONDITION in a list, as Gemini says it                                      |
| sk-gemini-rate-limit     | models are listed; a chat gets 429 RESOURCE_EXHAUSTED in a list, with the rest in it      |
| sk-gemini-away           | 503 UNAVAILABLE in a list                                                                 |
| sk-openrouter-wrong      | models are listed, as they are to everybody; a chat gets 401                              |
| sk-openrouter-402        | models are listed; a chat gets 402, as OpenRouter says it                                 |
| sk-openrouter-moderated  | models are listed; a chat gets 403, and metadata says what was flagged                    |
| sk-openrouter-rate-limit | models are listed; a chat gets 429, and metadata says what the provider behind it said    |
| sk-openrouter-broke      | models are listed; a chat gets 200 and an error in it, a stream after a word     |

Keys that begin with `sk-or-` or `AIza` work, and are answered in the manner of OpenRouter and of Gemini.
"""

import time
from collections.abc import Callable, Iterator
from typing import Any

from werkzeug.wrappers import Response

from simulator.ai.dialects import Refused, dialect_of, refusal
from simulator.wire import answer

BREAKS = "sk-openrouter-broke"
"""The key whose chats break off: only the chat knows how far it came."""

_MIB = 1024 * 1024
_REGION = "Country, region, or territory not supported"
_QUOTA = "You exceeded your current quota, please check your plan and billing details."
_NO_MODEL = "Project `proj_sim` does not have access to model `story-1`"
_TOO_MANY = "Rate limit reached for story-1 on requests per min (RPM): Limit 3, Used 3, Requested 1."
_WHERE = "User location is not supported for the API use."
_WRONG = "Incorrect API key provided: sk-sim-wrong-key. You can find your API key at https://platform.openai.com."
_FLAGGED = {"reasons": ["violence"], "flagged_input": "…", "provider_name": "Simulator", "model_slug": "story-1"}
_BEHIND = {"raw": "story-1 is temporarily rate-limited upstream.", "provider_name": "Simulator"}


def trouble(key: str, method: str) -> Response | None:
    """The answer to a request with this key; None if nothing is wrong. Chats are POST, the list of models is GET."""
    no = _REFUSED.get(key) or (_REFUSED_CHATS.get(key) if method == "POST" else None)
    if no:
        return refusal(no, dialect_of(key))
    made = _ODD.get(key)
    return made() if made else None


def _google(kind: str, **more: Any) -> dict[str, Any]:
    return {"@type": f"type.googleapis.com/google.rpc.{kind}", **more}


def _slow() -> Response:
    return Response(_blanks(), 200, content_type="application/json")


def _blanks() -> Iterator[bytes]:
    for _ in range(600):
        yield b" "
        time.sleep(0.2)


def _huge() -> Response:
    return answer({"object": "list", "data": [{"id": "x" * 6 * _MIB, "object": "model", "created": 0, "owned_by": ""}]})


_REFUSED: dict[str, Refused] = {
    "sk-sim-wrong-key": Refused(401, _WRONG, code="invalid_api_key"),
    "sk-sim-region": Refused(403, _REGION, kind="request_forbidden", code="unsupported_country_region_territory"),
    "sk-sim-away": Refused(503, "That model is overloaded.", kind="server_error", code="overloaded"),
    "sk-gemini-wrong": Refused(400, "API key not valid.", more=[_google("ErrorInfo", reason="API_KEY_INVALID")]),
    "sk-gemini-region": Refused(400, _WHERE, code="FAILED_PRECONDITION"),
    "sk-gemini-away": Refused(503, "The model is overloaded. Please try again later."),
}
_REFUSED_CHATS: dict[str, Refused] = {
    "sk-sim-no-credit": Refused(429, _QUOTA, kind="insufficient_quota", code="insufficient_quota"),
    "sk-sim-no-model": Refused(403, _NO_MODEL, code="model_not_found"),
    "sk-sim-rate-limit": Refused(
        429, _TOO_MANY, kind="requests", code="rate_limit_exceeded", headers={"Retry-After": "20"}
    ),
    "sk-gemini-rate-limit": Refused(429, _QUOTA, more=[_google("RetryInfo", retryDelay="20s")]),
    "sk-openrouter-wrong": Refused(401, "User not found."),
    "sk-openrouter-402": Refused(402, "Insufficient credits"),
    "sk-openrouter-moderated": Refused(403, "story-1 requires moderation. Your input was flagged.", more=_FLAGGED),
    "sk-openrouter-rate-limit": Refused(429, "Provider returned error", more=_BEHIND, headers={"Retry-After": "20"}),
}
_ODD: dict[str, Callable[[], Response]] = {
    "sk-sim-slow": _slow,
    "sk-sim-redirect": lambda: Response("", 307, {"Location": "https://elsewhere.invalid/v1/models"}),
    "sk-sim-huge": _huge,
    "sk-sim-html": lambda: Response("<!doctype html><title>Welcome</title>", 200, content_type="text/html"),
}
