"""What Google's schemas do not say, and no table can: how the fields of a message go together.

Each rule of `RULES` looks at one message and yields the place in it and what is wrong there.
"""

import math
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from simulator.cards.schema import known_icons

Found = Iterator[tuple[str, str]]
Message = dict[str, Any]

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_DAY = 86_400_000


def address_problem(url: str, use: str, *, loopback: bool) -> str | None:
    """What is wrong with an address that is used as a call, a link or a picture."""
    parts = urlsplit(url)
    if use == "link" and parts.scheme in {"mailto", "tel"} and parts.path:
        return None
    local = loopback and parts.scheme == "http" and parts.hostname in _LOOPBACK
    if not parts.hostname or not (parts.scheme == "https" or local) or re.search(r"[\s\\]", url):
        return "is no complete https:// address"
    if use == "picture" and parts.path.lower().endswith((".svg", ".svgz")):
        return "is an SVG; Google shows PNG and JPEG"
    return None


def _card(card: Message) -> Found:
    sections = [section for section in card.get("sections") or [] if isinstance(section, dict)]
    widgets = [w for section in sections for w in section.get("widgets") or [] if isinstance(w, dict)]
    if len(widgets) > 100:
        yield "", f"{len(widgets)} widgets, where 100 is the limit; Google drops the section that crosses it"
    names = _input_names(widgets)
    yield from (("", f"the input name {name} is used twice") for name in names if names.count(name) > 1)
    taken = {name.partition("=")[0] for name in names}
    for name in _required_widgets([*widgets, card.get("fixedFooter"), card.get("cardActions")]):
        if name not in taken:
            yield "", f"requiredWidgets names {name}, which is no input of this card"


def _input_names(widgets: list[Message]) -> list[str]:
    """Each input's name; of switches that may share one, name=value once each, and the name is taken for others."""
    alone = [
        str(widget[kind].get("name"))
        for widget in widgets
        for kind in ("textInput", "selectionInput", "dateTimePicker")
        if isinstance(widget.get(kind), dict)
    ]
    rows = [widget["decoratedText"] for widget in widgets if isinstance(widget.get("decoratedText"), dict)]
    controls = [row["switchControl"] for row in rows if isinstance(row.get("switchControl"), dict)]
    clashes = [str(control.get("name")) for control in controls if control.get("name") in alone]
    return [*alone, *clashes, *(f"{control.get('name')}={control.get('value')}" for control in controls)]


def _required_widgets(part: Any) -> Iterator[str]:
    """Names that the actions of a card require; cards that a click pushes have their own."""
    if isinstance(part, list):
        for item in part:
            yield from _required_widgets(item)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key == "requiredWidgets" and isinstance(value, list):
                yield from (str(name) for name in value)
            elif key != "card":
                yield from _required_widgets(value)


def _section(section: Message) -> Found:
    if "uncollapsibleWidgetsCount" in section and not section.get("collapsible"):
        yield ".uncollapsibleWidgetsCount", "has no effect without collapsible"
    if "collapseControl" in section and not section.get("collapsible"):
        yield ".collapseControl", "has no effect without collapsible"
    count = section.get("uncollapsibleWidgetsCount", 0)
    if isinstance(count, int) and count < 0:
        yield ".uncollapsibleWidgetsCount", "is negative"


def _footer(footer: Message) -> Found:
    for name in ("primaryButton", "secondaryButton"):
        button = footer.get(name)
        if isinstance(button, dict) and not (button.get("text") and button.get("color")):
            yield f".{name}", "a button of the footer needs text and color"


def _action(action: Message) -> Found:
    parameters = [p for p in action.get("parameters") or [] if isinstance(p, dict)]
    keys = [p.get("key") for p in parameters]
    yield from ((".parameters", f"the key {key} is given twice") for key in set(keys) if keys.count(key) > 1)
    yield from ((f".parameters[{i}]", "has no value") for i, p in enumerate(parameters) if "value" not in p)


def _menu_item(item: Message) -> Found:
    if isinstance(item.get("onClick"), dict) and "overflowMenu" in item["onClick"]:
        yield ".onClick.overflowMenu", "menus do not nest"


def _text_input(part: Message) -> Found:
    if part.get("type") == "MULTIPLE_LINE" and ("initialSuggestions" in part or "autoCompleteAction" in part):
        yield ".type", "an input with suggestions has one line"
    limit = (part.get("validation") or {}).get("characterLimit", 1)
    if isinstance(limit, int) and limit < 1:
        yield ".validation.characterLimit", "allows nothing"


def _selection(part: Message) -> Found:
    selected = [item for item in part.get("items") or [] if isinstance(item, dict) and item.get("selected")]
    if part.get("type") in {"DROPDOWN", "RADIO_BUTTON"} and len(selected) > 1:
        yield ".items", f"{len(selected)} are selected, where one can be"
    if part.get("type") != "MULTI_SELECT" and any(key.startswith("multiSelect") for key in part):
        yield "", "multiSelect… is for MULTI_SELECT"


def _picker(part: Message) -> Found:
    try:
        instant = int(part["valueMsEpoch"])
    except (KeyError, TypeError, ValueError):
        return
    if part.get("type") == "DATE_ONLY" and instant % _DAY:
        yield ".valueMsEpoch", "a day is midnight UTC"
    if part.get("type") == "TIME_ONLY" and not 0 <= instant < _DAY:
        yield ".valueMsEpoch", "a time of day lies within the first day of 1970"


def _grid(grid: Message) -> Found:
    if isinstance(grid.get("columnCount"), int) and grid["columnCount"] < 1:
        yield ".columnCount", "a grid has one column at least"


def _crop(crop: Message) -> Found:
    if (crop.get("type") == "RECTANGLE_CUSTOM") != ("aspectRatio" in crop):
        yield ".aspectRatio", "goes with RECTANGLE_CUSTOM, and only with it"


def _colour(colour: Message) -> Found:
    for name in ("red", "green", "blue"):
        part = colour.get(name, 0)
        if isinstance(part, int | float) and not (math.isfinite(part) and 0 <= part <= 1):
            yield f".{name}", "a part of a colour goes from 0 to 1"


def _icon(icon: Message) -> Found:
    if isinstance(icon.get("knownIcon"), str) and icon["knownIcon"] not in known_icons():
        yield ".knownIcon", f"{icon['knownIcon']} is no icon that Google knows"


def _paragraph(paragraph: Message) -> Found:
    if isinstance(paragraph.get("maxLines"), int) and paragraph["maxLines"] < 1:
        yield ".maxLines", "shows nothing"


def _navigation(navigation: Message) -> Found:
    for name in ("pop", "popToRoot"):
        if navigation.get(name) is False:
            yield f".{name}", "false does nothing; leave it out"


def _scopes(answer: Message) -> Found:
    if answer.get("all_scopes") is False:
        yield ".all_scopes", "false asks for nothing"
    for i, scope in enumerate(answer.get("scopes") or []):
        if not str(scope).startswith("https://www.googleapis.com/auth/"):
            yield f".scopes[{i}]", "is no Google scope"


RULES: dict[str, Callable[[Message], Found]] = {
    "Card": _card,
    "Section": _section,
    "CardFixedFooter": _footer,
    "Action": _action,
    "OverflowMenuItem": _menu_item,
    "TextInput": _text_input,
    "TextParagraph": _paragraph,
    "SelectionInput": _selection,
    "DateTimePicker": _picker,
    "Grid": _grid,
    "ImageCropStyle": _crop,
    "Color": _colour,
    "Icon": _icon,
    "Navigation": _navigation,
    "GoogleScopes": _scopes,
}
