"""How a new Discovery Map looks, and that its tabs are made once."""

from collections.abc import Callable

from numirror.domains.tasks.mirrors import TASKS_TAB
from numirror.shell.resources.discovery_map import ensure_tabs
from numirror.shell.resources.discovery_map.settings import KEYS
from tests.discovery_map.sheet import Json, Sheet


def _cells(sheet: Sheet, tab: str) -> list[list[Json]]:
    return [row.get("values", []) for row in sheet.resource(tab)["data"][0]["rowData"]]


def test_all_tabs_are_made_in_one_write(new_sheet: Callable[[], Sheet]) -> None:
    sheet = new_sheet()
    spreadsheet = sheet.spreadsheet
    assert ensure_tabs(spreadsheet, [TASKS_TAB])
    assert spreadsheet.calls == ["read", "write"]
    assert list(sheet.ids) == ["README", "Meta", "Vault", "Tasks", "Sheet1"]
    assert not ensure_tabs(spreadsheet, [TASKS_TAB])
    assert spreadsheet.calls == ["read", "write", "read"]


def test_each_setting_has_a_key_an_empty_value_and_a_note(sheet: Sheet) -> None:
    header, *rows = sheet.rows("Meta")
    assert header == ["key", "value", "note"]
    assert rows == [[key.name, key.first, key.note] for key in KEYS]
    names = "DATABASE_URL REDIS_URL AI_PROVIDER AI_KEY AI_MODEL AI_BASE_URL DAY_START LANGUAGE map_version"
    assert [row[0] for row in rows] == names.split()
    notes = [row[1].get("note") for row in _cells(sheet, "Meta")[1 : len(KEYS) + 1]]
    assert notes == [key.note for key in KEYS]


def test_choices_are_offered(sheet: Sheet) -> None:
    cells = _cells(sheet, "Meta")
    rule = cells[sheet.number("Meta", "AI_PROVIDER") - 1][1]["dataValidation"]
    values = [one["userEnteredValue"] for one in rule["condition"]["values"]]
    assert (rule["condition"]["type"], values) == ("ONE_OF_LIST", ["openai", "openrouter", "gemini", "other"])
    hours = cells[sheet.number("Meta", "DAY_START") - 1][1]["dataValidation"]["condition"]["values"]
    assert [one["userEnteredValue"] for one in hours] == [str(hour) for hour in range(24)]
    assert "dataValidation" not in cells[sheet.number("Meta", "AI_KEY") - 1][1]


def test_what_is_typed_stays_text(sheet: Sheet) -> None:
    cells = _cells(sheet, "Meta")
    assert all(row[1]["userEnteredFormat"]["numberFormat"]["type"] == "TEXT" for row in cells)


def test_headers_stay_in_sight_and_ids_out_of_it(sheet: Sheet) -> None:
    for tab in ("README", "Meta", "Vault", "Tasks"):
        assert sheet.resource(tab)["properties"]["gridProperties"]["frozenRowCount"] == 1
        assert _cells(sheet, tab)[0][0]["userEnteredFormat"]["textFormat"]["bold"] is True
    columns = sheet.resource("Tasks")["data"][0]["columnMetadata"]
    assert [column.get("hiddenByUser", False) for column in columns] == [True, True, False, False, False, False, False]


def test_sealed_text_is_kept_narrow_and_guarded_by_a_warning(sheet: Sheet) -> None:
    vault = sheet.resource("Vault")
    assert sheet.rows("Vault") == [["name", "sealed", "hint", "checked"]]
    widths = [column["pixelSize"] for column in vault["data"][0]["columnMetadata"]]
    assert widths[1] == min(widths)
    (guard,) = vault["protectedRanges"]
    assert guard["warningOnly"] is True
    assert (guard["range"]["startColumnIndex"], guard["range"]["endColumnIndex"]) == (1, 2)


def test_the_readme_names_the_tabs_and_says_how_to_start_and_to_leave(sheet: Sheet) -> None:
    text = "\n".join(row[0] for row in sheet.rows("README") if row)
    for words in ("Meta:", "Vault:", "Tasks", "To start", "To leave", "sidebar"):
        assert words in text


def test_a_renamed_tab_of_ours_is_not_made_twice(sheet: Sheet) -> None:
    sheet.rename("Meta", "Settings")
    sheet.rename("README", "Read me")
    assert not sheet.ensure()
    sheet.remove("Settings")
    assert sheet.ensure()
    assert list(sheet.ids) == ["Read me", "Meta", "Vault", "Tasks", "Sheet1"]


def test_a_mirror_that_is_no_good_is_set_aside(sheet: Sheet) -> None:
    assert sheet.ensure(broken="tasks")
    assert sheet.ensure(broken="Tasks")
    assert set(sheet.ids) == {"README", "Meta", "Vault", "Tasks", "Tasks (old)", "Tasks (old 2)", "Sheet1"}


def test_a_title_that_a_tab_of_ours_has_taken_is_avoided(sheet: Sheet) -> None:
    sheet.remove("README")
    sheet.rename("Meta", "README")
    assert sheet.ensure()
    assert set(sheet.ids) == {"README", "README 2", "Vault", "Tasks", "Sheet1"}
    assert sheet.read().problems == ()
    assert sheet.read().settings["map_version"].value == "1"
