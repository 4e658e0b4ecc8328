"""`numirror simulator`: a Google and an AI for an add-on that is not NuMirror, and nothing else beside them."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openai
import psutil
import pytest
import requests
from google.auth import crypt, jwt

from simulator.__main__ import CLIENT_ID, SERVICE_ACCOUNT
from simulator.identity import keys
from simulator.ports import FIRST
from tests.simulator.addon_double import AddonDouble
from tests.simulator.ai_client import said
from tests.simulator.alone import EXAMPLE, Kit, kit, started
from tests.simulator.running import line_of


@pytest.fixture(scope="module")
def guests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    with kit(tmp_path_factory.mktemp("kit")) as both:
        yield both


def _words(text: str) -> Any:
    return {"words": {"stringInputs": {"value": [text]}}}


def _widgets(outcome: Any) -> list[Any]:
    """Of the card in an answer that Google takes."""
    assert (outcome["status"], outcome["problems"]) == (200, [])
    action = outcome["response"].get("renderActions", outcome["response"])["action"]
    (card,) = action["navigations"][0].values()
    widgets: list[Any] = card["sections"][0]["widgets"]
    return widgets


def _toast(outcome: Any) -> str:
    assert (outcome["status"], outcome["problems"]) == (200, [])
    return str(outcome["response"]["renderActions"]["action"]["notification"]["text"])


def test_the_guest_book_is_opened_allowed_signed_and_counted(guests: Kit) -> None:
    made = requests.post(f"{guests.url}/sim/users", json={"email": "eve@example.com"}, timeout=10).json()
    eve = functools.partial(guests.event, user="eve@example.com")
    assert "Everybody" in _widgets(eve("home"))[0]["textParagraph"]["text"]
    asked = eve("/ask")
    assert asked["problems"] == []
    assert "requestFileScopeForActiveDocument" in json.dumps(asked["response"])
    assert [list(widget) for widget in _widgets(eve("granted"))] == [["textInput"], ["buttonList"]]

    shown, *_ = _widgets(eve("/sign", formInputs=_words('=1+1&"<b>"')))
    assert shown["decoratedText"] == {"topLabel": "eve@example.com", "text": "=1+1&amp;&quot;&lt;b&gt;&quot;"}
    assert _toast(eve("/sign")) == "Write something first."
    assert _toast(eve("How many?")) == "Signed: 1."

    cells = f"{guests.url}/v4/spreadsheets/{made['spreadsheet']['id']}/values/A:B"
    found = requests.get(cells, headers={"Authorization": f"Bearer {made['user']['accessToken']}"}, timeout=10)
    assert found.json()["values"] == [["eve@example.com", '=1+1&"<b>"']]


def test_the_guest_book_answers_nobody_but_google(guests: Kit) -> None:
    event = guests.event("home")["request"]
    tokens = event["authorizationEventObject"]
    for bearer in (
        "",
        "x.y.z",
        tokens["userIdToken"],
        guests.event("granted")["request"]["authorizationEventObject"]["systemIdToken"],
    ):
        headers = {"Authorization": f"Bearer {bearer}"}
        assert requests.post(f"{guests.addon}/home", json=event, headers=headers, timeout=10).status_code == 401
    headers = {"Authorization": f"Bearer {tokens['systemIdToken']}"}
    swapped = {**event, "authorizationEventObject": {**tokens, "userIdToken": tokens["systemIdToken"]}}
    assert requests.post(f"{guests.addon}/home", json=swapped, headers=headers, timeout=10).status_code == 401
    nobody = {**event, "authorizationEventObject": {**tokens, "userIdToken": None}}
    assert (
        "requesting_google_scopes"
        in requests.post(f"{guests.addon}/home", json=nobody, headers=headers, timeout=10).json()
    )
    assert requests.post(f"{guests.addon}/home", json=event, headers=headers, timeout=10).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({}, 200),
        ({"email": "service-2@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"}, 401),
        ({"iss": "https://accounts.example.com"}, 401),
        ({"email_verified": False}, 401),
        ({"iat": 1_000_000_000, "exp": 1_000_003_600}, 401),
    ],
)
def test_it_reads_what_is_signed(guests: Kit, wrong: dict[str, Any], status: int) -> None:
    event = guests.event("home")["request"]
    key = keys.kept(guests.data)
    claims = dict(jwt.decode(event["authorizationEventObject"]["systemIdToken"], verify=False))
    token = jwt.encode(crypt.RSASigner.from_string(key.private, key.key_id), claims | wrong).decode()
    headers = {"Authorization": f"Bearer {token}"}
    assert requests.post(f"{guests.addon}/home", json=event, headers=headers, timeout=10).status_code == status


def test_on_a_bad_day_the_person_gets_a_sentence(guests: Kit) -> None:
    guests.event("granted")
    requests.post(f"{guests.url}/sim/bad-days", json=[{"kind": "unavailable", "api": "sheets"}], timeout=10)
    try:
        assert "does not answer" in _widgets(guests.event("home"))[0]["textParagraph"]["text"]
        assert "does not answer" in _toast(guests.event("/sign", formInputs=_words("Hi")))
    finally:
        requests.post(f"{guests.url}/sim/bad-days", json=[], timeout=10)


def test_what_the_guide_tells_curl_to_do_is_done(guests: Kit) -> None:
    guide = (EXAMPLE / "README.md").read_text()
    told = re.findall(r"^    curl -d '(.+?)' (?:\\\n *)?http://127.0.0.1:8710(/\S+)$", guide, re.MULTILINE)
    assert len(told) == guide.count("curl -d")
    guests.event("granted")
    for body, path in told:
        data, kind = body.replace("http://127.0.0.1:8790", guests.addon), "application/x-www-form-urlencoded"
        answer = requests.post(guests.url + path, data=data, headers={"Content-Type": kind}, timeout=40)
        assert answer.status_code == 200
        assert isinstance(answer.json(), list) or answer.json()["problems"] == []


def test_the_ai_is_there_too(guests: Kit) -> None:
    assert "red kite" in said(openai.OpenAI(api_key="any", base_url=f"{guests.url}/ai/v1"), "- a red kite")


def test_it_is_one_process_that_prints_one_line_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    with kit(tmp_path) as both:
        assert psutil.Process(both.simulator.pid).children(recursive=True) == []
        assert both.end() == 0
        assert both.simulator.stdout and both.simulator.stderr
        assert (both.simulator.stdout.read(), both.simulator.stderr.read()) == ("", "")
    assert {path.name for path in tmp_path.iterdir()} == {"data"}


@pytest.mark.parametrize("words", [("--addon", "{url}/addon/home"), ("--addon", "{url}/addon/home", "--port", "0")])
def test_an_address_alone_is_a_homepage(tmp_path: Path, addon: AddonDouble, words: tuple[str, ...]) -> None:
    (tmp_path / "simulator.py").write_text("raise SystemExit('What stands here is not what was meant.')")
    with started(tmp_path, *(word.format(url=addon.url) for word in words)) as process:
        try:
            url = line_of(process).rpartition(" ")[2]
            for entry in ("home", "granted"):
                assert requests.post(f"{url}/sim/event", json={"entry": entry}, timeout=10).json()["problems"] == []
        finally:
            process.kill()
    assert [(one.path, one.event["sheets"] != {}) for one in addon.received] == [
        ("/addon/home", False),
        ("/addon/home", True),
    ]
    assert (tmp_path / ".simulator" / "people.json").is_file()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Give its address with --addon"),
        (("--addon", "ftp://example.com"), "an address begins with https://"),
        (("--addon", "http://addon.example.com"), "with http:// on this machine"),
        (("--addon", "https://addon.example.com", "--manifest", "nothing.json"), "cannot be read"),
        (("--addon", "https://addon.example.com", "--data", "/dev/null/data"), "cannot be written to"),
        (("--addon", "https://addon.example.com", "--data", "{taken}"), "Another simulator keeps its data in"),
    ],
)
def test_what_cannot_be_started_says_why(guests: Kit, tmp_path: Path, words: tuple[str, ...], sentence: str) -> None:
    with started(tmp_path, "--port", "0", *(word.format(taken=guests.data) for word in words)) as process:
        _, complaint = process.communicate(timeout=30)
    assert process.returncode in (1, 2)
    assert sentence in complaint
    assert "Traceback" not in complaint


def test_the_example_knows_what_the_simulator_is_by_itself_and_needs_nothing_of_ours() -> None:
    code = (EXAMPLE / "guestbook.py").read_text()
    assert all(f'"{word}"' in code for word in (CLIENT_ID, SERVICE_ACCOUNT, f"http://127.0.0.1:{FIRST}"))
    assert not {"simulator", "numirror", "local"} & set(re.findall(r"^(?:import|from) (\w+)", code, re.MULTILINE))
