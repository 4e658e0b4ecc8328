"""A script that is edited by hand in the tab."""

from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from numirror.domains.comics.commands import TakeScript
from numirror.domains.comics.decider.script import row_id
from numirror.domains.comics.events import ComicEvent, Line, ScriptBegun, ScriptEdited, ScriptPanel, ScriptWritten
from numirror.domains.comics.mirrors import COMICS_TAB, LINES_TABLE, cells
from numirror.kernel.errors import Refused
from numirror.kernel.mirror import HIDDEN_HEADERS, Happened
from numirror.kernel.sheet import SheetView
from tests.domains.comics_given import ID, NOW, PANEL, Heard, decided, requested, script_written, when

HEADER = (*HIDDEN_HEADERS, *(column.header for column in COMICS_TAB.columns))


def tab_of(*events: ScriptWritten | ScriptBegun) -> list[list[str]]:
    """The tab as Google shows it."""
    rows = [list(HEADER)]
    for event in events:
        happened = Happened(event, 1, NOW, "Etc/UTC")
        for key in LINES_TABLE.rows_of(happened):
            row = LINES_TABLE.project(None, replace(happened, key=key))
            assert row is not None
            rows.append([key, "1", *map(str, cells(row) or ())])
    return rows


def take(rows: list[list[str]]) -> TakeScript:
    return TakeScript(**when(), comic_id=ID, sheet=SheetView(("Comics",), "Comics", tuple(map(tuple, rows))))


def edit(change: Callable[[list[list[str]]], object]) -> tuple[ComicEvent, ...]:
    rows = tab_of(script_written())
    change(rows)
    return decided([requested(), script_written()], take(rows))


def at(header: str) -> int:
    return HEADER.index(header)


def test_a_tab_as_it_was_written_changes_nothing() -> None:
    assert edit(lambda rows: None) == ()


def test_edits_by_hand_are_taken_by_the_ids_of_their_rows_in_any_order() -> None:
    def change(rows: list[list[str]]) -> None:
        rows[1][at("Line")], rows[1][at("Scene")] = "  Hello\u202e there. ", "sea"
        rows[2][at("Pose")], rows[2][at("Mood")], rows[2][at("Kind")] = "Arms  crossed", "", "THOUGHT"
        rows[4][at("Scene")] = "only the first row of a panel says where it is"
        rows[3][at("Sound")] = ""
        rows[1:] = reversed(rows[1:])

    (event,) = edit(change)
    assert isinstance(event, ScriptEdited)
    lines = (Line("Ada", "Hello there."), Line("Bo", "", "thought", "arms_crossed"))
    assert event.panels == (
        msgspec.structs.replace(PANEL, scene="sea", lines=lines), msgspec.structs.replace(PANEL, sound=""), PANEL,
    )  # fmt: skip
    assert (event.rows, event.unknown_rows) == (3, 0)
    assert decided([requested(), script_written(), event], take(tab_of(msgspec.structs.replace(
        script_written(), panels=event.panels
    )))) == ()  # fmt: skip


def test_rows_that_belong_to_no_panel_are_counted_and_left_out() -> None:
    def change(rows: list[list[str]]) -> None:
        stranger = ["", "", "Ada", "1", "9", "", "Cy", "Me too!", "", "", "", "", ""]
        twin = [*rows[1]]
        other = [row_id("b" * 16, 0, 0), *rows[1][1:]]
        rows[1][at("Line")] = "New."
        rows += [stranger, twin, other, ["", "", "Ada"], []]

    (event,) = edit(change)
    assert isinstance(event, ScriptEdited)
    assert (event.rows, event.unknown_rows, event.panels[0].lines[0].text) == (1, 2, "New.")


def test_rows_that_are_gone_leave_their_part_as_it_was() -> None:
    def change(rows: list[list[str]]) -> None:
        rows[1][at("Line")] = "New."
        del rows[2:]

    (event,) = edit(change)
    assert isinstance(event, ScriptEdited)
    assert event.panels[1:] == (PANEL, PANEL)


def put(row: int, header: str, text: str) -> Callable[[list[list[str]]], object]:
    return lambda rows: rows[row].__setitem__(at(header), text)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (put(1, "Line", '=IMPORTXML("x")'), "Row 2 of the Comics tab has a formula as its line"),
        (put(2, "Speaker", "x" * 41), "In row 3 of the Comics tab, the speaker has 41 characters; 40 fit"),
        (put(2, "Pose", "flying"), "Row 3 .* unknown pose. Take one of: standing, .*arms crossed"),
        (put(2, "Mood", "meh"), "unknown mood"),
        (put(2, "Kind", "song"), "unknown kind"),
        (put(0, "Line", "Text"), "lacks columns"),
        (lambda rows: rows.clear(), "lacks columns"),
        (lambda rows: rows.__delitem__(slice(1, None)), "no row of this comic yet"),
        (lambda rows: rows.append(["", "", "", "", "", "", "", "Hi"]), "but for 1 rows that belong to no panel"),
    ],
)
def test_edits_that_cannot_be_taken_are_refused_with_their_row(
    change: Callable[[list[list[str]]], object], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        edit(change)


def test_only_a_comic_with_a_script_is_read() -> None:
    with pytest.raises(Refused, match="no script yet"):
        decided([requested()], take([]))
    with pytest.raises(Refused, match="Go back"):
        decided([], take([]))


def test_a_script_of_ones_own_is_filled_in_by_hand() -> None:
    begun = ScriptBegun(entity_id=ID, title="Mine", panels=(ScriptPanel(1, "", (Line(), Line())),) * 3, at=NOW)
    rows = tab_of(begun)
    rows[6][at("Speaker")], rows[6][at("Line")] = "Cy", "The end."
    (event,) = decided([begun], take(rows))
    assert isinstance(event, ScriptEdited)
    assert event.panels[2].lines[1] == Line("Cy", "The end.")


_texts = st.text(max_size=8)
_FILLED = st.tuples(st.integers(1, 6), st.sampled_from(["Scene", "Speaker", "Line", "Sound", "Caption"]), _texts)


@settings(max_examples=6)
@given(st.lists(_FILLED, max_size=5))
def test_whatever_is_typed_is_taken_once_or_refused_and_then_stands(typed: list[tuple[int, str, str]]) -> None:
    rows = tab_of(script_written())
    for row, header, text in typed:
        rows[row][at(header)] = text
    events: list[Heard] = [requested(), script_written()]
    try:
        taken = decided(events, take(rows))
    except Refused as refused:
        assert "formula" in str(refused)
        return
    assert decided([*events, *taken], take(rows)) == ()
    if taken:
        assert isinstance(taken[0], ScriptEdited)
        assert taken[0].rows >= 1
