"""Card values as the JSON that Google reads.

A click can push a card, so all that can hold a click stands here together, from the card down.
"""

from typing import assert_never

from numirror.kernel.card import (
    AskForFile,
    Button,
    Buttons,
    Card,
    Checkbox,
    Chip,
    Chips,
    Click,
    Colour,
    DecoratedText,
    Divider,
    Do,
    Drawn,
    FixedFooter,
    FooterButton,
    Grid,
    GridItem,
    Header,
    Icon,
    IconButton,
    Image,
    Menu,
    MenuItem,
    OpenFile,
    OpenLink,
    Paragraph,
    Picture,
    Push,
    Section,
    Show,
    Switch,
    Widget,
)
from numirror.web.render.clicks import JSON, Calls
from numirror.web.render.inputs import input_widget, switch_control
from numirror.web.render.markup import absolute, escaped, html


def card(calls: Calls, part: Card) -> JSON:
    """The card as JSON; `calls` says how its clicks come back."""
    json: JSON = {
        "name": part.name,
        "header": _header(calls, part.header),
        "sections": [section(calls, one) for one in part.sections],
    }
    if part.card_actions:
        json["cardActions"] = [
            {"actionLabel": action.label, "onClick": _click(calls, action.on_click)} for action in part.card_actions
        ]
    if part.fixed_footer is not None:
        json["fixedFooter"] = _fixed_footer(calls, part.fixed_footer)
    return json


def _header(calls: Calls, header: Header) -> JSON:
    json: JSON = {"title": header.title}
    if header.subtitle:
        json["subtitle"] = header.subtitle
    if header.picture is not None:
        json["imageUrl"] = absolute(header.picture.url, calls.base_url)
        json["imageType"] = _shape(header.picture)
        json["imageAltText"] = header.picture.alt_text
    return json


def section(calls: Calls, part: Section) -> JSON:
    """One section of a card."""
    json: JSON = {"widgets": [_widget(calls, widget) for widget in part.widgets]}
    if part.header:
        json["header"] = html(part.header, calls.base_url)
    if part.shown is not None:
        json["collapsible"] = True
        json["uncollapsibleWidgetsCount"] = part.shown
    return json


def _fixed_footer(calls: Calls, footer: FixedFooter) -> JSON:
    json: JSON = {"primaryButton": _footer_button(calls, footer.primary)}
    if footer.secondary is not None:
        json["secondaryButton"] = _footer_button(calls, footer.secondary)
    return json


def _footer_button(calls: Calls, button: FooterButton) -> JSON:
    return {"text": button.text, "color": _colour(button.colour), "onClick": _click(calls, button.on_click)}


def _widget(calls: Calls, widget: Widget) -> JSON:
    match widget:
        case DecoratedText():
            return {"decoratedText": _decorated_text(calls, widget)}
        case Paragraph():
            return {"textParagraph": _paragraph(calls, widget)}
        case Buttons(buttons=buttons):
            return {"buttonList": {"buttons": [_button(calls, button) for button in buttons]}}
        case Image() | Drawn() | Divider() | Chips() | Grid():
            return _picture_widget(calls, widget)
        case _:
            return input_widget(calls, widget)


def _decorated_text(calls: Calls, row: DecoratedText) -> JSON:
    text = row.text
    json: JSON = {"text": escaped(text) if isinstance(text, str) else html(text, calls.base_url)}
    if row.wrap:
        json["wrapText"] = True
    if row.top_label:
        json["topLabel"] = row.top_label
    if row.bottom_label:
        json["bottomLabel"] = row.bottom_label
    if row.icon is not None:
        json["startIcon"] = _icon(calls, row.icon)
    if row.on_click is not None:
        json["onClick"] = _click(calls, row.on_click)
    match row.control:
        case Checkbox() | Switch():
            json["switchControl"] = switch_control(calls, row.control)
        case Button() | IconButton():
            json["button"] = _button(calls, row.control)
        case None:
            pass
        case _:
            assert_never(row.control)
    return json


def _paragraph(calls: Calls, paragraph: Paragraph) -> JSON:
    json: JSON = {"text": html(paragraph.text, calls.base_url)}
    if paragraph.lines is not None:
        json["maxLines"] = paragraph.lines
    return json


def _picture_widget(calls: Calls, widget: Image | Drawn | Divider | Chips | Grid) -> JSON:
    match widget:
        case Divider():
            return {"divider": {}}
        case Image(url=url, alt_text=alt_text, on_click=on_click):
            return {"image": _image(calls, absolute(url, calls.base_url), alt_text, on_click)}
        case Drawn(name=name, fields=fields, alt_text=alt_text, on_click=on_click):
            return {"image": _image(calls, calls.picture(name, fields), alt_text, on_click)}
        case Chips(chips=chips, scroll=scroll):
            layout = "HORIZONTAL_SCROLLABLE" if scroll else "WRAPPED"
            return {"chipList": {"layout": layout, "chips": [_chip(calls, chip) for chip in chips]}}
        case Grid():
            return {"grid": _grid(calls, widget)}
        case _:
            assert_never(widget)


def _image(calls: Calls, url: str, alt_text: str, on_click: Click | None) -> JSON:
    image: JSON = {"imageUrl": url, "altText": alt_text}
    if on_click is not None:
        image["onClick"] = _click(calls, on_click)
    return image


def _chip(calls: Calls, chip: Chip) -> JSON:
    json: JSON = {"label": chip.label, "onClick": _click(calls, chip.on_click)}
    if chip.icon is not None:
        json["icon"] = _icon(calls, chip.icon)
    if chip.disabled:
        json["disabled"] = True
    return json


def _grid(calls: Calls, grid: Grid) -> JSON:
    json: JSON = {"columnCount": grid.columns, "items": [_grid_item(calls, item) for item in grid.items]}
    if grid.title:
        json["title"] = grid.title
    if grid.border:
        json["borderStyle"] = {"type": "STROKE", "cornerRadius": 4}
    if grid.on_click is not None:
        json["onClick"] = _click(calls, grid.on_click)
    return json


def _grid_item(calls: Calls, item: GridItem) -> JSON:
    json: JSON = {"id": item.id, "title": item.title}
    if item.subtitle:
        json["subtitle"] = item.subtitle
    if item.picture is not None:
        json["layout"] = "TEXT_BELOW"
        json["image"] = {
            "imageUri": absolute(item.picture.url, calls.base_url),
            "altText": item.picture.alt_text,
            "cropStyle": {"type": _shape(item.picture)},
        }
    return json


def _button(calls: Calls, button: Button | IconButton) -> JSON:
    json: JSON = {"onClick": _click(calls, button.on_click)}
    if button.icon is not None:
        json["icon"] = _icon(calls, button.icon)
    if button.disabled:
        json["disabled"] = True
    match button:
        case Button(text=text, colour=colour):
            json["text"] = text
            if colour is not None:
                json["color"] = _colour(colour)
        case IconButton(alt_text=alt_text):
            json["altText"] = alt_text
        case _:
            assert_never(button)
    return json


def _click(calls: Calls, click: Click) -> JSON:
    match click:
        case Do():
            return {"action": calls.do(click)}
        case Show():
            return {"action": calls.show(click)}
        case AskForFile():
            return {"action": calls.ask_for_file()}
        case OpenLink():
            return {"openLink": calls.link(click)}
        case OpenFile():
            return {"openLink": calls.file(click)}
        case Push(card=below):
            return {"card": card(calls, below)}
        case Menu(items=items):
            return {"overflowMenu": {"items": [_menu_item(calls, item) for item in items]}}
        case _:
            assert_never(click)


def _menu_item(calls: Calls, item: MenuItem) -> JSON:
    json: JSON = {"text": item.text, "onClick": _click(calls, item.on_click)}
    if item.icon is not None:
        json["startIcon"] = _icon(calls, item.icon)
    return json


def _icon(calls: Calls, icon: Icon) -> JSON:
    if isinstance(icon, str):
        return {"knownIcon": icon}
    return {"iconUrl": absolute(icon.url, calls.base_url), "altText": icon.alt_text, "imageType": _shape(icon)}


def _shape(picture: Picture) -> str:
    return "CIRCLE" if picture.round else "SQUARE"


def _colour(colour: Colour) -> JSON:
    return {"red": colour.red / 255, "green": colour.green / 255, "blue": colour.blue / 255}
