"""Inputs as Google's widgets."""

from datetime import UTC, date, datetime, time, timedelta
from typing import assert_never

from numirror.kernel.card import (
    Checkbox,
    DatePicker,
    DateTimePicker,
    Input,
    Item,
    Select,
    Switch,
    TextInput,
    TimePicker,
)
from numirror.web.render.clicks import JSON, Calls

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_SELECTS = {"dropdown": "DROPDOWN", "radio": "RADIO_BUTTON", "checkboxes": "CHECK_BOX", "switches": "SWITCH"}


def input_widget(calls: Calls, part: Input) -> JSON:
    """One input as a widget."""
    match part:
        case TextInput():
            return {"textInput": _reporting(calls, part, _text_input(part))}
        case Select():
            return {"selectionInput": _reporting(calls, part, _select(part))}
        case DatePicker() | DateTimePicker() | TimePicker():
            return {"dateTimePicker": _reporting(calls, part, _picker(part))}
        case _:
            assert_never(part)


def switch_control(calls: Calls, box: Checkbox | Switch) -> JSON:
    """The box or toggle at the end of a decorated text."""
    control: JSON = {
        "name": box.name + calls.input_suffix,
        "value": box.value,
        "controlType": "CHECK_BOX" if isinstance(box, Checkbox) else "SWITCH",
        "selected": box.selected,
    }
    if box.on_change is not None:
        control["onChangeAction"] = calls.action(box.on_change)
    return control


def _reporting(calls: Calls, part: Input, json: JSON) -> JSON:
    """The widget with what all inputs have: a name to come back under, and a call on change."""
    json["name"] = part.name + calls.input_suffix
    if part.on_change is not None:
        json["onChangeAction"] = calls.action(part.on_change)
    return json


def _text_input(part: TextInput) -> JSON:
    json: JSON = {"label": part.label, "type": "MULTIPLE_LINE" if part.multiline else "SINGLE_LINE"}
    if part.value:
        json["value"] = part.value
    if part.hint:
        json["hintText"] = part.hint
    if part.suggestions:
        json["initialSuggestions"] = {"items": [{"text": text} for text in part.suggestions]}
    validation: JSON = {"inputType": part.kind.upper()} if part.kind != "text" else {}
    if part.limit is not None:
        validation["characterLimit"] = part.limit
    if validation:
        json["validation"] = validation
    return json


def _select(part: Select) -> JSON:
    json: JSON = {"type": _SELECTS[part.kind], "items": [_item(item) for item in part.items]}
    if part.label:
        json["label"] = part.label
    return json


def _item(item: Item) -> JSON:
    json: JSON = {"text": item.text, "value": item.value}
    if item.selected:
        json["selected"] = True
    return json


def _picker(part: DatePicker | DateTimePicker | TimePicker) -> JSON:
    json: JSON = {"label": part.label}
    match part:
        case DatePicker(value=day):
            json["type"] = "DATE_ONLY"
            if day is not None:
                json["valueMsEpoch"] = _milliseconds(_midnight(day))
        case TimePicker(value=clock):
            json["type"] = "TIME_ONLY"
            if clock is not None:
                json["valueMsEpoch"] = _milliseconds(_first_day_at(clock))
        case DateTimePicker(value=instant):
            json["type"] = "DATE_AND_TIME"
            if instant is not None:
                json["valueMsEpoch"] = _milliseconds(instant)
                json["timezoneOffsetDate"] = (instant.utcoffset() or timedelta(0)) // timedelta(minutes=1)
        case _:
            assert_never(part)
    return json


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _first_day_at(clock: time) -> datetime:
    return datetime.combine(_EPOCH.date(), clock.replace(tzinfo=UTC))


def _milliseconds(instant: datetime) -> str:
    """Since 1970 in UTC. An int64 is a string in Google's JSON."""
    return str((instant - _EPOCH) // _MILLISECOND)
