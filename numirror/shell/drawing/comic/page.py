"""A page of a comic: a title, panels with gutters between them, a number."""

from collections.abc import Iterator, Sequence

from numirror.kernel.picture import PANELS_MOST, TITLE_LENGTH, ComicPage, Panel
from numirror.shell.drawing import text
from numirror.shell.drawing.box import Box
from numirror.shell.drawing.comic import backdrops, layouts, panel
from numirror.shell.drawing.comic.ink import INK, PAPER, Chances
from numirror.shell.drawing.comic.lettering import inked, loud
from numirror.shell.drawing.elements import document, element, group, number, path, polygon, shortened
from numirror.shell.drawing.fonts import COMIC, COMIC_BOLD

WIDTH, HEIGHT = 1200, 1697
"""As A4 is."""

_MARGIN = 40
_FOOT = 62
_BANDS = ("#ffd166", "#8ecae6", "#f7a1a1", "#b8e0c8", "#cdb4db")
_NUMBER_MOST = 9_999


def svg(page: ComicPage) -> str:
    """The page. The first one has a large title."""
    is_first = page.number <= 1
    head = 168 if is_first else 92
    area = Box(_MARGIN, head, WIDTH - 2 * _MARGIN, HEIGHT - head - _FOOT)
    shown = page.panels[:PANELS_MOST]
    boxes = layouts.divide(area, [_said(one) for one in shown], _within(page.number)) if shown else ()
    return document(
        WIDTH,
        HEIGHT,
        shortened(page.title, TITLE_LENGTH),
        backdrops.patterns(),
        *(panel.drawn(one, box, f"panel-{at}", at) for at, (one, box) in enumerate(zip(shown, boxes, strict=True))),
        _paper(boxes),
        *(_banner(page) if is_first else _small_head(page)),
        group(*(panel.frame(box) for box in boxes)),
        group(*_foot(page)),
    )


def _said(one: Panel) -> int:
    return sum(min(len(balloon.text), 200) for balloon in one.balloons[:4]) + min(len(one.caption), 120)


def _paper(boxes: Sequence[Box]) -> str:
    """With holes for the panels: what sticks out of them ends there."""
    holes = "".join(
        f"M{number(box.x)} {number(box.y)}h{number(box.width)}v{number(box.height)}h{number(-box.width)}Z"
        for box in boxes
    )
    return path(f"M0 0H{WIDTH}V{HEIGHT}H0Z{holes}", fill=PAPER, fill_rule="evenodd")


def _banner(page: ComicPage) -> Iterator[str]:
    colour, dots = Chances("banner", page.title).one(_BANDS), "url(#dots)"
    corners = [(_MARGIN, 38.0), (WIDTH - _MARGIN, 28.0), (WIDTH - _MARGIN - 14.0, 140.0), (_MARGIN + 14.0, 146.0)]
    yield polygon(corners, fill=colour, stroke=INK, stroke_width=6, stroke_linejoin="round")
    yield polygon(corners, fill=dots)
    said = text.shown(page.title, TITLE_LENGTH, COMIC_BOLD)
    face = loud(said)
    fitted = text.one_line(said, face, WIDTH - 2 * _MARGIN - 90, 84, 30)
    for line in fitted.lines:
        yield text.written(
            line, WIDTH / 2, 88 + fitted.size * 0.35, fitted.size, face, "#ffffff", text_anchor="middle", **inked(12)
        )


def _small_head(page: ComicPage) -> Iterator[str]:
    fitted = text.one_line(text.shown(page.title, TITLE_LENGTH, COMIC_BOLD), COMIC_BOLD, WIDTH - 2 * _MARGIN, 34, 22)
    for line in fitted.lines:
        yield text.written(line, _MARGIN, 62, fitted.size, fitted.face, INK)
    yield element("line", x1=_MARGIN, y1=77, x2=WIDTH - _MARGIN, y2=77, stroke=INK, stroke_width=4)


def _foot(page: ComicPage) -> Iterator[str]:
    y = HEIGHT - 24
    credit = text.one_line(text.shown(page.credit, TITLE_LENGTH, COMIC), COMIC, WIDTH / 2 - 120, 24, 16)
    yield from (text.written(line, _MARGIN, y, credit.size, credit.face, INK) for line in credit.lines)
    place = f"{_within(page.number)} / {_within(page.count)}"
    yield text.written(place, WIDTH - _MARGIN, y, 26, COMIC_BOLD, INK, text_anchor="end")


def _within(number: int) -> int:
    return max(0, min(number, _NUMBER_MOST))
