"""What each fact changes. A fact about someone or something that is not at hand changes nothing."""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from numirror.domains.social.decider.state import (
    OWN_KEPT,
    STRANGERS_KEPT,
    THEIRS_KEPT,
    Person,
    Post,
    Social,
    TheirPost,
    person_id,
    their_post_id,
)
from numirror.domains.social.events import (
    Asked,
    Edited,
    Farewell,
    FriendAsked,
    FriendshipEnded,
    FriendshipMade,
    LetterReceived,
    PersonBlocked,
    PersonUnblocked,
    Posted,
    PostEdited,
    PostPublished,
    PostRetracted,
    PostShared,
    ReactedTo,
    ReactionGiven,
    ReceiptsNoted,
    RequestDeclined,
    RequestWithdrawn,
    Retracted,
    Sent,
    SocialEvent,
)
from numirror.kernel.letter import Cursor

Thing = TypeVar("Thing")

_replace = msgspec.structs.replace


def evolve(state: Social, event: SocialEvent) -> Social:
    """The state after a fact."""
    if isinstance(event, Sent):
        state = _replace(state, serial=max(state.serial, event.serial))
    match event:
        case PostPublished() | PostShared() | PostEdited() | PostRetracted() | ReactionGiven():
            return _wall(state, event)
        case LetterReceived():
            return _letter(state, event)
        case ReceiptsNoted():
            for one in event.receipts:
                upto = Cursor("", one.number, one.serial)
                state = _person(state, one.person_id, acknowledged=upto)
            return state
        case _:
            return _people(state, event)


def _people(state: Social, event: SocialEvent) -> Social:
    match event:
        case FriendAsked(to=(address, *_), at=at):
            person = state.people.get(event.entity_id) or Person(event.entity_id, address, "asked", at)
            return _with(state, _replace(person, standing="asked", at=at))
        case FriendshipMade(at=at, serial=serial):
            return _person(state, event.entity_id, standing="friend", at=at, friend_since=serial)
        case RequestDeclined(at=at):
            return _person(state, event.entity_id, standing="declined", at=at)
        case RequestWithdrawn(at=at) | PersonUnblocked(at=at):
            return _person(state, event.entity_id, standing="apart", at=at)
        case FriendshipEnded(at=at):
            return _forgotten(_person(state, event.entity_id, standing="apart", at=at), event.entity_id)
        case PersonBlocked(at=at):
            return _forgotten(_person(state, event.entity_id, standing="blocked", at=at), event.entity_id)
    return state


def _wall(state: Social, event: Sent) -> Social:
    own = state.own.get(event.entity_id)
    match event:
        case PostPublished(serial=serial):
            post = Post(event.entity_id, event.text, event.at, event.only, serial, serial)
            kept = _newest({**state.own, post.post_id: post}, OWN_KEPT, lambda one: one.published)
            return _replace(state, own=kept)
        case PostShared(to=(address, *_), serial=serial):
            return _person(state, person_id(address), shared=serial)
        case PostEdited(text=text, serial=serial) if own:
            return _with_own(state, _replace(own, text=text, changed=serial, is_edited=True))
        case PostRetracted():
            return _replace(state, own={key: post for key, post in state.own.items() if key != event.entity_id})
        case ReactionGiven(reaction=reaction) if theirs := state.theirs.get(event.entity_id):
            return _with_theirs(state, _replace(theirs, reaction=reaction))
    return state


def _letter(state: Social, event: LetterReceived) -> Social:
    person = state.people.get(event.entity_id) or Person(event.entity_id, event.address, "apart", event.at)
    if person.received.line not in ("", event.line):
        state = _forgotten(state, person.person_id)  # they began anew, and know nothing of what was
    person = _replace(person, received=Cursor(event.line, event.number, event.serial))
    match event.content:
        case Asked() if person.standing in ("apart", "declined"):
            person = _replace(person, standing="asking", at=event.at)
        case Farewell() if person.standing in ("friend", "asking", "declined"):
            apart = _with(state, _replace(person, standing="apart", at=event.at))
            return _forgotten(apart, person.person_id)
    return _their_wall(_with(state, person), person, event)


def _their_wall(state: Social, author: Person, event: LetterReceived) -> Social:
    match event.content:
        case Posted() as post:
            key = their_post_id(author.address, post.post_id)
            made = TheirPost(key, post.post_id, author.address, post.text, post.at, post.is_private)
            return _with_theirs(state, made)
        case Edited(post_id=post_id, text=text) if known := state.theirs.get(their_post_id(author.address, post_id)):
            return _with_theirs(state, _replace(known, text=text, is_edited=True))
        case Retracted(post_id=post_id):
            gone = their_post_id(author.address, post_id)
            return _replace(state, theirs={key: post for key, post in state.theirs.items() if key != gone})
        case ReactedTo(post_id=post_id, reaction=reaction) if own := state.own.get(post_id):
            others = {who: what for who, what in own.reactions.items() if who != author.address}
            reactions = {**others, author.address: reaction} if reaction else others
            return _with_own(state, _replace(own, reactions=reactions))
    return state


def _person(state: Social, person_id: str, **changes: Any) -> Social:
    person = state.people.get(person_id)
    return state if person is None else _with(state, _replace(person, **changes))


def _with(state: Social, person: Person) -> Social:
    """With the person; of those who are nothing to us any more, the ones of long ago are forgotten."""
    people = {**state.people, person.person_id: person}
    strangers = {key: one for key, one in people.items() if one.standing in ("apart", "declined")}
    if len(strangers) > STRANGERS_KEPT:
        kept = _newest(strangers, STRANGERS_KEPT, lambda one: one.at)
        people = {key: one for key, one in people.items() if key in kept or key not in strangers}
    return _replace(state, people=people)


def _with_own(state: Social, post: Post) -> Social:
    return _replace(state, own={**state.own, post.post_id: post})


def _with_theirs(state: Social, post: TheirPost) -> Social:
    kept = _newest({**state.theirs, post.post_id: post}, THEIRS_KEPT, lambda one: one.at)
    return _replace(state, theirs=kept)


def _forgotten(state: Social, person_id: str) -> Social:
    """Without the posts and reactions of a person."""
    address = state.people[person_id].address if person_id in state.people else ""
    theirs = {key: post for key, post in state.theirs.items() if post.author != address}
    own = {
        key: _replace(post, reactions={who: what for who, what in post.reactions.items() if who != address})
        for key, post in state.own.items()
    }
    return _replace(state, theirs=theirs, own=own)


def _newest(things: dict[str, Thing], limit: int, age: Callable[[Thing], Any]) -> dict[str, Thing]:
    if len(things) <= limit:
        return things
    kept = sorted(things, key=lambda key: (age(things[key]), key))[-limit:]
    return {key: things[key] for key in things if key in kept}
