"""What keeps the calls to an AI within a cap: three wishes to the domain that counts them."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import msgspec

from numirror.kernel.decider import Command
from numirror.kernel.request import Request, Told

Wish: TypeAlias = tuple[type[Command], Mapping[str, Any]]
"""A command and its fields, without those that every command has."""


class Budget(msgspec.Struct, frozen=True):
    """The domain `domain` keeps it. A call is made only after the wish of `reserve` was not refused.

    `reserve` takes the request, the call's id, and whether the call is on the operator's account. `settle` says what
    the call took, `release` that it was never begun. Of a call that neither is said of, the reservation stays counted.
    """

    domain: str
    reserve: Callable[[Request, str, bool], Wish]
    settle: Callable[[str, Told], Wish]
    release: Callable[[str], Wish]


def most_tokens(request: Request) -> int:
    """The most that a call can take: the whole reply, and the prompt at two bytes a token.

    Tokenizers of today make a token of about four letters of English, of three or four bytes elsewhere.
    """
    schema = msgspec.json.encode(request.schema) if request.schema else b""
    asked = len(request.system.encode("utf-8", "replace")) + len(request.prompt.encode("utf-8", "replace"))
    return max(request.max_tokens, 0) + (asked + len(schema)) // 2 + 1
