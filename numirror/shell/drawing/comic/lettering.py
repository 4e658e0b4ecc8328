"""Large letters, boxes with captions, and sounds."""

import math
from dataclasses import dataclass

from numirror.kernel.picture import CAPTION_LENGTH, SOUND_LENGTH
from numirror.shell.drawing import text
from numirror.shell.drawing.box import Box
from numirror.shell.drawing.comic.ink import INK, Chances
from numirror.shell.drawing.elements import Attributes, group, number, polygon, rect
from numirror.shell.drawing.fonts import COMIC, COMIC_BOLD, LOUD, LOUD_CYRILLIC, Face, best, covers

_COLOURS = ("#ffd60a", "#ff5d5d", "#4cc9f0", "#ff9f1c", "#7ae582")
_CAPTION, _CAPTION_EDGE = "#fff1b8", 3.5
_TILT = 8.0


@dataclass(frozen=True, slots=True)
class Caption:
    """A box in the upper left corner."""

    fitted: text.Fitted
    box: Box


def loud(words: str) -> Face:
    """The largest-looking face that has all letters, or else most."""
    return next((face for face in (LOUD, LOUD_CYRILLIC) if covers(face, words)), best(words, COMIC_BOLD))


def caption(words: str, panel: Box) -> Caption | None:
    """What is told above a panel; none where nothing is. At most a quarter of its height."""
    said = text.shown(words, CAPTION_LENGTH, COMIC)
    if not said:
        return None
    pad = 14.0
    room = Box(0, 0, min(panel.width - 4 * pad, 700), panel.height * 0.22 - 2 * pad)
    fitted = text.fit(said, COMIC, room, min(32.0, max(25.0, panel.width * 0.05)), 12)
    return Caption(fitted, Box(panel.x, panel.y, fitted.width + 2 * pad, fitted.height + 1.4 * pad))


def drawn_caption(caption: Caption) -> str:
    """The box with its lines."""
    box, fitted = caption.box, caption.fitted
    lines = text.paragraph(fitted, box.middle[0], box.middle[1] - fitted.height / 2, INK)
    frame = rect(box.x, box.y, box.width, box.height, fill=_CAPTION, stroke=INK, stroke_width=_CAPTION_EDGE)
    return group(frame, *lines, data_kind="caption")


def sound(words: str, panel: Box, is_left: bool) -> str:
    """Large and tilted, before a burst, in a lower corner."""
    said = text.shown(words, SOUND_LENGTH, COMIC_BOLD)
    if not said:
        return ""
    face, turn = loud(said), math.radians(_TILT)
    wide = max(0.4, text.width(said, 1, face))
    across = wide * math.cos(turn) + 1.2 * math.sin(turn)
    down = wide * math.sin(turn) + 1.2 * math.cos(turn)
    size = min(panel.width * 0.64 / across, panel.height * 0.26 / down, 170.0)
    half, y = across * size * 0.58 + 8, panel.bottom - down * size * 0.64 - 8
    x = panel.x + half if is_left else panel.right - half
    colour = Chances("sound", said).one(_COLOURS)
    letters = text.written(said, x, y + size * 0.36, size, face, colour, text_anchor="middle", **inked(size * 0.13))
    tilted = group(letters, transform=f"rotate({number(-_TILT)} {number(x)} {number(y)})")
    return group(_burst(x, y, across * size / 2, down * size / 2), tilted, data_kind="sound")


def inked(wide: float) -> Attributes:
    """An outline behind letters."""
    return {"stroke": INK, "stroke_width": max(4.0, wide), "stroke_linejoin": "round", "paint_order": "stroke"}


def _burst(x: float, y: float, rx: float, ry: float) -> str:
    """Pale, so that letters are seen before any backdrop."""
    count = 26
    points = []
    for step in range(count):
        far, turn = (1.16, 0.86)[step % 2], math.tau * step / count
        points.append((x + rx * far * math.cos(turn), y + ry * far * 1.1 * math.sin(turn)))
    return polygon(points, fill="#ffffff", fill_opacity=0.82)
