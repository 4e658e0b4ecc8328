"""What a person may see of their resources: where they are and how they do, and never a password or a key."""

from datetime import datetime

import msgspec

from numirror.shell.resources.resolution import Kind, Source


class Shown(msgspec.Struct, frozen=True):
    """One resource. `where` is a host, a provider or a service account's address; '' for the operator's trial."""

    kind: Kind
    source: Source
    where: str = ""
    checked_at: datetime | None = None
    milliseconds: float = 0.0


class Proposal(msgspec.Struct, frozen=True):
    """An override in Meta that waits for the owner's yes.

    Without a `fingerprint` it can't be used, and `why` says so.
    """

    kind: Kind
    where: str = ""
    fingerprint: str = ""
    why: str = ""


class OpenKey(msgspec.Struct, frozen=True):
    """A secret that stands in the open in Meta. The `fingerprint` of what it opens is '' where that can't be used."""

    kind: Kind
    fingerprint: str


class Overview(msgspec.Struct, frozen=True):
    """All resources of a tenant.

    `open_keys` are the secrets that are typed in the open in Meta, `unreadable` the vault entries that have to be
    entered again, `problems` sentences about single cells of the map. `is_here` says that the open Sheet is the map,
    `platform_email` is whom it can be shared with, '' where the operator offers nobody, and `shared` that it is so.
    """

    resources: tuple[Shown, ...]
    proposals: tuple[Proposal, ...] = ()
    open_keys: tuple[OpenKey, ...] = ()
    unreadable: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    map_url: str = ""
    is_here: bool = True
    platform_email: str = ""
    shared: bool = False

    def of(self, kind: Kind) -> Shown:
        """The resource of that kind."""
        return next(one for one in self.resources if one.kind == kind)


def map_url(spreadsheet_id: str) -> str:
    """Where a person opens a Sheet."""
    return f"https://docs.google.com/spreadsheets/d/{spreadsheet_id}/edit"
