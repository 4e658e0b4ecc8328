"""What follows a click on a card of the house."""

from dataclasses import dataclass

from numirror.kernel.card import Card

HOUSE = "house"
"""Stands before the operations of the house, where a domain's name stands before those of a domain."""

PAGES = frozenset({"connections", "database", "redis", "ai", "google", "forget", "leave"})


@dataclass(frozen=True, slots=True)
class Answer:
    """A card over the present one or, with `replaces`, in its place; a sentence; or both."""

    card: Card | None = None
    replaces: bool = False
    sentence: str = ""
