"""What landscapes are made of. Nothing sticks out to the sides."""

from collections.abc import Iterator

from numirror.shell.drawing.comic.ink import INK, Chances
from numirror.shell.drawing.elements import WHITE, Attributes, circle, group, number, path, polygon, rect

_EDGE: Attributes = {"stroke": INK, "stroke_width": 3.5, "stroke_linejoin": "round"}


def sky(width: float, height: float, colour: str) -> str:
    """A colour, with dots towards the horizon."""
    return rect(0, 0, width, height, fill=colour) + rect(0, height * 0.36, width, height * 0.36, fill="url(#dots)")


def cloud(width: float, share: float, y: float, unit: float) -> str:
    """Wholly within the width."""
    x = max(98 * unit, min(width * share, width - 98 * unit))
    shape = "M-70 20Q-96 -6 -62 -18Q-56 -52 -20 -40Q8 -64 34 -38Q72 -42 70 -10Q92 12 64 20Z"
    return group(
        path(shape, fill=WHITE, **_EDGE), transform=f"translate({number(x)} {number(y)}) scale({number(unit)})"
    )


def wave(width: float, height: float, at: tuple[float, float], colour: str) -> str:
    """Ground or water, from `at` (a share of the height, and how far it swings) to below the panel."""
    y, swing, step = height * at[0], height * at[1], width / 4
    curve = "".join(f"q{number(step / 2)} {number(way * swing)} {number(step)} 0" for way in (-1, 1, -1, 1))
    return path(f"M0 {number(y)}{curve}V{number(height)}H0Z", fill=colour, **_EDGE)


def plots(width: float, breadth: tuple[float, float], chances: Chances) -> Iterator[tuple[float, float]]:
    """Beginning and breadth of one house after the other; none is narrow, because the last one takes what is left."""
    x = 0.0
    while x < width:
        wide = chances.between(*breadth)
        wide = width - x if width - x - wide < breadth[0] * 0.7 else wide
        yield x, wide
        x += wide


def house(x: float, ground: float, size: tuple[float, float], wall: str, lit: str = "#fff3cf") -> str:
    """With windows; `size` is width and height."""
    wide, high = size
    panes = "".join(
        rect(x + wide * dx - 11, ground - high + y, 22, 28, fill=lit, stroke=INK, stroke_width=2.5)
        for dx in (0.27, 0.73)
        for y in range(24, max(25, int(high) - 40), 58)
    )
    return (
        rect(x, ground - high, wide, high + 6, fill=wall, **_EDGE)
        + rect(x - 4, ground - high - 10, wide + 8, 14, fill="#7a4b3a", **_EDGE)
        + panes
    )


def tree(width: float, share: float, ground: float, scale: float, chances: Chances) -> str:
    """On the ground, wholly within the width."""
    x = max(78 * scale, min(width * share, width - 78 * scale))
    crown = chances.one(("#4f9d69", "#5fae57", "#7cb342", "#d98e3a"))
    blobs = "".join(
        circle(dx, dy, r, fill=crown, **_EDGE) for dx, dy, r in ((-34, -120, 38), (34, -122, 36), (0, -160, 44))
    )
    drawn = path("M-11 0L-8 -100H8L11 0Z", fill="#7a5230", **_EDGE) + blobs + circle(0, -130, 42, fill=crown)
    return group(drawn, transform=f"translate({number(x)} {number(ground)}) scale({number(scale)})")


def peak(across: tuple[float, float], ground: float, high: float, colour: str) -> str:
    """A mountain with snow. `across` is the x of the top, and the width that nothing may go beyond."""
    (x, width), top, wide = across, ground - high, high * 0.85
    left, right = max(0.0, x - wide), min(width, x + wide)
    slopes = [(left, top + (x - left) / wide * high), (x, top), (right, top + (right - x) / wide * high)]
    rock = polygon([(left, ground + 20), *slopes, (right, ground + 20)], fill=colour, **_EDGE)
    cap = [(x, top), (x + wide * 0.3, top + high * 0.31), (x + wide * 0.12, top + high * 0.25), (x, top + high * 0.36),
           (x - wide * 0.14, top + high * 0.24), (x - wide * 0.3, top + high * 0.31)]  # fmt: skip
    return rock + polygon(cap, fill=WHITE, **_EDGE)


def stars(width: float, height: float, chances: Chances) -> str:
    """Anywhere above `height`."""
    return "".join(
        circle(chances.between(0, width), chances.between(0, height), chances.between(1.5, 4), fill="#fff6d5")
        for _ in range(26)
    )
