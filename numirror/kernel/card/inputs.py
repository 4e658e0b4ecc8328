"""What a person can fill in. Each has a `name`, unique in its card, under which its value comes back."""

from datetime import date, datetime, time
from typing import Literal

import msgspec

from numirror.kernel.card import limits
from numirror.kernel.card.clicks import Action

_ONE_ONLY = frozenset({"dropdown", "radio"})


class Checkbox(msgspec.Struct, frozen=True):
    """A box to tick, at the end of a `DecoratedText`.

    Several may share a `name`; the `value`s of those that are ticked come back together.
    """

    name: str
    value: str = "on"
    selected: bool = False
    on_change: Action | None = None


class Switch(msgspec.Struct, frozen=True):
    """A toggle, at the end of a `DecoratedText`; otherwise like a `Checkbox`."""

    name: str
    value: str = "on"
    selected: bool = False
    on_change: Action | None = None


class TextInput(msgspec.Struct, frozen=True):
    """A line to type in, or several. `hint` stands below it; `limit` is in characters.

    `on_change` comes when the person leaves the field, not at each key.
    """

    name: str
    label: str
    value: str = ""
    hint: str = ""
    limit: int | None = None
    multiline: bool = False
    kind: Literal["text", "integer", "float", "email"] = "text"
    suggestions: tuple[str, ...] = ()
    on_change: Action | None = None

    def __post_init__(self) -> None:
        limits.some(len(self.name) and len(self.label), "name or label of an input")
        limits.at_most(limits.ITEMS, len(self.suggestions), "suggestions")
        limits.at_most(limits.TEXT, len(self.label) + len(self.value) + len(self.hint), "characters of an input")
        if self.limit is not None and self.limit < 1:
            raise limits.InvalidCard("An input that allows no characters cannot be filled in.")
        if self.suggestions and self.multiline:
            raise limits.InvalidCard("An input with suggestions has one line.")


class DatePicker(msgspec.Struct, frozen=True):
    """A day. It comes back as midnight UTC of that day, whatever the person's zone."""

    name: str
    label: str
    value: date | None = None
    on_change: Action | None = None

    def __post_init__(self) -> None:
        limits.some(len(self.name) and len(self.label), "name or label of an input")
        if isinstance(self.value, datetime):
            raise limits.InvalidCard("A DatePicker shows a day. For an instant take a DateTimePicker.")


class DateTimePicker(msgspec.Struct, frozen=True):
    """A day and a time. An aware `value` is shown in its own zone."""

    name: str
    label: str
    value: datetime | None = None
    on_change: Action | None = None

    def __post_init__(self) -> None:
        limits.some(len(self.name) and len(self.label), "name or label of an input")
        if self.value is not None and self.value.utcoffset() is None:
            raise limits.InvalidCard("A DateTimePicker needs an instant with a zone.")


class TimePicker(msgspec.Struct, frozen=True):
    """A time of day, without a zone."""

    name: str
    label: str
    value: time | None = None
    on_change: Action | None = None

    def __post_init__(self) -> None:
        limits.some(len(self.name) and len(self.label), "name or label of an input")


class Item(msgspec.Struct, frozen=True):
    """One thing to choose: what is read, and the value that comes back."""

    text: str
    value: str
    selected: bool = False


class Select(msgspec.Struct, frozen=True):
    """A choice among items. Of a dropdown and of radio buttons, one; of check boxes and switches, any."""

    name: str
    label: str
    items: tuple[Item, ...]
    kind: Literal["dropdown", "radio", "checkboxes", "switches"] = "dropdown"
    on_change: Action | None = None

    def __post_init__(self) -> None:
        limits.some(len(self.name), "name of an input")
        limits.some(len(self.items), "items to choose from")
        limits.at_most(limits.ITEMS, len(self.items), "items to choose from")
        if self.kind in _ONE_ONLY and sum(item.selected for item in self.items) > 1:
            raise limits.InvalidCard(f"Of a {self.kind}, one item can be selected.")


Input = TextInput | DatePicker | DateTimePicker | TimePicker | Select

# `isinstance` of a tuple takes a tenth of the time of `isinstance` of a union.
BOXES = (Checkbox, Switch)
INPUTS = (TextInput, DatePicker, DateTimePicker, TimePicker, Select)


def check_names(inputs: list[str], boxes: list[tuple[str, str]]) -> None:
    """Raise `InvalidCard` where two inputs of a card have one name, so that their values would come back as one.

    `boxes` are name and value of checkboxes and switches, which may share a name if they differ in value.
    """
    names = [*inputs, *{name for name, _ in boxes}]
    if len(set(names)) < len(names) or len(set(boxes)) < len(boxes) or "" in names:
        raise limits.InvalidCard("Two inputs of the card have the same name, or one has none.")
