"""Somebody, from head to foot."""

from collections.abc import Sequence
from dataclasses import dataclass

from numirror.kernel.picture import Figure
from numirror.shell.drawing.comic import faces, hair
from numirror.shell.drawing.comic.ink import INK, LINE
from numirror.shell.drawing.comic.looks import Look, look
from numirror.shell.drawing.comic.poses import STANCES, Limb, Stance
from numirror.shell.drawing.elements import Attributes, circle, ellipse, group, number, path, rect

HEIGHT = 300.0
_HEAD = -243.0
"""The middle of the head above the feet."""

HEAD_RADIUS = 48.0
REACH = 145.0
"""To each side, with all that belongs to any pose."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure in its panel: where its feet are, how large it is, and whether it looks to the left."""

    figure: Figure
    x: float
    feet: float
    scale: float
    looks_left: bool

    @property
    def head(self) -> tuple[float, float]:
        """The middle of the head."""
        return self.x + self._shift * self.scale, self.feet + (_HEAD + drop(self.figure)) * self.scale

    @property
    def _shift(self) -> float:
        lean = STANCES[self.figure.pose].lean
        return 0.0175 * lean * (-_HEAD - 60) * (-1 if self.looks_left else 1)


def drop(figure: Figure) -> float:
    """How much lower than standing the head is, in units of a figure."""
    return STANCES[figure.pose].drop


def drawn(placed: Placed) -> str:
    """The figure, with ink around it."""
    figure, stance = placed.figure, STANCES[placed.figure.pose]
    own = look(figure.seed)
    across = -placed.scale if placed.looks_left else placed.scale
    return group(
        ellipse(0, 0, 52, 9, fill=INK, opacity=0.22),
        _stool() if figure.pose == "sitting" else "",
        _haste() if figure.pose == "running" else "",
        group(
            _legs(stance, own),
            _upper(stance, own, figure),
            transform=f"translate(0 {number(stance.drop)}) rotate({number(stance.lean)} 0 -60)",
        ),
        transform=f"translate({number(placed.x)} {number(placed.feet)}) scale({number(across)} {number(placed.scale)})",
    )


def _upper(stance: Stance, own: Look, figure: Figure) -> str:
    """Neck, body, arms and head. Crossed arms and hands are before the body."""
    head = group(
        hair.ears(own),
        ellipse(0, 0, 46 * own.head, 47, fill=own.skin, stroke=INK, stroke_width=LINE - 0.5),
        group(faces.face(figure.mood, own), transform="translate(4 2)"),
        hair.on_top(own),
        transform=f"translate(0 {number(_HEAD)})",
    )
    back = group(hair.behind(own), transform=f"translate(0 {number(_HEAD)})")
    neck = path("M0 -200V-184", fill="none", stroke=own.skin, stroke_width=20)
    arms = _arm(stance.left_arm, own, False) + _arm(stance.right_arm, own, stance.points)
    return back + neck + _body(own) + arms + head


def _limb(limb: Limb, colour: str, wide: float) -> str:
    """A line with ink on both sides."""
    d = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in limb)
    joints = {"fill": "none", "stroke_linecap": "round", "stroke_linejoin": "round"}
    return path(d, stroke=INK, stroke_width=wide + 2 * LINE - 2, **joints) + path(
        d, stroke=colour, stroke_width=wide, **joints
    )


def _arm(limb: Limb, own: Look, points: bool) -> str:
    x, y = limb[2]
    hand = circle(x, y, 10.5, fill=own.skin, stroke=INK, stroke_width=3.6)
    finger = _limb(((x + 6, y - 2), (x + 14, y - 4), (x + 22, y - 5)), own.skin, 6) if points else ""
    sleeve = own.skin if own.kind == "dress" else own.top
    return _limb(limb, sleeve, 17) + finger + hand


def _legs(stance: Stance, own: Look) -> str:
    colour = own.skin if own.kind == "dress" else own.trousers
    return "".join(_leg(limb, colour) for limb in (stance.left_leg, stance.right_leg))


def _leg(limb: Limb, colour: str) -> str:
    x, y = limb[2]
    shoe = path(
        f"M{number(x - 11)} {number(y + 8)}Q{number(x - 12)} {number(y - 10)} {number(x + 3)} {number(y - 9)}"
        f"Q{number(x + 22)} {number(y - 4)} {number(x + 22)} {number(y + 8)}Z",
        fill="#3a3340", stroke=INK, stroke_width=3.6, stroke_linejoin="round",
    )  # fmt: skip
    return _limb(limb, colour, 21) + shoe


def _body(own: Look) -> str:
    strokes: Attributes = {"stroke": INK, "stroke_width": LINE, "stroke_linejoin": "round"}
    if own.kind == "dress":
        return path("M-26 -193Q0 -203 26 -193Q34 -150 50 -72Q0 -62 -50 -72Q-34 -150 -26 -193Z", fill=own.top, **strokes)
    body = path(
        "M-24 -194Q0 -202 24 -194Q42 -190 41 -168L33 -98Q0 -90 -33 -98L-41 -168Q-42 -190 -24 -194Z",
        fill=own.top,
        **strokes,
    )
    return body + _DETAILS.get(own.kind, "")


def _seams(lines: Sequence[str], colour: str, wide: float) -> str:
    return "".join(path(d, fill="none", stroke=colour, stroke_width=wide, stroke_linecap="round") for d in lines)


_DETAILS = {
    "shirt": _seams(["M-12 -196Q0 -184 12 -196"], INK, 3),
    "stripes": _seams(
        ["M-37 -170Q0 -162 37 -170", "M-34 -146Q0 -138 34 -146", "M-31 -122Q0 -114 31 -122"], "#ffffff", 8
    ),
    "hood": _seams(
        ["M-24 -190Q0 -164 24 -190", "M-8 -178V-158", "M8 -178V-158", "M-20 -104L-14 -126H14L20 -104"], INK, 3
    ),
    "jacket": path(
        "M-12 -197L0 -170L12 -197L6 -96H-6Z", fill="#ffffff", stroke=INK, stroke_width=3, stroke_linejoin="round"
    ),
}


def _stool() -> str:
    strokes: Attributes = {"stroke": INK, "stroke_width": LINE - 1, "stroke_linejoin": "round"}
    legs = path("M-34 -52L-42 0M34 -52L42 0M0 -52V0", fill="none", **(strokes | {"stroke_width": 9}))
    return legs + rect(-50, -66, 100, 17, rx=8, fill="#b07d4f", **strokes)


def _haste() -> str:
    return path(
        "M-78 -200H-120M-82 -160H-140M-90 -110H-130", fill="none", stroke=INK, stroke_width=4, stroke_linecap="round"
    )
