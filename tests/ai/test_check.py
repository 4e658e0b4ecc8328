"""The check of an AI, against the simulator as a process and against hostile servers."""

from __future__ import annotations

import logging
from pathlib import Path
from time import monotonic

import pytest

from numirror.shell import reach
from numirror.shell.ai.check import NOT_LISTED, check_ai
from numirror.shell.ai.faults import SENTENCES, AiFault
from numirror.shell.ai.providers import PROVIDERS, Place, place_of
from numirror.shell.checks import Report
from numirror.shell.resources.guard.guard import Guard
from numirror.shell.resources.guard.refusals import SENTENCES as REFUSALS
from numirror.shell.resources.guard.refusals import TargetAway
from numirror.shell.resources.guard.targets import parse_ai_url
from numirror.shell.resources.secret import Secret
from tests.ai.conftest import NAME
from tests.check_resources.hostile import hostile, http, tls
from tests.simulator.running import Simulator

NAMES = ["name", "address policy", "connection", "list models", "model", "one word"]
LISTED = b'{"object":"list","data":[{"id":"story-1"}]}'


def loopback(host: str, _: int) -> str:
    return "127.0.0.1"


@pytest.fixture
def place(simulator: Simulator) -> Place:
    return place_of(PROVIDERS["openai"], {"openai": f"{simulator.url}/ai/v1"})


def red(report: Report, name: str) -> str:
    """The sentence of the line that must be red, and nothing is reached behind it."""
    assert [line.name for line in report.lines] == NAMES
    assert report.failed and report.failed.name == name, report
    at = NAMES.index(name)
    assert [line.ok for line in report.lines] == [True] * at + [False] + [None] * (len(NAMES) - at - 1)
    return report.failed.sentence


def test_all_is_well(place: Place) -> None:
    guard = Guard(local=frozenset({(place.host, place.port)}))
    report = check_ai(place, Secret("sk-any"), "story-1", guard.admit)
    assert report.ok and report.kind == "ai"
    assert [line.name for line in report.lines] == NAMES
    assert report.lines[3].sentence == "6 models"
    assert all(line.milliseconds < 5000 for line in report.lines)


@pytest.mark.parametrize(
    ("key", "line", "fault"),
    [
        ("sk-sim-wrong-key", "list models", AiFault.WRONG_KEY),
        ("sk-sim-region", "list models", AiFault.REGION),
        ("sk-sim-away", "list models", AiFault.AWAY),
        ("sk-sim-redirect", "list models", AiFault.NOT_COMPATIBLE),
        ("sk-sim-huge", "list models", AiFault.TOO_LONG),
        ("sk-sim-html", "list models", AiFault.NOT_COMPATIBLE),
        ("sk-gemini-wrong", "list models", AiFault.WRONG_KEY),
        ("sk-gemini-region", "list models", AiFault.REGION),
        ("sk-sim-no-credit", "one word", AiFault.NO_CREDIT),
        ("sk-openrouter-402", "one word", AiFault.NO_CREDIT),
        ("sk-sim-no-model", "one word", AiFault.MODEL_NOT_ALLOWED),
        ("sk-sim-rate-limit", "one word", AiFault.RATE_LIMIT),
    ],
)
def test_each_cause_has_its_sentence(
    key: str, line: str, fault: AiFault, place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    report = check_ai(place, Secret(key), "story-1", loopback)
    assert red(report, line) == SENTENCES[fault]
    assert key not in repr(report) + "".join(one.getMessage() for one in caplog.records)


def test_a_model_that_is_not_offered(place: Place) -> None:
    assert red(check_ai(place, Secret("sk-any"), "story-9", loopback), "model") == NOT_LISTED


def test_a_slow_provider_is_left_in_time(place: Place) -> None:
    begun = monotonic()
    report = check_ai(place, Secret("sk-sim-slow"), "story-1", loopback, seconds=0.5)
    assert red(report, "list models") == SENTENCES[AiFault.AWAY]
    assert monotonic() - begun < 3


def test_a_host_within_is_not_dialled(place: Place) -> None:
    report = check_ai(place, Secret("sk-any"), "story-1", Guard().admit)
    assert red(report, "address policy") == REFUSALS["host_not_public"]


def test_an_unknown_name() -> None:
    def unknown(name: str, owner: str) -> str:
        raise TargetAway("name_unknown")

    target = parse_ai_url("https://ai.example.com/v1")
    report = check_ai(target, Secret("sk-any"), "m", Guard(resolve=unknown).admit)
    assert red(report, "name") == REFUSALS["name_unknown"]


def test_nobody_there() -> None:
    with hostile(lambda _: []) as gone:
        port = gone.port
    place = Place("127.0.0.1", port, f"http://127.0.0.1:{port}/v1")
    assert red(check_ai(place, Secret("sk-any"), "m", loopback), "connection") == reach.CLOSED


def test_a_server_without_tls_gets_no_request() -> None:
    with hostile(lambda _: [http(LISTED)]) as server:
        target = parse_ai_url(f"https://{NAME}:{server.port}/v1")
        assert red(check_ai(target, Secret("sk-any"), "m", loopback), "connection") == reach.NO_TLS
        assert b"sk-any" not in b"".join(server.heard)


def test_a_handshake_that_drips_holds_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "_SECONDS", 0.4)
    with hostile(lambda _: server.drip(b"\x16\x03\x03")) as server:
        begun = monotonic()
        target = parse_ai_url(f"https://{NAME}:{server.port}/v1")
        assert red(check_ai(target, Secret("sk-any"), "m", loopback), "connection") == reach.MUTE
        assert monotonic() - begun < 3


def test_a_certificate_for_another_name(trusted: Path) -> None:
    with hostile(lambda _: [http(LISTED)], tls(trusted)) as server:
        target = parse_ai_url(f"https://other.example.com:{server.port}/v1")
        assert red(check_ai(target, Secret("sk-any"), "m", loopback), "connection") == reach.CERTIFICATE
        assert server.heard == []


def chat(answer: bytes) -> Report:
    """What the check says of a provider that lists story-1 and answers a chat like this."""
    with hostile(lambda heard: [http(LISTED) if heard.startswith(b"GET") else answer]) as server:
        place = Place("127.0.0.1", server.port, f"http://127.0.0.1:{server.port}/v1")
        return check_ai(place, Secret("sk-any"), "story-1", loopback)


def test_a_model_that_was_stopped_while_it_thought_did_work() -> None:
    words = b"Could not finish the message because max_tokens or model output limit was reached."
    assert chat(http(b'{"error":{"message":"' + words + b'"}}', "400 Bad Request")).ok


def test_gemini_lists_a_model_with_its_kind() -> None:
    listed = http(b'{"object":"list","data":[{"id":"models/gemini-2.5-flash"}]}')
    said = http(b'{"choices":[{"index":0,"finish_reason":"length","message":{"role":"assistant"}}]}')
    with hostile(lambda heard: [listed if heard.startswith(b"GET") else said]) as server:
        place = Place("127.0.0.1", server.port, f"http://127.0.0.1:{server.port}/v1beta/openai")
        assert check_ai(place, Secret("sk-any"), "gemini-2.5-flash", loopback).ok


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (http(b'{"error":{"code":502,"message":"upstream"}}'), AiFault.AWAY),
        (http(b"{}"), AiFault.NOT_COMPATIBLE),
        (http(b"<html>Forbidden model", "403 Forbidden", "text/html"), AiFault.NOT_COMPATIBLE),
        (http(b"<html>no such model page", "404 Not Found", "text/html"), AiFault.NOT_COMPATIBLE),
        (http(b'{"error":{"message":"x is not a valid model ID"}}', "400 Bad Request"), AiFault.MODEL_NOT_ALLOWED),
        (http(b'{"error":{"message":"no","code":"invalid_api_key"}}', "500 Oops"), AiFault.AWAY),
        (http(b'{"error":{"message":"unknown"}}', "422 Unprocessable"), AiFault.NOT_COMPATIBLE),
    ],
)
def test_what_a_chat_may_be_answered_with(answer: bytes, fault: AiFault) -> None:
    assert red(chat(answer), "one word") == SENTENCES[fault]


def test_there_are_eight_codes_and_each_has_a_sentence_that_ends() -> None:
    assert len(AiFault) == 8 and set(SENTENCES) == set(AiFault)
    assert all("lease" in sentence and sentence.endswith(".") for sentence in SENTENCES.values())
