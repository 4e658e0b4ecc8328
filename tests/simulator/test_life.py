"""Start, stop, restart, and two at once."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.simulator.addon_double import AddonDouble
from tests.simulator.running import ROOT, Account, Simulator, write_manifest


@pytest.fixture
def own(tmp_path: Path, addon: AddonDouble) -> Iterator[Simulator]:
    """A simulator that a test may stop and start."""
    simulator = Simulator(tmp_path / "data", write_manifest(tmp_path / "manifest.json", addon.manifest())).start()
    yield simulator
    simulator.stop(kill=True)


def _ada(simulator: Simulator) -> Account:
    state = simulator.get("/sim/state")
    user = state["users"][0]
    (sheet,) = [one["id"] for one in state["spreadsheets"] if one["owner"] == user["email"]]
    return Account(simulator, user["email"], user["accessToken"], sheet)


def test_a_new_simulator_has_two_people_with_a_sheet_each(own: Simulator, addon: AddonDouble) -> None:
    state = own.get("/sim/state")
    assert [(user["email"], user["name"]) for user in state["users"]] == [
        ("ada@example.com", "Ada"),
        ("bob@example.com", "Bob"),
    ]
    assert [(one["owner"], one["title"], one["grants"]) for one in state["spreadsheets"]] == [
        ("ada@example.com", "My Discovery Map", []),
        ("bob@example.com", "Bob's Discovery Map", []),
    ]
    assert state["google"] == {
        "sheets": own.url,
        "drive": own.url,
        "certs": f"{own.url}/oauth2/v1/certs",
        "ai": f"{own.url}/ai/v1",
    }
    assert state["addon"] == {
        "name": "NuMirror",
        "home": f"{addon.url}/addon/home",
        "granted": f"{addon.url}/addon/granted",
        "universalActions": {"Help": f"{addon.url}/addon/help"},
        "links": {"Site": "https://example.com/"},
    }


@pytest.mark.parametrize("kill", [False, True])
def test_a_restart_keeps_everything(own: Simulator, kill: bool) -> None:
    ada = _ada(own)
    ada.grant()
    ada.put("A1", [["kept", "2020-01-01", "=1/0"]], "USER_ENTERED")
    ada.batch({"mergeCells": {"range": {"startRowIndex": 3, "endRowIndex": 5, "endColumnIndex": 2}}})
    before = (own.get("/sim/state")["users"], own.get("/oauth2/v1/certs"), ada.resource(includeGridData="true"))
    view = own.get(f"/sim/sheets/{ada.sheet}")
    code = own.stop(kill=kill)
    assert kill or code == 0
    own.start()
    assert (own.get("/sim/state")["users"], own.get("/oauth2/v1/certs"), ada.resource(includeGridData="true")) == before
    assert own.get(f"/sim/sheets/{ada.sheet}") == view


def test_writers_at_the_same_time_lose_nothing(own: Simulator) -> None:
    ada = _ada(own)
    ada.grant()

    def write(column: str) -> None:
        for row in range(1, 11):
            ada.put(f"{column}{row}", [[f"{column}{row}"]])

    threads = [threading.Thread(target=write, args=(column,)) for column in "ABCD"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ada.values("Sheet1")["values"] == [[f"{column}{row}" for column in "ABCD"] for row in range(1, 11)]


def test_two_simulators_stand_beside_each_other(own: Simulator, simulator: Simulator) -> None:
    assert own.url != simulator.url
    assert _ada(own).token != _ada(simulator).token


def _start(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "simulator", "--service-account", "s", "--client-id", "c", *arguments]
    return subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=30)


def test_a_port_in_use_gets_a_sentence(own: Simulator, tmp_path: Path) -> None:
    port = own.url.rpartition(":")[2]
    ended = _start("--port", port, "--data", str(tmp_path / "other"), "--manifest", str(own.manifest))
    assert ended.returncode == 1
    assert f"simulator: Port {port} is in use" in ended.stderr


@pytest.mark.parametrize("content", [None, b"", b"[]", json.dumps({"oauthScopes": []}).encode()])
def test_a_wrong_manifest_gets_a_sentence(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "manifest.json"
    if content is not None:
        path.write_bytes(content)
    ended = _start("--port", "0", "--data", str(tmp_path / "data"), "--manifest", str(path))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("simulator: The manifest ")


def test_a_changed_manifest_counts_at_once(own: Simulator, addon: AddonDouble) -> None:
    manifest: Any = addon.manifest()
    manifest["addOns"]["sheets"]["homepageTrigger"]["runFunction"] = f"{addon.url}/addon/elsewhere"
    write_manifest(own.manifest, manifest)
    own.event("home")
    assert addon.received[0].path == "/addon/elsewhere"


def test_what_is_kept_is_for_the_owner_of_the_folder_only(own: Simulator) -> None:
    kept = [path for path in own.data.rglob("*") if path.is_file()]
    assert len(kept) == 4
    assert all(path.stat().st_mode & 0o077 == 0 for path in kept)
