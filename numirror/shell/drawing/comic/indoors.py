"""Backdrops with a wall and a floor."""

from numirror.shell.drawing.comic.ink import INK, Chances
from numirror.shell.drawing.elements import WHITE, Attributes, circle, element, group, number, path, rect

_FLOOR = 0.74
_EDGE: Attributes = {"stroke": INK, "stroke_width": 3.5, "stroke_linejoin": "round"}

_WALLS = ("#f6d7a7", "#cfe3dc", "#e6d3e6", "#f3c9b8", "#cfdcee")


def room(width: float, height: float, chances: Chances) -> str:
    """A window, a picture, a lamp and a plant."""
    unit = min(width, height) / 400
    stripes = "".join(
        rect(x, 0, 24, height * _FLOOR, fill=WHITE, fill_opacity=0.16) for x in range(0, int(width) - 24, 60)
    )
    return (
        _shell(width, height, chances.one(_WALLS), "#b98a5e")
        + stripes
        + _at(_inside(chances.between(0.14, 0.3), 92 * unit, width), height * 0.42, unit, _window("#a9dcf5"))
        + _at(width * chances.between(0.6, 0.72), height * 0.4, unit, _portrait(chances))
        + _at(_inside(0.91, 54 * unit, width), height * (_FLOOR + 0.03), unit, _plant())
    )


def kitchen(width: float, height: float, chances: Chances) -> str:
    """Tiles, a shelf, a worktop with a pot."""
    unit = min(width, height) / 400
    top, bottom = height * 0.62, height * 0.86
    tiles = "".join(f"M{x} 0V{number(top)}" for x in range(0, int(width), 44))
    tiles += "".join(f"M0 {y}H{number(width)}" for y in range(0, int(top), 44))
    doors = "".join(
        rect(x + 8, top + 26, 104, bottom - top - 34, rx=6, fill="#f2e3c6", **_EDGE)
        + circle(x + 98, top + 50, 5, fill=INK)
        for x in range(0, int(width) - 112, 120)
    )
    return (
        _shell(width, height, chances.one(("#dff0ea", "#fdebc8", "#e3ecf7")), "#9aa7b0")
        + path(tiles, fill="none", stroke=WHITE, stroke_width=4)
        + rect(-5, top, width + 10, bottom - top, fill="#d7b98c", **_EDGE)
        + doors
        + rect(-5, top - 6, width + 10, 22, fill="#8a6a4f", **_EDGE)
        + _at(width * chances.between(0.72, 0.84), top - 6, unit, _pot())
        + _at(_inside(0.24, 94 * unit, width), height * 0.4, unit, _shelf())
    )


def office(width: float, height: float, chances: Chances) -> str:
    """A wide window on other windows, a desk with a screen."""
    unit = min(width, height) / 400
    return (
        _shell(width, height, chances.one(("#d8e2ec", "#e7e3da", "#d9e8e2")), "#8e99a6")
        + _at(_inside(0.26, 128 * unit, width), height * 0.4, unit * 1.2, _skyline())
        + _at(_inside(chances.between(0.74, 0.84), 70 * unit, width), height * 0.42, unit, _board())
        + _at(width * 0.5, height * (_FLOOR + 0.02), unit, _desk())
    )


def _shell(width: float, height: float, wall: str, floor: str) -> str:
    y = height * _FLOOR
    return (
        rect(0, 0, width, height, fill=wall)
        + rect(0, y, width, height - y, fill=floor)
        + rect(0, y, width, height - y, fill="url(#shade)")
        + rect(-5, y - 12, width + 10, 14, fill=WHITE, **_EDGE)
    )


def _inside(share: float, half: float, width: float) -> float:
    """The x of something that is `half` wide on both sides."""
    return max(half, min(width * share, width - half))


def _at(x: float, y: float, scale: float, content: str) -> str:
    return group(content, transform=f"translate({number(x)} {number(y)}) scale({number(scale)})")


def _window(sky: str) -> str:
    return (
        rect(-62, -72, 124, 140, fill=sky, **_EDGE)
        + path("M-60 40Q-30 10 0 36T60 30V66H-60Z", fill="#8fcf9b")
        + path("M0 -72V68M-62 0H62", fill="none", stroke=WHITE, stroke_width=9)
        + path("M-62 -72H62V68H-62Z", fill="none", stroke=WHITE, stroke_width=10)
        + path("M-68 -78H68V74H-68ZM-57 -67H57V63H-57Z", fill="none", **_EDGE)
        + path(
            "M-84 -82Q-60 -20 -88 60H-66Q-46 -30 -58 -82ZM84 -82Q60 -20 88 60H66Q46 -30 58 -82Z",
            fill="#d1495b",
            **_EDGE,
        )
    )


def _portrait(chances: Chances) -> str:
    inside = chances.one(("#f4a261", "#84a59d", "#7d9ad1"))
    hill = path("M-36 26L-8 -8L12 14L24 2L36 26Z", fill="#3d5a80")
    return (
        rect(-44, -40, 88, 74, fill="#8a5a3b", **_EDGE)
        + rect(-36, -32, 72, 58, fill=inside)
        + hill
        + circle(18, -16, 8, fill="#ffe9a8")
    )


def _plant() -> str:
    leaf = "M0 -60Q-50 -90 -46 -130Q-8 -116 0 -60Q8 -130 50 -138Q52 -92 0 -60Q0 -120 6 -160Q26 -110 0 -60Z"
    return path(leaf, fill="#4f9d69", **_EDGE) + path("M-30 -62H30L22 0H-22Z", fill="#d9744f", **_EDGE)


def _pot() -> str:
    steam = path("M-14 -84q-10 -14 0 -26t0 -26M14 -84q-10 -14 0 -26t0 -26", fill="none", stroke=WHITE, stroke_width=5)
    body = rect(-42, -58, 84, 56, rx=8, fill="#d1495b", **_EDGE) + rect(
        -50, -66, 100, 14, rx=6, fill="#a8394a", **_EDGE
    )
    return steam + body


def _shelf() -> str:
    jars = "".join(
        rect(x, -46, 28, 44, rx=5, fill=colour, **_EDGE)
        for x, colour in ((-66, "#f3a712"), (-28, "#7fb3a6"), (10, "#e4572e"))
    )
    return jars + rect(-90, -4, 180, 14, fill="#8a6a4f", **_EDGE)


def _skyline() -> str:
    towers = "".join(
        rect(x, y, 34, 70 - y, fill="#9db4c8") for x, y in ((-92, -20), (-52, 6), (-8, -40), (34, -6), (66, -26))
    )
    frame = element("rect", x=-104, y=-78, width=208, height=150, fill="none", stroke=INK, stroke_width=5)
    return (
        rect(-104, -78, 208, 150, fill="#bfe3f5")
        + towers
        + path("M-34 -78V72M34 -78V72", fill="none", stroke=INK, stroke_width=4)
        + frame
    )


def _board() -> str:
    notes = "".join(
        rect(x, y, 26, 26, fill=c)
        for x, y, c in (
            (-46, -34, "#ffd166"),
            (-8, -40, "#a0d8ef"),
            (26, -28, "#f7a1a1"),
            (-30, 4, "#b8e0c8"),
            (14, 6, "#ffd166"),
        )
    )
    return rect(-66, -56, 132, 104, fill=WHITE, **_EDGE) + notes


def _desk() -> str:
    screen = (
        rect(46, -132, 92, 62, rx=5, fill="#3a4654", **_EDGE)
        + rect(54, -124, 76, 46, fill="#8fd3f4")
        + path("M92 -70V-52M74 -50H110", fill="none", **(_EDGE | {"stroke_width": 7}))
    )
    return (
        screen
        + rect(-170, -50, 340, 16, rx=4, fill="#c08552", **_EDGE)
        + path("M-150 -34V30M150 -34V30", fill="none", **(_EDGE | {"stroke_width": 9}))
    )
