"""What bingo looks like in SQL and in the Sheet."""

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from numirror.domains.bingo.decider import DECIDER, cells_goal
from numirror.domains.bingo.events import BingoEvent, GameFinished, GameStarted, Goal, GoalsTaken, TaskDone, TaskNamed
from numirror.domains.bingo.mirrors import BINGO_TAB, SQUARES_TABLE, cells
from numirror.kernel.mirror import Happened, Row
from tests.domains.test_bingo import GOALS, SPORT, SUNDAY, begun, ticked


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


def of_squares(rows: dict[str, Row | None]) -> list[Row]:
    return [row for row in rows.values() if row and row["game_id"]]


def waiting(rows: dict[str, Row | None]) -> list[str]:
    return [row["goal"] for row in rows.values() if row and row["status"] == "waiting"]


def test_a_game_has_a_row_for_each_square_but_the_free_one_with_every_column() -> None:
    rows, touched = steps(begun())
    assert len(of_squares(rows)) == 8
    assert touched[0] == ()
    assert all(set(row or {}) == {column.name for column in SQUARES_TABLE.columns} for row in rows.values())


def test_goals_that_are_on_no_square_wait_in_rows_of_their_own() -> None:
    few, more = GOALS[:8], GOALS[:12]
    taken, game = begun(goals=more)[1:]
    rows, _ = steps([taken])
    assert waiting(rows) == [goal.text for goal in more]
    assert {(cells(row) or ())[3:] for row in rows.values() if row} == {("", "", "")}
    rows, touched = steps([taken, game])
    assert len(waiting(rows)) == 4
    assert len(touched[-1]) == 16  # eight squares come, and the rows that their goals waited in go
    assert not {row["goal"] for row in of_squares(rows)} & set(waiting(rows))
    rows, _ = steps([taken, GoalsTaken(entity_id="goals", goals=few)])
    assert waiting(rows) == [goal.text for goal in few]
    assert sum(cells(row) is None for row in rows.values() if row) == 4


def test_a_tick_touches_its_square_alone_and_a_task_those_with_its_tag() -> None:
    rows, touched = steps([*begun(goals=SPORT), *ticked(0), *ticked(0)])
    assert [len(keys) for keys in touched[-2:]] == [1, 0]
    assert [row["is_ticked"] for row in of_squares(rows) if (row["down"], row["across"]) == (1, 1)] == [True]
    rows, touched = steps(
        [
            *begun(goals=SPORT),
            TaskNamed(entity_id="a", title="#sport"),
            TaskDone(entity_id="a"),
            TaskDone(entity_id="b"),
        ]
    )
    assert [len(keys) for keys in touched[-3:]] == [0, 1, 0]
    assert sum(row["progress"] for row in of_squares(rows)) == 1


def test_the_sheet_shows_the_last_game_only_and_sql_keeps_the_others() -> None:
    finished = GameFinished(entity_id=begun()[2].entity_id, ticked=(4,), on=SUNDAY)
    rows, _ = steps([*begun(), finished])
    assert {row["status"] for row in of_squares(rows)} == {"finished"}
    rows, _ = steps([*begun(), finished, again(begun())])
    assert len(of_squares(rows)) == 16
    shown = [str(cells(row)) for row in of_squares(rows) if cells(row)]
    assert len(shown) == 8
    assert all(row.startswith("('New ") for row in shown)
    assert len(waiting(rows)) == 8  # the goals of the game before can be drawn again


def test_a_row_of_the_sheet_has_a_cell_for_each_column_and_reads_back_as_its_goal() -> None:
    rows, _ = steps(begun(goals=SPORT))
    shown = [found for row in rows.values() if row and (found := cells(row))]
    headers = [column.header for column in BINGO_TAB.columns]
    assert {len(row) for row in shown} == {len(headers)}
    assert headers[:3] == ["Goal", "Tag", "Count"]
    assert ("Move", "sport", 2, 0) in [row[:4] for row in shown]
    assert {cells_goal(row[:3]) for row in shown} == {cells_goal((goal.text, goal.tag, goal.count)) for goal in SPORT}


def test_a_typed_line_is_the_goal_that_it_would_be_taken_as() -> None:
    said = [
        cells_goal(line)
        for line in (("Run #Sport x2",), ("run", "#sport", 2), ("RUN ", "sport", "2"), ["Run", None, 3])
    ]
    assert said == [*[Goal("run", "sport", 2)] * 3, Goal("run")]
    assert [cells_goal(line) for line in ((), ("",), (None, "sport", 2))] == [None] * 3
