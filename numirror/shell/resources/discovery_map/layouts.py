"""How the tabs of a Discovery Map look when they are new."""

from dataclasses import dataclass

from numirror.kernel.mirror import HIDDEN_HEADERS, Cell, Tab, TabChart
from numirror.shell.google.batch import (
    Request,
    add_tab,
    bold_row,
    hidden_column,
    marked,
    noted_rows_at,
    styled_column,
    warned_column,
    wide_column,
)
from numirror.shell.google.cells import Noted
from numirror.shell.resources.discovery_map import charts
from numirror.shell.resources.discovery_map.settings import KEYS, Key

_ROWS, _FEW = 1000, 100
"""Rows of a mirror, and of the other tabs. Google adds rows where they are needed."""
_TEXT = {"numberFormat": {"type": "TEXT"}}
"""What a person types stays what it is: no dates, no numbers, no formulas."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One tab. `widths` are pixels, `hidden` counts columns from the left; `styles` are Google's, by column.

    A tab with `marked` is known again under any title; `guarded` is a column that warns before it is changed by hand.
    A `chart` stands right of the last column; its columns are named by the first row.
    """

    title: str
    rows: tuple[tuple[Cell | Noted, ...], ...]
    widths: tuple[int, ...]
    hidden: int = 0
    height: int = _FEW
    styles: tuple[tuple[int, dict[str, object]], ...] = ()
    marked: bool = False
    guarded: int | None = None
    chart: TabChart | None = None

    @property
    def headers(self) -> tuple[str, ...]:
        """The first row as text; nothing for a column that is hidden."""
        return tuple("" if place < self.hidden else str(cell) for place, cell in enumerate(self.rows[0]))


def setting_line(key: Key, value: str = "") -> dict[str, Cell | Noted]:
    """The row of a setting that is new, by column."""
    return {"key": key.name, "value": Noted(value or key.first, key.note, key.choices), "note": key.note}


README = Layout(
    title="README",
    rows=(
        ("Your Discovery Map",),
        ("This Sheet is yours. NuMirror, in the sidebar on the right, keeps your things here and in your database.",),
        ("",),
        ("To start",),
        ("1. Open the sidebar: Extensions, NuMirror. Add a task; it shows in the tab Tasks a little later.",),
        ("2. To bring your own database, Redis or AI key, type them into Meta. Each cell there has a note.",),
        ("3. The sidebar checks what you typed, asks you once before it is used, and can seal it in Vault.",),
        ("",),
        ("What the tabs are",),
        ("Meta: your settings, in the open. Whoever can see this Sheet can read them.",),
        ("Vault: your keys, sealed. Nobody can read them here; to change one, enter it again in the sidebar.",),
        ("Tasks and the others: mirrors of what you did. They can be drawn again at any time.",),
        ("What you change by hand in Tasks is not read yet; NuMirror writes over it when that task changes.",),
        ("",),
        ("If something looks wrong",),
        ("Rename, move and sort as you like. The sidebar puts back what is missing, and names each cell it can't.",),
        ("",),
        ("To leave",),
        ("Remove NuMirror under Extensions, Add-ons, Manage add-ons, and delete this Sheet.",),
        ("What you did stays in your database, in the schema nu. It can be read with any PostgreSQL client.",),
    ),
    widths=(860,),
    marked=True,
)
META = Layout(
    title="Meta",
    rows=(("key", "value", "note"), *(tuple(setting_line(key).values()) for key in KEYS)),
    widths=(160, 380, 560),
    styles=((1, {**_TEXT, "wrapStrategy": "CLIP"}), (2, {"wrapStrategy": "WRAP"})),
    marked=True,
)
VAULT = Layout(
    title="Vault",
    rows=(("name", "sealed", "hint", "checked"),),
    widths=(180, 120, 320, 180),
    styles=((1, {**_TEXT, "wrapStrategy": "CLIP"}),),
    marked=True,
    guarded=1,
)
OWN = (README, META, VAULT)
"""The tabs that each map has beside its mirrors."""


def mirror_layout(tab: Tab) -> Layout:
    """The tab of a mirror: hidden id and position, then the domain's columns."""
    return Layout(
        title=tab.title,
        rows=((*HIDDEN_HEADERS, *(column.header for column in tab.columns)),),
        widths=(100, 100, *(column.width for column in tab.columns)),
        hidden=len(HIDDEN_HEADERS),
        height=_ROWS,
        chart=tab.chart,
    )


def making(layout: Layout, sheet_id: int, index: int, title: str) -> list[Request]:
    """The requests that make a tab in this place. `title` is another one where its own is taken."""
    room = charts.COLUMNS if layout.chart else 0
    return [
        add_tab(sheet_id, title, index, layout.height, max(len(layout.widths), 1) + room),
        *(styled_column(sheet_id, column, style) for column, style in layout.styles),
        noted_rows_at(sheet_id, 0, layout.rows),
        bold_row(sheet_id, 0),
        *(wide_column(sheet_id, column, width) for column, width in enumerate(layout.widths)),
        *(hidden_column(sheet_id, column) for column in range(layout.hidden)),
        *([warned_column(sheet_id, layout.guarded, "Sealed by NuMirror")] if layout.guarded is not None else []),
        *([marked(sheet_id, layout.title)] if layout.marked else []),
        *([charts.new(layout.chart, layout.headers, sheet_id)] if layout.chart else []),
    ]
