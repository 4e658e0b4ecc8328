"""Rules of bingo cards: what is ticked can be told without colour, and what has won is tied together."""

import xml.etree.ElementTree as ET

from numirror.kernel.picture import Grid, Square
from numirror.shell.drawing import svg
from tests.drawing import seen


def _count(grid: Grid, tag: str) -> int:
    return sum(element.tag.endswith(f"}}{tag}") for element in ET.fromstring(svg(grid)).iter())


def _card(won: set[tuple[int, int]], size: int = 3) -> Grid:
    rows = (tuple(Square("x", True, in_line=(y, x) in won) for x in range(size)) for y in range(size))
    return Grid("Bingo", "", tuple(rows))


def test_what_is_ticked_has_a_tick() -> None:
    one = Grid("", "", ((Square("a"), Square("b", is_ticked=True), Square("c")),))
    assert (_count(one, "circle"), _count(one, "path")) == (1, 1)


def test_the_free_square_has_a_star() -> None:
    assert _count(Grid("", "", ((Square("a"), Square("", is_free=True)),)), "polygon") == 1


def test_rows_columns_and_diagonals_that_are_complete_are_tied_together() -> None:
    row, column = {(1, x) for x in range(3)}, {(y, 0) for y in range(3)}
    diagonal, other = {(x, x) for x in range(3)}, {(2 - x, x) for x in range(3)}
    assert _count(_card(set()), "line") == 0
    for won in (row, column, diagonal, other):
        assert _count(_card(won), "line") == 1
    assert _count(_card(row | diagonal), "line") == 2


def test_all_squares_are_readable_up_to_seven_rows() -> None:
    card = Grid("B", "s", tuple(tuple(Square(f"goal {y}{x}") for x in range(7)) for y in range(7)))
    said = [line.said for line in seen.lines(ET.fromstring(svg(card)))]
    assert [one for one in said if one.startswith("goal")] == [f"goal {y}{x}" for y in range(7) for x in range(7)]


def test_what_is_too_large_is_left_out_and_what_is_short_is_filled() -> None:
    assert _count(Grid("", "", ((Square("a"),) * 9,) * 9), "rect") == 1 + 49
    assert _count(Grid("", "", ((Square("a"),), (Square("a"), Square("b")))), "rect") == 1 + 4
