"""Letters between people who each have a log of their own: what a domain says about them, as values.

The sender's log is the outbox. A letter is one event of it, told to one person; its number is its position there, and
`after` the number of the letter before it to the same person, so that a gap shows. Who receives letters answers with a
receipt: up to which one all of them are in their own log.
"""

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

import msgspec

from numirror.kernel.decider import Command, Event

State = TypeVar("State")

CONTENT_BYTES = 8 * 1024
"""Of the JSON of one letter's content. A longer one is sent without it: its number is needed, or nothing after it
would be taken."""


class Cursor(msgspec.Struct, frozen=True):
    """The last letter of a line. `line` is the id of the sender's log: a person who begins anew begins a new line.

    `serial` counts the sender's own events that were told to anyone; it says in a state, which knows no positions,
    what was sent before what.
    """

    line: str = ""
    number: int = 0
    serial: int = 0


class Letter(msgspec.Struct, frozen=True, tag=True):
    """One letter. `content` is JSON that only the domain understands; None tells nothing but the number."""

    line: str
    number: int
    after: int
    serial: int
    content: Any = None


class Receipt(msgspec.Struct, frozen=True, tag=True):
    """What somebody has of a person's letters. With `again` they miss some: all after `upto` are to be sent again."""

    upto: Cursor
    again: bool = False


class Told(msgspec.Struct, frozen=True):
    """What an event says to others: their addresses, its serial, and the content of the letter."""

    to: tuple[str, ...]
    serial: int
    content: Any


class Correspondent(msgspec.Struct, frozen=True):
    """Someone letters are exchanged with: the number they have acknowledged, and the last that came from them.

    `is_muted`: what they write is dropped. `is_answered`: they may know that their letters arrive.
    """

    acknowledged: int = 0
    received: Cursor = Cursor()
    is_muted: bool = False
    is_answered: bool = False


class Mail(msgspec.Struct, Generic[State], frozen=True):
    """How a domain's events travel. All pure; people are known by their e-mail addresses in lower case.

    `told` says what an event tells, and to whom; `serial` is that of the last such event in the state.
    `correspondents` are those whom letters reach; of a sender who is none, `receive` decides alone.
    `receive` gives the command that takes letters of one sender, `acknowledge` the one that notes receipts by address.
    """

    told: Callable[[Event], Told | None]
    serial: Callable[[State], int]
    correspondents: Callable[[State], Mapping[str, Correspondent]]
    receive: Callable[[str, tuple[Letter, ...]], tuple[type[Command], Mapping[str, Any]]]
    acknowledge: Callable[[Mapping[str, Cursor]], tuple[type[Command], Mapping[str, Any]]]
