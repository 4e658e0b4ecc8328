"""Lines that a person types into a mirror tab become the rows of ours that say the same; the rest of theirs stays."""

from collections.abc import Callable
from typing import Any

import pytest

from numirror.domains.bingo.mirrors import BINGO_TAB
from numirror.kernel.mirror import Row
from numirror.shell.mirrors.sheet import draw
from numirror.shell.resources.discovery_map import ensure_tabs
from tests.discovery_map.sheet import Sheet


@pytest.fixture
def bingo(new_sheet: Callable[[], Sheet]) -> Sheet:
    sheet = new_sheet()
    ensure_tabs(sheet.spreadsheet, [BINGO_TAB])
    return sheet


def goal(text: str, tag: str | None = None, count: int = 1, status: str = "waiting") -> Row:
    known = {"square_id": f"goal-{text.casefold()}", "goal": text, "tag": tag, "count": count, "status": status}
    return {column.name: None for column in BINGO_TAB.table.columns} | known


def drawn(sheet: Sheet, *rows: Row, position: int = 7) -> list[list[Any]]:
    """What is in the tab below its header after these rows were drawn; to draw them twice is to draw them once."""
    seen = []
    for _ in range(2):
        draw(sheet.spreadsheet, BINGO_TAB, [(row, position) for row in rows])
        seen.append(sheet.rows("Bingo")[1:])
    assert seen[0] == seen[1]
    return seen[0]


def test_typed_lines_become_ours_where_they_stand(bingo: Sheet) -> None:
    bingo.type("Bingo!C2", "Run #Sport x2")
    bingo.type("Bingo!C3", "swim", "#sport", 3)
    bingo.type("Bingo!C5", "Sing")
    assert drawn(bingo, goal("New"), goal("Sing"), goal("Swim", "sport", 3), goal("Run", "sport", 2)) == [
        ["goal-run", 7, "Run", "sport", 2],
        ["goal-swim", 7, "Swim", "sport", 3],
        [],
        ["goal-sing", 7, "Sing", "", 1],
        ["goal-new", 7, "New", "", 1],
    ]


def test_a_line_that_was_not_taken_as_it_stands_stays(bingo: Sheet) -> None:
    bingo.type("Bingo!C2", "Run #sport x5")
    bingo.type("Bingo!C3", "Sing", "", "", "", "", "mine")
    bingo.type("Bingo!C4", "Read")
    typed = bingo.rows("Bingo")[1:]
    ours = [["goal-run", 7, "Run", "sport", 2], ["goal-sing", 7, "Sing", "", 1]]
    assert drawn(bingo, goal("Run", "sport", 2), goal("Sing")) == [*typed, *ours]


def test_what_a_row_of_ours_says_already_is_not_said_twice(bingo: Sheet) -> None:
    drawn(bingo, goal("Run"), goal("Sing"), goal("Gone"))
    bingo.change({"appendDimension": {"sheetId": bingo.ids["Bingo"], "dimension": "COLUMNS", "length": 2}})
    for number, text in enumerate(("run", "Sing", "New", "new", "Gone"), 5):
        bingo.type(f"Bingo!C{number}", text)
    bingo.type("Bingo!I6", "a note of mine")
    assert drawn(bingo, goal("Sing", "music"), goal("New"), goal("Gone", status="past"), position=8) == [
        ["goal-run", 7, "Run", "", 1],
        ["goal-sing", 8, "Sing", "music", 1],
        [],
        ["", "", "Sing", "", "", "", "", "", "a note of mine"],
        ["goal-new", 8, "New", "", 1],
        [],
        ["", "", "Gone"],
    ]
    bingo.type("Bingo!D5", "music")
    assert drawn(bingo, goal("Sing", "music"), position=9)[3] == ["", "", "", "", "", "", "", "", "a note of mine"]


def test_lines_without_a_goal_are_nobodys_double(bingo: Sheet) -> None:
    drawn(bingo, goal("Run"))
    bingo.type("Bingo!C2", "")
    bingo.type("Bingo!D3", "sport")
    assert drawn(bingo, goal("New"))[1:] == [["", "", "", "sport"], ["goal-new", 7, "New", "", 1]]


def test_it_takes_one_read_and_one_write_and_leaves_what_stands_right_of_ours(bingo: Sheet) -> None:
    bingo.change({"appendDimension": {"sheetId": bingo.ids["Bingo"], "dimension": "COLUMNS", "length": 2}})
    bingo.type("Bingo!C2", "Run", "", "", "", "", "", "a note of mine")
    counted = bingo.spreadsheet
    draw(counted, BINGO_TAB, [(goal("Run"), 7)])
    assert counted.calls == ["read", "write"]
    assert bingo.rows("Bingo")[1:] == [["goal-run", 7, "Run", "", 1, "", "", "", "a note of mine"]]
