"""Outlines of balloons, and the tails that say whose they are."""

import math
from dataclasses import dataclass

from numirror.shell.drawing.box import Box
from numirror.shell.drawing.comic.ink import INK, LINE
from numirror.shell.drawing.elements import WHITE, Attributes, circle, number, path, polygon

Point = tuple[float, float]

SPIKE = 0.13
"""Depth of a spike, as a share of the smaller side."""

HUMP = 13.0
"""How far a cloud swells out of the rectangle that its text is in."""

_EDGE: Attributes = {"fill": WHITE, "stroke": INK, "stroke_width": LINE - 1, "stroke_linejoin": "round"}


@dataclass(frozen=True, slots=True)
class Tail:
    """From the lower edge of a balloon to its speaker. `sunk` is how far within the balloon it begins."""

    root: Point
    tip: Point
    width: float
    sunk: float

    @property
    def bend(self) -> float:
        """How far its middle is to the side."""
        return (self.tip[0] - self.root[0]) * 0.12

    @classmethod
    def between(cls, box: Box, head: Point, radius: float, sunk: float = 12) -> "Tail | None":
        """To just before a head; none where there is no room between."""
        width = max(14.0, min(34.0, box.width * 0.14))
        half = width / 2 + box.width * 0.1
        root = (max(box.x + half, min(head[0], box.right - half)), box.bottom)
        away = math.dist(root, head)
        tip = _on_the_way(head, root, radius / away) if away > radius else root
        return cls(root, tip, width, sunk) if tip[1] > box.bottom + 6 else None


def speech(box: Box) -> str:
    """Round, as a balloon is."""
    r = min(box.height / 2, 38)
    return _rounded(box, r, r * 1.15)


def thought(box: Box) -> str:
    """A cloud whose humps stay within the box."""
    inner = box.inset(HUMP)
    count = max(3, round(inner.width / 46)), max(2, round(inner.height / 46))
    points = [point for start, end, _, steps in _sides(inner, 0, count) for point in _steps(start, end, steps)]
    humps = (_hump(start, end) for start, end in zip(points, [*points[1:], points[0]], strict=True))
    return path(f"M{_at(points[0])}{''.join(humps)}Z", **_EDGE)


def spikes(box: Box) -> float:
    """How deep the valleys between spikes are."""
    return SPIKE * min(box.width, box.height)


def shout(box: Box) -> str:
    """Spikes all around, whose valleys are outside of the text."""
    depth = spikes(box)
    inner = box.inset(depth)
    count = max(5, round(box.width / 52)), max(3, round(box.height / 46))
    points: list[Point] = []
    for start, end, out, steps in _sides(inner, depth, count):
        for step in range(steps):
            points += [
                _on_the_way(start, end, step / steps),
                _moved(_on_the_way(start, end, (step + 0.5) / steps), out),
            ]
    return polygon(points, **_EDGE)


def tail(tail: Tail) -> str:
    """With ink, to be drawn before all balloons."""
    return path(_spike(tail), **_EDGE)


def joint(tail: Tail, reach: float) -> str:
    """Hides the edge between a balloon and its tail; goes `reach` below it."""
    long = max(1.0, math.dist(tail.root, tail.tip))
    share = min(0.6, reach / long)
    wide = tail.width - LINE + 1
    end = _moved(_on_the_way(tail.root, tail.tip, share), (2 * share * (1 - share) * tail.bend, 0))
    less = wide * (1 - share) / 2
    (x, y), up = tail.root, tail.sunk + 2
    return polygon(
        [
            (x - wide / 2, y - up),
            (x + wide / 2, y - up),
            (x + wide / 2, y),
            (end[0] + less, end[1]),
            (end[0] - less, end[1]),
            (x - wide / 2, y),
        ],
        fill=WHITE,
    )


def bubbles(tail: Tail) -> str:
    """Of a thought, smaller and smaller."""
    return "".join(
        circle(*_on_the_way(tail.root, tail.tip, share), r, fill=WHITE, stroke=INK, stroke_width=LINE - 1.5)
        for share, r in ((0.22, 11.0), (0.58, 8.0), (0.9, 5.5))
    )


def _rounded(box: Box, down: float, across: float) -> str:
    across = min(across, box.width / 2)
    left, right, top, bottom = (number(edge) for edge in (box.x, box.right, box.y, box.bottom))
    inner_left, inner_right = number(box.x + across), number(box.right - across)
    inner_top, inner_bottom = number(box.y + down), number(box.bottom - down)
    return path(
        f"M{inner_left} {top}H{inner_right}Q{right} {top} {right} {inner_top}V{inner_bottom}"
        f"Q{right} {bottom} {inner_right} {bottom}H{inner_left}Q{left} {bottom} {left} {inner_bottom}V{inner_top}"
        f"Q{left} {top} {inner_left} {top}Z",
        **_EDGE,
    )


def _spike(tail: Tail) -> str:
    """From within the balloon, a little bent."""
    (x, y), tip, half = tail.root, tail.tip, tail.width / 2
    middle_x, middle_y = (x + tip[0]) / 2 + tail.bend, (y + tip[1]) / 2
    left, right = _at((middle_x - half / 2, middle_y)), _at((middle_x + half / 2, middle_y))
    top = number(y - tail.sunk)
    return f"M{_at((x - half, y))}Q{left} {_at(tip)}Q{right} {_at((x + half, y))}V{top}H{number(x - half)}Z"


def _hump(start: Point, end: Point) -> str:
    """A curve goes three quarters as far out as its handles."""
    (x1, y1), (x2, y2) = start, end
    long = math.dist(start, end) or 1
    far = min(HUMP * 1.3, long * 0.6) / long
    out = ((y2 - y1) * far, (x1 - x2) * far)
    return f"C{_at(_moved(start, out))} {_at(_moved(end, out))} {_at(end)}"


def _sides(box: Box, depth: float, count: tuple[int, int]) -> list[tuple[Point, Point, Point, int]]:
    """Each side with the way out of it."""
    a, b, c, d = (box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)
    return [
        (a, b, (0, -depth), count[0]),
        (b, c, (depth, 0), count[1]),
        (c, d, (0, depth), count[0]),
        (d, a, (-depth, 0), count[1]),
    ]


def _steps(start: Point, end: Point, count: int) -> list[Point]:
    return [_on_the_way(start, end, step / count) for step in range(count)]


def _on_the_way(start: Point, end: Point, share: float) -> Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _moved(point: Point, way: Point) -> Point:
    return point[0] + way[0], point[1] + way[1]


def _at(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"
