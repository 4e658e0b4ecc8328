"""The parts of a card that can hold a click, up to the card itself; a click can push a card, so they stand together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import msgspec

from numirror.kernel.card import limits
from numirror.kernel.card.addresses import check_picture
from numirror.kernel.card.clicks import AskForFile, Do, OpenFile, OpenLink, Show
from numirror.kernel.card.icons import Icon
from numirror.kernel.card.inputs import BOXES, INPUTS, Checkbox, Input, Switch, check_names
from numirror.kernel.card.still import Divider, GridItem, Header, Paragraph
from numirror.kernel.card.text import BLUE, Colour, Text, check_text


class Push(msgspec.Struct, frozen=True):
    """Lay another card over this one, at once and without a call: for details and help that are at hand."""

    card: Card


SimpleClick: TypeAlias = Do | Show | OpenLink | OpenFile | AskForFile | Push


class MenuItem(msgspec.Struct, frozen=True):
    """A line of a menu. Menus do not nest."""

    text: str
    on_click: SimpleClick
    icon: Icon | None = None

    def __post_init__(self) -> None:
        limits.some(len(self.text), "text of a menu item")


class Menu(msgspec.Struct, frozen=True):
    """Open a menu of further actions."""

    items: tuple[MenuItem, ...]

    def __post_init__(self) -> None:
        limits.some(len(self.items), "items of a menu")
        limits.at_most(limits.ITEMS, len(self.items), "items of a menu")


Click: TypeAlias = SimpleClick | Menu


class Button(msgspec.Struct, frozen=True):
    """A button with a text. A `colour` fills it, which is for the one that matters most."""

    text: str
    on_click: Click
    icon: Icon | None = None
    colour: Colour | None = None
    disabled: bool = False

    def __post_init__(self) -> None:
        limits.some(len(self.text), "text of a button")


class IconButton(msgspec.Struct, frozen=True):
    """A button that is an icon only; `alt_text` says what it does to those who cannot see it."""

    icon: Icon
    alt_text: str
    on_click: Click
    disabled: bool = False

    def __post_init__(self) -> None:
        limits.some(len(self.alt_text), "alternative text of an icon button")


class DecoratedText(msgspec.Struct, frozen=True):
    """A row: an icon, a text with a small label above (cut off) and below (wraps), and one control at the end."""

    text: Text
    top_label: str = ""
    bottom_label: str = ""
    icon: Icon | None = None
    control: Button | IconButton | Checkbox | Switch | None = None
    on_click: Click | None = None
    wrap: bool = True

    def __post_init__(self) -> None:
        check_text(self.text)
        if len(self.top_label) + len(self.bottom_label) > limits.TEXT:
            limits.at_most(limits.TEXT, len(self.top_label) + len(self.bottom_label), "characters of labels")


class Buttons(msgspec.Struct, frozen=True):
    """Up to three buttons in a row."""

    buttons: tuple[Button | IconButton, ...]

    def __post_init__(self) -> None:
        limits.some(len(self.buttons), "buttons in a row")
        limits.at_most(limits.BUTTONS, len(self.buttons), "buttons in a row")


class Image(msgspec.Struct, frozen=True):
    """A PNG or JPEG over the whole width. `alt_text` says what it shows."""

    url: str
    alt_text: str
    on_click: Click | None = None

    def __post_init__(self) -> None:
        check_picture(self.url)


class Drawn(msgspec.Struct, frozen=True):
    """A picture of the domain's (`Domain.media`) over the whole width, by its name, such as `chart.png`."""

    name: str
    alt_text: str
    fields: Mapping[str, str] = {}
    on_click: Click | None = None

    def __post_init__(self) -> None:
        limits.some(len(self.alt_text), "alternative text of a picture")


class Chip(msgspec.Struct, frozen=True):
    """A small label to click."""

    label: str
    on_click: Click
    icon: Icon | None = None
    disabled: bool = False

    def __post_init__(self) -> None:
        limits.some(len(self.label), "label of a chip")


class Chips(msgspec.Struct, frozen=True):
    """Chips in rows, or in one row to scroll."""

    chips: tuple[Chip, ...]
    scroll: bool = False

    def __post_init__(self) -> None:
        limits.some(len(self.chips), "chips")
        limits.at_most(limits.ITEMS, len(self.chips), "chips")


class Grid(msgspec.Struct, frozen=True):
    """Fields in `columns`; one click for all of them, to which Google adds the id of the field."""

    items: tuple[GridItem, ...]
    columns: int
    on_click: Do | Show | None = None
    title: str = ""
    border: bool = True

    def __post_init__(self) -> None:
        limits.some(len(self.items) and max(self.columns, 0), "items or columns of a grid")
        limits.at_most(limits.ITEMS, len(self.items), "items of a grid")


Widget: TypeAlias = DecoratedText | Paragraph | Buttons | Input | Image | Drawn | Divider | Chips | Grid


class Section(msgspec.Struct, frozen=True):
    """Widgets below one another. With `shown`, only that many of them until the person opens the section."""

    widgets: tuple[Widget, ...]
    header: Text = ""
    shown: int | None = None

    def __post_init__(self) -> None:
        limits.some(len(self.widgets), "widgets in a section")
        if self.header:
            check_text(self.header)
        if self.shown is not None and self.shown < 0:
            raise limits.InvalidCard("A section shows no less than no widgets.")


class FooterButton(msgspec.Struct, frozen=True):
    """A button at the foot of a card; those have a colour, always."""

    text: str
    on_click: Click
    colour: Colour = BLUE

    def __post_init__(self) -> None:
        limits.some(len(self.text), "text of a button")


class FixedFooter(msgspec.Struct, frozen=True):
    """One or two buttons that stay in sight below a card that scrolls."""

    primary: FooterButton
    secondary: FooterButton | None = None


class CardAction(msgspec.Struct, frozen=True):
    """A line in the menu of the whole card."""

    label: str
    on_click: SimpleClick

    def __post_init__(self) -> None:
        limits.some(len(self.label), "label of a card action")


class Card(msgspec.Struct, frozen=True):
    """What the sidebar shows. `name` is for going back to it; `sections` can be made to fit by `sections_within`."""

    name: str
    header: Header
    sections: tuple[Section, ...]
    fixed_footer: FixedFooter | None = None
    card_actions: tuple[CardAction, ...] = ()

    def __post_init__(self) -> None:
        limits.some(len(self.name), "name of a card")
        limits.some(len(self.sections), "sections of a card")
        limits.at_most(limits.WIDGETS, sum([len(section.widgets) for section in self.sections]), "widgets of a card")
        limits.at_most(limits.CARD_ACTIONS, len(self.card_actions), "card actions")
        _check_names(self.sections)


def _check_names(sections: tuple[Section, ...]) -> None:
    inputs, boxes = [], []
    for section in sections:
        for widget in section.widgets:
            if isinstance(widget, DecoratedText):
                control = widget.control
                if isinstance(control, BOXES):
                    boxes.append((control.name, control.value))
            elif isinstance(widget, INPUTS):
                inputs.append(widget.name)
    if inputs or boxes:
        check_names(inputs, boxes)
