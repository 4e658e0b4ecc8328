"""A short story that a template tells: the same prompt gives the same story, on every machine."""

import hashlib
import json
import random
import re
from collections.abc import Iterator
from typing import Any

TELLER = "Told by the offline storyteller of the local AI: no model was asked."

_TITLES = ("{first}, and what came of it", "The day of {first}", "{first}")
_OPENINGS = (
    "It began on an ordinary morning: {first}.",
    "Nobody had planned it, yet there it was: {first}.",
    "The day opened its door with one thing: {first}.",
)
_MIDDLES = (
    "Then came {thing}, and it took more courage than it looked.",
    "Somewhere between two cups of tea, {thing} found its place.",
    "{Thing} waited patiently, as such things do, until its turn came.",
)
_ENDINGS = (
    "By evening the list was shorter, and the light in the window a little warmer.",
    "When the lamp went out, everything that mattered had been touched once.",
    "And that, all in all, was a good day.",
)
_ITEM = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+(.{1,200}?)\s*$", re.MULTILINE)
_SENTENCE = re.compile(r"[^.!?\n]{3,200}")
_MOST_THINGS = 4
_CONTENT = ("value", "text", "title", "content")
"""Names under which a prompt in JSON has what it is about; the rest of it says how to write."""


def chance_of(prompt: str) -> random.Random:
    """The chance that belongs to a prompt."""
    return random.Random(hashlib.sha256(prompt.encode("utf-8", "replace")).digest())


def tell(prompt: str) -> str:
    """A title, and a story of a few sentences about what the prompt holds."""
    chance, found = chance_of(prompt), things(prompt)
    first = found[0][:60]
    sentences = [chance.choice(_OPENINGS).format(first=found[0])]
    for thing in found[1:]:
        sentences.append(chance.choice(_MIDDLES).format(thing=thing, Thing=thing[:1].upper() + thing[1:]))
    title = chance.choice(_TITLES).format(first=first)
    return f"{title[:1].upper()}{title[1:]}\n\n{' '.join(sentences)}\n\n{chance.choice(_ENDINGS)} {TELLER}"


def things(prompt: str) -> list[str]:
    """What a prompt is about: the contents of its JSON, the items of its list, or else its last sentences."""
    contents = [text.strip() for text in _contents(_json(prompt)) if text.strip()]
    listed = [found.strip() for found in _ITEM.findall(prompt)]
    spoken = [found.strip() for found in _SENTENCE.findall(prompt) if found.strip()]
    return (contents or listed)[:_MOST_THINGS] or spoken[-2:] or ["a quiet page"]


def _json(prompt: str) -> Any:
    try:
        return json.loads(prompt)
    except (ValueError, RecursionError):
        return None


def _contents(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for item in part:
            yield from _contents(item)
    elif isinstance(part, dict):
        for name, value in part.items():
            if name in _CONTENT and isinstance(value, str):
                yield from _SENTENCE.findall(value)[:_MOST_THINGS]
            else:
                yield from _contents(value)
