"""Events are read defensively; what no encoder of Google's would send is refused."""

import json

import pytest

from numirror.web.event import BadEvent, read

FULL = {
    "commonEventObject": {
        "hostApp": "SHEETS",
        "platform": "WEB",
        "userLocale": "de-DE",
        "timeZone": {"id": "Europe/Berlin", "offset": 3600000},
        "parameters": {"op": "tasks.add_task", "number": 3},
        "formInputs": {
            "title_17": {"stringInputs": {"value": ["Buy milk"]}},
            "tags_17": {"stringInputs": {"value": ["home", "today"]}},
            "due_17": {"dateInput": {"msSinceEpoch": "1795305600000"}},
            "day_17": {"dateInput": {"msSinceEpoch": 1795305600000}},
            "remind_17": {"dateTimeInput": {"msSinceEpoch": "1795338000000", "hasDate": True, "hasTime": True}},
            "at_17": {"timeInput": {"hours": 9}},
        },
    },
    "authorizationEventObject": {"userOAuthToken": "ya29.x", "userIdToken": "eyJ.u", "systemIdToken": "eyJ.s"},
    "sheets": {"id": "1AbC", "title": "My Discovery Map", "addonHasFileScopePermission": True},
    "aFieldOfNextYear": {"x": 1},
}


def test_everything_that_google_sends_is_read() -> None:
    incoming = read(json.dumps(FULL).encode())
    assert incoming.parameters == {"op": "tasks.add_task"}
    assert incoming.form == {
        "title": "Buy milk", "tags": ["home", "today"], "due": "2026-11-22", "day": "2026-11-22",
        "remind": "2026-11-22T09:00:00+00:00", "at": "09:00",
    }  # fmt: skip
    assert (incoming.zone, incoming.locale, incoming.sheet_id) == ("Europe/Berlin", "de-DE", "1AbC")
    assert (incoming.google_token, incoming.user_id_token) == ("ya29.x", "eyJ.u")


def test_the_first_opening_says_almost_nothing() -> None:
    first = {"commonEventObject": {"hostApp": "SHEETS"}, "authorizationEventObject": {}, "sheets": {}}
    incoming = read(json.dumps(first).encode())
    assert (incoming.sheet_id, incoming.google_token, incoming.user_id_token) == (None, None, None)
    assert (incoming.zone, incoming.locale, incoming.form) == ("Etc/UTC", "en", {})


def title(text: str) -> bytes:
    return b'{"commonEventObject":{"formInputs":{"title":{"stringInputs":{"value":["' + text.encode() + b'"]}}}}}'


def day(milliseconds: str) -> bytes:
    return title("x").replace(
        b'"stringInputs":{"value":["x"]}', b'"dateInput":{"msSinceEpoch":"%s"}' % milliseconds.encode()
    )


BAD = {
    "nothing": b"",
    "no JSON": b"hello",
    "a list": b"[]",
    "a number": b"7",
    "null": b"null",
    "not a number": b'{"x": NaN}',
    "infinity": b'{"x": -Infinity}',
    "a key twice": b'{"sheets": {"id": "a"}, "sheets": {"id": "b"}}',
    "a key twice, deep": b'{"sheets": {"id": "a", "id": "b"}}',
    "UTF-16": '{"x": 1}'.encode("utf-16"),
    "UTF-8 with a mark": b'\xef\xbb\xbf{"x": 1}',
    "broken UTF-8": b'{"x": "\xff"}',
    "a lone surrogate": title("\\ud800"),
    "a lone surrogate as key": b'{"\\ud800": 1}',
    "an escaped NUL": title("a\\u0000b"),
    "a raw NUL": title("a\0b"),
    "too deep": b'{"x":' + b"[" * 40 + b"]" * 40 + b"}",
    "far too deep": b"[" * 100_000,
    "more after the end": b"{} {}",
    "a day that is no number": day("9e99"),
    "a day beyond time": day("99999999999999999"),
}


@pytest.mark.parametrize("body", BAD.values(), ids=BAD.keys())
def test_what_is_no_event_is_refused(body: bytes) -> None:
    with pytest.raises(BadEvent):
        read(body)


@pytest.mark.parametrize("text", ["emoji \\ud83d\\ude00", "Ünï", "\\u00e9", "שלום", "{[{[{["])
def test_text_of_any_language_passes(text: str) -> None:
    assert read(title(text)).form["title"] == json.loads(f'"{text}"')


ODD = [
    {"commonEventObject": []},
    {"commonEventObject": {"formInputs": {"x": {"stringInputs": {"value": "text"}}}}},
    {"commonEventObject": {"formInputs": {"x": {"timeInput": {"hours": "9"}}}}},
    {"commonEventObject": {"formInputs": {"x": 1}, "timeZone": {"id": 7}, "userLocale": None}},
    {"sheets": {"id": 7}},
    {"authorizationEventObject": {"userIdToken": {"a": 1}}},
]


@pytest.mark.parametrize("event", ODD)
def test_a_part_of_an_unknown_shape_counts_as_absent(event: object) -> None:
    incoming = read(json.dumps(event).encode())
    assert (incoming.form, incoming.sheet_id, incoming.user_id_token) == ({}, None, None)
