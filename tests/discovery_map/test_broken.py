"""Ways to break a Discovery Map by hand: each is put back, explained cell by cell, or does no harm at all."""

from collections.abc import Callable

import pytest

from numirror.shell.resources.discovery_map import repair
from tests.discovery_map.conftest import SEALED
from tests.discovery_map.sheet import Sheet, lost

Break = Callable[[Sheet], object]


def _all_of(*breaks: Break) -> Break:
    return lambda sheet: [one(sheet) for one in breaks]


def _typed_anew(sheet: Sheet) -> None:
    sheet.remove("Meta")
    sheet.change({"addSheet": {"properties": {"title": "meta"}}})
    sheet.type("meta!A1", "key", "value")
    sheet.type("meta!A2", "AI_MODEL", "model-x")


def _only_a_copy(sheet: Sheet) -> None:
    sheet.change({"duplicateSheet": {"sourceSheetId": sheet.ids["Meta"], "newSheetName": "Copy"}})
    sheet.remove("Meta")


def _swapped(sheet: Sheet) -> None:
    """Meta is called README, and README is gone."""
    sheet.remove("README")
    sheet.rename("Meta", "README")


HEALED: dict[str, tuple[Break, str]] = {
    "README deleted": (lambda sheet: sheet.remove("README"), "Made again: README."),
    "README and Meta deleted": (
        _all_of(lambda sheet: sheet.remove("README"), lambda sheet: sheet.remove("Meta")),
        "Made again: README, Meta.",
    ),
    "Vault deleted": (lambda sheet: sheet.remove("Vault"), "Made again: Vault."),
    "everything of ours deleted": (
        lambda sheet: [sheet.remove(tab) for tab in ("README", "Meta", "Vault", "Tasks")],
        "Made again: README, Meta, Vault.",
    ),
    "Meta called README": (_swapped, "Made again: README."),
    "header of Meta deleted": (lambda sheet: sheet.delete("Meta", "ROWS", 0), "header of Meta: key, value, note."),
    "header of Vault deleted": (lambda sheet: sheet.delete("Vault", "ROWS", 0), "header of Vault: name, sealed"),
    "header emptied": (lambda sheet: sheet.type("Meta!A1", "", "", ""), "header of Meta: key, value, note."),
    "one header word emptied": (lambda sheet: sheet.type("Meta!B1", ""), "header of Meta: value."),
    "header deleted above a table of one's own": (
        _all_of(
            lambda sheet: sheet.type("Meta!D25", "value", "note"),
            lambda sheet: sheet.delete("Meta", "ROWS", 0),
        ),
        "header of Meta: key, value, note.",
    ),
    "header sorted away": (lambda sheet: sheet.sort("Meta", 0, "ASCENDING"), "header of Meta: key, value, note."),
    "a row deleted": (lambda sheet: sheet.delete("Meta", "ROWS", 2), "Put back in Meta: REDIS_URL."),
    "several rows emptied": (
        lambda sheet: [sheet.type(f"Meta!A{row}", "", "", "") for row in (2, 4, 9)],
        "Put back in Meta: DATABASE_URL, AI_PROVIDER, LANGUAGE.",
    ),
    "column value deleted": (lambda sheet: sheet.delete("Meta", "COLUMNS", 1), "header of Meta: value."),
    "column key deleted": (lambda sheet: sheet.delete("Meta", "COLUMNS", 0), "header of Meta: key."),
    "column note deleted": (lambda sheet: sheet.delete("Meta", "COLUMNS", 2), "header of Meta: note."),
    "column value and header deleted": (
        _all_of(lambda sheet: sheet.delete("Meta", "COLUMNS", 1), lambda sheet: sheet.delete("Meta", "ROWS", 0)),
        "header of Meta: key, value, note.",
    ),
    "column name of Vault deleted": (lambda sheet: sheet.delete("Vault", "COLUMNS", 0), "header of Vault: name."),
    "columns sealed and hint deleted": (
        _all_of(lambda sheet: sheet.delete("Vault", "COLUMNS", 1), lambda sheet: sheet.delete("Vault", "COLUMNS", 1)),
        "header of Vault: sealed, hint.",
    ),
    "Meta cut down to one column": (
        lambda sheet: [sheet.delete("Meta", "COLUMNS", 1) for _ in range(5)],
        "header of Meta: value, note.",
    ),
    "Meta typed anew by hand": (_typed_anew, "meta is found again under any name."),
    "only a copy of Meta left": (_only_a_copy, "Copy is found again under any name."),
}


@pytest.mark.parametrize("name", HEALED)
def test_what_was_lost_is_put_back_and_nothing_else_changes(used: Sheet, name: str) -> None:
    breaks, said = HEALED[name]
    breaks(used)
    before = used.texts()
    assert said in " ".join(used.repair())
    assert lost(before, used.texts()) == []
    content = used.read()
    assert [problem for problem in content.problems if problem.repairable] == []
    assert repair(used.spreadsheet, content) == ()
    assert content.settings.keys() <= {"AI_MODEL", "map_version"}
    if not any(word in name for word in ("Meta deleted", "everything", "column value", "column key", "cut down")):
        assert content.settings["AI_MODEL"].value == "model-x"
    if not any(word in name for word in ("Vault deleted", "everything", "name of Vault", "sealed")):
        assert content.vault["database"].sealed == SEALED


def test_a_header_that_came_back_meanwhile_is_not_put_back_twice(used: Sheet) -> None:
    used.delete("Meta", "ROWS", 0)
    content = used.read()
    used.insert("Meta", "ROWS", 0)
    used.type("Meta!A1", "key", "value", "note")
    before = used.texts()
    assert repair(used.spreadsheet, content) == ()
    assert used.texts() == before


HARMLESS: dict[str, Break] = {
    "Meta renamed": lambda sheet: sheet.rename("Meta", "It's my settings!"),
    "Meta and Vault renamed": _all_of(
        lambda sheet: sheet.rename("Meta", "Einstellungen"), lambda sheet: sheet.rename("Vault", "Tresor")
    ),
    "Meta and Vault call each other's names": _all_of(
        lambda sheet: sheet.rename("Meta", "M"),
        lambda sheet: sheet.rename("Vault", "Meta"),
        lambda sheet: sheet.rename("M", "Vault"),
    ),
    "Meta in small letters": lambda sheet: sheet.rename("Meta", "META"),
    "tabs reordered": lambda sheet: sheet.change(
        {"updateSheetProperties": {"properties": {"sheetId": sheet.ids["README"], "index": 5}, "fields": "index"}}
    ),
    "a copy of Meta beside it": lambda sheet: sheet.change({"duplicateSheet": {"sourceSheetId": sheet.ids["Meta"]}}),
    "rows put in above the header": lambda sheet: [sheet.insert("Meta", "ROWS", 0) for _ in range(3)],
    "a column put in before the keys": lambda sheet: sheet.insert("Meta", "COLUMNS", 0),
    "a column put in before the values": lambda sheet: sheet.insert("Meta", "COLUMNS", 1),
    "rows sorted": lambda sheet: sheet.sort("Meta", 0, "DESCENDING", below=1),
    "keys in small letters": lambda sheet: sheet.type(f"Meta!A{sheet.number('Meta', 'AI_MODEL')}", " ai_model "),
    "header in capitals": lambda sheet: sheet.type("Meta!A1", "KEY", "Value", "NOTE"),
    "rows emptied between": lambda sheet: sheet.insert("Meta", "ROWS", 4),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_people_may_do(used: Sheet, name: str) -> None:
    HARMLESS[name](used)
    content = used.read()
    assert [problem.sentence for problem in content.problems if not problem.repairable] == []
    assert content.settings["AI_MODEL"].value == "model-x"
    assert content.vault["database"].hint == "db at host"
    before = used.texts()
    used.repair()
    assert not used.ensure()
    assert lost(before, used.texts()) == []


EXPLAINED: dict[str, tuple[Break, str]] = {
    "a formula as value": (
        lambda sheet: sheet.formula("Meta", 1, 1, '="postgresql://"&A9'),
        "Meta!B2 holds a formula; type the value itself.",
    ),
    "a formula as key": (
        lambda sheet: sheet.formula("Meta", 1, 0, '="DATABASE"&"_URL"'),
        "Meta!A2 holds a formula; type the key itself.",
    ),
    "a formula in a tab with another name": (
        _all_of(lambda sheet: sheet.rename("Meta", "Mine"), lambda sheet: sheet.formula("Mine", 1, 1, "=1")),
        "Mine!B2 holds a formula; type the value itself.",
    ),
    "a header renamed": (lambda sheet: sheet.type("Meta!B1", "Wert"), "Meta!B1 should say value."),
    "a header of Vault renamed": (lambda sheet: sheet.type("Vault!C1", "Tipp"), "Vault!C1 should say hint."),
    "a key twice": (
        lambda sheet: sheet.type("Meta!A15", "database_url", "postgresql://other"),
        "Meta!A15 says DATABASE_URL a second time; only row 2 is read.",
    ),
    "a value right of its note": (
        lambda sheet: sheet.type("Meta!D2", "postgresql://secret"),
        "Meta!D2 stands beside DATABASE_URL, whose value belongs into B2; move it there.",
    ),
    "a value over its note": (
        lambda sheet: sheet.type("Meta!C3", "rediss://secret"),
        "Meta!C3 stands beside REDIS_URL, whose value belongs into B3; move it there.",
    ),
    "a value without a key": (
        lambda sheet: sheet.type("Meta!B30", "secret"),
        "Meta!B30 holds a value, but no key stands beside it.",
    ),
    "a value that is too long": (
        lambda sheet: sheet.type("Meta!B2", "x" * 4097),
        "Meta!B2 is too long; a setting has at most 4,096 characters.",
    ),
    "a provider that is none": (
        lambda sheet: sheet.type("Meta!B4", "secret"),
        "Meta!B4 is not a value for AI_PROVIDER. It takes openai, openrouter, gemini or other.",
    ),
    "an hour that is none": (
        lambda sheet: sheet.type("Meta!B8", 24),
        "Meta!B8 is not a value for DAY_START. It takes an hour, 0 to 23.",
    ),
    "a language that is none": (
        lambda sheet: sheet.type("Meta!B9", "the secret one"),
        "Meta!B9 is not a value for LANGUAGE. It takes a code such as en or de-AT.",
    ),
    "a formula in Vault": (
        lambda sheet: sheet.formula("Vault", 1, 1, '="nu1.k1.x"'),
        "Vault!B2 holds a formula; delete it, and enter this again in the sidebar.",
    ),
    "an entry twice": (
        lambda sheet: sheet.type("Vault!A3", "database", "nu1.k1.other"),
        "Vault!A3 is here a second time; only row 2 is read.",
    ),
    "an entry without a name": (
        lambda sheet: sheet.type("Vault!A2", ""),
        "Vault!B2 holds a sealed entry without a name; enter it again in the sidebar.",
    ),
    "an entry that is too long": (
        lambda sheet: sheet.type("Vault!B2", "nu1." + "x" * 40_100),
        "Vault!B2 is too long; it has at most 40,100 characters.",
    ),
}


@pytest.mark.parametrize("name", EXPLAINED)
def test_what_only_the_person_can_mend_is_explained_and_left_alone(used: Sheet, name: str) -> None:
    breaks, sentence = EXPLAINED[name]
    breaks(used)
    before = used.texts()
    content = used.read()
    problems = [problem for problem in content.problems if problem.sentence == sentence]
    assert len(problems) == 1
    assert f"{problems[0].tab}!{problems[0].cell}" in sentence
    assert "secret" not in repr(content)
    used.repair()
    assert lost(before, used.texts()) == []
    assert sentence in [problem.sentence for problem in used.read().problems]


@pytest.mark.parametrize(("row", "key"), [(2, "DATABASE_URL"), (4, "AI_PROVIDER"), (8, "DAY_START")])
def test_a_value_that_is_refused_is_not_used(used: Sheet, row: int, key: str) -> None:
    used.formula("Meta", row - 1, 1, "=1+1")
    assert key not in used.read().settings
    used.type(f"Meta!B{row}", "x" * 4097)
    assert key not in used.read().settings


def test_the_first_of_two_counts(used: Sheet) -> None:
    used.type("Meta!B2", "postgresql://first")
    used.type("Meta!A15", "DATABASE_URL", "postgresql://second")
    used.type("Vault!A3", "database", "nu1.k1.second")
    content = used.read()
    assert content.settings["DATABASE_URL"].value == "postgresql://first"
    assert content.vault["database"].sealed == SEALED


def test_keys_that_mean_nothing_are_named_unless_they_may_be_secrets(used: Sheet) -> None:
    used.type("Meta!A15", "DATABSE_URL", "postgresql://x")
    used.type("Meta!A16", "sk-proj-Abc123")
    used.type("Meta!A17", "my grocery list")
    assert used.read().ignored == ("DATABSE_URL",)


def test_numbers_are_read_as_people_see_them(used: Sheet) -> None:
    used.type("Meta!B8", 4)
    used.type("Meta!B4", "OpenAI")
    settings = used.read().settings
    assert (settings["DAY_START"].value, settings["DAY_START"].cell) == ("4", "B8")
    assert settings["AI_PROVIDER"].value == "openai"


def test_a_tab_that_only_bears_the_title_of_another_is_not_taken_for_it(used: Sheet) -> None:
    used.rename("Meta", "Mine")
    used.change({"addSheet": {"properties": {"title": "Meta"}}})
    used.type("Meta!A1", "something else")
    assert used.read().settings["AI_MODEL"].value == "model-x"
    assert used.repair() == ()
    assert used.rows("Meta") == [["something else"]]
