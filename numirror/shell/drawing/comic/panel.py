"""One panel: backdrop, figures, sound, balloons, caption."""

from collections.abc import Sequence

from numirror.kernel.picture import BALLOONS_MOST, FIGURES_MOST, TITLE_LENGTH, Balloon, Figure, Panel
from numirror.shell.drawing.box import Box
from numirror.shell.drawing.comic import backdrops, balloons, figures, lettering, shapes
from numirror.shell.drawing.comic.balloons import Spoken
from numirror.shell.drawing.comic.figures import HEIGHT, Placed
from numirror.shell.drawing.comic.ink import INK, Chances
from numirror.shell.drawing.comic.layouts import GUTTER
from numirror.shell.drawing.comic.shapes import Point, Tail
from numirror.shell.drawing.elements import element, group, rect, shortened

_EDGE = 6.0
_INSET = 18.0
_SPOKEN_MOST = 0.64
"""Share of the height that caption and balloons may take."""

_STANDING: dict[int, tuple[tuple[float, ...], ...]] = {
    0: ((),),
    1: ((0.36,), (0.6,), (0.5,)),
    2: ((0.28, 0.73), (0.3, 0.7)),
    3: ((0.19, 0.5, 0.81),),
}
_CLOSE = (1.0, 1.3, 1.0, 1.55)
"""How near the camera is, one panel after the other."""


def drawn(panel: Panel, box: Box, name: str, index: int) -> str:
    """The panel with its frame. `name` is an id that nothing else on the page has."""
    caption = lettering.caption(panel.caption, box)
    said = [one for one in panel.balloons[:BALLOONS_MOST] if shortened(one.text, 1)]
    shown = _staged(panel.figures[:FIGURES_MOST], said)
    places = _places(shown, panel, index)
    spoken = balloons.place(said, [_speaker(one, shown, places, box) for one in said], _zone(box, caption))
    placed = _placed(shown, places, box, _below(spoken, caption, box), _CLOSE[index % len(_CLOSE)])
    is_left = bool(places) and places[0] > 0.5
    return group(
        element("clipPath", rect(box.x, box.y, box.width, box.height), id=name),
        backdrops.drawn(panel.scene, box),
        *(_cut_off(one, box, name) for one in placed),
        lettering.sound(panel.sound, box, is_left),
        *balloons.drawn(spoken, [_tail(one, placed, box) for one in spoken]),
        lettering.drawn_caption(caption) if caption else "",
        data_kind="panel",
    )


def frame(box: Box) -> str:
    """The edge of a panel, to be drawn last."""
    return rect(box.x, box.y, box.width, box.height, fill="none", stroke=INK, stroke_width=_EDGE)


def _cut_off(placed: Placed, box: Box, name: str) -> str:
    """A figure, clipped only where it would reach into the panel on its left.

    What it covers of those that are drawn later is covered by them, and clipping is slow.
    """
    reaches = placed.x - figures.REACH * placed.scale < box.x - GUTTER / 2
    return group(figures.drawn(placed), **({"clip_path": f"url(#{name})"} if reaches else {}))


def _staged(shown: Sequence[Figure], said: Sequence[Balloon]) -> tuple[Figure, ...]:
    """Who speaks first stands on the left, so that balloons read as they are spoken."""
    names = [_known(one.speaker) for one in said]
    return tuple(sorted(shown, key=lambda one: [*names, _known(one.name)].index(_known(one.name))))


def _known(name: str) -> str:
    """As a name is compared."""
    return shortened(name, TITLE_LENGTH).casefold()


def _zone(box: Box, caption: lettering.Caption | None) -> Box:
    """Where balloons may be."""
    top = caption.box.bottom + 10 if caption else box.y + _INSET
    return Box(box.x + _INSET, top, box.width - 2 * _INSET, box.y + box.height * _SPOKEN_MOST - top)


def _places(shown: Sequence[Figure], panel: Panel, index: int) -> tuple[float, ...]:
    """Shares of the width. One who makes a noise leaves room for it."""
    if len(shown) == 1 and shortened(panel.sound, 1):
        return (0.3,) if index % 2 == 0 else (0.68,)
    return Chances("places", panel.scene, index).one(_STANDING[len(shown)])


def _speaker(balloon: Balloon, shown: Sequence[Figure], places: Sequence[float], box: Box) -> float | None:
    found = _index(balloon, [one.name for one in shown])
    return None if found is None else box.x + box.width * places[found]


def _index(balloon: Balloon, names: Sequence[str]) -> int | None:
    wanted, known = _known(balloon.speaker), [_known(name) for name in names]
    return known.index(wanted) if wanted in known else None


def _below(spoken: Sequence[Spoken], caption: lettering.Caption | None, box: Box) -> float:
    """Where heads may begin."""
    if spoken:
        return max(one.box.bottom for one in spoken) + max(44.0, box.height * 0.07)
    return caption.box.bottom + 24 if caption else box.y + box.height * 0.12


def _placed(shown: Sequence[Figure], places: Sequence[float], box: Box, top: float, close: float) -> tuple[Placed, ...]:
    """All of one scale, on the ground where they fit, otherwise cut by the lower edge."""
    if not shown:
        return ()
    ground = box.bottom - box.height * 0.055
    widest = box.width / len(shown) / (165 if len(shown) > 1 else 210)
    whole = (ground - top) / (HEIGHT + 12)
    least = min(1.05, max(0.55, (box.bottom - top) / 150))
    scale = min(widest, max(whole * close, least))
    feet = top + (HEIGHT - 2) * scale
    return tuple(
        Placed(figure, box.x + box.width * at, max(ground, feet - figures.drop(figure) * scale), scale, at > 0.5)
        for figure, at in zip(shown, places, strict=True)
    )


def _tail(one: Spoken, placed: Sequence[Placed], box: Box) -> Tail | None:
    """To its speaker; to beyond the nearer edge for somebody who is not seen; none for nobody."""
    sunk = shapes.spikes(one.box) + 8 if one.balloon.kind == "shout" else 12
    found = _index(one.balloon, [other.figure.name for other in placed])
    if found is not None:
        return Tail.between(one.box, placed[found].head, figures.HEAD_RADIUS * placed[found].scale + 12, sunk)
    return Tail.between(one.box, _beyond(one.box, box), 0.0, sunk) if _known(one.balloon.speaker) else None


def _beyond(balloon: Box, box: Box) -> Point:
    x = box.x + 6 if balloon.middle[0] < box.middle[0] else box.right - 6
    return x, min(box.bottom - 10, balloon.bottom + 70)
