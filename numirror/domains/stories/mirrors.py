"""Stories in SQL and in the Sheet."""

from typing import assert_never

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
from numirror.kernel.day import local_day
from numirror.kernel.mirror import Cell, Column, Happened, Row, Tab, TabColumn, Table

_WISH = ("tone", "length", "language")
_TOLD = ("title", "model", "input_tokens", "output_tokens", "micros")


def rows_of(happened: Happened) -> tuple[str, ...]:
    """The story that an event is about; one that was only shown again stays as it is."""
    return () if isinstance(happened.event, StoryAskedAgain) else (happened.event.entity_id,)


def project(row: Row | None, happened: Happened) -> Row | None:
    """The row of a story after an event. A deleted one keeps its row, without the text."""
    event: StoryEvent = happened.event  # type: ignore[assignment]  # the catalog decodes this domain's events only
    day = local_day(happened.occurred_at, happened.zone).isoformat()
    if isinstance(event, StoryRequested):
        return _wished(event, day)
    if row is None:
        return None
    match event:
        case StoryTold():
            told = {name: getattr(event, name) for name in _TOLD}
            return {**row, **told, "status": "told", "story": event.text, "why": None, "told_on": day}
        case StoryFailed():
            return {**row, "status": "failed", "why": event.sentence}
        case StoryRetried():
            return {**row, "status": "waiting", "why": None, "attempt": event.attempt}
        case StoryStopped():
            return {**row, "status": "stopped"}
        case StoryDeleted():
            return {**row, "status": "deleted", "story": None}
        case StoryAskedAgain():
            return row
        case _:
            assert_never(event)


def _wished(event: StoryRequested, day: str) -> Row:
    empty: Row = {column.name: None for column in STORIES_TABLE.columns}
    return {
        **empty,
        **{name: getattr(event, name) for name in _WISH},
        "story_id": event.entity_id,
        "status": "waiting",
        "source_tab": event.tab,
        "source_row": event.row,
        "attempt": 1,
        "requested_on": day,
    }


STORIES_TABLE = Table(
    name="projection_stories",
    key="story_id",
    columns=(
        Column("story_id", "text"),
        Column("title", "text"),
        Column("story", "text"),
        Column("tone", "text"),
        Column("length", "text"),
        Column("language", "text"),
        Column("status", "text"),
        Column("why", "text"),
        Column("source_tab", "text"),
        Column("source_row", "bigint"),
        Column("attempt", "bigint"),
        Column("model", "text"),
        Column("input_tokens", "bigint"),
        Column("output_tokens", "bigint"),
        Column("micros", "bigint"),
        Column("requested_on", "date"),
        Column("told_on", "date"),
    ),
    project=project,
    rows_of=rows_of,
)


def cells(row: Row) -> tuple[Cell, ...] | None:
    """The visible cells of a story's row in the Sheet."""
    if row["status"] == "deleted":
        return None
    status = f"{row['status']}: {row['why']}" if row["why"] else row["status"]
    source = f"{row['source_tab']}, row {row['source_row']}"
    when = row["told_on"] or row["requested_on"]
    return (row["title"] or "", row["story"] or "", row["tone"], status, source, row["model"] or "", when)


STORIES_TAB = Tab(
    title="Stories",
    table=STORIES_TABLE,
    columns=(
        TabColumn("Title", 220),
        TabColumn("Story", 480),
        TabColumn("Tone", 100),
        TabColumn("Status", 160),
        TabColumn("From", 160),
        TabColumn("Model", 140),
        TabColumn("When", 100),
    ),
    cells=cells,
)
