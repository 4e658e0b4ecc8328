"""A file of Drive. Each file the simulator has is a spreadsheet."""

import datetime
import hashlib
import secrets
import time

import msgspec

from simulator.sheets.model import Spreadsheet, new_spreadsheet

SPREADSHEET = "application/vnd.google-apps.spreadsheet"


class Permission(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who may do what: `kind` is user, group, domain or anyone, `role` Google's word."""

    id: str
    kind: str
    role: str
    email: str | None = None
    domain: str | None = None
    pending_owner: bool = False


class File(msgspec.Struct):
    """A spreadsheet in Drive. `grants` are the people who gave the add-on this file (scope `drive.file`)."""

    id: str
    owner: str
    spreadsheet: Spreadsheet
    born: int
    """Nanoseconds since 1970."""
    modified: str
    permissions: tuple[Permission, ...]
    grants: tuple[str, ...] = ()
    app_properties: dict[str, str] = {}
    trashed: bool = False
    revision: int = 1

    @property
    def created(self) -> str:
        return _written(datetime.datetime.fromtimestamp(self.born / 1e9, datetime.UTC))

    def copy(self) -> "File":
        """A copy to change: the spreadsheet's rows are its own, everything else is replaced as a whole."""
        return msgspec.structs.replace(self, spreadsheet=self.spreadsheet.copy())

    def granted_by(self, email: str) -> None:
        if email not in self.grants:
            self.grants = (*self.grants, email)


def new_file(owner: str, title: str, spreadsheet: Spreadsheet | None = None) -> File:
    """A file that nobody granted yet."""
    permission = Permission(permission_id(owner), "user", "owner", owner)
    content = spreadsheet or new_spreadsheet(title)
    return File(secrets.token_urlsafe(33), owner, content, time.time_ns(), now(), (permission,))


def permission_id(name: str) -> str:
    """The same for the same address, as Google has it."""
    return str(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")).zfill(20)


def now() -> str:
    """RFC 3339 with milliseconds, UTC."""
    return _written(datetime.datetime.now(datetime.UTC))


def _written(moment: datetime.datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
