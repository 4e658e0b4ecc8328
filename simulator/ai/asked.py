"""What a chat is asked for, checked as OpenAI does: https://platform.openai.com/docs/api-reference/chat/create"""

from dataclasses import dataclass
from typing import Any

from simulator.ai.dialects import Dialect, Refused
from simulator.ai.models import CHATS, known
from simulator.ai.strict import objection
from simulator.wire import Json

_ROLES = ("system", "developer", "user", "assistant", "tool", "function")
_PARTS = ("text", "image_url", "input_audio", "file", "refusal")
_NO_JSON = "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'."
_MOST_REPLIES = 8
_MOST_STOPS = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """`prompt` is what the users said, `everything` all messages; `schema` is None for a text."""

    model: str
    prompt: str
    everything: str
    replies: int
    limit: int | None
    stops: tuple[str, ...]
    shape: str
    schema: Json | None
    streams: bool
    counts: bool


def read(body: Json, dialect: Dialect) -> Asked:
    """Raises `Refused` with what is wrong."""
    model = body.get("model")
    if not isinstance(model, str) or not model:
        raise Refused(400, "you must provide a model parameter")
    messages = _messages(body.get("messages"))
    everything = "\n".join(text for _, text in messages)
    shape, schema = _shape(body.get("response_format"), everything)
    if body.get("tool_choice") not in (None, "none", "auto"):
        raise _wrong("tool_choice", "The offline storyteller calls no tools.", "unsupported_value")
    return Asked(
        model=known(model, CHATS, dialect),
        prompt="\n".join(text for role, text in messages if role == "user"),
        everything=everything,
        replies=_number(body, "n", _MOST_REPLIES) or 1,
        limit=_number(body, "max_completion_tokens") or _number(body, "max_tokens"),
        stops=_stops(body.get("stop")),
        shape=shape,
        schema=schema,
        streams=bool(body.get("stream")),
        counts=_counts(body, dialect),
    )


def _messages(messages: Any) -> list[tuple[str, str]]:
    if not isinstance(messages, list) or not messages:
        raise _wrong("messages", "Invalid 'messages': expected an array with at least one message.", "invalid_type")
    return [_message(one, f"messages[{number}]") for number, one in enumerate(messages)]


def _message(one: Any, at: str) -> tuple[str, str]:
    if not isinstance(one, dict):
        raise _wrong(at, f"Invalid type for '{at}': expected an object.", "invalid_type")
    role, content = one.get("role"), one.get("content")
    if role not in _ROLES:
        raise _wrong(
            f"{at}.role", f"Invalid value for '{at}.role'. Supported values: {', '.join(_ROLES)}.", "invalid_value"
        )
    if content is None and role == "assistant":
        return role, ""
    if isinstance(content, str):
        return role, content
    if not isinstance(content, list):
        raise _wrong(
            f"{at}.content", f"Invalid value for '{at}.content': expected a string or an array.", "invalid_type"
        )
    return role, "\n".join(_part(part, f"{at}.content[{number}]") for number, part in enumerate(content))


def _part(part: Any, at: str) -> str:
    if not isinstance(part, dict) or part.get("type") not in _PARTS:
        raise _wrong(at, f"Invalid value for '{at}.type'. Supported values: {', '.join(_PARTS)}.", "invalid_value")
    return str(part.get("text", ""))


def _shape(wanted: Any, everything: str) -> tuple[str, Json | None]:
    kind = wanted.get("type") if isinstance(wanted, dict) else wanted or "text"
    match kind:
        case "text":
            return "text", None
        case "json_object":
            if "json" not in everything.lower():
                raise _wrong("messages", _NO_JSON)
            return "json_object", None
        case "json_schema":
            return "json_schema", _schema(wanted.get("json_schema"))
    raise _wrong("response_format.type", "Supported values: 'text', 'json_object', 'json_schema'.", "invalid_value")


def _schema(described: Any) -> Json:
    at = "response_format.json_schema"
    if not isinstance(described, dict) or not isinstance(described.get("name"), str):
        raise _wrong(f"{at}.name", f"Missing required parameter: '{at}.name'.", "missing_required_parameter")
    schema = described.get("schema", {})
    if not isinstance(schema, dict):
        raise _wrong(f"{at}.schema", f"Invalid type for '{at}.schema': expected an object.", "invalid_type")
    wrong = objection(schema) if described.get("strict") else None
    if wrong:
        raise _wrong("response_format", f"Invalid schema for response_format '{described['name']}': {wrong}")
    return schema


def _number(body: Json, name: str, most: int | None = None) -> int | None:
    found = body.get(name)
    if found is None:
        return None
    if not isinstance(found, int) or isinstance(found, bool):
        raise _wrong(name, f"Invalid type for '{name}': expected an integer.", "invalid_type")
    if found < 1:
        raise _wrong(name, f"Invalid '{name}': expected a value >= 1.", "integer_below_min_value")
    if most and found > most:
        raise _wrong(name, f"Invalid '{name}': expected a value <= {most}.", "integer_above_max_value")
    return found


def _stops(found: Any) -> tuple[str, ...]:
    stops = [found] if isinstance(found, str) else found or []
    if not isinstance(stops, list) or len(stops) > _MOST_STOPS or not all(isinstance(one, str) for one in stops):
        raise _wrong("stop", f"Invalid 'stop': expected a string or up to {_MOST_STOPS} of them.", "invalid_type")
    return tuple(stop for stop in stops if stop)


def _counts(body: Json, dialect: Dialect) -> bool:
    """Whether a stream ends with its usage; OpenRouter's always do."""
    options = body.get("stream_options")
    if options is not None and not body.get("stream"):
        message = "The 'stream_options' parameter is only allowed when 'stream' is enabled."
        raise _wrong("stream_options", message)
    return dialect == "openrouter" or bool(isinstance(options, dict) and options.get("include_usage"))


def _wrong(parameter: str, message: str, code: str | None = None) -> Refused:
    return Refused(400, message, code=code, parameter=parameter)
