"""Somebody who may edit the Sheet changes Meta; what the owner said yes to is what is used."""

import pytest

from numirror.shell.account.account import Changed
from numirror.shell.google.sheets import Spreadsheet
from numirror.shell.resources.discovery_map import SetSetting, apply, read_map
from numirror.shell.resources.resolution import AiConfig
from tests.account.conftest import Person


def write(person: Person, key: str, value: str) -> None:
    spreadsheet = Spreadsheet(person.settings.sheets_url, person.google.token, person.google.sheet_id)
    apply(spreadsheet, read_map(spreadsheet), [SetSetting(key, value)])


def test_another_account_with_the_same_provider_needs_another_yes(person: Person) -> None:
    person.visit()
    mine = AiConfig("openai", "sk-mine-0123456789")
    assert person.account.use(person.visit(), person.place, "ai", mine).ok
    write(person, "AI_KEY", "sk-somebody-elses")
    assert person.visit(anew=True).lease.ai.value == mine
    (proposal,) = person.account.overview(person.visit(), person.place).proposals
    assert proposal.kind == "ai"


def test_the_same_holds_for_an_address_of_ones_own(person: Person) -> None:
    fingerprint = person.stores.targets.fingerprint
    mine, other = (AiConfig("other", key, base_url="https://ai.example.com/v1") for key in ("sk-mine", "sk-other"))
    assert fingerprint("ai", mine) == fingerprint("ai", mine) != fingerprint("ai", other)


def test_a_key_that_goes_into_the_vault_is_the_one_that_was_shown(person: Person) -> None:
    person.visit()
    base = person.settings.redis_url.rpartition("/")[0]
    write(person, "REDIS_URL", f"{base}/5")
    (shown,) = person.account.overview(person.visit(), person.place).open_keys
    write(person, "REDIS_URL", f"{base}/6")
    with pytest.raises(Changed):
        person.account.move_key(person.visit(), person.place, "redis", shown.fingerprint)
    assert person.visit(anew=True).lease.read_model.source == "trial"
