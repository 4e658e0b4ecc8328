"""Changes of a Discovery Map: settings set and emptied, sealed entries put in. One write each time.

Google knows rows by number only, and a person may sort the tab between our read and our write. So the map is read
before and after: where another row has come under our pen, what stood there is put back, and it is tried once more.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from numirror.kernel.mirror import Cell
from numirror.shell.google.batch import Request, append_below, cells_at
from numirror.shell.google.cells import Held, Noted
from numirror.shell.google.errors import TabMissing
from numirror.shell.google.sheets import Spreadsheet
from numirror.shell.resources.discovery_map import meta, sealed
from numirror.shell.resources.discovery_map.changes import (
    Change,
    ClearSetting,
    MapMoves,
    PutEntry,
    SetSetting,
    SettingChanged,
)
from numirror.shell.resources.discovery_map.content import MapContent, Table, line
from numirror.shell.resources.discovery_map.header import text_of
from numirror.shell.resources.discovery_map.layouts import META, VAULT, setting_line
from numirror.shell.resources.discovery_map.reading import read_map
from numirror.shell.resources.discovery_map.settings import BY_NAME

_TRIES = 3


@dataclass(frozen=True, slots=True)
class _Wish:
    """A row that should look so."""

    tab: str
    key: str
    cells: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Write:
    """Cells of one row, by the name of their column."""

    tab: str
    row: int
    cells: Mapping[str, Held] = field(repr=False)


def apply(spreadsheet: Spreadsheet, content: MapContent, changes: Sequence[Change]) -> MapContent:
    """Makes all changes in one batch and answers with the map as it is then. What it says already is not written.

    Two reads and one write. Raises `SettingChanged` before anything is written, `TabMissing` where a tab or a column
    has to be repaired first, `MapMoves`, and Google's errors.
    """
    now = read_map(spreadsheet)
    for change in changes:
        if isinstance(change, ClearSetting):
            _check_same(content, now, change.key)
    wishes = [_wish(change) for change in changes]
    slips: list[_Write] = []
    for _ in range(_TRIES):
        before, todo = now, [wish for wish in wishes if not _is_so(now, wish)]
        if not todo and not slips:
            return now
        writes = [*slips, *_writes(before, todo)]
        spreadsheet.write([*_requests(before, writes), *_new_rows(before, todo)])
        now = read_map(spreadsheet)
        slips = _slips(before, now, writes)
    if slips or not all(_is_so(now, wish) for wish in wishes):
        raise MapMoves
    return now


def _wish(change: Change) -> _Wish:
    match change:
        case SetSetting():
            return _Wish(META.title, BY_NAME[change.key.casefold()].name, {"value": change.value})
        case ClearSetting():
            return _Wish(META.title, BY_NAME[change.key.casefold()].name, {"value": ""})
        case PutEntry():
            cells = {"sealed": change.sealed, "hint": change.hint, "checked": change.checked}
            return _Wish(VAULT.title, change.name, cells)


def _check_same(content: MapContent, now: MapContent, key: str) -> None:
    """Only what a person was shown is emptied."""
    table = _table(now, META.title)
    stands = key in table.places and table.held(table.places[key], "value") is not None
    was, found = content.settings.get(key), now.settings.get(key)
    if stands and (was is None or found is None or was.value != found.value):
        raise SettingChanged


def _table(content: MapContent, tab: str) -> Table:
    table = content.tables.get(tab)
    names = {META.title: meta.NAMES, VAULT.title: sealed.NAMES}[tab]
    if table is None or any(name not in table.header.at for name in names):
        raise TabMissing
    return table


def _is_so(content: MapContent, wish: _Wish) -> bool:
    table = _table(content, wish.tab)
    row = table.places.get(wish.key)
    if row is None:
        return not any(wish.cells.values())
    held = {name: table.held(row, name) for name in wish.cells}
    return all(
        text_of(held[name]) == text.strip() and (text or held[name] is None) for name, text in wish.cells.items()
    )


def _writes(content: MapContent, wishes: Iterable[_Wish]) -> Iterator[_Write]:
    for wish in wishes:
        row = _table(content, wish.tab).places.get(wish.key)
        if row is not None:
            yield _Write(wish.tab, row, wish.cells)


def _requests(content: MapContent, writes: Iterable[_Write]) -> Iterator[Request]:
    for write in writes:
        table = _table(content, write.tab)
        for name, value in write.cells.items():
            yield cells_at(table.grid.sheet_id, write.row, table.header.at[name], [[value]])


def _new_rows(content: MapContent, wishes: Iterable[_Wish]) -> Iterator[Request]:
    """Rows for keys that have none yet go below everything, so that no sorting can put them upon another."""
    for wish in wishes:
        table = _table(content, wish.tab)
        if wish.key not in table.places:
            yield append_below(table.grid.sheet_id, [line(table.header.at, _new_row(wish))])


def _new_row(wish: _Wish) -> dict[str, Cell | Noted]:
    if wish.tab == META.title:
        return setting_line(BY_NAME[wish.key.casefold()], wish.cells["value"])
    return {"name": wish.key, **wish.cells}


def _slips(before: MapContent, now: MapContent, writes: Iterable[_Write]) -> list[_Write]:
    """What has to be written back, as another row than we meant has come under our pen.

    Raises `MapMoves` if columns have moved: then nothing is sure.
    """
    slips = []
    for write in writes:
        old, new = _table(before, write.tab), _table(now, write.tab)
        if old.header.at != new.header.at:
            raise MapMoves
        rest = _rest(new, write.row, write.cells)
        if rest != _rest(old, write.row, write.cells):
            slips += [
                _Write(write.tab, write.row, {name: old.held(row, name) for name in write.cells})
                for row in range(len(old.grid.rows))
                if _rest(old, row, write.cells) == rest
            ][:1]
    return slips


def _rest(table: Table, row: int, written: Mapping[str, Held]) -> list[Held]:
    """The cells of a row that we did not write: by them it is known again."""
    columns = {table.header.at[name] for name in written}
    cells = table.grid.rows[row] if row < len(table.grid.rows) else ()
    rest = [None if column in columns else held for column, held in enumerate(cells)]
    while rest and rest[-1] is None:
        rest.pop()
    return rest
