"""What friends and the wall look like in SQL and in the Sheet."""

from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace

from numirror.domains.social.decider.state import person_id, their_post_id
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
    ReceiptsNoted,
    RequestDeclined,
    RequestWithdrawn,
    Retracted,
    SocialEvent,
)
from numirror.domains.social.mirrors import FRIENDS_TAB, FRIENDS_TABLE, WALL_TAB, WALL_TABLE
from numirror.kernel.mirror import Happened, Row, Table

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
BOB = "bob@example.com"
POST = "0123456789abcdef"
THEIRS = their_post_id(BOB, POST)
ME: dict[str, Any] = {"entity_id": POST, "serial": 1, "to": (BOB,)}
HIM: dict[str, Any] = {"entity_id": person_id(BOB), "serial": 1, "to": (BOB,), "at": NOW}
PUBLISHED = PostPublished(**ME, text="Hi", only="", at=NOW)


def rows_after(table: Table, *events: SocialEvent) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for position, event in enumerate(events, 1):
        happened = Happened(event, position, NOW, "Etc/UTC")
        for key in table.rows_of(happened):
            row = table.project(rows.get(key), replace(happened, key=key))
            if row is not None:
                rows[key] = row
    return rows


def heard(content: Any) -> LetterReceived:
    return LetterReceived(entity_id=person_id(BOB), address=BOB, line="l", number=1, serial=1, at=NOW, content=content)


def test_rows_have_every_column_of_their_table_and_tabs_every_cell() -> None:
    for table, tab, event in ((WALL_TABLE, WALL_TAB, PUBLISHED), (FRIENDS_TABLE, FRIENDS_TAB, FriendAsked(**HIM))):
        (row,) = rows_after(table, event).values()
        assert set(row) == {column.name for column in table.columns}
        assert len(tab.cells(row) or ()) == len(tab.columns)


def test_a_person_is_followed_through_it_all() -> None:
    steps: list[tuple[SocialEvent, str]] = [
        (FriendAsked(**HIM), "asked"),
        (heard(Asked()), "asked"),
        (FriendshipMade(**HIM), "friend"),
        (FriendshipEnded(**HIM), "apart"),
        (heard(Asked()), "asking"),
        (RequestDeclined(entity_id=person_id(BOB), at=NOW), "declined"),
        (heard(Farewell()), "apart"),
        (FriendAsked(**HIM), "asked"),
        (RequestWithdrawn(**HIM), "apart"),
        (PersonBlocked(**HIM, address=BOB), "blocked"),
        (PersonUnblocked(entity_id=person_id(BOB), at=NOW), "apart"),
    ]
    for end in range(1, len(steps) + 1):
        (row,) = rows_after(FRIENDS_TABLE, *(event for event, _ in steps[:end])).values()
        assert (row["standing"], row["address"]) == (steps[end - 1][1], BOB)
    assert FRIENDS_TAB.cells({**row, "standing": "friend"}) == (BOB, "friend", "2026-11-22")
    assert FRIENDS_TAB.cells(row) is None


def test_our_post_is_edited_reacted_to_and_retracted() -> None:
    events: list[SocialEvent] = [
        PUBLISHED,
        PostEdited(**ME, text="Hi!", at=NOW),
        heard(ReactedTo(POST, "love")),
        heard(ReactedTo(POST, "wow")),
    ]
    row = rows_after(WALL_TABLE, *events)[POST]
    assert WALL_TAB.cells(row) == ("2026-11-22 12:00", "you", "all friends", "Hi!", f"{BOB}: wow")
    assert rows_after(WALL_TABLE, *events, heard(ReactedTo(POST, "")))[POST]["reactions"] == ""
    gone = rows_after(WALL_TABLE, *events, PostRetracted(**ME), heard(ReactedTo(POST, "love")))[POST]
    assert (gone["text"], gone["reactions"], gone["retracted"]) == ("", "", True)
    assert WALL_TAB.cells(gone) is None


def test_a_friends_post_has_a_row_of_its_own_even_when_their_ids_are_ours() -> None:
    posted = heard(Posted(POST, "Theirs", NOW, True))
    reacted = ReactionGiven(entity_id=THEIRS, serial=1, to=(BOB,), post_id=POST, reaction="like")
    rows = rows_after(WALL_TABLE, PUBLISHED, posted, heard(Edited(POST, "Theirs!")), reacted)
    assert WALL_TAB.cells(rows[THEIRS]) == ("2026-11-22 12:00", BOB, "you", "Theirs!", "you: like")
    assert rows[POST]["text"] == "Hi"
    assert rows_after(WALL_TABLE, PUBLISHED, posted, heard(Retracted(POST)))[THEIRS]["text"] == ""


def test_a_database_may_spell_an_instant_in_its_own_zone() -> None:
    (row,) = rows_after(WALL_TABLE, PUBLISHED).values()
    assert (WALL_TAB.cells({**row, "posted_at": "2026-11-22T13:00:00+01:00"}) or ())[0] == "2026-11-22 12:00"


def test_what_is_about_no_row_makes_none() -> None:
    nothing = (heard(None), ReceiptsNoted(entity_id="receipts", receipts=()), heard(Edited(POST, "x")))
    assert rows_after(WALL_TABLE, *nothing, PostRetracted(**ME)) == rows_after(FRIENDS_TABLE, *nothing) == {}
