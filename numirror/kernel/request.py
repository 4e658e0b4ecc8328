"""What a domain asks of an AI, as a value. A worker asks; what comes of it goes back in as a command."""

from typing import Any, TypeAlias

import msgspec


class Request(msgspec.Struct, frozen=True):
    """One call. `entity_id` says what of the domain waits for it, `attempt` counts 1, 2, 3 … for the same thing.

    `max_tokens` bounds the reply; with `schema` (JSON Schema) the reply is JSON that fits it, as text.
    """

    entity_id: str
    attempt: int
    system: str
    prompt: str
    max_tokens: int
    schema: dict[str, Any] | None = None


class Told(msgspec.Struct, frozen=True, tag=True):
    """A reply: its text, the model that gave it, and what it took in tokens.

    `micros` is the price in millionths of a US dollar, None where nobody says it.
    """

    text: str
    model: str
    input_tokens: int
    output_tokens: int
    micros: int | None = None


class Failed(msgspec.Struct, frozen=True, tag=True):
    """No reply: why, as a sentence for the user. `may_pass` says whether the same may work later."""

    sentence: str
    may_pass: bool


Replied: TypeAlias = Told | Failed
