"""The local AI through the unmodified openai client."""

from __future__ import annotations

import json

import openai
import pytest

from tests.simulator.running import Simulator

PROMPT = "Tell my day.\n- buy milk\n- call Ada\n"


@pytest.fixture
def client(simulator: Simulator) -> openai.OpenAI:
    return openai.OpenAI(api_key="sk-any", base_url=f"{simulator.url}/ai/v1", max_retries=0, timeout=10)


def _said(client: openai.OpenAI, prompt: str) -> str:
    answer = client.chat.completions.create(model="story-1", messages=[{"role": "user", "content": prompt}])
    return answer.choices[0].message.content or ""


def test_models_are_listed(client: openai.OpenAI) -> None:
    assert "story-1" in [model.id for model in client.models.list()]


def test_the_story_tells_what_the_prompt_lists_and_is_the_same_each_time(client: openai.OpenAI) -> None:
    story = _said(client, PROMPT)
    assert "buy milk" in story.lower()
    assert "call ada" in story.lower()
    assert story == _said(client, PROMPT)
    assert story != _said(client, PROMPT + "- sleep")


def test_an_empty_prompt_gets_a_story_too(client: openai.OpenAI) -> None:
    assert _said(client, "").endswith(".")


def test_a_stream_says_the_same_story(client: openai.OpenAI) -> None:
    stream = client.chat.completions.create(
        model="story-1", messages=[{"role": "user", "content": PROMPT}], stream=True
    )
    assert "".join(chunk.choices[0].delta.content or "" for chunk in stream) == _said(client, PROMPT)


def test_a_schema_is_kept(client: openai.OpenAI) -> None:
    schema = {
        "type": "object",
        "properties": {
            "title": {"type": "string", "maxLength": 10},
            "mood": {"enum": ["calm", "wild"]},
            "pages": {"type": "array", "minItems": 2, "items": {"$ref": "#/$defs/page"}},
        },
        "$defs": {"page": {"type": "object", "properties": {"number": {"type": "integer", "minimum": 3}}}},
    }
    answer = client.chat.completions.create(
        model="story-1",
        messages=[{"role": "user", "content": PROMPT}],
        response_format={"type": "json_schema", "json_schema": {"name": "comic", "schema": schema}},
    )
    found = json.loads(answer.choices[0].message.content or "")
    assert 0 < len(found["title"]) <= 10
    assert found["mood"] in ("calm", "wild")
    assert found["pages"] == [{"number": 3}, {"number": 3}]


def test_without_a_key_nothing_is_said(simulator: Simulator) -> None:
    import requests

    answer = requests.get(f"{simulator.url}/ai/v1/models", timeout=10)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "invalid_api_key")


@pytest.mark.parametrize("body", [{}, {"model": "m"}, {"model": "m", "messages": []}, {"messages": [{"role": "user"}]}])
def test_a_wrong_request_is_refused(client: openai.OpenAI, body: dict[str, object]) -> None:
    with pytest.raises(openai.BadRequestError):
        client.post("/chat/completions", body=body, cast_to=object)
