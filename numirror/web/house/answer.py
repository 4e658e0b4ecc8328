"""What follows a click on a card of the house."""

import msgspec

from numirror.kernel.card import Card

HOUSE = "house"
"""Stands before the operations of the house, where a domain's name stands before those of a domain."""

PAGES = frozenset({"connections", "database", "redis", "ai", "google", "forget", "leave"})


class Answer(msgspec.Struct, frozen=True):
    """A card over the present one or, with `replaces`, in its place; a sentence; or both."""

    card: Card | None = None
    replaces: bool = False
    sentence: str = ""
