"""What stories look like in SQL and in the Sheet."""

from datetime import UTC, datetime

from numirror.domains.stories.events import (
    StoryAskedAgain,
    StoryDeleted,
    StoryEvent,
    StoryFailed,
    StoryRequested,
    StoryRetried,
    StoryStopped,
    StoryTold,
)
from numirror.domains.stories.mirrors import STORIES_TAB, STORIES_TABLE, cells
from numirror.kernel.mirror import Happened, Row

NOW = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
ASKED = StoryRequested(
    entity_id="a", inputs="i", tab="Guests", row=2, tone="warm", length="short", language="en", cells=(), at=NOW
)
TOLD = StoryTold(
    entity_id="a", attempt=2, title="Ada", text="Once.", model="m", input_tokens=1, output_tokens=2, micros=3, at=NOW
)
FAILED = StoryFailed(entity_id="a", attempt=1, sentence="Away.", at=NOW)


def row_after(*events: StoryEvent) -> Row:
    row: Row | None = None
    for position, event in enumerate(events, 1):
        row = STORIES_TABLE.project(row, Happened(event, position, NOW, "Europe/Berlin"))
    assert row is not None
    return row


def test_a_row_has_every_column_of_its_table_through_all_its_life() -> None:
    retried = StoryRetried(entity_id="a", attempt=2, at=NOW)
    row = row_after(ASKED, FAILED, retried, TOLD, StoryAskedAgain(entity_id="a"))
    assert set(row) == {column.name for column in STORIES_TABLE.columns}
    assert (row["status"], row["why"], row["attempt"], row["told_on"]) == ("told", None, 2, "2026-11-23")


def test_the_sheet_shows_the_story_and_where_it_is_from() -> None:
    told = ("Ada", "Once.", "warm", "told", "Guests, row 2", "m", "2026-11-23")
    assert cells(row_after(ASKED, TOLD)) == told
    assert len(told) == len(STORIES_TAB.columns)
    assert cells(row_after(ASKED, FAILED)) == ("", "", "warm", "failed: Away.", "Guests, row 2", "", "2026-11-23")
    assert (cells(row_after(ASKED, StoryStopped(entity_id="a", at=NOW))) or ())[3] == "stopped"


def test_a_deleted_story_leaves_the_sheet_and_takes_its_text_along() -> None:
    row = row_after(ASKED, TOLD, StoryDeleted(entity_id="a"))
    assert cells(row) is None
    assert row["story"] is None


def test_an_event_about_a_story_that_is_not_there_makes_no_row() -> None:
    assert STORIES_TABLE.project(None, Happened(TOLD, 1, NOW, "Etc/UTC")) is None
    assert STORIES_TABLE.rows_of(Happened(StoryAskedAgain(entity_id="a"), 1, NOW, "Etc/UTC")) == ()
    assert STORIES_TABLE.rows_of(Happened(TOLD, 1, NOW, "Etc/UTC")) == ("a",)
