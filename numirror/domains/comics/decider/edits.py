"""A script as it stands in the tab, edited by hand."""

import re
from collections.abc import Mapping
from typing import Any, get_args

import msgspec

from numirror.domains.comics.decider.script import (
    SCENE_LIMIT,
    SOUND_LIMIT,
    SPEAKER_LIMIT,
    TEXT_LIMIT,
    Script,
    row_ids,
)
from numirror.domains.comics.decider.state import Comic
from numirror.domains.comics.events import Kind, Line, ScriptPanel
from numirror.kernel.errors import Refused
from numirror.kernel.picture import Mood, Pose
from numirror.kernel.sheet import SheetView
from numirror.kernel.words import line

_LIMITS = {
    "scene": SCENE_LIMIT,
    "speaker": SPEAKER_LIMIT,
    "line": TEXT_LIMIT,
    "sound": SOUND_LIMIT,
    "caption": TEXT_LIMIT,
}
_CHOICES = {"kind": (Kind, "speech"), "pose": (Pose, "standing"), "mood": (Mood, "calm")}
_OURS = re.compile(r"[0-9a-f]{16}-\d\d-\d")
_CELL_READ = 5_000


def edited(comic: Comic, sheet: SheetView) -> tuple[Script, int]:
    """The script with what the tab says, and how many rows with text there belong to no script.

    A row that is not in the tab leaves its part of the script as it was. Raises `Refused` for what no script can hold.
    """
    rows, unknown = _found(comic, sheet)
    if not rows:
        raise Refused("The Comics tab has no row of this comic yet. Wait until it is written there, then try again.")
    panels = list(comic.script)
    for row_id, number, place in row_ids(comic.comic_id, comic.script):
        if row_id in rows:
            panels[number] = _with_row(panels[number], place, rows[row_id])
    return tuple(panels), unknown


def changed_rows(before: Script, after: Script) -> int:
    """How many rows of the tab differ."""
    pairs = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    lines = sum(a != b for old, new in pairs for a, b in zip(old.lines, new.lines, strict=True))
    heads = sum(_head(old) != _head(new) and old.lines[0] == new.lines[0] for old, new in pairs)
    return lines + heads


def _head(panel: ScriptPanel) -> tuple[str, str, str]:
    return panel.scene, panel.sound, panel.caption


def _found(comic: Comic, sheet: SheetView) -> tuple[dict[str, Mapping[str, str]], int]:
    """The comic's rows by id, and the number of strangers. Of two rows with one id the first counts."""
    columns = {
        name.strip().casefold(): at for at, name in reversed(tuple(enumerate(sheet.rows[0] if sheet.rows else ())))
    }
    if not {"id", *_LIMITS, *_CHOICES} <= set(columns):
        raise Refused("The Comics tab lacks columns. Bring back its first line, with the hidden column “id”, please.")
    ours = {row_id for row_id, _, _ in row_ids(comic.comic_id, comic.script)}
    rows: dict[str, Mapping[str, str]] = {}
    unknown = 0
    for number, cells in enumerate(sheet.rows[1:], 2):
        row = {name: cells[at][:_CELL_READ].strip() if at < len(cells) else "" for name, at in columns.items()}
        if row["id"] in ours and row["id"] not in rows:
            rows[row["id"]] = _checked(number, row)
        elif row["id"] in rows or not _OURS.fullmatch(row["id"]):
            unknown += any(row[name] for name in _LIMITS)
    return rows, unknown


def _checked(number: int, row: Mapping[str, str]) -> Mapping[str, str]:
    """The row as a script holds it."""
    clean = {name: line(row[name], _CELL_READ) for name in _LIMITS}
    for name, text in clean.items():
        if text.startswith("="):
            raise Refused(f"Row {number} of the Comics tab has a formula as its {name}. Type the text itself, please.")
        if len(text) > _LIMITS[name]:
            raise Refused(
                f"In row {number} of the Comics tab, the {name} has {len(text):,} characters; {_LIMITS[name]} fit."
                " Shorten it, please."
            )
    return {**clean, **{name: _choice(number, name, row[name]) for name in _CHOICES}}


def _choice(number: int, name: str, typed: str) -> str:
    literal, usual = _CHOICES[name]
    known: tuple[str, ...] = get_args(literal)
    chosen = "_".join(typed.casefold().split()) or usual
    if chosen not in known:
        listed = ", ".join(one.replace("_", " ") for one in known)
        raise Refused(f"Row {number} of the Comics tab has an unknown {name}. Take one of: {listed}.")
    return chosen


def _with_row(panel: ScriptPanel, place: int, row: Mapping[str, str]) -> ScriptPanel:
    """What is said of the whole panel stands in its first row."""
    said: dict[str, Any] = {"speaker": row["speaker"], "text": row["line"], **{name: row[name] for name in _CHOICES}}
    lines = (*panel.lines[:place], Line(**said), *panel.lines[place + 1 :])
    head = {name: row[name] for name in ("scene", "sound", "caption")} if place == 0 else {}
    return msgspec.structs.replace(panel, lines=lines, **head)
