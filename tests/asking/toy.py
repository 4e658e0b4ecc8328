"""A domain for tests: wishes that an AI grants. `install` puts it into the catalog, beside the one of the budget."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from numirror import catalog
from numirror.domains import account
from numirror.kernel.budget import Wish
from numirror.kernel.card import Card
from numirror.kernel.codec import Codec
from numirror.kernel.decider import Command, Decider, Event
from numirror.kernel.domain import Domain, Viewer
from numirror.kernel.errors import Refused
from numirror.kernel.picture import Bars, Picture, Series
from numirror.kernel.request import Replied, Request, Told

MOST = 100
"""Tokens of a reply."""


class WishMade(Event, frozen=True):
    pass


class WishGranted(Event, frozen=True):
    text: str


class WishDenied(Event, frozen=True):
    sentence: str
    may_pass: bool


class MakeWish(Command, frozen=True):
    names: tuple[str, ...]


class GrantWish(Command, frozen=True):
    name: str
    text: str


class DenyWish(Command, frozen=True):
    name: str
    sentence: str
    may_pass: bool


class Wishes(msgspec.Struct, frozen=True):
    waiting: tuple[str, ...] = ()
    granted: Mapping[str, str] = {}
    denied: Mapping[str, str] = {}


def decide(state: Wishes, command: Any) -> tuple[Event, ...]:
    match command:
        case MakeWish(names=names):
            return tuple(WishMade(entity_id=name) for name in names)
        case GrantWish(name=name) if name not in state.waiting:
            return ()
        case GrantWish(name=name) if name.startswith("refuse"):
            raise Refused("Not this one.")
        case GrantWish(name=name, text=text):
            return (WishGranted(entity_id=name, text=text),)
        case DenyWish(name=name, sentence=sentence, may_pass=may_pass):
            return (WishDenied(entity_id=name, sentence=sentence, may_pass=may_pass),) if name in state.waiting else ()
    raise AssertionError


def evolve(state: Wishes, event: Any) -> Wishes:
    rest = tuple(name for name in state.waiting if name != event.entity_id)
    match event:
        case WishMade(entity_id=name):
            return msgspec.structs.replace(state, waiting=(*state.waiting, name))
        case WishGranted(entity_id=name, text=text):
            return msgspec.structs.replace(state, waiting=rest, granted={**state.granted, name: text})
        case WishDenied(entity_id=name, sentence=sentence):
            return msgspec.structs.replace(state, waiting=rest, denied={**state.denied, name: sentence})
    raise AssertionError


def request_of(name: str) -> Request:
    return Request(name, 1, "You grant wishes.", f"{name:<20}", MOST)


def reply(request: Request, replied: Replied) -> Wish:
    if isinstance(replied, Told):
        return GrantWish, {"name": request.entity_id, "text": replied.text}
    return DenyWish, {"name": request.entity_id, "sentence": replied.sentence, "may_pass": replied.may_pass}


def chart(state: Wishes, viewer: Viewer, fields: Mapping[str, str]) -> tuple[Picture, ...]:
    match fields.get("what"):
        case "none":
            return ()
        case "crash":
            raise RuntimeError("ada@example.com")
    counts = (float(len(state.granted)), float(len(state.waiting)))
    return (Bars("Wishes", viewer.locale, ("granted", "waiting"), (Series("now", counts),)),)


WISHES: Domain[Wishes] = Domain(
    name="wishes",
    state=Wishes,
    state_version=1,
    decider=Decider(Wishes(), decide, evolve),
    events=(WishMade, WishGranted, WishDenied),
    commands=(MakeWish, GrantWish, DenyWish),
    home=lambda state, viewer: Card("Wishes", ()),
    pages={},
    said=lambda events: "",
    requests=lambda state: tuple(request_of(name) for name in state.waiting),
    reply=reply,
    media={"chart.png": chart, "all.pdf": chart},
)


def install(put: Callable[[object, str, object], None] = setattr, wishes: Domain[Wishes] = WISHES) -> None:
    """The catalog with the wishes in it; `put` sets an attribute."""
    known = {domain.name: domain for domain in (*catalog.DOMAINS, account.DOMAIN, wishes)}
    domains = tuple(known.values())
    put(catalog, "DOMAINS", domains)
    put(catalog, "BY_NAME", known)
    put(catalog, "CODECS", {domain.name: Codec(domain) for domain in domains})
    put(catalog, "STREAMS", {domain.name: domain.state_version for domain in domains})
    put(catalog, "TABLES", tuple(table for domain in domains for table in domain.tables))
    hears = catalog._hears
    put(catalog, "LISTENERS", {one.name: tuple(two for two in domains if hears(two, one)) for one in domains})
    put(catalog, "BUDGET", account.BUDGET)
