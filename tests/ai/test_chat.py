"""Asking an AI: what is sent to whom, and what each odd answer is for the person."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numirror.kernel.request import Failed, Request, Told
from numirror.shell.ai import prices
from numirror.shell.ai.chat import Whom, ask
from numirror.shell.ai.faults import SENTENCES, AiFault
from numirror.shell.ai.form import first_form
from numirror.shell.ai.providers import Place
from numirror.shell.ai.reply import CUT, DECLINED, EMPTY, Outcome
from numirror.shell.resources.secret import Secret
from tests.check_resources.hostile import Hostile, hostile, http
from tests.simulator.running import Simulator

SCHEMA = {
    "type": "object",
    "properties": {"title": {"type": "string"}},
    "required": ["title"],
    "additionalProperties": False,
}
PLAIN = Request("story-1", 1, "You tell stories.", "- a red kite", 300)
SHAPED = msgspec.structs.replace(PLAIN, schema=SCHEMA)
Heard = list[dict[str, Any]]


def completion(text: Any = "Once.", reason: str = "stop", **more: Any) -> bytes:
    message = {"role": "assistant", "content": text, "refusal": more.pop("refusal", None)}
    body: dict[str, Any] = {
        "id": "c",
        "object": "chat.completion",
        "created": 1,
        "model": "gpt-4o-mini-2024-07-18",
        "choices": [{"index": 0, "message": message, "finish_reason": reason}],
        "usage": {"prompt_tokens": 20, "completion_tokens": 10, "total_tokens": 30},
    }
    return http(json.dumps(body | more).encode())


def refusal(message: str, status: str = "400 Bad Request", **headers: str) -> bytes:
    return http(json.dumps({"error": {"message": message, "type": "x", "code": None}}).encode(), status, **headers)


def asked(
    answer: Callable[[dict[str, Any]], bytes], request: Request = PLAIN, provider: str = "openai", model: str = "m"
) -> tuple[Outcome, Heard]:
    """What came of it, and the bodies that were sent."""
    heard: Heard = []
    packets: list[bytes] = []

    def answers(packet: bytes) -> Iterable[bytes]:
        packets.append(packet)
        head, _, body = b"".join(packets).partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if length and len(body) == int(length[1]):
            packets.clear()
            heard.append(json.loads(body))
            yield answer(heard[-1])

    with hostile(answers) as server:
        return ask(whom(server, provider, model), request, 5.0), heard


def whom(server: Hostile, provider: str = "openai", model: str = "m") -> Whom:
    place = Place("127.0.0.1", server.port, f"http://127.0.0.1:{server.port}/v1")
    return Whom(provider, place, "127.0.0.1", Secret("sk-secret"), model)


def test_a_reply_comes_with_what_it_took() -> None:
    outcome, [sent] = asked(lambda _: completion(" Once.\0 "))
    assert outcome.replied == Told("Once.", "gpt-4o-mini-2024-07-18", 20, 10, 9)
    assert outcome.spent == Told("", "gpt-4o-mini-2024-07-18", 20, 10, 9)
    assert sent == {
        "model": "m",
        "max_completion_tokens": 300,
        "messages": [
            {"role": "system", "content": "You tell stories."},
            {"role": "user", "content": "- a red kite"},
        ],
    }


def test_the_local_ai_answers_in_the_wanted_shape(simulator: Simulator) -> None:
    port = int(simulator.url.rpartition(":")[2])
    place = Place("127.0.0.1", port, f"{simulator.url}/ai/v1")
    local = Whom("openai", place, "127.0.0.1", Secret("any"), "gpt-4o-mini")
    replied = ask(local, SHAPED).replied
    assert isinstance(replied, Told)
    assert list(json.loads(replied.text)) == ["title"]


@pytest.mark.parametrize(
    ("reply", "failed"),
    [
        (completion("Once", "length"), CUT),
        (completion("", "length"), CUT),
        (completion("", "content_filter"), DECLINED),
        (completion(None, refusal="I can't."), DECLINED),
        (completion(None), EMPTY),
        (completion("  \n\0"), EMPTY),
    ],
)
def test_a_reply_that_is_none_is_a_sentence_and_counts(reply: bytes, failed: Failed) -> None:
    outcome, _ = asked(lambda _: reply)
    assert outcome.replied == failed
    assert outcome.spent == Told("", "gpt-4o-mini-2024-07-18", 20, 10, 9)
    assert (outcome.was_free, outcome.again_in) == (False, None)


@pytest.mark.parametrize(
    ("reply", "fault", "was_free", "again_in"),
    [
        (refusal("no", "429 Too Many Requests", Retry_After="40"), AiFault.RATE_LIMIT, True, 40.0),
        (refusal("no", "429 Too Many Requests", Retry_After="1"), AiFault.RATE_LIMIT, True, 15.0),
        (refusal("no", "429 Too Many Requests", Retry_After="999999"), AiFault.RATE_LIMIT, True, 3600.0),
        (refusal("no", "429 Too Many Requests", Retry_After="-5 or nan"), AiFault.RATE_LIMIT, True, 15.0),
        (refusal("no", "503 Service Unavailable"), AiFault.AWAY, False, 15.0),
        (refusal("invalid_api_key", "401 Unauthorized"), AiFault.WRONG_KEY, True, None),
        (refusal("insufficient_quota", "429 Too Many Requests"), AiFault.NO_CREDIT, True, None),
        (http(b'{"error": {"code": 502}, "choices": []}'), AiFault.AWAY, False, 15.0),
        (http(b"{}"), AiFault.NOT_COMPATIBLE, False, None),
        (http(b'{"choices": [{"message": {"content": 7}}]}'), AiFault.NOT_COMPATIBLE, False, None),
        (http(b'{"choices": 7}'), AiFault.NOT_COMPATIBLE, False, None),
        (http(b"[]"), AiFault.NOT_COMPATIBLE, False, None),
    ],
)
def test_what_went_wrong_says_whether_to_come_again_and_whether_it_cost(
    reply: bytes, fault: AiFault, was_free: bool, again_in: float | None
) -> None:
    outcome, _ = asked(lambda _: reply)
    assert outcome == Outcome(Failed(SENTENCES[fault], again_in is not None), None, was_free, again_in)


def test_a_thinker_that_ran_out_of_words_is_cut_and_not_asked_in_another_form() -> None:
    words = "Could not finish the message because max_tokens or model output limit was reached."
    outcome, heard = asked(lambda _: refusal(words))
    assert outcome == Outcome(CUT)
    assert len(heard) == 1


def test_a_limit_of_another_name_is_tried_once() -> None:
    def picky(sent: dict[str, Any]) -> bytes:
        is_new = "max_completion_tokens" in sent
        return completion() if is_new else refusal("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens'.")

    outcome, heard = asked(picky, provider="")
    assert isinstance(outcome.replied, Told)
    assert [("max_tokens" in sent) for sent in heard] == [True, False]
    stubborn, heard = asked(lambda _: refusal("max_tokens and max_completion_tokens are not for you"))
    assert isinstance(stubborn.replied, Failed)
    assert len(heard) == 2


def test_a_schema_goes_into_the_prompt_where_the_provider_knows_none() -> None:
    def old(sent: dict[str, Any]) -> bytes:
        wanted = sent.get("response_format", {}).get("type")
        return completion("{}") if wanted == "json_object" else refusal("'response_format' of type 'json_schema'")

    outcome, [first, second] = asked(old, SHAPED)
    assert isinstance(outcome.replied, Told)
    assert first["response_format"]["json_schema"]["schema"] == SCHEMA
    assert json.dumps(SCHEMA) in second["messages"][0]["content"]
    older, heard = asked(lambda sent: refusal("no response_format here") if "response_format" in sent else completion())
    assert isinstance(older.replied, Told)
    assert len(heard) == 1


def test_a_server_without_any_response_format_is_asked_in_words() -> None:
    outcome, heard = asked(
        lambda sent: refusal("no response_format here") if "response_format" in sent else completion("{}"), SHAPED
    )
    assert isinstance(outcome.replied, Told)
    assert len(heard) == 3
    assert json.dumps(SCHEMA) in heard[-1]["messages"][0]["content"]


def test_a_model_that_must_think_is_let_think() -> None:
    outcome, heard = asked(
        lambda sent: refusal("thinking can't be off") if "reasoning_effort" in sent else completion(),
        provider="gemini",
        model="gemini-2.5-flash",
    )
    assert isinstance(outcome.replied, Told)
    assert [sent.get("reasoning_effort") for sent in heard] == ["none", None]


@given(st.lists(st.sampled_from(["max_tokens", "response_format", "thinking", "schema", "nothing"]), max_size=12))
@settings(max_examples=30)
def test_forms_come_to_an_end(refusals: list[str]) -> None:
    form = first_form("gemini-2.5-flash", SHAPED, is_known=True)
    seen = [form]
    for words in refusals:
        form = form.without(words)
        if form != seen[-1]:
            seen.append(form)
    assert len(seen) <= 5
    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize(
    ("provider", "more", "micros"),
    [
        ("openrouter", {"usage": {"prompt_tokens": 1, "completion_tokens": 1, "cost": 0.00021}}, 210),
        ("openrouter", {"usage": {"prompt_tokens": 1, "completion_tokens": 1}}, None),
        ("openrouter", {"usage": {"prompt_tokens": 1, "completion_tokens": 1, "cost": -1}}, None),
        ("openrouter", {"usage": {"prompt_tokens": 1, "completion_tokens": 1, "cost": 1e300}}, None),
        ("openrouter", {"usage": {"prompt_tokens": 1, "completion_tokens": 1, "cost": True}}, None),
        ("", {}, None),
        ("openai", {"model": "story-1"}, None),
        ("gemini", {"model": "models/gemini-2.5-flash"}, 31),
    ],
)
def test_a_price_is_the_providers_own_or_of_the_table_or_unknown(
    provider: str, more: dict[str, Any], micros: int | None
) -> None:
    outcome, _ = asked(lambda _: completion(**more), provider=provider)
    assert outcome.spent is not None
    assert outcome.spent.micros == micros


def test_a_figure_that_is_no_number_is_no_price() -> None:
    assert [prices.said(one) for one in (float("nan"), float("inf"), "1", None)] == [None] * 4


@pytest.mark.parametrize(
    "usage",
    [None, 7, {"prompt_tokens": -1}, {"prompt_tokens": 10**12}, {"prompt_tokens": "x"}, {"prompt_tokens": True}],
)
def test_tokens_that_nobody_counted_are_estimated(usage: Any) -> None:
    outcome, _ = asked(lambda _: completion("x" * 40, usage=usage))
    assert outcome.spent is not None
    assert (outcome.spent.input_tokens, outcome.spent.output_tokens) == (8, 11)


@pytest.mark.parametrize("name", ["", "x" * 101, "a\nb", "модель", 7, None])
def test_a_model_of_an_odd_name_is_called_as_it_was_asked_for(name: Any) -> None:
    outcome, _ = asked(lambda _: completion(model=name), model="story-1")
    assert outcome.spent is not None
    assert outcome.spent.model == "story-1"


def test_half_a_letter_is_no_letter() -> None:
    outcome, _ = asked(lambda _: completion("\ud83d"))
    assert outcome.replied == Told("?", "gpt-4o-mini-2024-07-18", 20, 10, 9)


def test_all_forms_together_have_one_deadline() -> None:
    with hostile(lambda _: []) as server:
        outcome = ask(whom(server), PLAIN, 0.4)
    assert outcome == Outcome(Failed(SENTENCES[AiFault.AWAY], True), again_in=15.0)
