"""Picking a row of the Sheet: first the tab, then the row, from a list that can be searched or by its number."""

from collections.abc import Callable, Mapping, Sequence

from numirror.kernel.card import (
    BLUE,
    Button,
    Buttons,
    Card,
    DecoratedText,
    Header,
    Item,
    Paragraph,
    Section,
    Select,
    Show,
    TextInput,
    Widget,
    shortened,
)
from numirror.kernel.domain import Viewer
from numirror.kernel.errors import Refused
from numirror.kernel.rows import SheetRow, filled_rows
from numirror.kernel.sheet import ROWS_READ, SheetView
from numirror.kernel.wording import counted

PAGE = "pick"
"""The page of a domain that shows `pick_card`. The domain reads the tab of the field `tab` for it."""

_ITEMS = 100
_LABEL = 80
_WORDS = 60


def pick_card(
    title: str,
    viewer: Viewer,
    fields: Mapping[str, str],
    further: Callable[[Sequence[SheetRow]], tuple[Section, ...]],
    *,
    marked_first: bool = False,
) -> Card:
    """The tabs; with the field `tab`, its rows and what the domain has to ask `further` about them.

    With `marked_first`, rows with a mark are named as such and come before the others.
    """
    sheet = viewer.sheet
    if not sheet.title:
        return Card(PAGE, Header(title, "Of a row of which tab?"), (Section(_tabs(sheet)),))
    rows = filled_rows(sheet)
    tab = Section((DecoratedText(shortened(sheet.title, 100), "Tab", control=Button("Other tab", Show(PAGE))),))
    header = Header(title, counted(len(rows), "row"))
    if not rows:
        empty = Paragraph("This tab has no rows below its first line. Fill some in, or choose another tab.")
        return Card(PAGE, header, (tab, Section((empty,))))
    words = fields.get("search", "").strip()[:_WORDS]
    found = [row for row in rows if row.holds(words)]
    if marked_first:
        found.sort(key=lambda row: not row.is_marked)
    items = tuple(_item(row, selected=not i, tells_mark=marked_first) for i, row in enumerate(found[:_ITEMS]))
    choice = Section(_choice(sheet, words, items, left_out=len(found) - len(items)), "Row")
    return Card(PAGE, header, (tab, choice, *further(rows)))


def chosen_row(sheet: SheetView, tab: str, row: str, number: str, *, to: str) -> SheetRow:
    """The row whose `number` was typed, or else the `row` that was chosen from the list; `to` says what for.

    Raises `Refused` with a sentence for the user.
    """
    check_tab(sheet, tab)
    typed = number.strip() or row
    if not typed:
        raise Refused("Choose a row from the list, or type its number.")
    if not (typed.isascii() and typed.isdigit()):
        raise Refused("Type the number of the row as it stands beside it in the Sheet, such as 12.")
    found = next((one for one in filled_rows(sheet) if str(one.number) == typed.lstrip("0")), None)
    if found is None:
        raise Refused(
            f"Row {typed[:9]} has nothing to {to}: it is empty, the header, or beyond the rows that are read."
        )
    return found


def check_tab(sheet: SheetView, tab: str) -> None:
    """Raise `Refused` where no tab was chosen, or not this one was read."""
    if not tab or sheet.title != tab:
        raise Refused("Choose a tab first.")


def _tabs(sheet: SheetView) -> tuple[Widget, ...]:
    if not sheet.titles:
        return (Paragraph("This Sheet has no tab with rows of yours. Add one, with a header in its first line."),)
    items = tuple(Item(shortened(title, 100), title, selected=not i) for i, title in enumerate(sheet.titles[:_ITEMS]))
    go_on = Buttons((Button("Next", Show(PAGE), colour=BLUE),))
    return (Select("tab", "Tab", items, on_change=Show(PAGE)), go_on)


def _item(row: SheetRow, *, selected: bool, tells_mark: bool) -> Item:
    mark = "✓ " if tells_mark and row.is_marked else ""
    return Item(f"{mark}{row.label(_LABEL)}", str(row.number), selected)


def _choice(sheet: SheetView, words: str, items: tuple[Item, ...], *, left_out: int) -> tuple[Widget, ...]:
    """A line to search, what was found, and a line for a number: a list holds no more than a hundred."""
    more = f"{left_out:,} more are found. Search, or type the number." if items else "No row holds these words."
    hint = "As it stands beside the row in the Sheet"
    limited = hint if len(sheet.rows) <= ROWS_READ else f"{hint}; the first {ROWS_READ:,} rows are read"
    return (
        TextInput("search", "Search", value=words, limit=_WORDS, on_change=Show(PAGE, {"tab": sheet.title})),
        *((Select("row", "Row", items),) if items else ()),
        *((Paragraph(more),) if left_out or not items else ()),
        TextInput("number", "Or its number", hint=limited, limit=6, kind="integer"),
    )
