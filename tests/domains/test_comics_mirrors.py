"""What comics and their scripts look like in SQL and in the Sheet."""

from datetime import UTC, datetime

from msgspec.structs import replace

from numirror.domains.comics.decider.script import LINES, PANELS_MOST, row_id
from numirror.domains.comics.events import (
    ComicAskedAgain,
    ComicDeleted,
    ComicEvent,
    ComicFailed,
    ComicRequested,
    ComicRetried,
    ComicStopped,
    Line,
    ScriptBegun,
    ScriptEdited,
    ScriptPanel,
    ScriptWritten,
)
from numirror.domains.comics.mirrors import COMICS_TAB, COMICS_TABLE, LINES_TABLE, cells
from numirror.kernel.mirror import Happened, Row, Table

NOW = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
ID = "a" * 16
PANEL = ScriptPanel(1, "park", (Line("Ada", "Hi."), Line("Bo", pose="arms_crossed")), "BANG", "Later")
ASKED = ComicRequested(
    entity_id=ID, inputs="i", source="Guests, row 2", material=(), panels=4, pages=1, style="", at=NOW
)
WRITTEN = ScriptWritten(
    entity_id=ID, attempt=1, title="Ada", panels=(PANEL, ScriptPanel(2, "sea", (Line(), Line()))),
    model="m", input_tokens=1, output_tokens=2, micros=3, at=NOW,
)  # fmt: skip
BEGUN = ScriptBegun(entity_id=ID, title="Mine", panels=(ScriptPanel(1, "", (Line(), Line())),), at=NOW)
FAILED = ComicFailed(entity_id=ID, attempt=1, sentence="Away.", at=NOW)
GONE = ComicDeleted(entity_id=ID)


def rows_after(table: Table, *events: ComicEvent) -> dict[str, Row]:
    """As `follow` makes them."""
    rows: dict[str, Row] = {}
    for position, event in enumerate(events, 1):
        happened = Happened(event, position, NOW, "Europe/Berlin")
        for key in table.rows_of(happened):
            row = table.project(rows.get(key), replace(happened, key=key))
            if row is not None:
                assert row[table.key] == key
                assert set(row) == {column.name for column in table.columns}
                rows[key] = row
    return rows


def test_a_comic_is_a_row_through_all_its_life() -> None:
    retried = ComicRetried(entity_id=ID, attempt=2, at=NOW)
    row = rows_after(COMICS_TABLE, ASKED, FAILED)[ID]
    assert (row["status"], row["why"], row["panels"], row["requested_on"]) == ("failed", "Away.", 4, "2026-11-23")
    row = rows_after(COMICS_TABLE, ASKED, FAILED, retried, WRITTEN, ComicAskedAgain(entity_id=ID))[ID]
    assert (row["status"], row["why"], row["attempt"], row["title"]) == ("written", None, 2, "Ada")
    assert (row["panels"], row["pages"], row["written_on"]) == (2, 2, "2026-11-23")
    assert rows_after(COMICS_TABLE, ASKED, ComicStopped(entity_id=ID, at=NOW))[ID]["status"] == "stopped"
    assert rows_after(COMICS_TABLE, BEGUN, GONE)[ID]["status"] == "deleted"
    assert rows_after(COMICS_TABLE, WRITTEN) == {}


def test_a_script_is_a_row_for_each_line_and_the_scene_stands_in_the_first() -> None:
    rows = rows_after(LINES_TABLE, ASKED, WRITTEN)
    assert list(rows) == [row_id(ID, panel, place) for panel in range(2) for place in range(2)]
    shown = [cells(row) for row in rows.values()]
    assert shown[0] == ("Ada", 1, 1, "park", "Ada", "Hi.", "speech", "BANG", "Later", "standing", "calm")
    assert shown[1] == ("Ada", 1, 1, "", "Bo", "", "speech", "", "", "arms crossed", "calm")
    assert shown[2] == ("Ada", 2, 2, "sea", "", "", "speech", "", "", "standing", "calm")
    assert {len(one or ()) for one in shown} == {len(COMICS_TAB.columns)}


def test_an_edited_script_keeps_its_title() -> None:
    edited = ScriptEdited(entity_id=ID, panels=(PANEL, PANEL), rows=1, unknown_rows=0)
    row = rows_after(LINES_TABLE, WRITTEN, edited)[row_id(ID, 1, 0)]
    assert (row["title"], row["line"]) == ("Ada", "Hi.")
    assert rows_after(LINES_TABLE, edited) == {}


def test_a_deleted_comic_leaves_the_sheet_with_all_its_rows() -> None:
    rows = rows_after(LINES_TABLE, WRITTEN, GONE)
    assert len(rows) == 4
    assert {cells(row) for row in rows.values()} == {None}
    assert len(LINES_TABLE.rows_of(Happened(GONE, 1, NOW, "Etc/UTC"))) == PANELS_MOST * LINES


def test_a_comic_without_a_script_has_no_lines() -> None:
    assert rows_after(LINES_TABLE, ASKED, FAILED, GONE) == {}
