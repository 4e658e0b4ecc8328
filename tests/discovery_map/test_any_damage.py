"""Whatever hands do to a map: repairing twice is repairing once, and nothing that a person wrote is lost."""

import string
from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from numirror.shell.resources.discovery_map import repair
from numirror.shell.resources.discovery_map.settings import KEYS
from tests.discovery_map.sheet import Sheet, lost

Damage = Callable[[Sheet], object]

_WORDS = st.one_of(
    st.sampled_from(["key", "value", "note", "name", "sealed", "hint", "checked", "", "nu1.k1.x", " KEY ", "Meta"]),
    st.sampled_from([key.name for key in KEYS]),
    st.text(string.ascii_letters + "!' =_äß🌵", min_size=1, max_size=12),
)
_tabs = st.sampled_from(["README", "Meta", "Vault", "Sheet1"])
_rows = st.integers(0, 14)
_columns = st.integers(0, 3)


def _on(tab: str, damage: Damage) -> Damage:
    """Only if the tab is still there under this title."""
    return lambda sheet: damage(sheet) if tab in sheet.ids else None


def _typed(tab: str, row: int, column: int, text: str) -> Damage:
    start = lambda sheet: {"sheetId": sheet.ids[tab], "rowIndex": row, "columnIndex": column}  # noqa: E731
    rows = [{"values": [{"userEnteredValue": {"stringValue": text}} if text else {}]}]
    return _on(
        tab, lambda sheet: _tried(sheet, "updateCells", start=start(sheet), rows=rows, fields="userEnteredValue")
    )


def _moved(kind: str, tab: str, axis: str, index: int) -> Damage:
    def move(sheet: Sheet) -> None:
        span = {"sheetId": sheet.ids[tab], "dimension": axis, "startIndex": index, "endIndex": index + 1}
        _tried(sheet, kind, range=span)

    return _on(tab, move)


def _sorted(tab: str, column: int, order: str, below: int) -> Damage:
    return _on(tab, lambda sheet: sheet.sort(tab, column, order, below))


def _renamed(tab: str, title: str) -> Damage:
    return _on(tab, lambda sheet: sheet.rename(tab, title) if title not in sheet.ids else None)


def _tried(sheet: Sheet, kind: str, **body: object) -> None:
    """What Google refuses, such as a row that is not there, was no damage."""
    sheet.account.batch({kind: body})


_DAMAGE = st.one_of(
    st.builds(_typed, _tabs, _rows, _columns, _WORDS),
    st.builds(_moved, st.sampled_from(["deleteDimension", "insertDimension"]), _tabs, st.just("ROWS"), _rows),
    st.builds(_moved, st.sampled_from(["deleteDimension", "insertDimension"]), _tabs, st.just("COLUMNS"), _columns),
    st.builds(_sorted, _tabs, st.integers(0, 0), st.sampled_from(["ASCENDING", "DESCENDING"]), st.integers(0, 1)),
    st.builds(_renamed, _tabs, st.sampled_from(["Mine", "README", "Meta", "Vault", "it's (2)"])),
    st.builds(lambda tab: _on(tab, lambda sheet: sheet.remove(tab)), _tabs),
    st.builds(lambda tab: _on(tab, lambda sheet: _tried(sheet, "duplicateSheet", sourceSheetId=sheet.ids[tab])), _tabs),
)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(damages=st.lists(_DAMAGE, min_size=1, max_size=6))
def test_any_damage_is_repaired_once_and_costs_nothing(a_used_map: Sheet, damages: list[Damage]) -> None:
    sheet = a_used_map.copy()
    if len(sheet.ids) == 5:
        sheet.change({"addSheet": {"properties": {"title": "The last tab can't be deleted"}}})
    for damage in damages:
        damage(sheet)
    before, content = sheet.texts(), sheet.read()
    repair(sheet.spreadsheet, content)
    after, again = sheet.texts(), sheet.read()
    assert lost(before, after) == []
    assert [problem for problem in again.problems if problem.repairable] == []
    assert repair(sheet.spreadsheet, again) == ()
    assert {name: one.value for name, one in again.settings.items()}.items() >= {
        name: one.value for name, one in content.settings.items()
    }.items()
    assert {name: one.sealed for name, one in again.vault.items()}.items() >= {
        name: one.sealed for name, one in content.vault.items()
    }.items()
