"""A bingo card: 3 to 7 rows of squares. What is ticked is told by a tick and a frame, not by colour alone."""

from collections.abc import Iterator

from numirror.kernel.picture import GRID_SIZE_MOST, SQUARE_LENGTH, TITLE_LENGTH, Grid, Square
from numirror.shell.drawing import text
from numirror.shell.drawing.box import Box
from numirror.shell.drawing.elements import (
    WHITE,
    Attributes,
    circle,
    document,
    element,
    group,
    path,
    polygon,
    rect,
    shortened,
)
from numirror.shell.drawing.fonts import BOLD, PLAIN

WIDTH = 900
_MARGIN, _GAP, _HEAD = 36, 14, 150

_PAPER, _INK, _QUIET = "#f6f4ee", "#22303c", "#5b6774"
_OPEN, _OPEN_LINE = WHITE, "#d5d0c3"
_TICKED, _TICKED_LINE = "#d8efe0", "#2e7d4f"
_WON, _WON_LINE = "#ffe08a", "#b36b00"

_STAR = ((0, -50), (13, -17), (48, -15), (21, 7), (30, 41), (0, 22), (-30, 41), (-21, 7), (-48, -15), (-13, -17))


def svg(grid: Grid) -> str:
    """The card. A row that is too short ends in blank squares."""
    rows = [row[:GRID_SIZE_MOST] for row in grid.squares[:GRID_SIZE_MOST]]
    columns = max((len(row) for row in rows), default=0)
    side = (WIDTH - 2 * _MARGIN - _GAP * (columns - 1)) / max(columns, 1)
    height = _HEAD + _MARGIN + sum(side + _GAP for _ in rows) - (_GAP if rows else 0)
    cells = [
        [Box(_MARGIN + x * (side + _GAP), _HEAD + y * (side + _GAP), side, side) for x in range(columns)]
        for y in range(len(rows))
    ]
    squares = [[*row, *[Square("")] * (columns - len(row))] for row in rows]
    return document(
        WIDTH,
        round(height),
        shortened(grid.title, TITLE_LENGTH),
        rect(0, 0, WIDTH, round(height), fill=_PAPER),
        *_heading(grid),
        group(*_bands(squares, cells)),
        *(
            _square(square, box)
            for row, boxes in zip(squares, cells, strict=True)
            for square, box in zip(row, boxes, strict=True)
        ),
    )


def _heading(grid: Grid) -> Iterator[str]:
    room = WIDTH - 2 * _MARGIN
    title = text.one_line(text.shown(grid.title, TITLE_LENGTH, BOLD), BOLD, room, 60, 30)
    subtitle = text.one_line(text.shown(grid.subtitle, TITLE_LENGTH, PLAIN), PLAIN, room, 30, 20)
    yield from (text.written(line, _MARGIN, 76, title.size, title.face, _INK) for line in title.lines)
    yield from (text.written(line, _MARGIN, 120, subtitle.size, subtitle.face, _QUIET) for line in subtitle.lines)


def _bands(squares: list[list[Square]], cells: list[list[Box]]) -> Iterator[str]:
    """Behind each complete row, column and diagonal, seen between its squares."""
    for places in _lines(len(squares), len(squares[0]) if squares else 0):
        if all(squares[y][x].in_line for y, x in places):
            (x1, y1), (x2, y2) = (cells[y][x].middle for y, x in (places[0], places[-1]))
            ends = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
            yield element("line", **ends, stroke=_WON_LINE, stroke_width=cells[0][0].width * 0.34)


def _lines(rows: int, columns: int) -> Iterator[list[tuple[int, int]]]:
    if columns > 1:
        yield from ([(y, x) for x in range(columns)] for y in range(rows))
    if rows > 1:
        yield from ([(y, x) for y in range(rows)] for x in range(columns))
    if rows == columns and rows > 1:
        yield [(step, step) for step in range(rows)]
        yield [(step, rows - 1 - step) for step in range(rows)]


def _square(square: Square, box: Box) -> str:
    is_done = square.is_ticked or square.is_free or square.in_line
    fill, line = (_WON, _WON_LINE) if square.in_line else (_TICKED, _TICKED_LINE) if is_done else (_OPEN, _OPEN_LINE)
    frame = rect(box.x, box.y, box.width, box.height, rx=box.width * 0.1, fill=fill, stroke=line,
                 stroke_width=5 if is_done else 2.5)  # fmt: skip
    mark = _star(box, line) if square.is_free else _tick(box, line) if is_done else ""
    return group(frame, mark, *_words(square, box, is_done))


def _tick(box: Box, colour: str) -> str:
    """In the lower right corner, white in a disc."""
    r = box.width * 0.15
    x, y = box.right - r * 1.35, box.bottom - r * 1.35
    strokes: Attributes = {"fill": "none", "stroke": WHITE, "stroke_width": r * 0.32, "stroke_linecap": "round"}
    drawn = path(
        f"M{x - r * 0.45:.1f} {y + r * 0.05:.1f}L{x - r * 0.1:.1f} {y + r * 0.4:.1f}"
        f"L{x + r * 0.5:.1f} {y - r * 0.35:.1f}",
        stroke_linejoin="round",
        **strokes,
    )
    return circle(x, y, r, fill=colour) + drawn


def _star(box: Box, colour: str) -> str:
    """Big and alone, or small in the lower right corner, where the tick of others is."""
    size = box.width * 0.0036
    x, y = box.right - box.width * 0.22, box.bottom - box.width * 0.2
    return polygon([(x + dx * size, y + dy * size) for dx, dy in _STAR], fill=colour)


def _words(square: Square, box: Box, is_done: bool) -> Iterator[str]:
    """As large as they fit above the mark."""
    room = box.inset(box.width * 0.08, box.width * 0.07)
    if is_done:
        room = Box(room.x, room.y, room.width, room.height - box.width * 0.27)
    said = text.shown(square.text, SQUARE_LENGTH, PLAIN)
    fitted = text.fit(said, BOLD if is_done else PLAIN, room, box.width * 0.19, box.width * 0.085)
    top = room.y + (room.height - fitted.height) / 2
    yield from text.paragraph(fitted, box.middle[0], top, _INK)
