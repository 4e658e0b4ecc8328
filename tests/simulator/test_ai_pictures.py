"""Pictures through the unmodified openai client."""

from __future__ import annotations

import base64
import struct
from typing import Any

import openai
import pytest
import requests

from tests.simulator.ai_client import client
from tests.simulator.running import Simulator


@pytest.fixture
def ai(simulator: Simulator) -> openai.OpenAI:
    return client(simulator)


def _drawn(ai: openai.OpenAI, **asked: Any) -> list[Any]:
    return ai.images.generate(**{"model": "picture-1", "prompt": "a red kite"} | asked).data or []


def _size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_a_picture_has_an_address_that_needs_no_key(ai: openai.OpenAI) -> None:
    (one,) = _drawn(ai, size="512x512")
    came = requests.get(one.url, timeout=10)
    assert (came.status_code, came.headers["Content-Type"]) == (200, "image/png")
    assert _size(came.content) == (512, 512)
    assert "offline storyteller" in one.revised_prompt
    assert one.revised_prompt.endswith("a red kite")


def test_it_may_come_at_once_and_is_the_same_each_time(ai: openai.OpenAI) -> None:
    (one,) = _drawn(ai, response_format="b64_json", size="1792x1024")
    png = base64.b64decode(one.b64_json)
    assert _size(png) == (1792, 1024)
    (again,) = _drawn(ai, size="1792x1024")
    assert requests.get(again.url, timeout=10).content == png
    (other,) = _drawn(ai, prompt="the sea", response_format="b64_json", size="1792x1024")
    assert other.b64_json != one.b64_json


def test_a_gpt_image_model_sends_it_and_counts(ai: openai.OpenAI) -> None:
    answer = ai.images.generate(model="gpt-image-1-mini", prompt="a red kite", n=2, size="auto")
    first, second = answer.data or []
    assert first.b64_json and second.b64_json and first.b64_json != second.b64_json
    assert _size(base64.b64decode(first.b64_json)) == (1024, 1024)
    assert answer.usage and answer.usage.total_tokens == answer.usage.input_tokens + answer.usage.output_tokens


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"prompt": ""}, "prompt"),
        ({"size": "9999x9999"}, "size"),
        ({"n": 11}, "n"),
        ({"output_format": "webp"}, "output_format"),
        ({"response_format": "svg"}, "response_format"),
        ({"model": "gpt-image-1-mini", "response_format": "url"}, "response_format"),
    ],
)
def test_what_is_not_drawn_is_refused(ai: openai.OpenAI, asked: dict[str, Any], parameter: str) -> None:
    with pytest.raises(openai.BadRequestError) as no:
        _drawn(ai, **asked)
    assert no.value.param == parameter


@pytest.mark.parametrize("name", ["9999x9999-" + "0" * 32, "512x512-x", "512x512-" + "0" * 32 + "0"])
def test_an_address_that_was_not_given_out_shows_nothing(simulator: Simulator, name: str) -> None:
    assert requests.get(f"{simulator.url}/ai/pictures/{name}.png", timeout=10).status_code == 404
