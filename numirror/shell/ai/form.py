"""How a request is put: providers differ in what they call things, and say so when they are asked.

Of what is refused, another form is tried; a refusal costs no tokens.
"""

import json
from dataclasses import dataclass, replace
from typing import Any, Literal

from numirror.kernel.request import Request

Limit = Literal["max_completion_tokens", "max_tokens"]
Shape = Literal["text", "json_schema", "json_object", "json in the prompt"]

_LEAST_TOKENS = 16
"""Newer models refuse a lower limit."""

_WEAKER: dict[Shape, Shape] = {"json_schema": "json_object", "json_object": "json in the prompt"}
_SHAPE_SIGNS = ("response_format", "response_schema", "json_schema", "json_object", "schema", "structured")
_EFFORT_SIGNS = ("reasoning", "thinking", "effort")
_FIT = "\n\nAnswer with one JSON value and nothing else. It must fit this JSON Schema:\n"


@dataclass(frozen=True, slots=True)
class Form:
    """`limit` is the name of the reply's bound, `shape` the way to ask for JSON, `effort` how much to think, '' for the
    model's own way."""

    limit: Limit
    shape: Shape
    effort: str = ""
    is_swapped: bool = False

    def without(self, words: str) -> "Form":
        """The form to try after a refusal with these words (lower-case); the same where they name no part of it."""
        if self.shape in _WEAKER and any(sign in words for sign in _SHAPE_SIGNS):
            return replace(self, shape=_WEAKER[self.shape])
        if self.effort and any(sign in words for sign in _EFFORT_SIGNS):
            return replace(self, effort="")
        if not self.is_swapped and any(name in words for name in ("max_completion_tokens", "max_tokens")):
            other: Limit = "max_tokens" if self.limit == "max_completion_tokens" else "max_completion_tokens"
            return replace(self, limit=other, is_swapped=True)
        return self

    def arguments(self, model: str, request: Request) -> dict[str, Any]:
        """What is sent, as `openai`'s `chat.completions.create` takes it."""
        sent = {"model": model, self.limit: max(request.max_tokens, _LEAST_TOKENS), **self._shaped(request)}
        if self.effort:
            sent["reasoning_effort"] = self.effort
        messages = [{"role": "system", "content": self._system(request)}, {"role": "user", "content": request.prompt}]
        return sent | {"messages": [one for one in messages if one["content"]]}

    def _shaped(self, request: Request) -> dict[str, Any]:
        match self.shape:
            case "json_schema":
                schema = {"name": "reply", "strict": True, "schema": request.schema}
                return {"response_format": {"type": "json_schema", "json_schema": schema}}
            case "json_object":
                return {"response_format": {"type": "json_object"}}
            case _:
                return {}

    def _system(self, request: Request) -> str:
        if self.shape in {"text", "json_schema"}:
            return request.system
        return request.system + _FIT + json.dumps(request.schema, ensure_ascii=False)


def first_form(model: str, request: Request, *, is_known: bool) -> Form:
    """The form to begin with. `is_known` says that the provider is one of `PROVIDERS`.

    OpenAI's newer models, OpenRouter and Gemini take `max_completion_tokens`; servers that people run themselves often
    know `max_tokens` only, and would pass over the other. Gemini 2.5 Flash thinks unless it is told not to, and its
    thoughts count as reply. Sources: https://platform.openai.com/docs/api-reference/chat/create,
    https://openrouter.ai/docs/api-reference/parameters, https://ai.google.dev/gemini-api/docs/openai
    """
    limit: Limit = "max_completion_tokens" if is_known else "max_tokens"
    effort = "none" if model.removeprefix("models/").startswith("gemini-2.5-flash") else ""
    return Form(limit, "text" if request.schema is None else "json_schema", effort)
