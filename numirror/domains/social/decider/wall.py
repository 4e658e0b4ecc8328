"""The rules of the wall."""

from datetime import datetime

from numirror.domains.social.commands import (
    EditPost,
    PublishPost,
    React,
    RetractPost,
    TakeReactionBack,
    WallCommand,
)
from numirror.domains.social.decider.state import ALL, REACTIONS, Post, Social, TheirPost
from numirror.domains.social.decider.texts import post_text
from numirror.domains.social.events import PostEdited, PostPublished, PostRetracted, ReactionGiven, SocialEvent
from numirror.kernel.errors import Refused
from numirror.kernel.ids import entity_id

Events = tuple[SocialEvent, ...]


def decide_wall(state: Social, command: WallCommand) -> Events:
    """What a wish about a post leads to. Raises `Refused`."""
    match command:
        case PublishPost():
            return _publish(state, command)
        case EditPost():
            return _edit(state, command.post_id, post_text(command.text), command.now)
        case RetractPost():
            post = state.own.get(command.post_id)
            if post is None:
                return ()
            return (PostRetracted(entity_id=post.post_id, serial=state.serial + 1, to=_readers(state, post.only)),)
        case React():
            if command.reaction not in REACTIONS:
                raise Refused("There are six reactions; choose one of them.")
            return _react(state, command.post_id, command.reaction)
        case TakeReactionBack():
            return _react(state, command.post_id, "")


def _publish(state: Social, command: PublishPost) -> Events:
    post_id, text = entity_id(command.command_id), post_text(command.text)
    only = _only(state, command.only)
    known = state.own.get(post_id)
    if known is not None and (known.text, known.only) == (text, only):
        return ()
    if known is not None:
        raise Refused("This button has posted already. Refresh, and post this with the new button.")
    to, serial = _readers(state, only), state.serial + 1
    return (PostPublished(entity_id=post_id, serial=serial, to=to, text=text, only=only, at=command.now),)


def _edit(state: Social, post_id: str, text: str, now: datetime) -> Events:
    post = state.own.get(post_id)
    if post is None:
        raise Refused("This post can't be edited any more. Refresh to see how things are.")
    if post.text == text:
        return ()
    to = _readers(state, post.only)
    return (PostEdited(entity_id=post_id, serial=state.serial + 1, to=to, text=text, at=now),)


def _react(state: Social, post_id: str, reaction: str) -> Events:
    post = state.theirs.get(post_id)
    if post is None:
        raise Refused("This post is not there any more. Refresh to see how things are.")
    return () if post.reaction == reaction else (_reaction(state, post, reaction),)


def _reaction(state: Social, post: TheirPost, reaction: str) -> ReactionGiven:
    return ReactionGiven(
        entity_id=post.post_id,
        serial=state.serial + 1,
        to=(post.author,),
        post_id=post.original_id,
        reaction=reaction,
    )


def _only(state: Social, person_id: str) -> str:
    if person_id in ("", ALL):
        return ""
    person = state.people.get(person_id)
    if person is None or person.standing != "friend":
        raise Refused("This person is not a friend any more. Choose somebody else, or all friends.")
    return person.address


def _readers(state: Social, only: str) -> tuple[str, ...]:
    """Friends only: who was one has forgotten our posts already."""
    return tuple(person.address for person in state.standing("friend") if only in ("", person.address))


def may_read(post: Post, address: str) -> bool:
    """Whether a post of ours is for them."""
    return post.only in ("", address)
