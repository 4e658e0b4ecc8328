"""The rules of friendship."""

from collections.abc import Sequence
from datetime import datetime

from numirror.domains.social.commands import (
    AcceptRequest,
    AskFriend,
    Block,
    DeclineRequest,
    FriendCommand,
    Unblock,
    Unfriend,
    WithdrawRequest,
)
from numirror.domains.social.decider.state import (
    BLOCKED_LIMIT,
    FRIENDS_LIMIT,
    SHARED_FOR,
    Person,
    Social,
    person_id,
)
from numirror.domains.social.decider.texts import mail_address
from numirror.domains.social.events import (
    FriendAsked,
    FriendshipEnded,
    FriendshipMade,
    PersonBlocked,
    PersonUnblocked,
    PostShared,
    RequestDeclined,
    RequestWithdrawn,
    SocialEvent,
)
from numirror.kernel.errors import Refused

Events = tuple[SocialEvent, ...]

_GONE = "This has changed meanwhile. Refresh to see how things are."


def decide_friend(state: Social, command: FriendCommand) -> Events:
    """What a wish about a person leads to. Raises `Refused`."""
    if isinstance(command, AskFriend):
        address = mail_address(command.address)
        if address == command.me:
            raise Refused("That is your own address. Type the one of a friend.")
        return _ask(state, address, command.now)
    person = state.people.get(command.person_id)
    if person is None:
        raise Refused(_GONE)
    match command:
        case AcceptRequest():
            return _accept(state, person, command.now)
        case DeclineRequest():
            return _decline(person, command.now)
        case Block():
            return _block(state, person, command.now)
        case Unblock():
            return (
                () if person.standing != "blocked" else (PersonUnblocked(entity_id=person.person_id, at=command.now),)
            )
        case WithdrawRequest() | Unfriend():
            return _part(state, person, command)


def befriended(state: Social, person: Person, now: datetime, *, by_them: bool = False) -> Events:
    """We are friends now: they are told unless they said so, and shown what was posted to all friends lately."""
    to, serial = (person.address,), state.serial + 1
    made = FriendshipMade(entity_id=person.person_id, serial=serial, to=() if by_them else to, at=now)
    lately = [post for post in state.own.values() if not post.only and post.at >= now - SHARED_FOR]
    lately.sort(key=lambda post: post.published)
    shared = [
        PostShared(entity_id=post.post_id, serial=serial + n, to=to, text=post.text, at=post.at)
        for n, post in enumerate(lately, 1)
    ]
    return (made, *shared)


def _check_room(state: Social) -> None:
    """There may be one more friend, or one more request of ours."""
    if len(state.standing("friend", "asked")) >= FRIENDS_LIMIT:
        raise Refused(f"You have {FRIENDS_LIMIT} friends and open requests; that is the most. End one of them first.")


def _ask(state: Social, address: str, now: datetime) -> Events:
    person = state.person(address)
    match person.standing if person else "":
        case "friend" | "asked":
            return ()
        case "blocked":
            raise Refused("You have blocked this person. Unblock them under Friends first.")
        case "asking":
            assert person is not None
            return _accept(state, person, now)
    _check_room(state)
    return (FriendAsked(entity_id=person_id(address), serial=state.serial + 1, to=(address,), at=now),)


def _accept(state: Social, person: Person, now: datetime) -> Events:
    if person.standing == "friend":
        return ()
    _check_standing(person, ("asking", "declined"))
    _check_room(state)
    return befriended(state, person, now)


def _decline(person: Person, now: datetime) -> Events:
    if person.standing == "declined":
        return ()
    _check_standing(person, ("asking",))
    return (RequestDeclined(entity_id=person.person_id, at=now),)


def _part(state: Social, person: Person, command: WithdrawRequest | Unfriend) -> Events:
    if person.standing == "apart":
        return ()
    ending = isinstance(command, Unfriend)
    _check_standing(person, ("friend",) if ending else ("asked",))
    told = FriendshipEnded if ending else RequestWithdrawn
    return (told(entity_id=person.person_id, serial=state.serial + 1, to=(person.address,), at=command.now),)


def _block(state: Social, person: Person, now: datetime) -> Events:
    if person.standing == "blocked":
        return ()
    if len(state.standing("blocked")) >= BLOCKED_LIMIT:
        raise Refused(f"You have blocked {BLOCKED_LIMIT} people; that is the most. Unblock one of them first.")
    to = (person.address,) if person.standing in ("friend", "asked") else ()
    serial = state.serial + 1
    return (PersonBlocked(entity_id=person.person_id, serial=serial, to=to, address=person.address, at=now),)


def _check_standing(person: Person, wanted: Sequence[str]) -> None:
    if person.standing not in wanted:
        raise Refused(_GONE)
