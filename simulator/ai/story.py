"""A short story that a template tells: the same prompt gives the same story, on every machine."""

import hashlib
import random
import re

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


def tell(prompt: str) -> str:
    """A story of a few sentences about what the prompt lists, or about its last sentences when it lists nothing."""
    chance = random.Random(hashlib.sha256(prompt.encode("utf-8", "replace")).digest())
    things = _things(prompt)
    sentences = [chance.choice(_OPENINGS).format(first=things[0])]
    for thing in things[1:]:
        sentences.append(chance.choice(_MIDDLES).format(thing=thing, Thing=thing[:1].upper() + thing[1:]))
    return " ".join([*sentences, chance.choice(_ENDINGS)])


def _things(prompt: str) -> list[str]:
    listed = [found.strip() for found in _ITEM.findall(prompt)]
    spoken = [found.strip() for found in _SENTENCE.findall(prompt) if found.strip()]
    return (listed[:_MOST_THINGS] or spoken[-2:]) or ["a quiet page"]
