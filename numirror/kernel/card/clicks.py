"""What a click can do without a card at hand."""

from collections.abc import Mapping

import msgspec

from numirror.kernel.card import limits
from numirror.kernel.card.addresses import check_address
from numirror.kernel.decider import Command

SHOW = "show"
ASK_FOR_FILE = "ask_for_file"
PAGE = "page"

_OWN_OPERATIONS = frozenset({"Show", "AskForFile"})
OWN_FIELDS = frozenset({"op", "sid", "seal"})
"""Parameters that whoever signs a click adds to its fields; a field of the same name would take their place."""


class Do(msgspec.Struct, frozen=True):
    """Send a command of the domain. `fields` are its fields that the card knows; inputs of the same name add to them.

    `keep_input` leaves what the person has typed elsewhere in the card. `requires` names inputs that must not be empty:
    the sidebar then says so by itself, without a call.
    """

    command: type[Command]
    fields: Mapping[str, str] = {}
    keep_input: bool = False
    requires: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.command.__name__ in _OWN_OPERATIONS:
            raise limits.InvalidCard(f"{self.command.__name__} has the name of an operation of NuMirror itself.")
        _check_fields(self.fields)


class Show(msgspec.Struct, frozen=True):
    """Ask for another page, by its name: of the same domain, or of the house as `house.ai`.

    What was typed into inputs goes along with `fields`.
    """

    page: str
    fields: Mapping[str, str] = {}
    keep_input: bool = False

    def __post_init__(self) -> None:
        if PAGE in self.fields:
            raise limits.InvalidCard("The field `page` is the name of the page itself.")
        _check_fields({PAGE: self.page, **self.fields})


class OpenLink(msgspec.Struct, frozen=True):
    """Open an address in a new tab, or in an `overlay` window. `reload` redraws the sidebar when that is closed."""

    url: str
    overlay: bool = False
    reload: bool = False

    def __post_init__(self) -> None:
        check_address(self.url)


class OpenFile(msgspec.Struct, frozen=True):
    """Open one of the domain's files (`Domain.media`) by its name, such as `page.pdf`: the link lives ten minutes."""

    name: str
    fields: Mapping[str, str] = {}

    def __post_init__(self) -> None:
        _check_fields(self.fields)


class AskForFile(msgspec.Struct, frozen=True):
    """Let Google ask the person whether NuMirror may use the open spreadsheet."""


Action = Do | Show
"""What a changed input can do."""


def _check_fields(fields: Mapping[str, str]) -> None:
    size = 0
    for name, value in fields.items():
        if name in OWN_FIELDS:
            raise limits.InvalidCard(f"The field `{name}` is NuMirror's own.")
        size += _bytes(name) + _bytes(value)
    if size > limits.FIELDS:
        limits.at_most(limits.FIELDS, size, "bytes of fields")


def _bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "replace"))
