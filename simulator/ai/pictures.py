"""Pictures: https://platform.openai.com/docs/api-reference/images/create

`gpt-image-1-mini` sends them in its answer, as GPT image models do; `picture-1` gives an address where none is asked
for, as the models before them did. An address says all that is drawn, so nothing is kept."""

import base64
import hashlib
import re
import time
from typing import Any

from werkzeug.wrappers import Response

from simulator.ai.dialects import Dialect, Refused
from simulator.ai.drawing import draw
from simulator.ai.models import PICTURES, known
from simulator.ai.usage import picture_usage
from simulator.routing import Call
from simulator.wire import Json, answer

_PAINTER = "Drawn by the offline storyteller of the local AI, no model was asked: "
_SIZES = ("256x256", "512x512", "1024x1024", "1536x1024", "1024x1536", "1792x1024", "1024x1792")
_NAME = re.compile(r"(\d+x\d+)-([0-9a-f]{32})")
_MOST = 10


def made(call: Call, body: Json, dialect: Dialect) -> Response:
    """The answer to `images/generations`. Raises `Refused`."""
    model = known(str(body.get("model") or PICTURES[0]), PICTURES, dialect)
    prompt, size = body.get("prompt"), _one_of(body, "size", (*_SIZES, "auto"))
    if not isinstance(prompt, str) or not prompt:
        raise _wrong("prompt", "Missing required parameter: 'prompt'.", "missing_required_parameter")
    _one_of(body, "output_format", ("png",))
    names = [_name(prompt, _SIZES[2] if size in (None, "auto") else size, number) for number in range(_count(body))]
    if model == "gpt-image-1-mini":
        if "response_format" in body:
            raise _wrong("response_format", "Unknown parameter: 'response_format'.", "unknown_parameter")
        data: list[Json] = [{"b64_json": _base64(name)} for name in names]
        return answer({"created": int(time.time()), "data": data, "usage": picture_usage(prompt, len(names))})
    inline = _one_of(body, "response_format", ("url", "b64_json")) == "b64_json"
    data = [
        {"b64_json": _base64(name)} if inline else {"url": f"{call.request.host_url}ai/pictures/{name}.png"}
        for name in names
    ]
    return answer({"created": int(time.time()), "data": [one | {"revised_prompt": _PAINTER + prompt} for one in data]})


def shown(call: Call) -> Response:
    """The picture behind an address."""
    try:
        return Response(_drawn(call.names["name"]), 200, content_type="image/png")
    except ValueError:
        return answer({"error": "There is no such picture."}, 404)


def _name(prompt: str, size: str, number: int) -> str:
    digest = hashlib.sha256(f"{number}\0{prompt}".encode("utf-8", "replace")).hexdigest()[:32]
    return f"{size}-{digest}"


def _base64(name: str) -> str:
    return base64.b64encode(_drawn(name)).decode()


def _drawn(name: str) -> bytes:
    """The PNG of this name. Raises `ValueError` for a name that was not given out."""
    found = _NAME.fullmatch(name)
    if found is None or found[1] not in _SIZES:
        raise ValueError(name)
    width, height = map(int, found[1].split("x"))
    return draw(found[2], width, height)


def _count(body: Json) -> int:
    count = 1 if body.get("n") is None else body["n"]
    if not isinstance(count, int) or not 1 <= count <= _MOST:
        raise _wrong("n", f"Invalid 'n': expected an integer from 1 to {_MOST}.", "invalid_value")
    return count


def _one_of(body: Json, name: str, known_ones: tuple[str, ...]) -> Any:
    found = body.get(name)
    if found is not None and found not in known_ones:
        raise _wrong(name, f"Invalid value for '{name}'. Supported values: {', '.join(known_ones)}.", "invalid_value")
    return found


def _wrong(parameter: str, message: str, code: str) -> Refused:
    return Refused(400, message, code=code, parameter=parameter)
