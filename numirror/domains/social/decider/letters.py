"""How letters are written from events, and what letters of others, and their receipts, lead to."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, assert_never

import msgspec

from numirror.domains.social.commands import NoteReceipts, ReceiveLetters
from numirror.domains.social.decider.evolving import evolve
from numirror.domains.social.decider.friends import Events, befriended
from numirror.domains.social.decider.state import REACTIONS, WAITING_LIMIT, Person, Social, person_id
from numirror.domains.social.decider.texts import TEXT_LIMIT, cleaned, is_post_id
from numirror.domains.social.decider.wall import may_read
from numirror.domains.social.events import (
    Accepted,
    AnyContent,
    Asked,
    Content,
    Edited,
    Farewell,
    FriendAsked,
    FriendshipEnded,
    FriendshipMade,
    LetterReceived,
    PersonBlocked,
    Posted,
    PostEdited,
    PostPublished,
    PostRetracted,
    PostShared,
    ReactedTo,
    ReactionGiven,
    Receipted,
    ReceiptsNoted,
    RequestWithdrawn,
    Retracted,
    Sent,
    SocialEvent,
)
from numirror.kernel.decider import Command, Event
from numirror.kernel.letter import Correspondent, Cursor, Letter, Told

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def told(event: Event) -> Told | None:
    """What an event says to others; None where it is told to nobody."""
    if not isinstance(event, Sent) or not event.to:
        return None
    content = _content(event)
    return None if content is None else Told(event.to, event.serial, msgspec.to_builtins(content))


def _content(event: Sent) -> Content | None:
    match event:
        case FriendAsked():
            return Asked()
        case FriendshipMade():
            return Accepted()
        case RequestWithdrawn() | FriendshipEnded() | PersonBlocked():
            return Farewell()
        case PostPublished(entity_id=post_id, text=text, at=at, only=only):
            return Posted(post_id, text, at, bool(only))
        case PostShared(entity_id=post_id, text=text, at=at):
            return Posted(post_id, text, at, False)
        case PostEdited(entity_id=post_id, text=text):
            return Edited(post_id, text)
        case PostRetracted(entity_id=post_id):
            return Retracted(post_id)
        case ReactionGiven(post_id=post_id, reaction=reaction):
            return ReactedTo(post_id, reaction)
    return None


def correspondents(state: Social) -> Mapping[str, Correspondent]:
    """Everyone we know. Who was never our friend, and was not asked, never learns whether their letters arrive."""
    return {
        person.address: Correspondent(
            acknowledged=person.acknowledged.number,
            received=person.received,
            is_muted=person.standing == "blocked",
            is_answered=person.standing != "blocked" and (person.friend_since > 0 or person.standing == "asked"),
        )
        for person in state.people.values()
    }


def receive_command(sender: str, letters: tuple[Letter, ...]) -> tuple[type[Command], Mapping[str, Any]]:
    return ReceiveLetters, {"sender": sender, "letters": letters}


def receipts_command(receipts: Mapping[str, Cursor]) -> tuple[type[Command], Mapping[str, Any]]:
    return NoteReceipts, {"receipts": dict(receipts)}


def receive(state: Social, command: ReceiveLetters) -> Events:
    """What the next letters of a sender lead to; those after a gap wait until they are sent again."""
    events: list[SocialEvent] = []
    for letter in sorted(command.letters, key=lambda one: one.number):
        for event in _taken(state, command.sender, letter, command.now):
            events.append(event)
            state = evolve(state, event)
    return tuple(_telling(events))


def note(state: Social, command: NoteReceipts) -> Events:
    """Which receipts are news."""
    news = []
    for address, upto in sorted(command.receipts.items()):
        person = state.person(address)
        if person is not None and upto.number > person.acknowledged.number:
            news.append(Receipted(person.person_id, upto.number, min(upto.serial, state.serial)))
    return (ReceiptsNoted(entity_id="receipts", receipts=tuple(news)),) if news else ()


def _taken(state: Social, sender: str, letter: Letter, now: datetime) -> Events:
    person = state.person(sender)
    standing = person.standing if person else ""
    content = _understood(letter.content, now)
    if standing == "blocked" or not _is_next(person, letter, content):
        return ()
    if standing == "" and not isinstance(content, Asked):
        return ()
    is_request = isinstance(content, Asked) and standing not in ("asked", "asking", "friend")
    if is_request and len(state.standing("asking")) >= WAITING_LIMIT:
        return ()
    kept = content if content is not None and _concerns(state, person, letter, content) else None
    received = _received(sender, letter, now, kept)
    if isinstance(kept, Asked | Accepted) and person is not None and standing in ("asked", "friend"):
        return (received, *befriended(state, person, now, by_them=isinstance(kept, Accepted)))
    return (received,)


def _received(sender: str, letter: Letter, now: datetime, content: AnyContent | None) -> LetterReceived:
    return LetterReceived(
        entity_id=person_id(sender),
        address=sender,
        line=letter.line,
        number=letter.number,
        serial=letter.serial,
        at=now,
        content=content,
    )


def _is_next(person: Person | None, letter: Letter, content: AnyContent | None) -> bool:
    """Whether nothing is missing before the letter. A line may begin with what begins a friendship."""
    if person is not None and letter.line == person.received.line:
        return letter.number > person.received.number and letter.after == person.received.number
    return letter.after == 0 or isinstance(content, Asked | Accepted)


def _concerns(state: Social, person: Person | None, letter: Letter, content: AnyContent) -> bool:
    """Whether what a letter says changes anything for us, and is for its sender to say."""
    standing = person.standing if person else "apart"
    match content:
        case Asked():
            begins_anew = person is not None and person.received.line != letter.line
            return standing in ("apart", "declined", "asked") or (standing == "friend" and begins_anew)
        case Accepted():
            return standing == "asked"
        case Farewell():
            return standing in ("friend", "asking", "declined")
        case ReactedTo(post_id=post_id):
            post = state.own.get(post_id)
            return standing == "friend" and person is not None and post is not None and may_read(post, person.address)
        case Posted() | Edited() | Retracted():
            return standing == "friend"
        case _:
            assert_never(content)


def _understood(raw: Any, now: datetime) -> AnyContent | None:
    """What a letter says; None for what we don't know or would not have written. Its sender could write anything."""
    try:
        content: AnyContent = msgspec.convert(raw, AnyContent)
        if isinstance(content, Posted | Edited):
            content = msgspec.structs.replace(content, text=cleaned(content.text))
        if isinstance(content, Posted):
            content = msgspec.structs.replace(content, at=max(_LONG_AGO, min(content.at, now)))
    except (msgspec.ValidationError, TypeError):  # a TypeError for a time without a zone
        return None
    return content if _is_allowed(content) else None


def _is_allowed(content: AnyContent) -> bool:
    match content:
        case Posted(post_id=post_id, text=text) | Edited(post_id=post_id, text=text):
            return is_post_id(post_id) and 0 < len(text) <= TEXT_LIMIT
        case Retracted(post_id=post_id):
            return is_post_id(post_id)
        case ReactedTo(post_id=post_id, reaction=reaction):
            return is_post_id(post_id) and reaction in ("", *REACTIONS)
    return True


def _telling(events: list[SocialEvent]) -> Iterator[SocialEvent]:
    """Without letters that say nothing, but for a last one: it is enough to say how far we have come."""
    last = max((n for n, event in enumerate(events) if isinstance(event, LetterReceived)), default=-1)
    for n, event in enumerate(events):
        if n == last or not isinstance(event, LetterReceived) or event.content is not None:
            yield event
