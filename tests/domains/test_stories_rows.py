"""Which rows of a tab can be told, with what of their cells, and which are marked."""

import pytest

from numirror.kernel.rows import CELL_LIMIT, ROW_LIMIT, filled_rows
from numirror.kernel.sheet import SheetView


def test_rows_are_bounded_and_the_columns_of_machines_left_out() -> None:
    wide = SheetView((), "T", (("id", "position", "Story"), ("k", "7", "A tale"), ("k", "8", "y" * 999)))
    first, second = filled_rows(wide)
    assert (first.number, first.cells, first.is_marked) == (2, (("Story", "A tale"),), False)
    assert len(second.cells[0][1]) == CELL_LIMIT
    full = SheetView((), "T", (("h" * 99,) * 26, ("v" * 999,) * 26))
    (row,) = filled_rows(full)
    assert sum(len(name) + len(value) for name, value in row.cells) <= ROW_LIMIT
    assert filled_rows(SheetView()) == ()


@pytest.mark.parametrize("mark", ["x", "X", "✓", "TRUE", "WAHR", "да", "1", "yes"])
@pytest.mark.parametrize("header", ["Story", " STORY "])
def test_a_mark_is_what_people_put_for_yes(mark: str, header: str) -> None:
    assert filled_rows(SheetView((), "T", (("Name", header), ("Ada", mark))))[0].is_marked


@pytest.mark.parametrize("mark", ["no", "FALSE", "0", "", "later"])
def test_anything_else_is_no_mark(mark: str) -> None:
    assert not filled_rows(SheetView((), "T", (("Name", "Story"), ("Ada", mark))))[0].is_marked
