"""How people, times and reactions are called on cards."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from numirror.domains.social.decider.state import REACTIONS, Post, Seen, Social
from numirror.domains.social.events import (
    FriendAsked,
    FriendshipEnded,
    FriendshipMade,
    PersonBlocked,
    PersonUnblocked,
    PostEdited,
    PostPublished,
    PostRetracted,
    ReactionGiven,
    RequestDeclined,
    RequestWithdrawn,
    SocialEvent,
)
from numirror.kernel.card import Show
from numirror.kernel.day import local_day
from numirror.kernel.domain import Viewer

FACES: dict[str, str] = dict(zip(REACTIONS, ("👍", "❤️", "😂", "🎉", "😮", "😢"), strict=True))

_SENTENCES: dict[type[SocialEvent], str] = {
    FriendAsked: "Your request is on its way. You will see here when it is accepted.",
    RequestWithdrawn: "Withdrawn.",
    FriendshipMade: "You are friends now.",
    RequestDeclined: "Declined. They are not told.",
    FriendshipEnded: "You are not friends any more.",
    PersonBlocked: "Blocked. Nothing of theirs comes in any more, and they are not told.",
    PersonUnblocked: "Unblocked.",
    PostPublished: "Posted.",
    PostEdited: "Edited.",
    PostRetracted: "Retracted: it goes from your friends' walls too.",
}


def said(events: tuple[SocialEvent, ...]) -> str:
    """The sentence after a command."""
    if not events:
        return "It is so already."
    first = events[0]
    if isinstance(first, ReactionGiven):
        return f"You reacted with {FACES[first.reaction]}" if first.reaction in FACES else "Taken back."
    return _SENTENCES.get(type(first), "")


def after(events: tuple[SocialEvent, ...]) -> Show | None:
    """Who changes something on a page stays there."""
    match events[0] if events else None:
        case PostEdited(entity_id=post_id) | ReactionGiven(entity_id=post_id):
            return Show("post", {"post_id": post_id})
        case FriendAsked() | RequestWithdrawn() | FriendshipEnded() | PersonBlocked() | PersonUnblocked():
            return Show("friends")
    return None


def news(state: Social, viewer: Viewer) -> str:
    """Requests that wait, or else how much friends have written since yesterday."""
    asking = len(state.standing("asking"))
    if asking:
        return "1 person asks to be your friend" if asking == 1 else f"{asking} people ask to be your friend"
    today = local_day(viewer.now, viewer.zone)
    fresh = sum((today - local_day(post.at, viewer.zone)).days <= 1 for post in state.theirs.values())
    return "" if not fresh else "1 new post of a friend" if fresh == 1 else f"{fresh} new posts of friends"


def when(at: datetime, viewer: Viewer) -> str:
    """Day and time as the person's clock has them."""
    wall = at.astimezone(ZoneInfo(viewer.zone))
    today, day = local_day(viewer.now, viewer.zone), local_day(at, viewer.zone)
    if day == today:
        return f"today {wall:%H:%M}"
    return f"{day.day} {day:%b %Y}, {wall:%H:%M}"


def counted(reactions: Iterable[str]) -> str:
    """`👍 2  ❤️ 1`, in the order of the six."""
    counts = Counter(reactions)
    return "  ".join(f"{face} {counts[name]}" for name, face in FACES.items() if counts[name])


def reach(post: Post, seen: Seen) -> str:
    """How far a post of ours has come."""
    if not seen.by and not seen.waiting:
        return f"no longer read by {post.only}" if post.only else "for friends to come"
    waiting = f", waiting for {seen.waiting}" if seen.waiting else ""
    return f"seen by {seen.by}{waiting}"
