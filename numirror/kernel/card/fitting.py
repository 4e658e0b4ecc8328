"""How a view that may have any number of rows fits into one card."""

from collections.abc import Callable, Iterable

import msgspec

from numirror.kernel.card.card import Section, Widget


def sections_within(
    limit: int, sections: Iterable[Section], more: Callable[[int], Widget] | None = None
) -> tuple[Section, ...]:
    """The sections with their first widgets, `limit` together at most.

    Where some are left out, `more` is asked for the widget that says so; it gets their number and counts as one.
    """
    every = tuple(sections)
    left_out = sum(len(section.widgets) for section in every) - limit
    if left_out <= 0:
        return every
    if more is None:
        return _first(limit, every)
    return (*_first(limit - 1, every), Section((more(left_out + 1),)))


def _first(room: int, sections: tuple[Section, ...]) -> tuple[Section, ...]:
    kept = []
    for section in sections:
        if room <= 0:
            break
        kept.append(msgspec.structs.replace(section, widgets=section.widgets[:room]))
        room -= len(section.widgets)
    return tuple(kept)
