"""What bingo looks like in SQL and in the Sheet."""

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from numirror.domains.bingo.decider import DECIDER
from numirror.domains.bingo.events import BingoEvent, GameFinished, GameStarted, Goal, TaskDone, TaskNamed
from numirror.domains.bingo.mirrors import BINGO_TAB, SQUARES_TABLE, cells
from numirror.kernel.mirror import Happened, Row
from tests.domains.test_bingo import SPORT, SUNDAY, begun, ticked


def steps(events: Sequence[BingoEvent]) -> tuple[dict[str, Row | None], list[tuple[str, ...]]]:
    """The rows after some events, and which each of them touched."""
    rows: dict[str, Row | None] = {}
    touched = []
    state = DECIDER.initial
    for position, event in enumerate(events, 1):
        after = DECIDER.evolve(state, event)
        happened = Happened(event, position, datetime(2026, 11, 22, tzinfo=UTC), "Etc/UTC", before=state, after=after)
        touched.append(SQUARES_TABLE.rows_of(happened))
        for key in touched[-1]:
            rows[key] = SQUARES_TABLE.project(rows.get(key), replace(happened, key=key))
        state = after
    return rows, touched


def again(events: Sequence[BingoEvent]) -> GameStarted:
    (started,) = [event for event in events if isinstance(event, GameStarted)]
    goals = tuple(Goal(f"New {n}") for n in range(8))
    return GameStarted(
        entity_id="second", size=3, seed=started.seed, word="", goals=goals, squares=started.squares, on=SUNDAY
    )


def test_a_game_has_a_row_for_each_square_but_the_free_one_with_every_column() -> None:
    rows, touched = steps(begun())
    assert len(rows) == 8 == len(touched[-1])
    assert touched[:-1] == [(), ()]
    assert all(set(row or {}) == {column.name for column in SQUARES_TABLE.columns} for row in rows.values())


def test_a_tick_touches_its_square_alone_and_a_task_those_with_its_tag() -> None:
    rows, touched = steps([*begun(goals=SPORT), *ticked(0), *ticked(0)])
    assert [len(keys) for keys in touched[-2:]] == [1, 0]
    assert [row["is_ticked"] for row in rows.values() if row and (row["down"], row["across"]) == (1, 1)] == [True]
    rows, touched = steps(
        [
            *begun(goals=SPORT),
            TaskNamed(entity_id="a", title="#sport"),
            TaskDone(entity_id="a"),
            TaskDone(entity_id="b"),
        ]
    )
    assert [len(keys) for keys in touched[-3:]] == [0, 1, 0]
    assert sum(row["progress"] for row in rows.values() if row) == 1


def test_the_sheet_shows_the_last_game_only_and_sql_keeps_the_others() -> None:
    finished = GameFinished(entity_id=begun()[2].entity_id, ticked=(4,), on=SUNDAY)
    rows, _ = steps([*begun(), finished])
    assert {row["status"] for row in rows.values() if row} == {"finished"}
    rows, touched = steps([*begun(), finished, again(begun())])
    assert len(rows) == len(touched[-1]) == 16
    shown = [cells(row) for row in rows.values() if row and cells(row)]
    assert len(shown) == 8
    assert all(str((row or ("",))[0]).startswith("New ") for row in shown)


def test_a_row_of_the_sheet_has_a_cell_for_each_column_and_reads_back_as_its_goal() -> None:
    rows, _ = steps(begun(goals=SPORT))
    shown = [cells(row) or () for row in rows.values() if row]
    headers = [column.header for column in BINGO_TAB.columns]
    assert {len(row) for row in shown} == {len(headers)}
    assert headers[:3] == ["Goal", "Tag", "Count"]
    assert ("Move", "sport", 2, 0) in [row[:4] for row in shown]
