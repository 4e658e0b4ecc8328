"""A short story that a template tells: the same prompt gives the same story, on every machine."""

import hashlib
import random

from simulator.ai.fields import Field, fields

TELLER = "Told by the offline storyteller of the local AI: no model was asked."

_HEROES = frozenset({"name", "who", "hero", "heroine", "person", "character", "friend"})
_PLACES = frozenset({"place", "where", "city", "town", "village", "country", "location", "scene"})
_TIMES = frozenset({"date", "when", "day", "time", "due", "month", "year", "season"})
_TITLES = ("{first}, and what came of it", "The day of {first}", "{first}")
_OPENINGS = (
    "It began on an ordinary morning: {first}.",
    "Nobody had planned it, yet there it was: {first}.",
    "The day opened its door with one thing: {first}.",
)
_HERO_OPENINGS = (
    "Once there was {first}, who had risen early.",
    "This is about {first}, and it is short.",
    "If you had met {first} that day, you would have smiled.",
)
_MIDDLES = (
    "Then came {thing}, and it took more courage than it looked.",
    "Somewhere between two cups of tea, {thing} found its place.",
    "{Thing} waited patiently, as such things do, until its turn came.",
)
_NAMED = (
    "As for the {name}, it was {thing}, and nobody wished it otherwise.",
    "Asked about the {name}, everyone said the same: {thing}.",
    "And the {name}? {Thing}, of course.",
)
_WHERE = ("All of it happened in one place: {thing}.", "Outside the window lay {thing}, wide awake.")
_WHEN = ("The calendar said {thing}.", "Later they would remember it by its day: {thing}.")
_ENDINGS = (
    "By evening the list was shorter, and the light in the window a little warmer.",
    "When the lamp went out, everything that mattered had been touched once.",
    "And that, all in all, was a good day.",
)


def chance_of(prompt: str) -> random.Random:
    """The chance that belongs to a prompt."""
    return random.Random(hashlib.sha256(prompt.encode("utf-8", "replace")).digest())


def tell(prompt: str) -> str:
    """A title, and a story of a few sentences with every field of the prompt in it."""
    chance, (first, *others) = chance_of(prompt), _hero_first(fields(prompt))
    openings = _HERO_OPENINGS if _is(first, _HEROES) else _OPENINGS
    sentences = [chance.choice(openings).format(first=first.value)]
    sentences += [_sentence(field, chance) for field in others]
    title = chance.choice(_TITLES).format(first=first.value[:60])
    return f"{_capital(title)}\n\n{' '.join(sentences)}\n\n{chance.choice(_ENDINGS)} {TELLER}"


def things(prompt: str) -> list[str]:
    """What a prompt is about, without names."""
    return [field.value for field in fields(prompt)]


def _hero_first(found: list[Field]) -> list[Field]:
    return sorted(found, key=lambda field: not _is(field, _HEROES))


def _sentence(field: Field, chance: random.Random) -> str:
    forms: tuple[str, ...]
    if _is(field, _PLACES):
        forms = _WHERE
    elif _is(field, _TIMES):
        forms = _WHEN
    else:
        forms = _NAMED if field.name else _MIDDLES
    return chance.choice(forms).format(name=field.name.lower(), thing=field.value, Thing=_capital(field.value))


def _is(field: Field, names: frozenset[str]) -> bool:
    return not names.isdisjoint(field.name.lower().split())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
