"""What can happen between people, and on a wall.

Events that are `Sent` travel as letters to the addresses in `to`, which are frozen in them; `serial` counts them.
"""

from datetime import datetime

import msgspec

from numirror.kernel.decider import Event


class Content(msgspec.Struct, frozen=True, tag=True, tag_field="kind"):
    """What a letter says."""


class Asked(Content, frozen=True):
    """Please be my friend."""


class Accepted(Content, frozen=True):
    """I am your friend now."""


class Farewell(Content, frozen=True):
    """I am your friend no more, or do not ask you any longer."""


class Posted(Content, frozen=True):
    """A post for the reader's wall; `is_private` if for nobody else's."""

    post_id: str
    text: str
    at: datetime
    is_private: bool


class Edited(Content, frozen=True):
    post_id: str
    text: str


class Retracted(Content, frozen=True):
    post_id: str


class ReactedTo(Content, frozen=True):
    """To a post of the reader's; without a reaction it is taken back."""

    post_id: str
    reaction: str


AnyContent = Asked | Accepted | Farewell | Posted | Edited | Retracted | ReactedTo


class Sent(Event, frozen=True):
    """What is told to others."""

    serial: int
    to: tuple[str, ...]


class FriendAsked(Sent, frozen=True):
    at: datetime


class RequestWithdrawn(Sent, frozen=True):
    at: datetime


class FriendshipMade(Sent, frozen=True):
    """Both want it."""

    at: datetime


class RequestDeclined(Event, frozen=True):
    """The other side is not told."""

    at: datetime


class FriendshipEnded(Sent, frozen=True):
    at: datetime


class PersonBlocked(Sent, frozen=True):
    """To the other side it looks like an end. Who was never a friend and was not asked is told nothing."""

    address: str
    at: datetime


class PersonUnblocked(Event, frozen=True):
    at: datetime


class PostPublished(Sent, frozen=True):
    """`only` is the address of the one who may read it; "" are all friends."""

    text: str
    only: str
    at: datetime


class PostShared(Sent, frozen=True):
    """A post that is there already is shown to a new friend. `at` is when it was published."""

    text: str
    at: datetime


class PostEdited(Sent, frozen=True):
    text: str
    at: datetime


class PostRetracted(Sent, frozen=True):
    """The entry stays in both logs; both walls forget it."""


class ReactionGiven(Sent, frozen=True):
    """To the post `post_id` of a friend; without a reaction it is taken back. `entity_id` is the post on our wall."""

    post_id: str
    reaction: str


class LetterReceived(Event, frozen=True):
    """A letter of `address`, the last one of its line so far. Of what is none of our business, there is no content."""

    address: str
    line: str
    number: int
    serial: int
    at: datetime
    content: AnyContent | None


class Receipted(msgspec.Struct, frozen=True):
    """One person has all our letters up to this one."""

    person_id: str
    number: int
    serial: int


class ReceiptsNoted(Event, frozen=True):
    """Letters have arrived."""

    receipts: tuple[Receipted, ...]


EVENTS = (
    FriendAsked,
    RequestWithdrawn,
    FriendshipMade,
    RequestDeclined,
    FriendshipEnded,
    PersonBlocked,
    PersonUnblocked,
    PostPublished,
    PostShared,
    PostEdited,
    PostRetracted,
    ReactionGiven,
    LetterReceived,
    ReceiptsNoted,
)

SocialEvent = (
    FriendAsked
    | RequestWithdrawn
    | FriendshipMade
    | RequestDeclined
    | FriendshipEnded
    | PersonBlocked
    | PersonUnblocked
    | PostPublished
    | PostShared
    | PostEdited
    | PostRetracted
    | ReactionGiven
    | LetterReceived
    | ReceiptsNoted
)
