"""A script: its limits, the names of its rows in the tab, and an AI's JSON made into one."""

from collections.abc import Iterator, Sequence
from typing import Annotated, TypeAlias

import msgspec

from numirror.domains.comics.events import Kind, Line, ScriptPanel
from numirror.kernel.picture import Mood, Pose
from numirror.kernel.words import line

PANELS_LEAST, PANELS_MOST = 3, 12
PAGES_MOST = 4
ON_A_PAGE = 6
FIGURES = 3
BALLOONS = 3
LINES = 4
"""Rows of a panel in the tab: a balloon each, or somebody who is silent."""

LINES_LEAST = 2
"""A panel has room for a second line, so that one can be added by hand."""

TITLE_LIMIT = 80
SCENE_LIMIT = 160
SPEAKER_LIMIT = 40
TEXT_LIMIT = 140
SOUND_LIMIT = 20

Script: TypeAlias = tuple[ScriptPanel, ...]


class NotAScript(ValueError):
    """What the AI sent is not a script of this shape."""


class _Figure(msgspec.Struct, frozen=True):
    name: str
    pose: Pose = "standing"
    mood: Mood = "calm"


class _Balloon(msgspec.Struct, frozen=True):
    speaker: str
    text: str
    kind: Kind = "speech"


class _Panel(msgspec.Struct, frozen=True):
    scene: str
    figures: Annotated[tuple[_Figure, ...], msgspec.Meta(max_length=FIGURES)] = ()
    balloons: Annotated[tuple[_Balloon, ...], msgspec.Meta(max_length=BALLOONS)] = ()
    sound: str = ""
    caption: str = ""


class _Page(msgspec.Struct, frozen=True):
    panels: Annotated[tuple[_Panel, ...], msgspec.Meta(min_length=1, max_length=ON_A_PAGE)]


class _Written(msgspec.Struct, frozen=True):
    title: str
    pages: Annotated[tuple[_Page, ...], msgspec.Meta(min_length=1, max_length=PAGES_MOST)]


_decoder = msgspec.json.Decoder(_Written)


def written(text: str) -> tuple[str, Script]:
    """Title and script of an AI's reply; texts that are too long are shortened. Raises `NotAScript`."""
    bare = text.strip().removeprefix("```json").removeprefix("```").removesuffix("```")
    try:
        found = _decoder.decode(bare.encode("utf-8", "replace"))
    except (msgspec.DecodeError, RecursionError):
        raise NotAScript from None
    panels = tuple(_panel(number, panel) for number, page in enumerate(found.pages, 1) for panel in page.panels)
    if not PANELS_LEAST <= len(panels) <= PANELS_MOST:
        raise NotAScript
    return line(found.title, TITLE_LIMIT) or "A comic", panels


def empty(panels: int) -> Script:
    """Panels without anything in them, on one page."""
    return (ScriptPanel(1, "", (Line(),) * LINES_LEAST),) * panels


def row_ids(comic_id: str, script: Sequence[ScriptPanel]) -> Iterator[tuple[str, int, int]]:
    """The id of each row in the tab, with the number of its panel and of its line there, both from 0."""
    for number, panel in enumerate(script):
        for place in range(len(panel.lines)):
            yield row_id(comic_id, number, place), number, place


def row_id(comic_id: str, panel: int, place: int) -> str:
    """The id of one row: the same for as long as the comic is there."""
    return f"{comic_id}-{panel + 1:02}-{place + 1}"


def _panel(page: int, panel: _Panel) -> ScriptPanel:
    figures = {line(figure.name, SPEAKER_LIMIT): figure for figure in panel.figures}
    spoken = [_spoken(balloon, figures.get(line(balloon.speaker, SPEAKER_LIMIT))) for balloon in panel.balloons]
    speakers = {one.speaker for one in spoken}
    silent = [Line(name, pose=one.pose, mood=one.mood) for name, one in figures.items() if name not in {"", *speakers}]
    lines = [*spoken, *silent][:LINES]
    return ScriptPanel(
        page,
        line(panel.scene, SCENE_LIMIT),
        (*lines, *(Line(),) * (LINES_LEAST - len(lines))),
        line(panel.sound, SOUND_LIMIT),
        line(panel.caption, TEXT_LIMIT),
    )


def _spoken(balloon: _Balloon, figure: _Figure | None) -> Line:
    said = Line(line(balloon.speaker, SPEAKER_LIMIT), line(balloon.text, TEXT_LIMIT), balloon.kind)
    return said if figure is None else msgspec.structs.replace(said, pose=figure.pose, mood=figure.mood)
