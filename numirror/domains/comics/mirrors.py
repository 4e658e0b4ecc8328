"""Comics in SQL, and their scripts in SQL and in the Sheet: a row for each line of a panel."""

from typing import assert_never

from numirror.domains.comics.decider.script import LINES, PANELS_MOST, row_id, row_ids
from numirror.domains.comics.events import (
    ComicAskedAgain,
    ComicDeleted,
    ComicEvent,
    ComicFailed,
    ComicRequested,
    ComicRetried,
    ComicStopped,
    ScriptBegun,
    ScriptEdited,
    ScriptPanel,
    ScriptWritten,
    StoryHeard,
    StoryUnheard,
)
from numirror.kernel.day import local_day
from numirror.kernel.mirror import Cell, Column, Happened, Row, Tab, TabColumn, Table

_WRITTEN = ("title", "model", "input_tokens", "output_tokens", "micros")
_UNTOLD = (StoryHeard, StoryUnheard, ComicAskedAgain, ScriptEdited)
_OF_A_PANEL = ("scene", "sound", "caption")


def comics_of(happened: Happened) -> tuple[str, ...]:
    """The comic whose row an event changes."""
    return () if isinstance(happened.event, _UNTOLD) else (happened.event.entity_id,)


def project_comic(row: Row | None, happened: Happened) -> Row | None:
    """The row of a comic after an event."""
    event: ComicEvent = happened.event  # type: ignore[assignment]  # the catalog decodes this domain's events only
    day = local_day(happened.occurred_at, happened.zone).isoformat()
    if isinstance(event, ComicRequested | ScriptBegun):
        return _begun(event, day)
    if row is None:
        return None
    match event:
        case ScriptWritten(panels=panels):
            told = {name: getattr(event, name) for name in _WRITTEN}
            return {**row, **told, **_extent(panels), "status": "written", "why": None, "written_on": day}
        case ComicFailed():
            return {**row, "status": "failed", "why": event.sentence}
        case ComicRetried():
            return {**row, "status": "waiting", "why": None, "attempt": event.attempt}
        case ComicStopped():
            return {**row, "status": "stopped"}
        case ComicDeleted():
            return {**row, "status": "deleted"}
        case ComicAskedAgain() | ScriptEdited():
            return row
        case _:
            assert_never(event)


def _begun(event: ComicRequested | ScriptBegun, day: str) -> Row:
    row: Row = {column.name: None for column in COMICS_TABLE.columns}
    row = {**row, "comic_id": event.entity_id, "attempt": 1, "requested_on": day}
    if isinstance(event, ComicRequested):
        return {**row, "source": event.source, "status": "waiting", "panels": event.panels, "pages": event.pages}
    return {**row, **_extent(event.panels), "title": event.title, "status": "written", "written_on": day}


def _extent(panels: tuple[ScriptPanel, ...]) -> Row:
    return {"panels": len(panels), "pages": max(panel.page for panel in panels)}


COMICS_TABLE = Table(
    name="projection_comics",
    key="comic_id",
    columns=(
        Column("comic_id", "text"),
        Column("title", "text"),
        Column("source", "text"),
        Column("status", "text"),
        Column("why", "text"),
        Column("panels", "bigint"),
        Column("pages", "bigint"),
        Column("attempt", "bigint"),
        Column("model", "text"),
        Column("input_tokens", "bigint"),
        Column("output_tokens", "bigint"),
        Column("micros", "bigint"),
        Column("requested_on", "date"),
        Column("written_on", "date"),
    ),
    project=project_comic,
    rows_of=comics_of,
)


def lines_of(happened: Happened) -> tuple[str, ...]:
    """The rows of a script that an event touches. Of a comic that goes, all it can have had."""
    event = happened.event
    match event:
        case ScriptWritten(panels=panels) | ScriptBegun(panels=panels) | ScriptEdited(panels=panels):
            return tuple(name for name, _, _ in row_ids(event.entity_id, panels))
        case ComicDeleted(entity_id=comic_id):
            return tuple(row_id(comic_id, panel, place) for panel in range(PANELS_MOST) for place in range(LINES))
        case _:
            return ()


def project_line(row: Row | None, happened: Happened) -> Row | None:
    """A row of a script after an event."""
    event = happened.event
    match event:
        case ScriptWritten() | ScriptBegun():
            return _line(happened.key, event.entity_id, event.title, event.panels)
        case ScriptEdited():
            return None if row is None else _line(happened.key, event.entity_id, row["title"], event.panels)
        case _:
            return None if row is None else {**row, "is_deleted": True}


def _line(key: str, comic_id: str, title: str, panels: tuple[ScriptPanel, ...]) -> Row | None:
    for name, number, place in row_ids(comic_id, panels):
        if name == key:
            panel, line = panels[number], panels[number].lines[place]
            return {
                "line_id": key,
                "comic_id": comic_id,
                "title": title,
                "page": panel.page,
                "panel": number + 1,
                "place": place + 1,
                "speaker": line.speaker,
                "line": line.text,
                "kind": line.kind,
                "pose": line.pose,
                "mood": line.mood,
                # What is said of the whole panel stands once, so that it can be edited in one place.
                **{name: getattr(panel, name) if place == 0 else "" for name in _OF_A_PANEL},
                "is_deleted": False,
            }
    return None


LINES_TABLE = Table(
    name="projection_comic_lines",
    key="line_id",
    columns=(
        Column("line_id", "text"),
        Column("comic_id", "text"),
        Column("title", "text"),
        Column("page", "bigint"),
        Column("panel", "bigint"),
        Column("place", "bigint"),
        Column("scene", "text"),
        Column("speaker", "text"),
        Column("line", "text"),
        Column("kind", "text"),
        Column("sound", "text"),
        Column("caption", "text"),
        Column("pose", "text"),
        Column("mood", "text"),
        Column("is_deleted", "boolean"),
    ),
    project=project_line,
    rows_of=lines_of,
)

_SHOWN = ("title", "page", "panel", "scene", "speaker", "line", "kind", "sound", "caption")


def cells(row: Row) -> tuple[Cell, ...] | None:
    """The visible cells of a row of a script."""
    if row["is_deleted"]:
        return None
    return (*(row[name] for name in _SHOWN), row["pose"].replace("_", " "), row["mood"])


COMICS_TAB = Tab(
    title="Comics",
    table=LINES_TABLE,
    columns=(
        TabColumn("Comic", 160),
        TabColumn("Page", 50),
        TabColumn("Panel", 50),
        TabColumn("Scene", 260),
        TabColumn("Speaker", 100),
        TabColumn("Line", 320),
        TabColumn("Kind", 80),
        TabColumn("Sound", 90),
        TabColumn("Caption", 220),
        TabColumn("Pose", 100),
        TabColumn("Mood", 90),
    ),
    cells=cells,
)
