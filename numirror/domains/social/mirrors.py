"""Friends and the wall in SQL and in the Sheet."""

from datetime import UTC, datetime

from numirror.domains.social.decider.state import their_post_id
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
    ReactedTo,
    ReactionGiven,
    RequestDeclined,
    RequestWithdrawn,
    Retracted,
)
from numirror.kernel.decider import Event
from numirror.kernel.mirror import Cell, Column, Happened, Row, Tab, TabColumn, Table

_STANDINGS: dict[type[Event], str] = {
    FriendAsked: "asked",
    RequestWithdrawn: "apart",
    FriendshipMade: "friend",
    RequestDeclined: "declined",
    FriendshipEnded: "apart",
    PersonBlocked: "blocked",
    PersonUnblocked: "apart",
}
_CELLS = {"friend": "friend", "asked": "asked by you", "asking": "asks you", "blocked": "blocked"}


def person_row(row: Row | None, happened: Happened) -> Row | None:
    """The row of a person after an event; of letters, only those about friendship touch it."""
    event = happened.event
    at = happened.occurred_at.isoformat()
    if isinstance(event, LetterReceived):
        standing = "apart" if isinstance(event.content, Farewell) else "asking"
        if isinstance(event.content, Asked) and row is not None and row["standing"] in ("asked", "friend"):
            return row  # a friendship is made of it, which is an event of its own
        return {"person_id": event.entity_id, "address": event.address, "standing": standing, "since": at}
    if isinstance(event, FriendAsked):
        return {"person_id": event.entity_id, "address": event.to[0], "standing": "asked", "since": at}
    return None if row is None else {**row, "standing": _STANDINGS[type(event)], "since": at}


def people_of(happened: Happened) -> tuple[str, ...]:
    """The person an event is about."""
    event = happened.event
    if isinstance(event, LetterReceived):
        return (event.entity_id,) if isinstance(event.content, Asked | Farewell) else ()
    return (event.entity_id,) if type(event) in _STANDINGS else ()


def person_cells(row: Row) -> tuple[Cell, ...] | None:
    """The visible cells of a person: of those who are something to us."""
    if row["standing"] not in _CELLS:
        return None
    return (row["address"], _CELLS[row["standing"]], f"{_utc(row['since']):%Y-%m-%d}")


def post_row(row: Row | None, happened: Happened) -> Row | None:
    """The row of a post after an event. Of a retracted post the row stays, and says nothing any more."""
    event, at = happened.event, happened.occurred_at.isoformat()
    match event:
        case PostPublished(entity_id=post_id, text=text, only=only, at=posted):
            return _new(post_id, "", only, text, posted)
        case LetterReceived(address=author, content=Posted(text=text, at=posted, is_private=is_private)):
            return _new(happened.key, author, "you" if is_private else "", text, posted)
    if row is None or row["retracted"]:
        return row
    match event:
        case PostEdited(text=text) | LetterReceived(content=Edited(text=text)):
            return {**row, "text": text, "edited_at": at}
        case PostRetracted() | LetterReceived(content=Retracted()):
            return {**row, "text": "", "reactions": "", "retracted": True}
        case ReactionGiven(reaction=reaction):
            return {**row, "reactions": _reactions(row["reactions"], "you", reaction)}
        case LetterReceived(address=who, content=ReactedTo(reaction=reaction)):
            return {**row, "reactions": _reactions(row["reactions"], who, reaction)}
    return row


def posts_of(happened: Happened) -> tuple[str, ...]:
    """The post an event is about."""
    event = happened.event
    match event:
        case PostPublished() | PostEdited() | PostRetracted() | ReactionGiven():
            return (event.entity_id,)
        case LetterReceived(content=ReactedTo(post_id=post_id)):
            return (post_id,)
        case LetterReceived(content=(Posted() | Edited() | Retracted()) as content):
            return (their_post_id(event.address, content.post_id),)
    return ()


def post_cells(row: Row) -> tuple[Cell, ...] | None:
    """The visible cells of a post that is not retracted."""
    if row["retracted"]:
        return None
    at = f"{_utc(row['posted_at']):%Y-%m-%d %H:%M}"
    return (at, row["author"] or "you", row["reader"] or "all friends", row["text"], row["reactions"])


def _utc(text: str) -> datetime:
    """An instant of a row: a database spells it in a zone of its own."""
    return datetime.fromisoformat(text).astimezone(UTC)


def _new(post_id: str, author: str, reader: str, text: str, at: datetime) -> Row:
    return {
        "post_id": post_id,
        "author": author,
        "reader": reader,
        "text": text,
        "posted_at": at.isoformat(),
        "edited_at": None,
        "reactions": "",
        "retracted": False,
    }


def _reactions(before: str, who: str, reaction: str) -> str:
    """`ada@example.com: like, bob@example.com: wow`, by address; the same person has one."""
    held = dict(one.split(": ", 1) for one in before.split(", ") if one)
    held.pop(who, None)
    if reaction:
        held[who] = reaction
    return ", ".join(f"{one}: {what}" for one, what in sorted(held.items()))


FRIENDS_TABLE = Table(
    name="projection_friends",
    key="person_id",
    columns=(
        Column("person_id", "text"),
        Column("address", "text"),
        Column("standing", "text"),
        Column("since", "timestamptz"),
    ),
    project=person_row,
    rows_of=people_of,
)

WALL_TABLE = Table(
    name="projection_wall",
    key="post_id",
    columns=(
        Column("post_id", "text"),
        Column("author", "text"),
        Column("reader", "text"),
        Column("text", "text"),
        Column("posted_at", "timestamptz"),
        Column("edited_at", "timestamptz"),
        Column("reactions", "text"),
        Column("retracted", "boolean"),
    ),
    project=post_row,
    rows_of=posts_of,
)

FRIENDS_TAB = Tab(
    title="Friends",
    table=FRIENDS_TABLE,
    columns=(TabColumn("Address", 260), TabColumn("Standing", 120), TabColumn("Since", 100)),
    cells=person_cells,
)

WALL_TAB = Tab(
    title="Wall",
    table=WALL_TABLE,
    columns=(
        TabColumn("When (UTC)", 130),
        TabColumn("Who", 200),
        TabColumn("For", 160),
        TabColumn("Post", 480),
        TabColumn("Reactions", 240),
    ),
    cells=post_cells,
)
