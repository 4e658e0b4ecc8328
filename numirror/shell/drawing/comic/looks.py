"""What somebody looks like: decided by a seed, the same on every page."""

from dataclasses import dataclass
from typing import Literal

from numirror.shell.drawing.comic.ink import Chances

Hair = Literal["short", "long", "bun", "curls", "spikes", "bob", "bald", "tail", "hat"]
Top = Literal["shirt", "stripes", "hood", "jacket", "dress"]

_SKINS = ("#ffdfc4", "#f2c9a1", "#e0ac7e", "#c68642", "#9a6238", "#6f4428")
_HAIRS = ("#2b2320", "#5a3825", "#8d5524", "#d9a441", "#b5482a", "#8a8f98", "#3c2f4f")
_TOPS = ("#e4572e", "#2e86ab", "#f3a712", "#57a773", "#7d5ba6", "#d1495b", "#3d5a80", "#f7f3e8")
_TROUSERS = ("#34495e", "#5d4e60", "#3f5e4c", "#7a5c3e", "#4a6fa5")
_STYLES: tuple[Hair, ...] = ("short", "long", "bun", "curls", "spikes", "bob", "bald", "tail", "hat", "short", "curls")
_KINDS: tuple[Top, ...] = ("shirt", "stripes", "hood", "jacket", "dress", "shirt")


@dataclass(frozen=True, slots=True)
class Look:
    """Colours and shapes of one figure."""

    skin: str
    hair: str
    style: Hair
    top: str
    kind: Top
    trousers: str
    has_glasses: bool
    has_beard: bool
    has_freckles: bool
    head: float
    """How wide the head is, beside its height."""


def look(seed: int) -> Look:
    """The look of a seed."""
    chances = Chances("look", seed)
    style = chances.one(_STYLES)
    return Look(
        skin=chances.one(_SKINS),
        hair=chances.one(_HAIRS),
        style=style,
        top=chances.one(_TOPS),
        kind=chances.one(_KINDS),
        trousers=chances.one(_TROUSERS),
        has_glasses=chances.one((True, False, False)),
        has_beard=style in ("bald", "short", "hat") and chances.one((True, False)),
        has_freckles=chances.one((True, False, False, False)),
        head=chances.between(0.9, 1.06),
    )
