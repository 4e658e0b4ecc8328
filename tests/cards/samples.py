"""Answers that Google takes, as the validator has to see them; the full card shows every widget once."""

from typing import Any

from simulator.cards.validator import Entry

JSON = dict[str, Any]

ACT = "https://addon.example.com/addon/act"
SCOPE = "https://www.googleapis.com/auth/drive.file"
BLUE = {"red": 0.1, "green": 0.45, "blue": 0.91}


def action(**fields: str) -> JSON:
    return {"action": {"function": ACT, "parameters": [{"key": key, "value": value} for key, value in fields.items()]}}


def full_card() -> JSON:
    """A fresh card with every part that can be used in a sidebar beside Sheets."""
    return {
        "name": "today",
        "header": {
            "title": "Today",
            "subtitle": "Sunday",
            "imageUrl": "https://addon.example.com/static/logo-128.png",
            "imageType": "CIRCLE",
            "imageAltText": "NuMirror",
        },
        "sectionDividerStyle": "SOLID_DIVIDER",
        "cardActions": [{"actionLabel": "Refresh", "onClick": action(op="refresh")}],
        "sections": [
            {
                "header": "<b>Tasks</b> &amp; more",
                "collapsible": True,
                "uncollapsibleWidgetsCount": 2,
                "collapseControl": {
                    "horizontalAlignment": "CENTER",
                    "expandButton": {"text": "More", "onClick": action(op="more")},
                    "collapseButton": {"text": "Less", "onClick": action(op="less")},
                },
                "widgets": [decorated_text(), paragraph(), {"divider": {}}, chips(), buttons()],
            },
            {"header": "Add", "widgets": [text_input(), selection(), picker(), grid(), image()]},
        ],
        "fixedFooter": {
            "primaryButton": {"text": "Add", "color": BLUE, "onClick": action(op="add")},
            "secondaryButton": {"text": "Help", "color": BLUE, "onClick": {"openLink": {"url": "mailto:a@b.example"}}},
        },
    }


def decorated_text() -> JSON:
    control = {"name": "done", "value": "t1", "controlType": "CHECK_BOX", "selected": False}
    control["onChangeAction"] = action(op="toggle", task_id="t1")["action"]
    return {
        "decoratedText": {
            "topLabel": "Home",
            "text": 'Buy <b>milk</b> at <a href="https://shop.example">A&amp;B</a>',
            "bottomLabel": "due today & tomorrow",
            "wrapText": True,
            "startIcon": {"knownIcon": "CLOCK"},
            "switchControl": control,
        }
    }


def paragraph() -> JSON:
    return {"textParagraph": {"text": 'One<br>two <font color="#c5221f">red</font>', "maxLines": 3}}


def chips() -> JSON:
    return {"chipList": {"layout": "WRAPPED", "chips": [{"label": "home", "onClick": action(op="tag", tag="home")}]}}


def buttons() -> JSON:
    menu = [{"text": "Delete", "startIcon": {"knownIcon": "TICKET"}, "onClick": action(op="delete")}]
    pushed = {"header": {"title": "About"}, "sections": [{"widgets": [{"textParagraph": {"text": "Words"}}]}]}
    return {
        "buttonList": {
            "buttons": [
                {"text": "Done", "altText": "Mark as done", "color": BLUE, "onClick": call()},
                {"icon": {"knownIcon": "STAR", "altText": "More"}, "onClick": {"overflowMenu": {"items": menu}}},
                {"text": "About", "onClick": {"card": pushed}},
            ]
        }
    }


def call() -> JSON:
    return {"action": {"function": ACT, "loadIndicator": "NONE", "persistValues": True, "requiredWidgets": ["title"]}}


def text_input() -> JSON:
    return {
        "textInput": {
            "name": "title",
            "label": "Title",
            "hintText": "What?",
            "type": "SINGLE_LINE",
            "validation": {"characterLimit": 120, "inputType": "TEXT"},
            "initialSuggestions": {"items": [{"text": "Call"}]},
        }
    }


def selection() -> JSON:
    items = [{"text": "Task", "value": "task", "selected": True}, {"text": "Note", "value": "note"}]
    return {"selectionInput": {"name": "kind", "label": "Kind", "type": "DROPDOWN", "items": items}}


def picker() -> JSON:
    return {"dateTimePicker": {"name": "due", "label": "Due", "type": "DATE_ONLY", "valueMsEpoch": "1795305600000"}}


def grid() -> JSON:
    picture = {"imageUri": "https://addon.example.com/a1.png", "altText": "A1", "cropStyle": {"type": "SQUARE"}}
    return {
        "grid": {
            "title": "Bingo",
            "columnCount": 3,
            "borderStyle": {"type": "STROKE", "cornerRadius": 4},
            "items": [{"id": "a1", "title": "A1", "layout": "TEXT_BELOW", "image": picture}],
            "onClick": action(op="mark"),
        }
    }


def image() -> JSON:
    link = {"openLink": {"url": "https://addon.example.com/1", "openAs": "OVERLAY", "onClose": "RELOAD"}}
    return {"image": {"imageUrl": "https://addon.example.com/1.jpg", "altText": "Comic", "onClick": link}}


def small_card() -> JSON:
    return {"name": "home", "header": {"title": "NuMirror"}, "sections": [{"widgets": [paragraph()]}]}


def _navigate(*navigations: JSON) -> JSON:
    return {"action": {"navigations": list(navigations)}}


GOOD: list[tuple[Entry, JSON]] = [
    ("card", full_card()),
    ("homepage", _navigate({"pushCard": small_card()})),
    ("granted", _navigate({"pushCard": small_card()}, {"pushCard": full_card()})),
    ("homepage", {"requesting_google_scopes": {"scopes": [SCOPE]}}),
    ("action", {"requesting_google_scopes": {"all_scopes": True}}),
    ("granted", {"basic_authorization_prompt": {"authorization_url": "https://a.example/in", "resource": "Account"}}),
    ("universalAction", {"custom_authorization_prompt": _navigate({"pushCard": small_card()})}),
    ("action", {"renderActions": _navigate({"updateCard": small_card()}), "stateChanged": True}),
    ("action", {"renderActions": _navigate({"popToRoot": True}, {"updateCard": small_card()})}),
    ("action", {"renderActions": _navigate({"pop": True}, {"popToCard": "home"})}),
    ("action", {"renderActions": {"action": {"notification": {"text": "Done"}}}}),
    ("action", {"renderActions": {"hostAppAction": {"editorAction": {"requestFileScopeForActiveDocument": {}}}}}),
    ("universalAction", {"renderActions": _navigate({"pushCard": small_card()})}),
    ("universalAction", {"renderActions": {"action": {"link": {"url": "https://addon.example.com/report"}}}}),
    ("autocomplete", {"autoComplete": {"items": [{"text": "Berlin"}, {"text": "Bern"}]}}),
]
