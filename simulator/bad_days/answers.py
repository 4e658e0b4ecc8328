"""How each of Google's services, and an AI, says that it can't.

https://developers.google.com/workspace/drive/api/guides/handle-errors,
https://cloud.google.com/apis/design/errors, https://platform.openai.com/docs/guides/error-codes
"""

from werkzeug.wrappers import Response

from simulator.bad_days.kinds import STATUSES, Api, BadDay
from simulator.wire import Json, answer

_SHEETS = {
    401: ("UNAUTHENTICATED", "Request had invalid authentication credentials."),
    403: ("PERMISSION_DENIED", "The caller does not have permission"),
    404: ("NOT_FOUND", "Requested entity was not found."),
    409: ("ABORTED", "The operation was aborted."),
    429: ("RESOURCE_EXHAUSTED", "Quota exceeded for quota metric 'Read requests'."),
    500: ("INTERNAL", "Internal error encountered."),
    503: ("UNAVAILABLE", "The service is currently unavailable."),
}
_DRIVE = {
    401: ("authError", "Invalid Credentials"),
    403: ("insufficientFilePermissions", "The user does not have sufficient permissions for this file."),
    404: ("notFound", "File not found."),
    409: ("conflict", "Conflict"),
    429: ("rateLimitExceeded", "Rate Limit Exceeded"),
    500: ("internalError", "Internal Error"),
    503: ("backendError", "Backend Error"),
}
_AI = {
    401: ("invalid_request_error", "invalid_api_key", "Incorrect API key provided."),
    403: ("request_forbidden", "unsupported_country_region_territory", "Country, region, or territory not supported"),
    404: ("invalid_request_error", "model_not_found", "The model does not exist or you do not have access to it."),
    409: ("conflict_error", "conflict", "The request could not be completed, please try again."),
    429: ("requests", "rate_limit_exceeded", "Rate limit reached on requests per min (RPM)."),
    500: ("server_error", "server_error", "The server had an error while processing your request."),
    503: ("server_error", "overloaded", "The engine is currently overloaded, please try again later."),
}


def refusal(day: BadDay, api: Api) -> Response:
    """The answer of this service on this day. `day.kind` is one of `STATUSES`."""
    status = STATUSES[day.kind]
    headers = {} if day.retry_after is None else {"Retry-After": str(day.retry_after)}
    return answer({"error": _error(status, api)}, status, headers)


def _error(status: int, api: Api) -> Json:
    match api:
        case "sheets":
            name, message = _SHEETS[status]
            return {"code": status, "message": message, "status": name}
        case "drive":
            reason, message = _DRIVE[status]
            one = {"message": message, "domain": "global", "reason": reason}
            return {"code": status, "message": message, "errors": [one]}
        case "ai":
            kind, code, message = _AI[status]
            return {"message": message, "type": kind, "param": None, "code": code}
