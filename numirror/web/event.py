"""What Google sends, read defensively: unknown fields are ignored, missing ones have their meaning."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Never

import msgspec

from numirror.kernel.errors import NuMirrorError

BODY_LIMIT = 256 * 1024
_DEPTH = 32
_LOCALE = re.compile(r"[A-Za-z0-9_-]{2,35}")
_FILE_ID = re.compile(r"[A-Za-z0-9_-]{1,128}")
_TOKEN = re.compile(r"[!-~]{1,2048}")
_SUFFIX = re.compile(r"_\d+$")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class BadEvent(NuMirrorError):
    """That is not an event as Google sends it."""


class Incoming(msgspec.Struct, frozen=True):
    """An event. `parameters` are the click's, `form` the inputs by name; several ticked values come as a list."""

    parameters: dict[str, str]
    form: dict[str, str | list[str]]
    zone: str
    locale: str
    sheet_id: str | None
    google_token: str | None
    user_id_token: str | None


def read(body: bytes) -> Incoming:
    """The event in a request's body. Raises `BadEvent` for what no JSON encoder of Google's would send."""
    event = _strict_json(body)
    common = _object(event, "commonEventObject")
    authorization = _object(event, "authorizationEventObject")
    parameters = _object(common, "parameters")
    return Incoming(
        parameters={key: value for key, value in parameters.items() if isinstance(value, str)},
        form=_form(_object(common, "formInputs")),
        zone=_text(_object(common, "timeZone"), "id") or "Etc/UTC",
        locale=_plain(_LOCALE, _text(common, "userLocale")) or "en",
        sheet_id=_plain(_FILE_ID, _text(_object(event, "sheets"), "id")),
        google_token=_plain(_TOKEN, _text(authorization, "userOAuthToken")),
        user_id_token=_text(authorization, "userIdToken"),
    )


def _strict_json(body: bytes) -> Mapping[str, Any]:
    """Python's parser lets through what a database or a second parser would choke on; so it is refused here."""
    try:
        text = body.decode("utf-8")
        event = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_number)
        if "\\u" in text:
            _check_text(event)
        # An event has few brackets; counting them first spares the walk.
        too_deep = text.count("{") + text.count("[") > _DEPTH and _depth(event) > _DEPTH
    except (ValueError, RecursionError):
        raise BadEvent from None
    if too_deep or not isinstance(event, dict):
        raise BadEvent
    return event


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise BadEvent
    return made


def _no_number(_: str) -> Never:
    raise BadEvent


def _check_text(value: object) -> None:
    """Refuses NUL and lone surrogates, which only a \\u escape can bring in."""
    for text in _texts(value):
        text.encode("utf-8")
        if "\0" in text:
            raise BadEvent


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _depth(value: object) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max((_depth(one) for one in inner), default=0)


def _object(value: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    inner = value.get(key)
    return inner if isinstance(inner, dict) else {}


def _text(value: Mapping[str, Any], key: str) -> str | None:
    inner = value.get(key)
    return inner if isinstance(inner, str) and inner else None


def _plain(pattern: re.Pattern[str], text: str | None) -> str | None:
    """What goes on to Google, to a lease or into a header is of a known shape, or absent."""
    return text if text and pattern.fullmatch(text) else None


def _form(inputs: Mapping[str, Any]) -> dict[str, str | list[str]]:
    """Inputs by the name that a domain gave them: the suffix of the rendering is taken off."""
    return {_SUFFIX.sub("", name): value for name, given in inputs.items() if (value := _input(given)) is not None}


def _input(given: object) -> str | list[str] | None:
    """One form input as text: days and instants in ISO form. Numbers may come as text, both have been seen."""
    match given:
        case {"stringInputs": {"value": [str(one)]}}:
            return one
        case {"stringInputs": {"value": list(many)}}:
            return [one for one in many if isinstance(one, str)]
        case {"dateInput": {"msSinceEpoch": int() | str() as milliseconds}}:
            # A picked day is midnight UTC of that day, whatever the person's zone.
            return _instant(milliseconds).date().isoformat()
        case {"dateTimeInput": {"msSinceEpoch": int() | str() as milliseconds}}:
            return _instant(milliseconds).isoformat()
        case {"timeInput": dict(time)}:
            # Protobuf drops zeros, so 09:00 comes without minutes.
            hours, minutes = time.get("hours", 0), time.get("minutes", 0)
            if isinstance(hours, int) and isinstance(minutes, int):
                return f"{hours:02d}:{minutes:02d}"
    return None


def _instant(milliseconds: int | str) -> datetime:
    try:
        return _EPOCH + timedelta(milliseconds=int(milliseconds))
    except (ValueError, OverflowError):
        raise BadEvent from None
