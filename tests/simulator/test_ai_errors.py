"""How the local AI says no: as OpenAI, OpenRouter and Gemini do, judged by the unmodified openai client."""

from __future__ import annotations

from typing import Any

import openai
import pytest
import requests

from tests.simulator.ai_client import chat, client, said
from tests.simulator.running import Simulator

# The key, the client's error, and what the body holds: OpenAI's code, OpenRouter's metadata, Gemini's status.
REFUSALS = [
    ("sk-sim-wrong-key", openai.AuthenticationError, "'code': 'invalid_api_key'"),
    ("sk-sim-region", openai.PermissionDeniedError, "'type': 'request_forbidden'"),
    ("sk-sim-no-credit", openai.RateLimitError, "'code': 'insufficient_quota'"),
    ("sk-sim-no-model", openai.PermissionDeniedError, "'code': 'model_not_found'"),
    ("sk-sim-rate-limit", openai.RateLimitError, "'code': 'rate_limit_exceeded'"),
    ("sk-sim-away", openai.InternalServerError, "'code': 'overloaded'"),
    ("sk-gemini-wrong", openai.BadRequestError, "'reason': 'API_KEY_INVALID'"),
    ("sk-gemini-region", openai.BadRequestError, "'status': 'FAILED_PRECONDITION'"),
    ("sk-gemini-rate-limit", openai.RateLimitError, "'retryDelay': '20s'"),
    ("sk-gemini-away", openai.InternalServerError, "'status': 'UNAVAILABLE'"),
    ("sk-openrouter-wrong", openai.AuthenticationError, "'code': 401"),
    ("sk-openrouter-402", openai.APIStatusError, "'code': 402"),
    ("sk-openrouter-moderated", openai.PermissionDeniedError, "'flagged_input'"),
    ("sk-openrouter-rate-limit", openai.RateLimitError, "'provider_name'"),
]


@pytest.mark.parametrize(("key", "error", "words"), REFUSALS)
def test_each_provider_refuses_in_its_own_words(
    simulator: Simulator, key: str, error: type[openai.APIStatusError], words: str
) -> None:
    with pytest.raises(error) as no:
        said(client(simulator, key), "Hello")
    assert words in str(no.value.body)
    assert isinstance(no.value.response.json(), list if "gemini" in key else dict)
    assert str(no.value.request_id).startswith("req_")
    assert ("retry-after" in no.value.response.headers) == (key in ("sk-sim-rate-limit", "sk-openrouter-rate-limit"))


@pytest.mark.parametrize(
    ("key", "error", "words"),
    [
        ("sk-any", openai.NotFoundError, "'code': 'model_not_found'"),
        ("sk-or-v1-any", openai.BadRequestError, "gpt-0 is not a valid model ID"),
        ("AIzaAny", openai.NotFoundError, "'status': 'NOT_FOUND'"),
    ],
)
def test_a_model_that_there_is_not_is_refused_as_its_provider_does(
    simulator: Simulator, key: str, error: type[openai.APIStatusError], words: str
) -> None:
    ai = client(simulator, key)
    with pytest.raises(error) as no:
        chat(ai, "Hello", model="gpt-0")
    assert words in str(no.value.body)
    with pytest.raises(error):
        ai.models.retrieve("gpt-0")


def test_usage_is_counted_as_its_provider_does(simulator: Simulator) -> None:
    openrouter = chat(client(simulator, "sk-or-v1-any"), "Hello")
    assert openrouter.usage.cost > 0
    assert openrouter.provider == "Offline storyteller"
    assert chat(client(simulator, "AIzaAny"), "Hello").usage.completion_tokens_details is None
    assert chat(client(simulator), "Hello").usage.completion_tokens_details.reasoning_tokens == 0
    assert list(chat(client(simulator, "sk-or-v1-any"), "Hello", stream=True))[-1].usage.cost > 0


def test_openrouter_may_break_off_after_it_said_200(simulator: Simulator) -> None:
    ai = client(simulator, "sk-openrouter-broke")
    answer = chat(ai, "Hello")
    assert answer.choices is None
    assert answer.error["code"] == 502
    heard = []
    with pytest.raises(openai.APIError, match="Provider returned error"):
        for chunk in chat(ai, "Hello", stream=True):
            heard.append(chunk.choices[0].delta.content)
    assert heard == ["It "]


def test_without_a_key_nothing_is_said(simulator: Simulator) -> None:
    answer = requests.get(f"{simulator.url}/ai/v1/models", timeout=10)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "invalid_api_key")


USER = [{"role": "user", "content": "Hello"}]


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        ({}, None),
        ({"messages": USER}, None),
        ({"model": "story-1"}, "messages"),
        ({"model": "story-1", "messages": []}, "messages"),
        ({"model": "story-1", "messages": [*USER, 7]}, "messages[1]"),
        ({"model": "story-1", "messages": [{"role": "robot", "content": ""}]}, "messages[0].role"),
        ({"model": "story-1", "messages": [{"role": "user"}]}, "messages[0].content"),
        ({"model": "story-1", "messages": [{"role": "user", "content": [{}]}]}, "messages[0].content[0]"),
        ({"model": "story-1", "messages": USER, "n": 0}, "n"),
        ({"model": "story-1", "messages": USER, "n": 1000}, "n"),
        ({"model": "story-1", "messages": USER, "max_tokens": "9"}, "max_tokens"),
        ({"model": "story-1", "messages": USER, "stop": list("abcde")}, "stop"),
        ({"model": "story-1", "messages": USER, "stream_options": {"include_usage": True}}, "stream_options"),
        ({"model": "story-1", "messages": USER, "response_format": {"type": "xml"}}, "response_format.type"),
        ({"model": "story-1", "messages": USER, "tool_choice": "required"}, "tool_choice"),
    ],
)  # fmt: skip
def test_a_wrong_request_is_refused_by_its_parameter(simulator: Simulator, body: Any, parameter: str | None) -> None:
    with pytest.raises(openai.BadRequestError) as no:
        client(simulator).post("/chat/completions", body=body, cast_to=object)
    assert (no.value.param, no.value.type) == (parameter, "invalid_request_error")


def test_what_is_not_served_is_said_by_its_name(simulator: Simulator) -> None:
    with pytest.raises(openai.NotFoundError, match=r"Invalid URL \(POST /v1/embeddings\)"):
        client(simulator).embeddings.create(model="story-1", input="x")
