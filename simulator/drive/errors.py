"""How Drive says no (https://developers.google.com/workspace/drive/api/guides/handle-errors)."""

from simulator.wire import Json


class DriveError(Exception):
    """An answer with a status, Google's reason, and the parameter that is to blame."""

    def __init__(self, code: int, reason: str, message: str, location: str = "") -> None:
        super().__init__(message)
        self.code = code
        self._reason = reason
        self._location = location

    def envelope(self) -> Json:
        """The body that Drive answers with."""
        one = {"message": str(self), "domain": "global", "reason": self._reason}
        if self._location:
            kind = "header" if self._location == "Authorization" else "parameter"
            one |= {"location": self._location, "locationType": kind}
        return {"error": {"code": self.code, "message": str(self), "errors": [one]}}


def missing(file_id: str) -> DriveError:
    return DriveError(404, "notFound", f"File not found: {file_id}.", "fileId")


def forbidden() -> DriveError:
    return DriveError(
        403, "insufficientFilePermissions", "The user does not have sufficient permissions for this file."
    )


def too_narrow() -> DriveError:
    return DriveError(
        403, "insufficientPermissions", "Insufficient Permission: Request had insufficient authentication scopes."
    )


def invalid(location: str, message: str = "Invalid Value") -> DriveError:
    return DriveError(400, "invalid", message, location)


def unauthenticated() -> DriveError:
    return DriveError(
        401,
        "authError",
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid "
        "authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.",
        "Authorization",
    )
