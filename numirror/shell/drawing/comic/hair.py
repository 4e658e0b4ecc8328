"""Hair, behind a head and on it, around the middle of a head of radius 46."""

import math

from numirror.shell.drawing.comic.ink import INK
from numirror.shell.drawing.comic.looks import Look
from numirror.shell.drawing.elements import Attributes, circle, ellipse, path, polygon

_CAP = "M-48 -4Q-52 -54 0 -55Q52 -54 48 -4Q44 -22 30 -30Q4 -20 -22 -33Q-42 -22 -48 -4Z"
_FRINGE = "M-48 6Q-54 -56 0 -56Q54 -56 48 6Q44 -14 38 -26Q18 -14 -8 -32Q-20 -18 -40 -20Q-45 -10 -48 6Z"


def behind(look: Look) -> str:
    """What is seen behind the head."""
    strokes = _strokes(look)
    match look.style:
        case "long":
            return path("M-50 -10Q-58 60 -44 74Q0 84 44 74Q58 60 50 -10Q40 -56 0 -56Q-40 -56 -50 -10Z", **strokes)
        case "bob":
            return path("M-52 -8Q-60 34 -46 40H46Q60 34 52 -8Q44 -57 0 -57Q-44 -57 -52 -8Z", **strokes)
        case "tail":
            return path("M30 -40Q78 -46 76 4Q74 34 58 44Q62 10 34 -10Z", **strokes)
        case "bun":
            return circle(0, -62, 20, **strokes)
        case "curls":
            return "".join(circle(x, y, 19, **strokes) for x, y in _ring(150, 390, 9))
        case _:
            return ""


def on_top(look: Look) -> str:
    """What is seen on the forehead."""
    strokes = _strokes(look)
    match look.style:
        case "bald":
            return path("M-14 -38Q-4 -43 6 -40", fill="none", stroke="#ffffff", stroke_width=4, stroke_opacity=0.5)
        case "hat":
            brim = path("M-50 -18Q0 -34 64 -14Q70 -8 60 -6Q0 -22 -50 -18Z", fill=look.top, stroke=INK, stroke_width=4)
            return (
                path("M-49 -16Q-50 -60 0 -60Q50 -60 49 -16Q0 -32 -49 -16Z", fill=look.top, stroke=INK, stroke_width=4)
                + brim
            )
        case "spikes":
            return polygon(list(_SPIKES), **strokes)
        case "curls":
            drawn = "".join(circle(x, y, 15, fill=look.hair) for x, y in _ring(200, 340, 6, 44))
            return drawn + path("M-40 -20q10 -14 20 -4q10 -12 20 -2q10 -12 20 0q10 -8 18 6", fill="none", **_thin())
        case "long" | "bob":
            return path(_FRINGE, **strokes)
        case _:
            return path(_CAP, **strokes)


_SPIKES = (
    (-48, 0), (-56, -28), (-42, -26), (-46, -58), (-24, -44), (-16, -72), (0, -48), (20, -72), (24, -44), (46, -58),
    (42, -26), (56, -28), (48, 0), (38, -22), (20, -28), (6, -18), (-10, -30), (-24, -20), (-38, -24),
)  # fmt: skip


def ears(look: Look) -> str:
    """Behind the face, and before long hair."""
    strokes: Attributes = {"fill": look.skin, "stroke": INK, "stroke_width": 4.0}
    return ellipse(-45 * look.head, 2, 8, 11, **strokes) + ellipse(45 * look.head, 2, 8, 11, **strokes)


def _ring(start: int, end: int, count: int, radius: float = 46) -> list[tuple[float, float]]:
    turns = (math.radians(start + (end - start) * step / (count - 1)) for step in range(count))
    return [(radius * math.cos(turn), radius * math.sin(turn) - 4) for turn in turns]


def _strokes(look: Look) -> Attributes:
    return {"fill": look.hair, "stroke": INK, "stroke_width": 4.0, "stroke_linejoin": "round"}


def _thin() -> Attributes:
    return {"stroke": INK, "stroke_width": 3.0, "stroke_linecap": "round"}
