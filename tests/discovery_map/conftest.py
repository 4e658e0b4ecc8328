"""One local Google for all tests of the Discovery Map; each test has a Sheet of its own."""

from collections.abc import Callable, Iterator

import pytest

from numirror.shell.resources.discovery_map import PutEntry, SetSetting, apply
from tests.discovery_map.sheet import Sheet
from tests.simulator.addon_double import AddonDouble
from tests.simulator.running import Account, Simulator, write_manifest

SEALED = "nu1.k1.sealed"


@pytest.fixture(scope="session")
def google(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    folder = tmp_path_factory.mktemp("google")
    with AddonDouble() as addon:
        running = Simulator(folder / "data", write_manifest(folder / "manifest.json", addon.manifest())).start()
        yield running
        running.stop()


@pytest.fixture(scope="session")
def owner(google: Simulator) -> Account:
    """Somebody with a token; their first Sheet is not granted."""
    made = google.post("/sim/users", {"email": "owner@example.com"})
    return Account(google, "owner@example.com", made["user"]["accessToken"], made["spreadsheet"]["id"])


@pytest.fixture(scope="session")
def new_sheet(owner: Account) -> Callable[[], Sheet]:
    """Makes an empty Sheet that the add-on may use."""

    def make() -> Sheet:
        made = owner.call("POST", "/v4/spreadsheets", {"properties": {"title": "My map"}}).json()
        return Sheet(Account(owner.simulator, owner.email, owner.token, made["spreadsheetId"]))

    return make


@pytest.fixture(scope="session")
def a_map(new_sheet: Callable[[], Sheet]) -> Sheet:
    """A Sheet with all tabs of a new Discovery Map, to be copied only."""
    made = new_sheet()
    made.ensure()
    return made


@pytest.fixture(scope="session")
def a_used_map(a_map: Sheet) -> Sheet:
    """A map with a setting, a sealed entry, and things that its owner wrote beside ours; to be copied only."""
    sheet = a_map.copy()
    changes = [SetSetting("AI_MODEL", "model-x"), PutEntry("database", SEALED, "db at host", "2026-01-02T03:04:05Z")]
    apply(sheet.spreadsheet, sheet.read(), changes)
    for tab in ("Meta", "Vault"):
        sheet.change({"appendDimension": {"sheetId": sheet.ids[tab], "dimension": "COLUMNS", "length": 3}})
    sheet.type("Meta!A20", "my own words", 17)
    sheet.type("Meta!E3", "a remark of mine")
    sheet.formula("Vault", 1, 5, "=1+1")
    sheet.type("Sheet1!A1", "mine")
    return sheet


@pytest.fixture
def sheet(a_map: Sheet) -> Sheet:
    """A new Discovery Map."""
    return a_map.copy()


@pytest.fixture
def used(a_used_map: Sheet) -> Sheet:
    """A map that has been used for a while."""
    return a_used_map.copy()
