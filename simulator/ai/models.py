"""The models: names only, behind each of them is the same offline storyteller."""

from werkzeug.wrappers import Response

from simulator.ai.dialects import Dialect, no_model
from simulator.wire import Json, answer

CHATS = ("story-1", "gpt-4o-mini", "openai/gpt-4o-mini", "gemini-2.5-flash")
PICTURES = ("picture-1", "gpt-image-1-mini")


def listed() -> Response:
    """All of them, whoever asks."""
    return answer({"object": "list", "data": [_model(name) for name in CHATS + PICTURES]})


def one(name: str, dialect: Dialect) -> Response:
    """The one of this name. Raises `Refused`."""
    return answer(_model(known(name, CHATS + PICTURES, dialect)))


def known(name: str, names: tuple[str, ...], dialect: Dialect) -> str:
    """The name, without the folder that Gemini puts before it. Raises `Refused` where it is none of `names`."""
    short = name.removeprefix("models/")
    if short not in names:
        raise no_model(short, dialect)
    return short


def _model(name: str) -> Json:
    return {"id": name, "object": "model", "created": 0, "owned_by": "simulator"}
