"""Cells and tabs as values: what a tab holds, and Google's CellData for what is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from numirror.kernel.mirror import Cell

_CHECKBOX = {"condition": {"type": "BOOLEAN"}}
MARK = "numirror.tab"
"""The key of the metadata by which a tab of ours is known again under any title. The scope `drive.file` is enough for
it, and it is visible to the user's own service account too (https://developers.google.com/workspace/sheets/api/guides/metadata).
"""


@dataclass(frozen=True, slots=True)
class Formula:
    """What a cell holds that counts something out."""

    text: str = field(repr=False)


Held = Cell | Formula | None
"""What stands in a cell."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A cell with a note, and with the values to choose from, if it is a choice."""

    value: Cell = field(repr=False)
    note: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """One tab: its size, the name it was marked with ("" for none), and its rows and charts, if they were asked for.

    `charts` has the alternative text of each chart over the tab, by its id.
    """

    sheet_id: int
    title: str
    row_count: int
    column_count: int
    mark: str
    rows: tuple[tuple[Held, ...], ...] = field(default=(), repr=False)
    charts: Mapping[int, str] = field(default_factory=dict, repr=False)


def cell(value: Held | Noted) -> dict[str, Any]:
    """A cell that shows exactly `value`: text stays text, even where it looks like a formula; a bool is a checkbox."""
    if isinstance(value, Noted):
        return {**cell(value.value), "note": value.note, **_choice(value.choices)}
    if isinstance(value, Formula):
        return {"userEnteredValue": {"formulaValue": value.text}}
    if isinstance(value, bool):
        return {"userEnteredValue": {"boolValue": value}, "dataValidation": _CHECKBOX}
    if isinstance(value, int | float):
        return {"userEnteredValue": {"numberValue": value}}
    return {"userEnteredValue": {"stringValue": value}} if value else {}


def grid_of(sheet: Mapping[str, Any]) -> Grid:
    """The tab that a Sheet resource of Google's describes."""
    properties, data = sheet["properties"], sheet.get("data") or [{}]
    size = properties.get("gridProperties", {})  # a chart may have a tab of its own, without a grid
    marks = [one.get("metadataValue", "") for one in sheet.get("developerMetadata", []) if one["metadataKey"] == MARK]
    return Grid(
        properties["sheetId"],
        properties["title"],
        size.get("rowCount", 0),
        size.get("columnCount", 0),
        marks[0] if marks else "",
        tuple(tuple(_held(value) for value in row.get("values", [])) for row in data[0].get("rowData", [])),
        {chart["chartId"]: chart.get("spec", {}).get("altText", "") for chart in sheet.get("charts", [])},
    )


def values_of(row: Mapping[str, Any]) -> list[Cell | None]:
    """The raw values of a row; of a formula its text."""
    return [_first(value.get("userEnteredValue", {})) for value in row.get("values", [])]


def _choice(choices: Sequence[str]) -> dict[str, Any]:
    if not choices:
        return {}
    values = [{"userEnteredValue": choice} for choice in choices]
    condition = {"type": "ONE_OF_LIST", "values": values}
    return {"dataValidation": {"condition": condition, "strict": True, "showCustomUi": True}}


def _held(value: Mapping[str, Any]) -> Held:
    entered = value.get("userEnteredValue", {})
    return Formula(entered["formulaValue"]) if "formulaValue" in entered else _first(entered)


def _first(entered: Mapping[str, Any]) -> Cell | None:
    return next(iter(entered.values()), None)
