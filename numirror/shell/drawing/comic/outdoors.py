"""Backdrops under the sky."""

from numirror.shell.drawing.comic import landscape
from numirror.shell.drawing.comic.ink import INK, Chances
from numirror.shell.drawing.elements import WHITE, Attributes, circle, ellipse, group, number, path, rect

_GROUND = 0.74
_EDGE: Attributes = {"stroke": INK, "stroke_width": 3.5, "stroke_linejoin": "round"}
_WALLS = ("#e9c46a", "#e07a5f", "#81b29a", "#a8b5d1", "#d8a48f")
_DARK_WALLS = ("#2c3350", "#363e60", "#252b45")
_SKIES = ("#9ed8f0", "#ffd9a0", "#bfe6d8", "#f9c6b5")


def street(width: float, height: float, chances: Chances) -> str:
    """Houses with windows, a pavement and a road."""
    y = height * _GROUND
    houses = "".join(
        landscape.house(x, y, (wide, height * chances.between(0.3, 0.56)), chances.one(_WALLS))
        for x, wide in landscape.plots(width, (110, 190), chances)
    )
    lane = "".join(rect(x, height * 0.93, 60, 8, fill=WHITE) for x in range(20, int(width) - 60, 120))
    return (
        landscape.sky(width, height, chances.one(_SKIES))
        + landscape.cloud(width, 0.7, height * 0.12, min(width, height) / 420)
        + houses
        + rect(-5, y, width + 10, height * 0.08, fill="#cfc8bd", **_EDGE)
        + rect(-5, height * 0.82, width + 10, height * 0.18, fill="#6b7280", **_EDGE)
        + lane
    )


def park(width: float, height: float, chances: Chances) -> str:
    """Hills, trees and a path."""
    unit = min(width, height) / 400
    places = (chances.between(0.04, 0.14), chances.between(0.4, 0.6), chances.between(0.86, 0.96))
    trees = "".join(
        landscape.tree(width, share, height * (_GROUND + 0.015), unit * chances.between(0.85, 1.3), chances)
        for share in places
    )
    return (
        landscape.sky(width, height, chances.one(_SKIES))
        + landscape.cloud(width, chances.between(0.2, 0.8), height * 0.14, unit)
        + landscape.wave(width, height, (0.66, 0.06), "#8cc084")
        + trees
        + landscape.wave(width, height, (_GROUND, 0.02), "#6aa96b")
        + _way(width, height)
    )


def night(width: float, height: float, chances: Chances) -> str:
    """Stars, a moon and dark roofs."""
    unit, y = min(width, height) / 400, height * 0.78
    roofs = "".join(
        landscape.house(x, y, (wide, height * chances.between(0.14, 0.3)), chances.one(_DARK_WALLS), "#ffd166")
        for x, wide in landscape.plots(width, (80, 150), chances)
    )
    return (
        landscape.sky(width, height, "#27305a")
        + landscape.stars(width, height * 0.66, chances)
        + circle(width * 0.8, height * 0.2, 44 * unit, fill="#fff2c2", **_EDGE)
        + circle(width * 0.8 - 16 * unit, height * 0.2 - 8 * unit, 9 * unit, fill="#eadba0")
        + circle(width * 0.8 + 14 * unit, height * 0.2 + 14 * unit, 6 * unit, fill="#eadba0")
        + roofs
        + rect(-5, height * 0.77, width + 10, height * 0.23, fill="#3d466b", **_EDGE)
        + rect(0, height * 0.78, width, height * 0.22, fill="url(#shade)")
    )


def sea(width: float, height: float, chances: Chances) -> str:
    """Sun, waves, a sail, and sand to stand on."""
    unit = min(width, height) / 400
    sail = path("M0 -70V0H46Q40 -40 0 -70Z", fill=WHITE, **_EDGE) + path(
        "M-40 4H60L44 26H-26Z", fill="#d1495b", **_EDGE
    )
    where = f"translate({number(width * chances.between(0.55, 0.75))} {number(height * 0.55)}) scale({number(unit)})"
    return (
        landscape.sky(width, height, chances.one(_SKIES))
        + circle(width * 0.2, height * 0.42, 46 * unit, fill="#ffe066", **_EDGE)
        + landscape.cloud(width, 0.55, height * 0.16, unit)
        + landscape.wave(width, height, (0.55, 0.012), "#3fa7d6")
        + group(sail, transform=where)
        + landscape.wave(width, height, (0.64, 0.016), "#2e8fc0")
        + landscape.wave(width, height, (0.77, 0.03), "#f2dda4")
    )


def mountains(width: float, height: float, chances: Chances) -> str:
    """Peaks with snow behind a meadow."""
    peaks = "".join(
        landscape.peak((width * x, width), height * _GROUND, height * high, colour)
        for x, high, colour in (
            (0.2, 0.46, "#8093b5"),
            (0.82, 0.42, "#8093b5"),
            (0.5, chances.between(0.48, 0.58), "#6c80a3"),
        )
    )
    return (
        landscape.sky(width, height, chances.one(_SKIES))
        + landscape.cloud(width, chances.between(0.15, 0.4), height * 0.13, min(width, height) / 420)
        + peaks
        + landscape.wave(width, height, (0.7, 0.03), "#86b97b")
        + landscape.wave(width, height, (0.79, 0.015), "#6aa96b")
    )


def space(width: float, height: float, chances: Chances) -> str:
    """Stars, a planet with a ring, and a grey ground."""
    unit = min(width, height) / 400
    planet = circle(0, 0, 50, fill="#e9a15b", **_EDGE) + path(
        "M-46 -16Q0 4 46 -16M-48 12Q0 32 46 14", fill="none", stroke="#c97f3d", stroke_width=7
    )
    ring = ellipse(0, 0, 88, 20, fill="none", stroke="#f6d7a7", stroke_width=8)
    where = f"translate({number(width * 0.76)} {number(height * 0.3)}) rotate(-16) scale({number(unit)})"
    return (
        landscape.sky(width, height, "#1f1b3a")
        + landscape.stars(width, height * 0.75, chances)
        + group(planet, ring, transform=where)
        + landscape.wave(width, height, (0.77, 0.02), "#8d8aa3")
        + "".join(
            ellipse(width * x, height * 0.88, 34 * unit, 8 * unit, fill="#6f6c86", **_EDGE) for x in (0.16, 0.56, 0.88)
        )
    )


def _way(width: float, height: float) -> str:
    """Winding towards who looks."""
    far, near = number(height * 0.75), number(height * 0.84)
    left = f"M{number(width * 0.42)} {far}Q{number(width * 0.62)} {near} {number(width * 0.3)} {number(height)}"
    right = f"H{number(width * 0.68)}Q{number(width * 0.76)} {near} {number(width * 0.48)} {far}Z"
    return path(left + right, fill="#ead9b0", **_EDGE)
