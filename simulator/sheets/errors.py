"""How Sheets says no.

SheetsError            an answer with a status and Google's words
├── Invalid            400: the request is wrong
├── Forbidden          403: seen, but not for this person to change
│   └── TooNarrow      403: the token has no scope for this
├── Missing            404: not there, or not granted to the add-on
├── Unauthenticated    401: no such token
└── TooMany            429: the quota of the minute is used up
"""

from typing import ClassVar

from simulator.wire import Json


class SheetsError(Exception):
    """Internal error encountered."""

    code: ClassVar[int] = 500
    status: ClassVar[str] = "INTERNAL"

    def __init__(self, message: str | None = None, details: list[Json] | None = None) -> None:
        self.message = message or (type(self).__doc__ or "").partition("\n")[0]
        self.details = details
        super().__init__(self.message)

    def envelope(self) -> Json:
        """The body that Google's APIs answer with."""
        error: Json = {"code": self.code, "message": self.message, "status": self.status}
        return {"error": error | ({"details": self.details} if self.details else {})}


class Invalid(SheetsError):
    """Request contains an invalid argument."""

    code = 400
    status = "INVALID_ARGUMENT"


class Forbidden(SheetsError):
    """The caller does not have permission"""

    code = 403
    status = "PERMISSION_DENIED"


class TooNarrow(Forbidden):
    """Request had insufficient authentication scopes."""

    def __init__(self, method: str) -> None:
        metadata = {"service": "sheets.googleapis.com", "method": f"google.apps.sheets.v4.SpreadsheetsService.{method}"}
        kind = "type.googleapis.com/google.rpc.ErrorInfo"
        reason = "ACCESS_TOKEN_SCOPE_INSUFFICIENT"
        super().__init__(None, [{"@type": kind, "reason": reason, "domain": "googleapis.com", "metadata": metadata}])


class Missing(SheetsError):
    """Requested entity was not found."""

    code = 404
    status = "NOT_FOUND"


class Unauthenticated(SheetsError):
    """Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid \
authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project."""

    code = 401
    status = "UNAUTHENTICATED"


class TooMany(SheetsError):
    """Quota exceeded."""

    code = 429
    status = "RESOURCE_EXHAUSTED"


def field_violation(message: str, field: str) -> Invalid:
    """A 400 that names the field of the request, as Google's JSON reader words it."""
    violation = {"field": field, "description": message}
    return Invalid(message, [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]}])


def beyond_grid(written: str, rows: int, columns: int) -> Invalid:
    """A 400 for a range that starts outside the tab."""
    return Invalid(f"Range ({written}) exceeds grid limits. Max rows: {rows}, max columns: {columns}")
