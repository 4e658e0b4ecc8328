"""What is known of people and of the wall: bounded, whatever anybody writes."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal, get_args

import msgspec

from numirror.kernel.letter import Cursor

OWN_KEPT = 50
THEIRS_KEPT = 100
"""Posts at hand; with the longest texts, a state of about half a megabyte. Older ones are in the tab and in SQL."""

FRIENDS_LIMIT = 150
"""Friends, and people who were asked: each post carries their addresses."""

WAITING_LIMIT = 50
BLOCKED_LIMIT = 200
STRANGERS_KEPT = 100
"""Of people who are nobody's friend any more, and of declined requests: so that their letters go on where they were."""

SHARED_FOR = timedelta(days=30)
"""How far back a new friend sees the wall."""

Standing = Literal["friend", "asked", "asking", "declined", "apart", "blocked"]
"""Of a person: `asked` by us, `asking` us; `apart` after an end."""

Reaction = Literal["like", "love", "laugh", "hooray", "wow", "sad"]
REACTIONS: tuple[Reaction, ...] = get_args(Reaction)

ALL = "all"
"""Where one person could be chosen: all friends."""

_ID_LENGTH = 24


class Person(msgspec.Struct, frozen=True):
    """Someone we exchange letters with.

    `friend_since` is the serial of what made us friends (0: we never were), `shared` that of the last older post they
    were shown. `received` is the last of their letters, `acknowledged` the last of ours that they have.
    """

    person_id: str
    address: str
    standing: Standing
    at: datetime
    friend_since: int = 0
    shared: int = 0
    received: Cursor = Cursor()
    acknowledged: Cursor = Cursor()


class Post(msgspec.Struct, frozen=True):
    """A post of our own. `only` is the address of its one reader; reactions are by address.

    `published` and `changed` are the serials of its first and last letter.
    """

    post_id: str
    text: str
    at: datetime
    only: str
    published: int
    changed: int
    is_edited: bool = False
    reactions: dict[str, str] = {}


class TheirPost(msgspec.Struct, frozen=True):
    """A post of a friend, who calls it `original_id`; with our own reaction to it."""

    post_id: str
    original_id: str
    author: str
    text: str
    at: datetime
    is_private: bool
    is_edited: bool = False
    reaction: str = ""


class Seen(msgspec.Struct, frozen=True):
    """Of the readers of a post: whose log has its last version, and whose has not."""

    by: int
    waiting: int


class Social(msgspec.Struct, frozen=True):
    """People by id, posts by id; `serial` is that of the last event that was sent to anyone."""

    people: dict[str, Person] = {}
    own: dict[str, Post] = {}
    theirs: dict[str, TheirPost] = {}
    serial: int = 0

    def person(self, address: str) -> Person | None:
        return self.people.get(person_id(address))

    def standing(self, *standings: Standing) -> list[Person]:
        """The people who stand so, in the order of their addresses."""
        found = [person for person in self.people.values() if person.standing in standings]
        return sorted(found, key=lambda person: person.address)

    def readers(self, post: Post) -> Iterable[Person]:
        """The friends who may read a post of ours."""
        friends = self.standing("friend")
        return [one for one in friends if (post.only in ("", one.address)) and _was_told(one, post)]

    def seen(self, post: Post) -> Seen:
        """How far a post has come."""
        readers = list(self.readers(post))
        by = sum(one.acknowledged.serial >= _last_told(one, post) for one in readers)
        return Seen(by, len(readers) - by)


def person_id(address: str) -> str:
    """The id of a person: of one length, whatever the address."""
    return sha256(address.encode()).hexdigest()[:_ID_LENGTH]


def their_post_id(author: str, original_id: str) -> str:
    """Our id of a friend's post: authors number their posts as they like, so theirs alone could be somebody else's."""
    return sha256(f"{original_id} {author}".encode()).hexdigest()[:_ID_LENGTH]


def _was_told(reader: Person, post: Post) -> bool:
    """Whether the post went to them when it was published, or when they became a friend."""
    return reader.friend_since < post.published or (post.only == "" and post.at >= reader.at - SHARED_FOR)


def _last_told(reader: Person, post: Post) -> int:
    return post.changed if reader.friend_since < post.changed else reader.shared
