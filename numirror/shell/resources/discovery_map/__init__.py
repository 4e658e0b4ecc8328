"""The Discovery Map: the user's own Sheet, the tabs that NuMirror keeps in it, and what they say."""

from numirror.shell.resources.discovery_map.changes import (
    Change,
    ClearSetting,
    MapMoves,
    PutEntry,
    SetSetting,
    SettingChanged,
)
from numirror.shell.resources.discovery_map.content import Entry, MapContent, Problem, Setting
from numirror.shell.resources.discovery_map.reading import read_map
from numirror.shell.resources.discovery_map.repairing import repair
from numirror.shell.resources.discovery_map.tabs import ensure_tabs
from numirror.shell.resources.discovery_map.writing import apply

__all__ = [
    "Change",
    "ClearSetting",
    "Entry",
    "MapContent",
    "MapMoves",
    "Problem",
    "PutEntry",
    "SetSetting",
    "Setting",
    "SettingChanged",
    "apply",
    "ensure_tabs",
    "read_map",
    "repair",
]
