"""What a card can hold, and what is said of one that holds more.

NuMirrorError
└── InvalidCard      Google would not show the card as it is meant
    └── CardTooLarge it holds more than a card can

Google's own limits: 100 widgets, 10 card actions, 100 items of a list. Ours are tighter where a sidebar of 300
pixels would be unreadable (widgets, buttons, text) or where a click would grow too heavy (fields).
"""

from numirror.kernel.errors import NuMirrorError

WIDGETS = 40
"""Widgets of a card, over all its sections. Google drops the section that crosses 100, and all later ones."""

CARD_ACTIONS = 10
ITEMS = 100
BUTTONS = 3

TEXT = 4_000
"""Characters of one text."""

FIELDS = 1_500
"""Bytes of the names and values that one click carries, as they travel."""


class InvalidCard(NuMirrorError):
    """This card would not be shown as it is meant. The view that draws it has to be mended."""


class CardTooLarge(InvalidCard):
    """This card holds more than a card can. Show less of it, or ask `sections_within` and `shortened` to cut it."""


def at_most(limit: int, count: int, what: str) -> None:
    """Raise `CardTooLarge` where `count` is over `limit`; `what` names what was counted, in the plural."""
    if count > limit:
        raise CardTooLarge(f"{count} {what}, where {limit} is the limit. {CardTooLarge.__doc__}")


def some(count: int, what: str) -> None:
    """Raise `InvalidCard` where there is none of `what`: Google draws nothing, or refuses the card."""
    if not count:
        raise InvalidCard(f"No {what}. {InvalidCard.__doc__}")
