"""How OpenAI, OpenRouter and Gemini's compatible endpoint say no. Whose manner it is, the key says, as keys look.

https://developers.openai.com/api/docs/guides/error-codes, https://openrouter.ai/docs/api/reference/errors-and-debugging,
https://ai.google.dev/gemini-api/docs/troubleshooting
"""

from typing import Any, Literal

from werkzeug.wrappers import Response

from simulator.wire import Json, answer

Dialect = Literal["openai", "openrouter", "gemini"]

_LOOKS: dict[str, Dialect] = {
    "sk-or-": "openrouter",
    "sk-openrouter-": "openrouter",
    "AIza": "gemini",
    "sk-gemini-": "gemini",
}
_GEMINI = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    503: "UNAVAILABLE",
}


class Refused(Exception):
    """A request that is not worked on. Each provider says it in its own way, and may not say all of this."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        kind: str = "invalid_request_error",
        code: str | None = None,
        parameter: str | None = None,
        more: Any = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        """`kind`, `code` and `parameter` are OpenAI's; `more` is OpenRouter's metadata or Gemini's details."""
        super().__init__(message)
        self.status = status
        self.message = message
        self.kind = kind
        self.code = code
        self.parameter = parameter
        self.more = more
        self.headers = headers


def dialect_of(key: str) -> Dialect:
    """The provider that gives out keys that look so; OpenAI for any other."""
    return next((dialect for look, dialect in _LOOKS.items() if key.startswith(look)), "openai")


def refusal(no: Refused, dialect: Dialect) -> Response:
    """The answer of this provider."""
    return answer(body(no, dialect), no.status, no.headers)


def body(no: Refused, dialect: Dialect) -> Any:
    """What stands in the answer. Gemini's is a list."""
    match dialect:
        case "openai":
            said = {"message": no.message, "type": no.kind, "param": no.parameter, "code": no.code}
            return {"error": said}
        case "openrouter":
            return {"error": _with({"message": no.message, "code": no.status}, "metadata", no.more)}
        case "gemini":
            status = no.code if no.code in _GEMINI_OWN else _GEMINI.get(no.status, "UNKNOWN")
            error = {"code": no.status, "message": no.message, "status": status}
            return [{"error": _with(error, "details", no.more)}]


_GEMINI_OWN = frozenset({"FAILED_PRECONDITION"})
"""Statuses that go with a code of HTTP which usually means another one."""


def no_model(name: str, dialect: Dialect) -> Refused:
    """There is none of this name."""
    match dialect:
        case "openai":
            message = f"The model `{name}` does not exist or you do not have access to it."
            return Refused(404, message, code="model_not_found")
        case "openrouter":
            return Refused(400, f"{name} is not a valid model ID")
        case "gemini":
            return Refused(404, f"models/{name} is not found for API version v1main.")


def _with(error: Json, name: str, more: Any) -> Json:
    return error | {name: more} if more else error
