"""Changes of a map: the right rows, in one write, also while a person sorts the tab."""

import pytest

from numirror.shell.google.errors import TabMissing
from numirror.shell.resources.discovery_map import (
    ClearSetting,
    MapMoves,
    PutEntry,
    SetSetting,
    SettingChanged,
    apply,
    read_map,
    repair,
)
from tests.discovery_map.conftest import SEALED
from tests.discovery_map.sheet import Counted, Sheet, lost

KEY = "sk-typed-in-the-open"


@pytest.fixture
def typed(used: Sheet) -> Sheet:
    """Their owner has typed a key in the open."""
    used.type(f"Meta!B{used.number('Meta', 'AI_KEY')}", KEY)
    return used


def test_a_map_is_read_at_once(used: Sheet) -> None:
    spreadsheet = used.spreadsheet
    content = read_map(spreadsheet)
    assert spreadsheet.calls == ["read"]
    assert repair(spreadsheet, content) == ()
    assert spreadsheet.calls == ["read"]


def test_a_key_goes_from_the_open_into_the_vault_in_one_write(typed: Sheet) -> None:
    spreadsheet, content = typed.spreadsheet, typed.read()
    assert content.settings["AI_KEY"].value == KEY
    after = apply(spreadsheet, content, [PutEntry("ai", "nu1.k1.ai", "sk-…pen", "2026-01-01"), ClearSetting("AI_KEY")])
    assert spreadsheet.calls == ["read", "write", "read"]
    assert "AI_KEY" not in after.settings
    assert typed.row("Meta", "AI_KEY")[:2] == ["AI_KEY", ""]
    assert typed.row("Vault", "ai") == ["ai", "nu1.k1.ai", "sk-…pen", "2026-01-01"]
    assert KEY not in str(typed.texts())


def test_what_the_map_says_already_is_not_written(typed: Sheet) -> None:
    spreadsheet, content = typed.spreadsheet, typed.read()
    apply(spreadsheet, content, [SetSetting("AI_KEY", KEY), PutEntry("gone", "")])
    assert spreadsheet.calls == ["read"]


def test_an_entry_is_written_over_and_taken_out(used: Sheet) -> None:
    spreadsheet = used.spreadsheet
    after = apply(spreadsheet, used.read(), [PutEntry("database", "nu1.k2.new", "hint", "")])
    assert (after.vault["database"].sealed, after.vault["database"].row) == ("nu1.k2.new", 2)
    after = apply(spreadsheet, after, [PutEntry("database", "", "", "")])
    assert "database" not in after.vault
    after = apply(spreadsheet, after, [PutEntry("database", "nu1.k3.new", "", "")])
    assert [row[0] for row in used.rows("Vault")] == ["name", "database"]


def test_values_stay_text(used: Sheet) -> None:
    content = apply(used.spreadsheet, used.read(), [SetSetting("AI_MODEL", "=1+1")])
    assert content.settings["AI_MODEL"].value == "=1+1"
    assert content.problems == ()


def test_spaces_around_a_text_are_no_change(used: Sheet) -> None:
    spreadsheet = used.spreadsheet
    apply(spreadsheet, used.read(), [SetSetting("AI_MODEL", " model-y "), PutEntry("ai", "nu1.k1.ai", "two words ")])
    assert spreadsheet.calls == ["read", "write", "read"]
    assert used.read().settings["AI_MODEL"].value == "model-y"


def test_a_row_that_is_missing_is_added_with_its_note(used: Sheet) -> None:
    used.delete("Meta", "ROWS", used.number("Meta", "LANGUAGE") - 1)
    apply(used.spreadsheet, used.read(), [SetSetting("LANGUAGE", "de")])
    assert used.rows("Meta")[-1] == [
        "LANGUAGE",
        "de",
        "The language of the sidebar. Empty: that of your Google account.",
    ]
    assert used.number("Meta", "LANGUAGE") == 20


def test_a_cell_that_was_changed_meanwhile_is_not_emptied(typed: Sheet) -> None:
    content = typed.read()
    typed.type(f"Meta!B{typed.number('Meta', 'AI_KEY')}", "sk-another")
    spreadsheet = typed.spreadsheet
    with pytest.raises(SettingChanged):
        apply(spreadsheet, content, [PutEntry("ai", "nu1.k1.ai"), ClearSetting("AI_KEY")])
    assert spreadsheet.calls == ["read"]
    assert typed.row("Meta", "AI_KEY")[1] == "sk-another"


def test_a_formula_is_not_emptied_as_nobody_was_shown_it(typed: Sheet) -> None:
    content = typed.read()
    typed.formula("Meta", typed.number("Meta", "AI_KEY") - 1, 1, "=1")
    with pytest.raises(SettingChanged):
        apply(typed.spreadsheet, content, [ClearSetting("AI_KEY")])


def test_a_cell_that_was_emptied_meanwhile_is_empty(typed: Sheet) -> None:
    content = typed.read()
    typed.type(f"Meta!B{typed.number('Meta', 'AI_KEY')}", "")
    assert "AI_KEY" not in apply(typed.spreadsheet, content, [ClearSetting("AI_KEY")]).settings


@pytest.mark.parametrize("tab", ["Meta", "Vault"])
def test_a_map_without_the_tab_has_to_be_repaired_first(used: Sheet, tab: str) -> None:
    content = used.read()
    used.remove(tab)
    with pytest.raises(TabMissing):
        apply(used.spreadsheet, content, [SetSetting("AI_MODEL", "x"), PutEntry("a", "nu1.k1.x")])


def test_rows_sorted_since_the_map_was_read_do_not_matter(typed: Sheet) -> None:
    content = typed.read()
    typed.sort("Meta", below=1)
    apply(typed.spreadsheet, content, [ClearSetting("AI_KEY")])
    assert typed.row("Meta", "AI_KEY")[1] == ""
    assert typed.row("Meta", "AI_MODEL")[1] == "model-x"


@pytest.mark.parametrize(("tab", "column"), [("Meta", 0), ("Meta", 2), ("Vault", 0)])
def test_rows_sorted_between_our_read_and_our_write_are_put_right(typed: Sheet, tab: str, column: int) -> None:
    for name in ("ai", "redis", "zebra"):
        apply(typed.spreadsheet, typed.read(), [PutEntry(name, f"nu1.k1.{name}", name, "")])
    typed.type("Vault!A9", "my own line", "beside", "yours")
    content, before = typed.read(), typed.texts()
    between = Counted(typed.account, lambda: typed.sort(tab, column, below=1))
    apply(between, content, [ClearSetting("AI_KEY"), SetSetting("DAY_START", "4"), PutEntry("database", "nu1.k2.new")])
    after = typed.read()
    assert {name: one.sealed for name, one in after.vault.items() if name != "my own line"} == {
        "ai": "nu1.k1.ai",
        "database": "nu1.k2.new",
        "redis": "nu1.k1.redis",
        "zebra": "nu1.k1.zebra",
    }
    values = {name: one.value for name, one in after.settings.items()}
    assert values == {"AI_MODEL": "model-x", "DAY_START": "4", "map_version": "1"}
    ours = [row for row in lost(before, typed.texts()) if row[0] not in {"AI_KEY", "database"}]
    assert ours == [], "rows that we did not mean to change"


def test_a_new_row_never_lands_upon_another(used: Sheet) -> None:
    content = used.read()
    between = Counted(used.account, lambda: used.type("Vault!A3", "typed", "just", "now"))
    apply(between, content, [PutEntry("ai", "nu1.k1.ai", "", "")])
    assert used.rows("Vault")[2] == ["typed", "just", "now"]
    assert used.read().vault["ai"].row == 4


def test_columns_that_move_meanwhile_are_too_much(typed: Sheet) -> None:
    content = typed.read()
    between = Counted(typed.account, lambda: typed.insert("Meta", "COLUMNS", 0))
    with pytest.raises(MapMoves):
        apply(between, content, [ClearSetting("AI_KEY")])


def test_a_map_that_never_rests_is_left(typed: Sheet) -> None:
    class Restless(Counted):
        def write(self, requests: object) -> None:
            typed.sort("Meta", 0, "DESCENDING" if self.calls.count("write") % 2 else "ASCENDING", below=1)
            super().write(requests)  # type: ignore[arg-type]

    restless = Restless(typed.account)
    with pytest.raises(MapMoves):
        apply(restless, typed.read(), [ClearSetting("AI_KEY")])
    assert restless.calls.count("write") == 3


def test_nothing_that_was_typed_or_sealed_is_shown(typed: Sheet) -> None:
    content = typed.read()
    changes = [SetSetting("AI_KEY", KEY), PutEntry("database", SEALED)]
    shown = f"{content!r} {content.tables!r} {content.tabs!r} {changes!r}"
    assert KEY not in shown
    assert SEALED not in shown
