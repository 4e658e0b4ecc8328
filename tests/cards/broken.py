"""Every way to break the full card, and some to break an envelope, with a part of what must be said about it.

A place is a path in the full card; `GONE` takes the field away.
"""

from typing import Any, Final

from simulator.cards.validator import Entry
from tests.cards.samples import ACT, BLUE, JSON, SCOPE, action, paragraph, small_card

GONE: Final = object()

ROW = "sections.0.widgets.0.decoratedText"
PARAGRAPH = "sections.0.widgets.1.textParagraph"
CHIP = "sections.0.widgets.3.chipList.chips.0"
BUTTONS = "sections.0.widgets.4.buttonList.buttons"
INPUT = "sections.1.widgets.0.textInput"
SELECT = "sections.1.widgets.1.selectionInput"
PICKER = "sections.1.widgets.2.dateTimePicker"
GRID = "sections.1.widgets.3.grid"
IMAGE = "sections.1.widgets.4.image"
CLICK = f"{BUTTONS}.0.onClick"

CARDS: list[tuple[str, Any, str]] = [
    # fields and types
    ("titel", "Today", "Cannot find field: titel in message google.apps.card.v1.Card"),
    ("card_actions", [], "did you mean cardActions?"),
    (f"{ROW}.top_label", "x", "did you mean topLabel?"),
    (f"{ROW}.text", 3, "needs a string"),
    (f"{ROW}.text", None, "is null"),
    (f"{ROW}.wrapText", "true", "needs true or false"),
    ("sections", {}, "needs a list"),
    ("header", "Today", "needs an object (CardHeader)"),
    ("sections.0.widgets.0", [], "needs an object (Widget)"),
    (f"{GRID}.columnCount", "3", "needs a whole number"),
    (f"{GRID}.columnCount", True, "needs a whole number"),
    (f"{GRID}.columnCount", 2**31, "does not fit into int32"),
    (f"{PICKER}.valueMsEpoch", "tomorrow", "needs a whole number"),
    ("fixedFooter.primaryButton.color.red", "1", "needs a number"),
    ("fixedFooter.primaryButton.color.red", float("nan"), "needs a number"),
    (f"{CLICK}.action.parameters", [{"key": "a", "value": True}], "needs a string"),
    # enums
    ("header.imageType", "ROUND", "ROUND is none of SQUARE, CIRCLE"),
    (f"{GRID}.borderStyle.type", "BORDER_TYPE_UNSPECIFIED", "is none of NO_BORDER, STROKE"),
    (f"{SELECT}.type", "dropdown", "is none of"),
    (f"{ROW}.switchControl.controlType", "CHECKBOX", "is deprecated: CHECK_BOX"),
    (f"{ROW}.startIcon.knownIcon", "MILK", "MILK is no icon"),
    # unions
    ("sections.0.widgets.1.divider", {}, "has divider and textParagraph, where one is allowed"),
    ("sections.0.widgets.1", {}, "needs one of"),
    ("sections.0.widgets.1", {"horizontalAlignment": "START"}, "needs one of"),
    (f"{CLICK}", {}, "needs one of action, openLink"),
    (f"{CLICK}.openLink", {"url": ACT}, "has action and openLink, where one is allowed"),
    (f"{ROW}.startIcon", {}, "needs one of knownIcon"),
    (f"{ROW}.startIcon.iconUrl", "https://a.example/i.png", "has knownIcon and iconUrl"),
    (f"{ROW}.button", {"text": "x", "onClick": action(op="x")}, "has button and switchControl"),
    # required fields
    ("header.title", "", "header: title is missing"),
    ("sections.0.widgets", [], "sections[0]: widgets is missing"),
    (f"{ROW}.text", GONE, "text is missing"),
    (f"{PARAGRAPH}.text", "", "text is missing"),
    (f"{BUTTONS}.0.text", GONE, "needs one of text, icon"),
    (f"{BUTTONS}.0.onClick", GONE, "onClick is missing"),
    (f"{BUTTONS}", [], "buttons is missing"),
    (f"{CHIP}.label", GONE, "needs one of label, icon"),
    (f"{INPUT}.name", GONE, "name is missing"),
    (f"{SELECT}.items", [], "items is missing"),
    (f"{SELECT}.items.0.value", GONE, "value is missing"),
    (f"{PICKER}.name", "", "name is missing"),
    (f"{IMAGE}.imageUrl", GONE, "imageUrl is missing"),
    (f"{IMAGE}.onClick.openLink.url", GONE, "url is missing"),
    (f"{GRID}.items", [], "items is missing"),
    ("cardActions.0.actionLabel", GONE, "actionLabel is missing"),
    ("fixedFooter.primaryButton", GONE, "primaryButton is missing"),
    ("fixedFooter.primaryButton.color", GONE, "a button of the footer needs text and color"),
    ("fixedFooter.secondaryButton.text", GONE, "a button of the footer needs text and color"),
    ("sections.0.collapseControl.expandButton", GONE, "expandButton is missing"),
    (f"{CLICK}.action.function", GONE, "function is missing"),
    (f"{BUTTONS}.1.onClick.overflowMenu.items.0.text", GONE, "text is missing"),
    (f"{INPUT}", {"name": "title"}, "needs one of label, hintText"),
    (f"{GRID}.items.0.image.imageUri", GONE, "imageUri is missing"),
    ("sections.0.widgets.3.chipList.chips", [], "chips is missing"),
    (f"{ROW}.switchControl.name", GONE, "name is missing"),
    (f"{INPUT}.initialSuggestions.items.0.text", GONE, "text is missing"),
    (f"{BUTTONS}.1.onClick.overflowMenu.items", [], "items is missing"),
    (f"{CLICK}.action.parameters", [{"value": "1"}], "key is missing"),
    (f"{ROW}.startIcon", {"materialIcon": {}}, "name is missing"),
    # limits
    ("sections.0.widgets", [paragraph()] * 96, "101 widgets, where 100 is the limit"),
    ("sections", [{"widgets": [paragraph()]}] * 101, "101 of them, where 100 is the limit"),
    ("cardActions", [{"actionLabel": "a", "onClick": action(op="a")}] * 11, "11 of them, where 10 is the limit"),
    (f"{SELECT}.items", [{"text": "a", "value": "a"}] * 101, "101 of them, where 100 is the limit"),
    (f"{GRID}.items", [{"id": "a"}] * 101, "101 of them, where 100 is the limit"),
    (f"{INPUT}.initialSuggestions.items", [{"text": "a"}] * 101, "101 of them, where 100 is the limit"),
    ("sections.0.widgets.3.chipList.chips", [{"label": "a"}] * 101, "101 of them, where 100 is the limit"),
    (f"{GRID}.columnCount", 0, "a grid has one column at least"),
    (f"{PARAGRAPH}.maxLines", 0, "shows nothing"),
    (f"{INPUT}.validation.characterLimit", 0, "allows nothing"),
    ("fixedFooter.primaryButton.color.blue", 255, "from 0 to 1"),
    # addresses
    (f"{CLICK}.action.function", "addTask", "is no complete https:// address"),
    (f"{CLICK}.action.function", "/addon/act", "is no complete https:// address"),
    (f"{CLICK}.action.function", "http://addon.example.com/addon/act", "is no complete https:// address"),
    (f"{CLICK}.action.function", "http://127.0.0.1:8080/addon/act", "is no complete https:// address"),
    (f"{IMAGE}.imageUrl", "http://addon.example.com/1.png", "is no complete https:// address"),
    (f"{IMAGE}.imageUrl", "data:image/png;base64,AAAA", "is no complete https:// address"),
    (f"{IMAGE}.imageUrl", "https://addon.example.com/1.svg?v=1", "is an SVG"),
    (f"{IMAGE}.onClick.openLink.url", "javascript:alert(1)", "is no complete https:// address"),
    ("header.imageUrl", "logo.png", "is no complete https:// address"),
    (f"{SELECT}.items.0.startIconUri", "logo.png", "is no complete https:// address"),
    (f"{ROW}.startIcon", {"iconUrl": "https://a.example/I.SVG"}, "is an SVG"),
    (f"{GRID}.items.0.image.imageUri", "//a.example/1.png", "is no complete https:// address"),
    # how fields go together
    (f"{PICKER}.name", "title", "the input name title is used twice"),
    (f"{ROW}.switchControl.name", "title", "the input name title is used twice"),
    (f"{CLICK}.action.requiredWidgets", ["titel"], "requiredWidgets names titel"),
    (f"{CLICK}.action.parameters", [{"key": "a", "value": "1"}] * 2, "the key a is given twice"),
    (f"{CLICK}.action.parameters", [{"key": "a"}], "has no value"),
    (f"{BUTTONS}.1.onClick.overflowMenu.items.0.onClick", {"overflowMenu": {"items": []}}, "menus do not nest"),
    (f"{INPUT}.type", "MULTIPLE_LINE", "an input with suggestions has one line"),
    (f"{SELECT}.items.1.selected", True, "2 are selected, where one can be"),
    (f"{SELECT}.multiSelectMaxSelectedItems", 3, "is for MULTI_SELECT"),
    (f"{PICKER}.valueMsEpoch", "1795305600001", "a day is midnight UTC"),
    (f"{PICKER}.type", "TIME_ONLY", "a time of day lies within"),
    (f"{GRID}.items.0.image.cropStyle.type", "RECTANGLE_CUSTOM", "goes with RECTANGLE_CUSTOM"),
    ("sections.0.collapsible", GONE, "collapseControl: has no effect without collapsible"),
    ("sections.0.collapsible", False, "uncollapsibleWidgetsCount: has no effect without collapsible"),
    ("sections.0.uncollapsibleWidgetsCount", -1, "is negative"),
    # not beside Sheets
    (f"{CLICK}.action.interaction", "OPEN_DIALOG", "the whole card is stripped"),
    ("sections.0.widgets.1", {"carousel": {}}, "only in Chat"),
    ("sections.0.widgets.1", {"columns": {"columnItems": []}}, "only in dialogs of Gmail"),
    (f"{PARAGRAPH}.textSyntax", "MARKDOWN", "only in Chat"),
    (f"{ROW}.contentText", {"text": "x"}, "only in Chat"),
    (f"{ROW}.topLabelText", {"text": "x"}, "only in Chat"),
    (f"{ROW}.bottomLabelText", {"text": "x"}, "only in Chat"),
    (f"{ROW}.startIconVerticalAlignment", "TOP", "only in Chat"),
    (f"{INPUT}.placeholderText", "x", "only in Chat"),
    (f"{INPUT}.hostAppDataSource", {}, "only in Workspace Studio"),
    (f"{PICKER}.hostAppDataSource", {}, "only in Workspace Studio"),
    (f"{SELECT}.dataSourceConfigs", [], "only in Workspace Studio"),
    (f"{SELECT}.hintText", "x", "only in Workspace Studio"),
    (f"{SELECT}.platformDataSource", {}, "only in Chat"),
    ("sections.0.widgets.1.id", "w1", "only in Workspace Studio"),
    ("sections.0.widgets.1.eventActions", [], "only in Workspace Studio"),
    (f"{SELECT}.externalDataSource", {"function": ACT}, "only in Chat"),
    ("sections.0.id", "s1", "only in Workspace Studio"),
    ("sections.0.widgets.1.visibility", "HIDDEN", "only in Workspace Studio"),
    ("expressionData", [], "only in Workspace Studio"),
    (f"{ROW}.icon", {"knownIcon": "STAR"}, "deprecated: startIcon"),
    (f"{CHIP}.enabled", True, "deprecated: disabled"),
    # text
    (f"{PARAGRAPH}.text", "AT&T", "has an & that is not escaped"),
    (f"{PARAGRAPH}.text", "1 < 2", "has a < or > that is not escaped"),
    (f"{PARAGRAPH}.text", "<script>alert(1)</script>", "has the tag <script>"),
    (f"{PARAGRAPH}.text", '<b onclick="x">a</b>', "has the attribute onclick on <b>"),
    (f"{PARAGRAPH}.text", '<font color="red">a</font>', "has a colour that is not #rrggbb"),
    (f"{PARAGRAPH}.text", '<a href="javascript:x">a</a>', "has a link that is not https"),
    (f"{PARAGRAPH}.text", "<b>a", "leaves <b> open"),
    (f"{PARAGRAPH}.text", "a</i>", "closes <i>, which is not open"),
    (f"{PARAGRAPH}.text", "a<!-- b -->", "has a comment"),
    (f"{PARAGRAPH}.text", "<!DOCTYPE html>", "has a declaration"),
    (f"{ROW}.text", "a<b/>", "has <b/>"),
    ("sections.0.header", "<h1>a</h1>", "has the tag <h1>"),
]


def _push(card: JSON) -> JSON:
    return {"action": {"navigations": [{"pushCard": card}]}}


ANSWERS: list[tuple[Entry, Any, str]] = [
    ("action", _push(small_card()), "Cannot find field: action in message google.apps.card.v1.SubmitFormResponse"),
    ("universalAction", _push(small_card()), "has renderActions around it"),
    ("homepage", {"renderActions": _push(small_card())}, "has no renderActions around it"),
    ("granted", {"renderActions": _push(small_card())}, "Cannot find field: renderActions"),
    ("homepage", small_card(), "Cannot find field: sections in message google.apps.card.v1.RenderActions"),
    ("homepage", {}, "needs one of action, hostAppAction"),
    ("action", {}, "renderActions is missing"),
    ("action", {"renderActions": {}}, "needs one of action, hostAppAction"),
    ("action", {"renderActions": {"action": {}}}, "needs one of navigations, link, notification"),
    ("action", [], "needs an object (SubmitFormResponse)"),
    ("action", {"renderActions": {"actions": [_push(small_card())]}}, "Cannot find field: actions"),
    ("action", {"renderActions": {"action": {"notification": {"text": ""}}}}, "text is missing"),
    ("action", {"renderActions": {"action": {"navigations": [{}]}}}, "needs one of pushCard"),
    ("action", {"renderActions": {"action": {"navigations": [{"popCard": True}]}}}, "Cannot find field: popCard"),
    ("action", {"renderActions": {"action": {"navigations": [{"pop": False}]}}}, "false does nothing"),
    ("action", {"renderActions": {"action": {"navigations": [{"endNavigation": {}}]}}}, "Cannot find field"),
    ("action", {"renderActions": {"action": {"navigations": [{"pop": True, "popToRoot": True}]}}}, "pop and popToRoot"),
    (
        "action",
        {"renderActions": {"action": {"navigations": [{"pop": True}], "link": {"url": "https://a.example"}}}},
        "has navigations and link",
    ),
    ("action", {"renderActions": {"hostAppAction": {}}}, "editorAction is missing"),
    ("action", {"renderActions": {"action": {"link": {"url": "http://a.example"}}}}, "is no complete https:// address"),
    ("homepage", {"requestingGoogleScopes": {"scopes": [SCOPE]}}, "Cannot find field: requestingGoogleScopes"),
    ("homepage", {"requesting_google_scopes": {}}, "needs one of scopes, all_scopes"),
    ("homepage", {"requesting_google_scopes": {"scopes": ["drive.file"]}}, "is no Google scope"),
    ("homepage", {"requesting_google_scopes": {"all_scopes": False}}, "false asks for nothing"),
    (
        "homepage",
        {"requesting_google_scopes": {"all_scopes": True}, **_push(small_card())},
        "Cannot find field: action",
    ),
    ("homepage", {"basic_authorization_prompt": {"resource": "x"}}, "authorization_url is missing"),
    (
        "homepage",
        {"basic_authorization_prompt": {"authorization_url": "/in", "resource": "x"}},
        "is no complete https:// address",
    ),
    ("homepage", {"custom_authorization_prompt": {}}, "action is missing"),
    (
        "homepage",
        {"requesting_google_scopes": {"all_scopes": True}, "custom_authorization_prompt": _push(small_card())},
        "where one is allowed",
    ),
    ("action", {"renderActions": {"hostAppAction": {"editorAction": {}}}}, "ForActiveDocument is missing"),
    ("autocomplete", {}, "autoComplete is missing"),
    ("card", {"name": "empty"}, "needs one of header, sections"),
    ("autocomplete", {"items": [{"text": "a"}]}, "Cannot find field: items"),
    ("autocomplete", {"autoComplete": {"items": []}}, "items is missing"),
    ("homepage", _push({"sections": [{"widgets": [{"decoratedText": {"text": "x", "colour": BLUE}}]}]}), "colour"),
]
