"""The Discovery Map: the user's own Sheet, and the tabs that NuMirror keeps in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from numirror.kernel.mirror import HIDDEN_HEADERS, Cell, Tab
from numirror.shell.google.sheets import Request, Spreadsheet, rows_at

_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Layout:
    """How a tab looks when it is new. `widths` are pixels, `hidden` counts columns from the left."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    hidden: int = 0


README = Layout(
    title="README",
    rows=(
        ("Your Discovery Map",),
        ("This Sheet is yours alone. NuMirror draws what you do into its tabs.",),
        ("Open the NuMirror sidebar on the right to add and finish tasks.",),
        ("What you change by hand in Tasks is not read yet; NuMirror writes over it when that task changes.",),
        ("Tasks: a mirror of your tasks. Meta: your settings. Vault: your keys, sealed; nobody can read them here.",),
    ),
    widths=(720,),
)
META = Layout(
    title="Meta",
    rows=(("key", "value", "note"), ("map_version", "1", "Made by NuMirror; please leave as it is.")),
    widths=(180, 320, 420),
)
VAULT = Layout(title="Vault", rows=(("name", "sealed", "hint", "checked"),), widths=(180, 320, 220, 160))


def mirror_layout(tab: Tab) -> Layout:
    """The tab of a mirror: hidden id and position, then the domain's columns."""
    hidden = len(HIDDEN_HEADERS)
    return Layout(
        title=tab.title,
        rows=((*HIDDEN_HEADERS, *(column.header for column in tab.columns)),),
        widths=(100, 100, *(column.width for column in tab.columns)),
        hidden=hidden,
    )


def ensure_tabs(spreadsheet: Spreadsheet, tabs: Sequence[Tab], broken: str = "") -> bool:
    """Makes the tabs that are missing, all in one batch; leaves those that exist as they are. One read, one write.

    The tab `broken` is changed beyond recognition, or never was ours: it gets another name, and a new one is made.
    Answers whether anything was missing.
    """
    present = {title.casefold(): properties for title, properties in spreadsheet.tabs().items()}
    aside = present.pop(broken.casefold(), None)
    layouts = [README, META, VAULT, *(mirror_layout(tab) for tab in tabs)]
    missing = [layout for layout in layouts if layout.title.casefold() not in present]
    taken = {properties["sheetId"] for properties in (*present.values(), *([aside] if aside else []))}
    free_ids = (number for number in range(1001, 9999) if number not in taken)
    requests: list[Request] = [_set_aside(aside, present)] if aside else []
    for layout in missing:
        requests += _tab_requests(layout, next(free_ids), layouts.index(layout))
    spreadsheet.write(requests)
    return bool(missing)


def _set_aside(properties: Mapping[str, Any], present: Mapping[str, object]) -> Request:
    """Another name for a tab, one that is free. Titles differ by more than case."""
    names = (f"{properties['title']} (old{number})" for number in ("", *(f" {n}" for n in range(2, 1000))))
    title = next(name for name in names if name.casefold() not in present)
    return {
        "updateSheetProperties": {
            "properties": {"sheetId": properties["sheetId"], "title": title},
            "fields": "title",
        }
    }


def _tab_requests(layout: Layout, sheet_id: int, index: int) -> list[Request]:
    grid = {"rowCount": _ROWS, "columnCount": max(len(layout.widths), 1), "frozenRowCount": 1}
    properties = {"sheetId": sheet_id, "title": layout.title, "index": index, "gridProperties": grid}
    return [
        {"addSheet": {"properties": properties}},
        rows_at(sheet_id, 0, layout.rows),
        _bold_header(sheet_id),
        *(_column(sheet_id, i, {"pixelSize": width}, "pixelSize") for i, width in enumerate(layout.widths)),
        *(_column(sheet_id, i, {"hiddenByUser": True}, "hiddenByUser") for i in range(layout.hidden)),
    ]


def _bold_header(sheet_id: int) -> Request:
    return {
        "repeatCell": {
            "range": {"sheetId": sheet_id, "startRowIndex": 0, "endRowIndex": 1},
            "cell": {"userEnteredFormat": {"textFormat": {"bold": True}}},
            "fields": "userEnteredFormat.textFormat.bold",
        }
    }


def _column(sheet_id: int, index: int, properties: dict[str, Any], fields: str) -> Request:
    span = {"sheetId": sheet_id, "dimension": "COLUMNS", "startIndex": index, "endIndex": index + 1}
    return {"updateDimensionProperties": {"range": span, "properties": properties, "fields": fields}}
