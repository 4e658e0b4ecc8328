"""A new master key: what lies under the old one in the Sheet is sealed anew at the next look at it."""

import base64
import secrets

import msgspec

from numirror.shell.google.sheets import Spreadsheet
from numirror.shell.opening import OWNER
from numirror.shell.resources.bindings import FIELD
from numirror.shell.resources.discovery_map import read_map
from numirror.shell.resources.resolution import Url
from tests.account.conftest import Person


def kids(person: Person) -> dict[str, str]:
    """The master key that each entry of the vault lies under."""
    spreadsheet = Spreadsheet(person.settings.sheets_url, person.google.token, person.google.sheet_id)
    found = read_map(spreadsheet).vault
    return {name: entry.sealed.split(".")[1] for name, entry in found.items()}


def test_cells_are_sealed_anew_and_everything_still_opens(person: Person) -> None:
    person.visit()
    own = Url(person.settings.redis_url.rpartition("/")[0] + "/10")
    assert person.account.use(person.visit(), person.place, "redis", own).ok
    assert kids(person) == {"redis": "k1", FIELD: "k1", OWNER: "k1"}
    new = f"k2:{base64.b64encode(secrets.token_bytes(32)).decode()},{person.settings.master_key}"
    person.settings = msgspec.structs.replace(person.settings, master_key=new)
    person.begin()
    assert person.visit(anew=True).lease.read_model.value == own
    assert kids(person) == {"redis": "k2", FIELD: "k2", OWNER: "k2"}
    assert person.visit(anew=True).lease.read_model.value == own
