"""Who may knock at the simulator."""

from __future__ import annotations

import socket

import pytest
import requests

from tests.simulator.running import Account, Simulator


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "10.0.0.1", "[bad"])
def test_a_host_that_is_not_this_machine_is_refused(simulator: Simulator, host: str) -> None:
    answer = requests.get(f"{simulator.url}/sim/state", headers={"Host": host}, timeout=10)
    assert answer.status_code == 403
    assert "accessToken" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8080", "[::1]:8080"])
def test_names_of_this_machine_are_good(simulator: Simulator, host: str) -> None:
    assert requests.get(f"{simulator.url}/sim/state", headers={"Host": host}, timeout=10).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_page_of_another_origin_cannot_write(stranger: Account, headers: dict[str, str]) -> None:
    body = {"entry": "granted", "user": stranger.email, "spreadsheetId": stranger.sheet}
    url = stranger.simulator.url
    assert requests.post(f"{url}/sim/event", json=body, headers=headers, timeout=10).status_code == 403
    cell = {"sheetId": 0, "row": 0, "column": 0, "value": "x"}
    typed = requests.post(f"{url}/sim/sheets/{stranger.sheet}/cells", json=cell, headers=headers, timeout=10)
    assert typed.status_code == 403
    assert stranger.resource()["error"]["code"] == 404


def test_the_own_page_can_write(stranger: Account) -> None:
    headers = {"Origin": stranger.simulator.url, "Sec-Fetch-Site": "same-origin"}
    cell = {"sheetId": 0, "row": 0, "column": 0, "value": "x"}
    path = f"{stranger.simulator.url}/sim/sheets/{stranger.sheet}/cells"
    assert requests.post(path, json=cell, headers=headers, timeout=10).status_code == 200


def test_only_loopback_is_listened_on(simulator: Simulator) -> None:
    port = int(simulator.url.rpartition(":")[2])
    with socket.socket() as elsewhere:
        elsewhere.settimeout(2)
        assert elsewhere.connect_ex(("127.0.0.2", port)) != 0


def test_an_unknown_path_is_not_found(simulator: Simulator) -> None:
    answer = requests.get(f"{simulator.url}/v4/nothing", timeout=10)
    assert (answer.status_code, answer.json()["error"]["status"]) == (404, "NOT_FOUND")


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b'{"values": [[NaN]]}', b'{"values": [["\\ud800"]]}', b"\xff", b"[" * 100_000]
)
def test_a_body_that_is_no_json_object_is_refused(person: Account, body: bytes) -> None:
    url = f"{person.simulator.url}/v4/spreadsheets/{person.sheet}/values/A1"
    headers = {"Authorization": f"Bearer {person.token}"}
    answer = requests.put(url, params={"valueInputOption": "RAW"}, data=body, headers=headers, timeout=10)
    assert answer.status_code == 400
    assert "values" not in person.values("A1")


def test_a_huge_body_is_refused(person: Account) -> None:
    body = b" " * (10 * 1024 * 1024 + 1)
    url = f"{person.simulator.url}/v4/spreadsheets/{person.sheet}:batchUpdate"
    headers = {"Authorization": f"Bearer {person.token}"}
    assert requests.post(url, data=body, headers=headers, timeout=10).status_code == 413
