"""JSON by schema: pydantic, inside the unmodified openai client, is the judge."""

from __future__ import annotations

import datetime
import enum
import json
import uuid
from typing import Any, Literal

import openai
import pydantic
import pytest

from tests.simulator.ai_client import chat, client, said
from tests.simulator.running import Simulator

PROMPT = "- a red kite\n- the sea\n"


class Mood(enum.Enum):
    CALM = "calm"
    WILD = "wild"


class Panel(pydantic.BaseModel):
    scene: str
    mood: Mood
    kind: Literal["wide", "tall"]
    beside: Panel | None


class Comic(pydantic.BaseModel):
    title: str
    drawn: datetime.date
    key: uuid.UUID
    stars: int = pydantic.Field(gt=2, le=5)
    weight: float = pydantic.Field(gt=0.25, lt=0.5)
    pages: list[Panel] = pydantic.Field(min_length=2, max_length=3)
    notes: list[str] | None
    ends: bool


class Branch(pydantic.BaseModel):
    name: str
    branches: list[Branch]


@pytest.fixture
def ai(simulator: Simulator) -> openai.OpenAI:
    return client(simulator)


@pytest.mark.parametrize("shape", [Comic, Branch])
def test_a_strict_schema_is_kept(ai: openai.OpenAI, shape: type[pydantic.BaseModel]) -> None:
    messages: Any = [{"role": "user", "content": PROMPT}]
    answer = ai.chat.completions.parse(model="story-1", messages=messages, response_format=shape)
    assert isinstance(answer.choices[0].message.parsed, shape)
    again = ai.chat.completions.parse(model="story-1", messages=messages, response_format=shape)
    assert again.choices[0].message.parsed == answer.choices[0].message.parsed


def test_its_texts_are_of_the_prompt(ai: openai.OpenAI) -> None:
    answer = ai.chat.completions.parse(
        model="story-1", messages=[{"role": "user", "content": PROMPT}], response_format=Comic
    )
    parsed = answer.choices[0].message.parsed
    assert parsed and parsed.title in ("a red kite", "the sea")


def test_a_stream_gives_the_same_json(ai: openai.OpenAI) -> None:
    schema = {"type": "json_schema", "json_schema": {"name": "x", "schema": Branch.model_json_schema()}}
    chunks = chat(ai, PROMPT, response_format=schema, stream=True)
    streamed = "".join(one.choices[0].delta.content or "" for one in chunks)
    assert streamed == said(ai, PROMPT, response_format=schema)


def test_a_loose_schema_may_bound_as_it_likes(ai: openai.OpenAI) -> None:
    fields: dict[str, Any] = {
        "title": {"type": "string", "maxLength": 10},
        "pages": {"type": "array", "minItems": 2, "items": {"$ref": "#/$defs/page"}},
        "even": {"type": "integer", "multipleOf": 4, "exclusiveMinimum": 8},
        "below": {"type": "integer", "exclusiveMaximum": -3},
    }
    schema = {"properties": fields, "$defs": {"page": {"properties": {"number": {"type": "integer", "minimum": 3}}}}}
    wanted = {"type": "json_schema", "json_schema": {"name": "loose", "schema": schema}}
    found = json.loads(said(ai, PROMPT, response_format=wanted))
    assert 0 < len(found.pop("title")) <= 10
    assert found == {"pages": [{"number": 3}, {"number": 3}], "even": 12, "below": -4}


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "array", "items": {}}, "type: 'array'"),
        ({"type": "object", "properties": {}}, "'additionalProperties' is required"),
        ({"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": False}, "Missing 'a'"),
        (
            {
                "type": "object",
                "properties": {"a": {"type": "array", "items": {"type": "object", "properties": {}}}},
                "required": ["a"],
                "additionalProperties": False,
            },
            "context=('properties', 'a', 'items')",
        ),
        (
            {"type": "object", "properties": {}, "additionalProperties": False, "allOf": [{}]},
            "'allOf' is not permitted",
        ),
    ],
)
def test_what_strict_outputs_do_not_take_is_refused(ai: openai.OpenAI, schema: Any, words: str) -> None:
    wanted = {"type": "json_schema", "json_schema": {"name": "x", "strict": True, "schema": schema}}
    with pytest.raises(openai.BadRequestError) as no:
        chat(ai, PROMPT, response_format=wanted)
    assert words in no.value.message
    assert no.value.param == "response_format"


def test_a_json_object_must_be_spoken_of(ai: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError, match="must contain the word 'json'"):
        chat(ai, PROMPT, response_format={"type": "json_object"})
    assert list(json.loads(said(ai, PROMPT + "As JSON.", response_format={"type": "json_object"}))) == ["story"]
