"""Where balloons are: in rows, read from left to right and from top to bottom, near their speakers, none on another."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from numirror.kernel.picture import BALLOON_LENGTH, Balloon
from numirror.shell.drawing import text
from numirror.shell.drawing.box import Box
from numirror.shell.drawing.comic import shapes
from numirror.shell.drawing.comic.ink import INK
from numirror.shell.drawing.comic.shapes import Tail
from numirror.shell.drawing.elements import group
from numirror.shell.drawing.fonts import COMIC, COMIC_BOLD, Face, best

_GAP = 12.0
_STEP = 0.93
_SMALLEST = 11.0
_EASY = 22.0
"""Letters larger than this are not to take all of the room, nor to break a word."""

_LOUDER = 1.2
_SHARE = 0.78
_WIDEST = 600.0


@dataclass(frozen=True, slots=True)
class Spoken:
    """A balloon with its lines; `box` is around its outline, and grows no tail."""

    balloon: Balloon
    fitted: text.Fitted
    box: Box

    def moved(self, x: float, y: float) -> "Spoken":
        """The same somewhere else."""
        return Spoken(self.balloon, self.fitted, Box(x, y, self.box.width, self.box.height))


def place(balloons: Sequence[Balloon], speakers: Sequence[float | None], zone: Box) -> tuple[Spoken, ...]:
    """All balloons within `zone`, as large as they fit. `speakers` is the x of whoever speaks, where one is seen."""
    size = max(26.0, min(zone.width * 0.062, 38.0))
    while size > _SMALLEST:
        rows = _rows([_measured(one, size, zone, len(balloons)) for one in balloons], speakers, zone)
        is_easy = size > _EASY
        fits = _height(rows) <= zone.height * (_SHARE if is_easy else 1)
        if fits and not (is_easy and any(_is_broken(one) for row in rows for one in row)):
            return tuple(_settled(rows, speakers, zone))
        size *= _STEP
    each = (zone.height + _GAP) / max(1, len(balloons)) - _GAP
    return tuple(_settled([[_squeezed(one, zone, each)] for one in balloons], speakers, zone))


def drawn(spoken: Sequence[Spoken], tails: Sequence[Tail | None]) -> Iterator[str]:
    """All tails first, so that none lies on a text."""
    pairs = list(zip(spoken, tails, strict=True))
    yield from (_tail(one, tail) for one, tail in pairs if tail)
    for one, tail in pairs:
        yield group(_outline(one), _joint(one, tail), *_lines(one), data_kind=one.balloon.kind)


def _said(balloon: Balloon) -> tuple[str, Face]:
    """Who shouts is lettered bold."""
    face = COMIC_BOLD if balloon.kind == "shout" else COMIC
    said = text.shown(balloon.text, BALLOON_LENGTH, face)
    return said, best(said, face)


def _measured(balloon: Balloon, size: float, zone: Box, count: int) -> Spoken:
    """In a shape that is wider than high."""
    said, face = _said(balloon)
    size = size * _LOUDER if balloon.kind == "shout" else size
    most = min(_WIDEST, zone.width * (0.9 if count == 1 else 0.72)) - 2 * _pads(balloon, size)[0] - 2 * size
    longest = max((text.width(word, size, face) for word in said.split()), default=0.0)
    pleasing = math.sqrt(text.width(said, size, face) * size * text.LEADING * 2.6)
    return _spoken(balloon, text.at_size(said, face, size, min(most, max(longest, pleasing, 4 * size))))


def _is_broken(one: Spoken) -> bool:
    said, face = _said(one.balloon)
    return any(text.width(word, one.fitted.size, face) > one.fitted.width + 0.1 for word in said.split())


def _squeezed(balloon: Balloon, zone: Box, height: float) -> Spoken:
    """As wide as there is room, and cut."""
    said, face = _said(balloon)
    across, down = _pads(balloon, _SMALLEST)
    spikes = 2 - 4 * shapes.SPIKE if balloon.kind == "shout" else 1
    room = (zone.width - 2 * across) * 0.8
    most = max(1, int((height / spikes - 2 * down) / (_SMALLEST * text.LEADING)))
    return _spoken(balloon, text.at_size(said, face, _SMALLEST, room, most))


def _spoken(balloon: Balloon, fitted: text.Fitted) -> Spoken:
    across, down = _pads(balloon, fitted.size)
    wide, high = fitted.width + 2 * across, fitted.height + 2 * down
    spikes = 2 * shapes.SPIKE * min(wide, high) / (1 - 2 * shapes.SPIKE) if balloon.kind == "shout" else 0
    return Spoken(balloon, fitted, Box(0, 0, wide + spikes, high + spikes))


def _pads(balloon: Balloon, size: float) -> tuple[float, float]:
    """Between the lines and the outline: across, and down."""
    match balloon.kind:
        case "speech":
            return 0.75 * size + 4, 0.45 * size + 3
        case "thought":
            return 0.4 * size + shapes.HUMP + 2, 0.15 * size + shapes.HUMP
        case "shout":
            return 0.5 * size, 0.3 * size


def _rows(spoken: list[Spoken], speakers: Sequence[float | None], zone: Box) -> list[list[Spoken]]:
    """Several in a row where they fit and the one who speaks first is not on the right."""
    rows: list[list[Spoken]] = []
    for index, one in enumerate(spoken):
        last = rows[-1] if rows else []
        fits = _breadth([*last, one]) <= zone.width and _in_order(speakers[index - 1], speakers[index])
        if last and fits:
            last.append(one)
        else:
            rows.append([one])
    return rows


def _breadth(row: Sequence[Spoken]) -> float:
    return sum(one.box.width for one in row) + _GAP * (len(row) - 1)


def _in_order(first: float | None, second: float | None) -> bool:
    return first is None or second is None or first < second


def _height(rows: list[list[Spoken]]) -> float:
    return sum(max(one.box.height for one in row) for row in rows) + _GAP * max(0, len(rows) - 1)


def _settled(rows: list[list[Spoken]], speakers: Sequence[float | None], zone: Box) -> Iterator[Spoken]:
    y, index = zone.y, 0
    for row in rows:
        left = zone.x
        for place, one in enumerate(row):
            wanted = _wanted(speakers[index], one, zone, index)
            x = max(left, min(wanted, zone.right - _breadth(row[place:])))
            yield one.moved(x, y)
            left, index = x + one.box.width + _GAP, index + 1
        y += max(one.box.height for one in row) + _GAP


def _wanted(speaker: float | None, one: Spoken, zone: Box, index: int) -> float:
    """Over the speaker, a little to the outside; who is not seen speaks from one side and the other."""
    if speaker is None:
        return zone.x if index % 2 == 0 else zone.right - one.box.width
    outside = (speaker - zone.middle[0]) * 0.25
    return speaker + outside - one.box.width / 2


def _tail(one: Spoken, tail: Tail) -> str:
    return shapes.bubbles(tail) if one.balloon.kind == "thought" else shapes.tail(tail)


def _outline(one: Spoken) -> str:
    match one.balloon.kind:
        case "speech":
            return shapes.speech(one.box)
        case "thought":
            return shapes.thought(one.box)
        case "shout":
            return shapes.shout(one.box)


def _joint(one: Spoken, tail: Tail | None) -> str:
    return "" if tail is None or one.balloon.kind == "thought" else shapes.joint(tail, _GAP / 2)


def _lines(one: Spoken) -> Iterator[str]:
    top = one.box.middle[1] - one.fitted.height / 2
    yield from text.paragraph(one.fitted, one.box.middle[0], top, INK)
