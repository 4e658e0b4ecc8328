"""What is behind the figures: flat colours, and dots as in print.

Nothing sticks out of a panel by more than half a gutter: cutting it off would cost as much time as all the rest.
"""

from collections.abc import Callable
from itertools import pairwise

from numirror.shell.drawing.box import Box
from numirror.shell.drawing.comic import indoors, outdoors
from numirror.shell.drawing.comic.ink import Chances
from numirror.shell.drawing.comic.scenes import Scene, scene_of
from numirror.shell.drawing.elements import circle, element, group, number, polygon, rect

_Backdrop = Callable[[float, float, Chances], str]

FLOOR = 0.76
"""Where the ground begins, as a share of the height."""

_PAIRS = (("#ffd166", "#ffbf3f"), ("#a0d8ef", "#7cc6e6"), ("#f7a1a1", "#f28585"), ("#b8e0c8", "#98d2b0"))


def patterns() -> str:
    """To be defined once on each page."""
    dot = circle(8, 8, 3.8, fill="#ffffff", fill_opacity=0.42)
    other = circle(9, 9, 5, fill="#1b1b23", fill_opacity=0.13)
    return element(
        "defs",
        element("pattern", dot, id="dots", width=16, height=16, patternUnits="userSpaceOnUse"),
        element("pattern", other, id="shade", width=18, height=18, patternUnits="userSpaceOnUse"),
    )


def drawn(words: str, box: Box) -> str:
    """The backdrop of a panel, for whose words it is always the same."""
    scene, chances = scene_of(words), Chances("backdrop", words)
    return group(
        _BACKDROPS[scene](box.width, box.height, chances),
        transform=f"translate({number(box.x)} {number(box.y)})",
    )


def _rays(width: float, height: float, chances: Chances) -> str:
    """From where the figures are."""
    light, strong = chances.one(_PAIRS)
    middle, edges = (width / 2, height * 0.7), _around(width, height, 36)
    rays = (polygon([middle, edges[step], edges[step + 1]], fill=strong) for step in range(0, 36, 2))
    return (
        rect(0, 0, width, height, fill=light) + "".join(rays) + rect(0, height * 0.55, width, height, fill="url(#dots)")
    )


def _dots(width: float, height: float, chances: Chances) -> str:
    light, strong = chances.one(_PAIRS)
    ground = rect(0, height * FLOOR, width, height * (1 - FLOOR), fill=strong)
    shade = polygon([(0, height), (width, height * 0.3), (width, height)], fill="url(#shade)")
    return rect(0, 0, width, height, fill=light) + rect(0, 0, width, height * FLOOR, fill="url(#dots)") + ground + shade


def _around(width: float, height: float, count: int) -> list[tuple[float, float]]:
    """Points on the edge, from corner to corner."""
    corners = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height), (0.0, 0.0)]
    each = count // 4
    return [
        (x1 + (x2 - x1) * step / each, y1 + (y2 - y1) * step / each)
        for (x1, y1), (x2, y2) in pairwise(corners)
        for step in range(each)
    ]


_BACKDROPS: dict[Scene, _Backdrop] = {
    "room": indoors.room,
    "kitchen": indoors.kitchen,
    "office": indoors.office,
    "street": outdoors.street,
    "park": outdoors.park,
    "night": outdoors.night,
    "sea": outdoors.sea,
    "mountains": outdoors.mountains,
    "space": outdoors.space,
    "rays": _rays,
    "dots": _dots,
}
