"""The local AI through the unmodified openai client: models, stories, streams, usage."""

from __future__ import annotations

import json

import openai
import pytest

from tests.simulator.ai_client import chat, client, said
from tests.simulator.running import Simulator

PROMPT = "Tell my day.\n- buy milk\n- call Ada\n"
ROW = [{"column": "Dream", "value": "a bakery"}, {"column": "Name", "value": "Mira"}]


@pytest.fixture
def ai(simulator: Simulator) -> openai.OpenAI:
    return client(simulator)


def test_models_are_listed_and_each_can_be_asked_for(ai: openai.OpenAI) -> None:
    names = [model.id for model in ai.models.list()]
    assert {"story-1", "openai/gpt-4o-mini", "picture-1"} <= set(names)
    assert [ai.models.retrieve(name).id for name in names] == names
    assert ai.models.retrieve("models/gemini-2.5-flash").id == "gemini-2.5-flash"


def test_the_story_tells_what_the_prompt_lists_and_is_the_same_each_time(ai: openai.OpenAI) -> None:
    story = said(ai, PROMPT)
    assert "buy milk" in story.lower()
    assert "call ada" in story.lower()
    assert story == said(ai, PROMPT)
    assert story != said(ai, PROMPT + "- sleep")


@pytest.mark.parametrize(
    "prompt",
    [
        json.dumps({"wish": {"tone": "warm"}, "row": ROW}),
        json.dumps({"dream": "a bakery", "name": "Mira"}),
        "Write about this row.\nDream: a bakery\nName: Mira",
    ],
)
def test_fields_are_told_by_their_names_and_the_hero_comes_first(ai: openai.OpenAI, prompt: str) -> None:
    title, _, story = said(ai, prompt).partition("\n\n")
    assert "Mira" in title
    first, _, rest = story.partition(". ")
    assert "Mira" in first
    assert "dream" in rest
    assert "a bakery" in rest.lower()
    assert "warm" not in story.replace("warmer", "")


def test_it_says_that_no_model_was_asked(ai: openai.OpenAI) -> None:
    answer = chat(ai, PROMPT)
    assert answer.choices[0].message.content.endswith("the offline storyteller of the local AI: no model was asked.")
    assert answer.system_fingerprint == "fp_offline_storyteller"


@pytest.mark.parametrize("prompt", ["", "[" * 900 + '"x"' + "]" * 900, "{}", "null", "\0", '{"title": ""}', "7"])
def test_any_prompt_gets_a_story(ai: openai.OpenAI, prompt: str) -> None:
    assert said(ai, prompt).endswith(".")


def test_a_stream_says_the_same_story_and_counts_it_where_that_is_asked(ai: openai.OpenAI) -> None:
    whole = chat(ai, PROMPT)
    chunks = list(chat(ai, PROMPT, stream=True))
    assert "".join(one.choices[0].delta.content or "" for one in chunks) == whole.choices[0].message.content
    assert [one.choices[0].finish_reason for one in chunks[-2:]] == [None, "stop"]
    assert all(one.usage is None for one in chunks)
    *counted, last = chat(ai, PROMPT, stream=True, stream_options={"include_usage": True})
    assert (len(counted), last.choices) == (len(chunks), [])
    assert last.usage == whole.usage


def test_usage_counts_all_messages_and_all_replies(ai: openai.OpenAI) -> None:
    one = chat(ai, PROMPT).usage
    assert one.total_tokens == one.prompt_tokens + one.completion_tokens
    messages = [{"role": "system", "content": "x" * 399}, {"role": "user", "content": PROMPT}]
    assert chat(ai, "", messages=messages).usage.prompt_tokens - one.prompt_tokens == 100
    two = chat(ai, PROMPT, n=2)
    assert two.choices[0].message.content != two.choices[1].message.content
    assert two.usage.completion_tokens > one.completion_tokens


@pytest.mark.parametrize("limit", ["max_tokens", "max_completion_tokens"])
@pytest.mark.parametrize("stream", [False, True])
def test_a_limit_cuts_the_reply_and_says_so(ai: openai.OpenAI, limit: str, stream: bool) -> None:
    answer = chat(ai, PROMPT, **{limit: 5, "stream": stream})
    if stream:
        chunks = list(answer)
        text, reason = (
            "".join(one.choices[0].delta.content or "" for one in chunks),
            chunks[-1].choices[0].finish_reason,
        )
    else:
        text, reason = answer.choices[0].message.content, answer.choices[0].finish_reason
        assert answer.usage.completion_tokens == 5
    assert reason == "length"
    assert said(ai, PROMPT).startswith(text)


def test_a_stop_ends_the_reply_before_it(ai: openai.OpenAI) -> None:
    assert said(ai, PROMPT, stop="\n\n") == said(ai, PROMPT).partition("\n\n")[0]


def test_parts_of_a_message_are_read(ai: openai.OpenAI) -> None:
    parts = [{"type": "text", "text": PROMPT}, {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}]
    assert "buy milk" in said(ai, "", messages=[{"role": "user", "content": parts}]).lower()
