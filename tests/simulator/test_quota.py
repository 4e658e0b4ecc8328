"""Google's limits of requests a minute."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from simulator.sheets.errors import TooMany
from simulator.sheets_api.quota import GOOGLE, Limits, Quota
from tests.simulator.addon_double import AddonDouble
from tests.simulator.running import Account, Simulator, write_manifest


@pytest.fixture
def limited(tmp_path: Path, addon: AddonDouble) -> Iterator[Account]:
    manifest = write_manifest(tmp_path / "manifest.json", addon.manifest())
    simulator = Simulator(tmp_path / "data", manifest, ("--quota",)).start()
    made = simulator.post("/sim/users", {"email": "eve@example.com"})
    account = Account(simulator, "eve@example.com", made["user"]["accessToken"], made["spreadsheet"]["id"])
    account.grant()
    yield account
    simulator.stop()


def test_the_limits_are_googles() -> None:
    assert (GOOGLE.project, GOOGLE.user) == (300, 60)


def test_the_sixty_first_read_of_a_minute_is_too_many(limited: Account) -> None:
    codes = [limited.call("GET", f"/v4/spreadsheets/{limited.sheet}/values/A1").status_code for _ in range(61)]
    assert codes == [200] * 60 + [429]
    error = limited.values("A1")["error"]
    assert error["status"] == "RESOURCE_EXHAUSTED"
    assert error["details"][0]["metadata"]["quota_limit"] == "ReadRequestsPerMinutePerUser"
    assert "updatedCells" in limited.put("A1", [["writes are counted apart"]])
    used = {"reads": 60, "writes": 1}
    shown = {"limits": {"project": 300, "user": 60}, "used": used, "people": {limited.email: used}}
    assert limited.simulator.get("/sim/quota") == shown
    assert limited.call("GET", "/drive/v3/files").status_code == 200
    limited.simulator.post("/sim/quota", {})
    assert limited.values("A1")["range"] == "Sheet1!A1"


def test_one_person_does_not_use_up_what_another_has_but_all_share_the_project() -> None:
    quota = Quota(Limits(project=3, user=2))
    quota.spend("Write", "ada")
    quota.spend("Write", "ada")
    with pytest.raises(TooMany, match="per user"):
        quota.spend("Write", "ada")
    quota.spend("Write", "bob")
    with pytest.raises(TooMany, match="'Write requests per minute'"):
        quota.spend("Write", "bob")


def test_after_a_minute_there_is_room_again(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr("simulator.sheets_api.quota.time.monotonic", lambda: now)
    quota = Quota(Limits(user=1))
    quota.spend("Read", "ada")
    now += 61
    quota.spend("Read", "ada")


def test_without_a_quota_nobody_is_limited(person: Account, new_person: Callable[[], Account]) -> None:
    codes = {person.call("GET", f"/v4/spreadsheets/{person.sheet}/values/A1").status_code for _ in range(70)}
    assert codes == {200}
