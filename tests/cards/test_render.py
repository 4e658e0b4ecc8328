"""Card values as the JSON that Google reads, field by field."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numirror.kernel.card import (
    RED,
    AskForFile,
    Button,
    Buttons,
    Card,
    CardAction,
    Checkbox,
    Chip,
    Chips,
    Click,
    Colour,
    DatePicker,
    DateTimePicker,
    DecoratedText,
    Divider,
    Do,
    FixedFooter,
    FooterButton,
    Grid,
    GridItem,
    Header,
    IconButton,
    Image,
    Item,
    Menu,
    MenuItem,
    OpenLink,
    Paragraph,
    Picture,
    Push,
    Section,
    Select,
    Show,
    Switch,
    Text,
    TextInput,
    TimePicker,
    Widget,
    bold,
    coloured,
    italic,
    joined,
    link,
    sections_within,
    struck,
    underlined,
)
from numirror.kernel.decider import Command
from numirror.web import render
from numirror.web.render.markup import escaped, html
from tests.cards.checked import CALLS, checked, checked_card

BASE = "https://addon.example.com"
ACT = f"{BASE}/addon/act"


class AddTask(Command, frozen=True):
    title: str = ""


class CompleteTask(Command, frozen=True):
    task_id: str


def only_op(operation: str, fields: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in {"op": operation, **fields}.items()]


PLAIN_CALLS = render.Calls(url=ACT, base_url=BASE, sign=only_op)


def called(*parameters: tuple[str, str], **more: Any) -> dict[str, Any]:
    return {"function": ACT, "parameters": [{"key": key, "value": value} for key, value in parameters], **more}


def widget(part: Widget) -> Any:
    """The JSON of one widget; its whole card is judged on the way."""
    card = Card("a", Header("A"), (Section((part,)),))
    checked_card(card)
    return render.card(PLAIN_CALLS, card)["sections"][0]["widgets"][0]


def today_card(tasks: list[tuple[str, str, str]]) -> Card:
    """What the first card of a list of tasks looks like in the code of a domain."""
    rows = [
        DecoratedText(
            title,
            bottom_label=due,
            icon="CLOCK",
            control=Checkbox("done", task_id, on_change=Do(CompleteTask, {"task_id": task_id}, keep_input=True)),
            on_click=Show("task", {"task_id": task_id}),
        )
        for task_id, title, due in tasks
    ]
    add = Section(
        (TextInput("title", "New task", limit=120), Buttons((Button("Add", Do(AddTask, requires=("title",))),)))
    )
    listed = sections_within(30, [Section(tuple(rows), bold("Tasks"))], lambda n: Paragraph(f"{n} more"))
    return Card("today", Header("Today", "Sunday"), (add, *listed))


def test_the_card_of_today() -> None:
    row = {
        "text": "Buy &lt;milk&gt;",
        "wrapText": True,
        "bottomLabel": "due today & tomorrow",
        "startIcon": {"knownIcon": "CLOCK"},
        "switchControl": {
            "name": "done",
            "value": "t1",
            "controlType": "CHECK_BOX",
            "selected": False,
            "onChangeAction": called(("op", "complete_task"), ("task_id", "t1"), persistValues=True),
        },
        "onClick": {"action": called(("op", "show"), ("page", "task"), ("task_id", "t1"))},
    }
    title = {"name": "title", "label": "New task", "type": "SINGLE_LINE", "validation": {"characterLimit": 120}}
    add = {"text": "Add", "onClick": {"action": called(("op", "add_task"), requiredWidgets=["title"])}}
    assert render.card(PLAIN_CALLS, today_card([("t1", "Buy <milk>", "due today & tomorrow")])) == {
        "name": "today",
        "header": {"title": "Today", "subtitle": "Sunday"},
        "sections": [
            {"widgets": [{"textInput": title}, {"buttonList": {"buttons": [add]}}]},
            {"header": "<b>Tasks</b>", "widgets": [{"decoratedText": row}]},
        ],
    }


def test_a_list_of_any_length_is_a_valid_card() -> None:
    rows = [(f"t{n}", f"Task {n}", "today") for n in range(200)]
    card = checked_card(today_card(rows))
    assert card["sections"][-1]["widgets"] == [{"textParagraph": {"text": "171 more"}}]


@pytest.mark.parametrize(
    ("click", "json"),
    [
        (Do(CompleteTask, {"task_id": "t1"}), {"action": called(("op", "complete_task"), ("task_id", "t1"))}),
        (Show("help"), {"action": called(("op", "show"), ("page", "help"))}),
        (Show("help", keep_input=True), {"action": called(("op", "show"), ("page", "help"), persistValues=True)}),
        (AskForFile(), {"action": called(("op", "ask_for_file"))}),
        (OpenLink("/help"), {"openLink": {"url": f"{BASE}/help", "openAs": "FULL_SIZE", "onClose": "NOTHING"}}),
        (
            OpenLink("https://a.example/b?c=d&e", overlay=True, reload=True),
            {"openLink": {"url": "https://a.example/b?c=d&e", "openAs": "OVERLAY", "onClose": "RELOAD"}},
        ),
        (
            Push(Card("b", Header("B"), (Section((Paragraph("c"),)),))),
            {
                "card": {
                    "name": "b",
                    "header": {"title": "B"},
                    "sections": [{"widgets": [{"textParagraph": {"text": "c"}}]}],
                }
            },
        ),
        (
            Menu((MenuItem("Delete", Show("sure"), icon="STAR"),)),
            {
                "overflowMenu": {
                    "items": [
                        {
                            "text": "Delete",
                            "onClick": {"action": called(("op", "show"), ("page", "sure"))},
                            "startIcon": {"knownIcon": "STAR"},
                        }
                    ]
                }
            },
        ),
    ],
)
def test_a_click(click: Click, json: Any) -> None:
    assert widget(Buttons((Button("a", click),)))["buttonList"]["buttons"] == [{"text": "a", "onClick": json}]


PICTURE = Picture("/media/a.png", "A picture", round=True)
ICON = {"iconUrl": f"{BASE}/media/a.png", "altText": "A picture", "imageType": "CIRCLE"}
SHOWN = {"action": called(("op", "show"), ("page", "p"))}


@pytest.mark.parametrize(
    ("part", "json"),
    [
        (Paragraph("a\nb & c", lines=2), {"textParagraph": {"text": "a<br>b &amp; c", "maxLines": 2}}),
        (Divider(), {"divider": {}}),
        (DecoratedText("a", wrap=False), {"decoratedText": {"text": "a"}}),
        (
            DecoratedText("a", top_label="<b>", icon=PICTURE, control=IconButton("STAR", "Mark", Show("p"))),
            {
                "decoratedText": {
                    "text": "a",
                    "wrapText": True,
                    "topLabel": "<b>",
                    "startIcon": ICON,
                    "button": {"icon": {"knownIcon": "STAR"}, "altText": "Mark", "onClick": SHOWN},
                }
            },
        ),
        (
            DecoratedText("a", control=Switch("on", "yes", selected=True)),
            {
                "decoratedText": {
                    "text": "a",
                    "wrapText": True,
                    "switchControl": {"name": "on", "value": "yes", "controlType": "SWITCH", "selected": True},
                }
            },
        ),
        (
            Buttons((Button("a", Show("p"), icon="STAR", colour=Colour(255, 0, 51), disabled=True),)),
            {
                "buttonList": {
                    "buttons": [
                        {
                            "text": "a",
                            "icon": {"knownIcon": "STAR"},
                            "color": {"red": 1.0, "green": 0.0, "blue": 0.2},
                            "disabled": True,
                            "onClick": SHOWN,
                        }
                    ]
                }
            },
        ),
        (
            Image("/1.png", "One", Show("p")),
            {"image": {"imageUrl": f"{BASE}/1.png", "altText": "One", "onClick": SHOWN}},
        ),
        (
            Chips((Chip("<a>", Show("p"), icon="STAR", disabled=True),), scroll=True),
            {
                "chipList": {
                    "layout": "HORIZONTAL_SCROLLABLE",
                    "chips": [{"label": "<a>", "onClick": SHOWN, "icon": {"knownIcon": "STAR"}, "disabled": True}],
                }
            },
        ),
        (
            Grid((GridItem("a1", "A", "B", PICTURE),), columns=5, on_click=Show("p"), title="Bingo"),
            {
                "grid": {
                    "title": "Bingo",
                    "columnCount": 5,
                    "borderStyle": {"type": "STROKE", "cornerRadius": 4},
                    "onClick": SHOWN,
                    "items": [
                        {
                            "id": "a1",
                            "title": "A",
                            "subtitle": "B",
                            "layout": "TEXT_BELOW",
                            "image": {
                                "imageUri": f"{BASE}/media/a.png",
                                "altText": "A picture",
                                "cropStyle": {"type": "CIRCLE"},
                            },
                        }
                    ],
                }
            },
        ),
        (
            TextInput("n", "N", "v", "h", multiline=True, kind="email"),
            {
                "textInput": {
                    "name": "n",
                    "label": "N",
                    "value": "v",
                    "hintText": "h",
                    "type": "MULTIPLE_LINE",
                    "validation": {"inputType": "EMAIL"},
                }
            },
        ),
        (
            TextInput("n", "N", suggestions=("a", "b"), on_change=Show("p")),
            {
                "textInput": {
                    "name": "n",
                    "label": "N",
                    "type": "SINGLE_LINE",
                    "initialSuggestions": {"items": [{"text": "a"}, {"text": "b"}]},
                    "onChangeAction": SHOWN["action"],
                }
            },
        ),
        (
            Select("n", "N", (Item("A", "a", selected=True), Item("B", "b")), "radio"),
            {
                "selectionInput": {
                    "name": "n",
                    "label": "N",
                    "type": "RADIO_BUTTON",
                    "items": [{"text": "A", "value": "a", "selected": True}, {"text": "B", "value": "b"}],
                }
            },
        ),
        (
            DatePicker("n", "N", date(2026, 11, 22)),
            {
                "dateTimePicker": {
                    "name": "n",
                    "label": "N",
                    "type": "DATE_ONLY",
                    "valueMsEpoch": "1795305600000",
                }
            },
        ),
        (DatePicker("n", "N"), {"dateTimePicker": {"name": "n", "label": "N", "type": "DATE_ONLY"}}),
        (
            TimePicker("n", "N", time(12)),
            {"dateTimePicker": {"name": "n", "label": "N", "type": "TIME_ONLY", "valueMsEpoch": "43200000"}},
        ),
        (
            DateTimePicker("n", "N", datetime(2023, 1, 1, 13, tzinfo=timezone(timedelta(hours=1)))),
            {
                "dateTimePicker": {
                    "name": "n",
                    "label": "N",
                    "type": "DATE_AND_TIME",
                    "valueMsEpoch": "1672574400000",
                    "timezoneOffsetDate": 60,
                }
            },
        ),
    ],
)
def test_a_widget(part: Widget, json: Any) -> None:
    assert widget(part) == json


def test_the_frame_of_a_card() -> None:
    card = Card(
        "a",
        Header("A", picture=PICTURE),
        (Section((Paragraph("b"), Paragraph("c")), joined("B & ", italic("C")), shown=1),),
        FixedFooter(FooterButton("Add", Show("p"), Colour(255, 255, 255)), FooterButton("No", Show("p"))),
        (CardAction("Refresh", Show("p")),),
    )
    checked_card(card)
    json = render.card(PLAIN_CALLS, card)
    assert json["header"]["imageUrl"] == f"{BASE}/media/a.png"
    assert json["header"]["imageType"] == "CIRCLE"
    assert json["header"]["imageAltText"] == "A picture"
    assert json["sections"][0]["header"] == "B &amp; <i>C</i>"
    assert json["sections"][0]["collapsible"] is True
    assert json["sections"][0]["uncollapsibleWidgetsCount"] == 1
    assert json["fixedFooter"]["primaryButton"]["color"] == {"red": 1.0, "green": 1.0, "blue": 1.0}
    assert json["fixedFooter"]["secondaryButton"]["text"] == "No"
    assert json["cardActions"] == [{"actionLabel": "Refresh", "onClick": SHOWN}]


def test_inputs_of_one_rendering_have_names_of_their_own() -> None:
    calls = render.Calls(ACT, BASE, only_op, input_suffix="_7")
    parts = (
        TextInput("title", "Title"),
        DatePicker("due", "Due"),
        DecoratedText("a", control=Checkbox("done", "t1")),
        Buttons((Button("Add", Do(AddTask, requires=("title", "due"))),)),
    )
    json = checked(render.card(calls, Card("a", Header("A"), (Section(parts),))), "card")
    title, due, row, buttons = json["sections"][0]["widgets"]
    assert title["textInput"]["name"] == "title_7"
    assert due["dateTimePicker"]["name"] == "due_7"
    assert row["decoratedText"]["switchControl"]["name"] == "done_7"
    assert buttons["buttonList"]["buttons"][0]["onClick"]["action"]["requiredWidgets"] == ["title_7", "due_7"]


@pytest.mark.parametrize(
    ("text", "json"),
    [
        (bold("a<b"), "<b>a&lt;b</b>"),
        (joined("a ", italic("b"), underlined("c"), struck("d")), "a <i>b</i><u>c</u><s>d</s>"),
        (coloured(bold("late"), RED), '<font color="#c5221f"><b>late</b></font>'),
        (link("A&B", "https://a.example/?b=1&c=2"), '<a href="https://a.example/?b=1&amp;c=2">A&amp;B</a>'),
        (link("help", "/help"), f'<a href="{BASE}/help">help</a>'),
        ("&amp; <script>", "&amp;amp; &lt;script&gt;"),
    ],
)
def test_only_values_make_markup(text: Text, json: str) -> None:
    assert html(text, BASE) == json
    widget(Paragraph(text))


@given(st.text())
def test_escaped_text_shows_what_was_written(text: str) -> None:
    shown = escaped(text)
    assert not set(shown.replace("<br>", "")) & {"<", ">"}
    assert "\n".join(unescape(line) for line in shown.split("<br>")) == text


CARD: dict[str, Any] = render.card(CALLS, today_card([("t1", "Buy milk", "today")]))


def test_a_trigger_is_answered_bare() -> None:
    assert checked(render.trigger(CARD), "homepage") == {"action": {"navigations": [{"pushCard": CARD}]}}
    checked(render.trigger(CARD, CARD), "granted")


def test_a_callback_is_answered_in_render_actions() -> None:
    answer = render.callback(render.pop_to_root(), render.update(CARD), notification="Added: milk & honey")
    assert checked(answer, "action") == {
        "renderActions": {
            "action": {
                "navigations": [{"popToRoot": True}, {"updateCard": CARD}],
                "notification": {"text": "Added: milk & honey"},
            }
        }
    }
    checked(render.callback(render.push(CARD)), "universalAction")
    checked(render.callback(render.pop(), render.pop_to_card("today")), "action")
    assert checked(render.callback(notification="No"), "action") == {
        "renderActions": {"action": {"notification": {"text": "No"}}}
    }


def test_google_is_asked_for_the_file_by_a_callback() -> None:
    assert checked(render.ask_for_file(), "action") == {
        "renderActions": {"hostAppAction": {"editorAction": {"requestFileScopeForActiveDocument": {}}}}
    }


def test_google_is_asked_for_scopes_the_same_way_everywhere() -> None:
    answer = render.request_scopes(("https://www.googleapis.com/auth/drive.file",))
    assert answer == {"requesting_google_scopes": {"scopes": ["https://www.googleapis.com/auth/drive.file"]}}
    for entry in ("homepage", "granted", "action", "universalAction"):
        checked(answer, entry)


def test_a_day_before_1970_is_a_day_too() -> None:
    assert widget(DatePicker("n", "N", date(1969, 12, 31)))["dateTimePicker"]["valueMsEpoch"] == "-86400000"
    assert widget(DateTimePicker("n", "N", datetime(1970, 1, 1, tzinfo=UTC)))["dateTimePicker"]["valueMsEpoch"] == "0"
