"""The messages of Google's card JSON: the card from the schemas that ship inside google-api-python-client, and the
envelopes around it, which stand in no package, from Google's reference of add-on answers.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

_PREFIX = "GoogleAppsCardV1"

# Field to type; a type in brackets is a list of it. Capital letters begin the name of a message.
_ENVELOPES: dict[str, dict[str, str]] = {
    "RenderActions": {"action": "Actions", "hostAppAction": "HostAppAction"},
    "Actions": {"navigations": "[Navigation]", "link": "OpenLink", "notification": "Notification"},
    "Navigation": {
        "pushCard": "Card",
        "updateCard": "Card",
        "pop": "boolean",
        "popToRoot": "boolean",
        "popToCard": "string",
    },
    "Notification": {"text": "string"},
    "HostAppAction": {"editorAction": "EditorAction"},
    "EditorAction": {"requestFileScopeForActiveDocument": "Nothing"},
    "Nothing": {},
    "SubmitFormResponse": {"renderActions": "RenderActions", "stateChanged": "boolean"},
    "GetAutocompletionResponse": {"autoComplete": "AutoComplete"},
    "AutoComplete": {"items": "[SuggestionItem]"},
    "AuthorizationError": {
        "requesting_google_scopes": "GoogleScopes",
        "basic_authorization_prompt": "BasicPrompt",
        "custom_authorization_prompt": "CustomPrompt",
    },
    "GoogleScopes": {"scopes": "[string]", "all_scopes": "boolean"},
    "BasicPrompt": {"authorization_url": "string", "resource": "string"},
    "CustomPrompt": {"action": "Actions"},
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field: a message by its name, or one of string, boolean, int32, int64, double, with the values of an enum."""

    type: str
    many: bool = False
    enum: tuple[str, ...] = ()

    @property
    def is_message(self) -> bool:
        return self.type[0].isupper()


@cache
def messages() -> Mapping[str, Mapping[str, Field]]:
    """Message to its fields."""
    cards = {
        name.removeprefix(_PREFIX): {key: _field(value) for key, value in schema.get("properties", {}).items()}
        for name, schema in _chat()["schemas"].items()
        if name.startswith(_PREFIX) or name == "Color"
    }
    envelopes = {
        name: {key: Field(kind.strip("[]"), many=kind.startswith("[")) for key, kind in fields.items()}
        for name, fields in _ENVELOPES.items()
    }
    return cards | envelopes


@cache
def known_icons() -> frozenset[str]:
    """The names of icons, from the enum of the widget that came before cards."""
    return frozenset(_chat()["schemas"]["KeyValue"]["properties"]["icon"]["enum"]) - {"ICON_UNSPECIFIED"}


@cache
def _chat() -> dict[str, Any]:
    documents = resources.files("googleapiclient") / "discovery_cache" / "documents"
    document: dict[str, Any] = json.loads((documents / "chat.v1.json").read_text(encoding="utf-8"))
    return document


def _field(schema: dict[str, Any]) -> Field:
    if "$ref" in schema:
        return Field(schema["$ref"].removeprefix(_PREFIX))
    if schema["type"] == "array":
        return Field(_field(schema["items"]).type, many=True)
    kind = schema["type"] if schema["type"] in {"string", "boolean"} else schema["format"]
    return Field(schema.get("format", kind) if kind == "string" else kind, enum=tuple(schema.get("enum", ())))
