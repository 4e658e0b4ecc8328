"""The squares of bingo, and the goals that are on none of them, in SQL and in the Sheet."""

from numirror.domains.bingo.decider import Bingo, Game, cells_goal
from numirror.domains.bingo.events import Goal
from numirror.kernel.mirror import Cell, Column, Happened, Row, Tab, TabColumn, Table, Typed


def squares_of(happened: Happened) -> tuple[str, ...]:
    """The rows that an event changes: some of the game that is on, or many where one begins or goals are taken."""
    before: Bingo = happened.before
    after: Bingo = happened.after
    if before.game is after.game and before.goals is after.goals:
        return ()
    old, new = _rows(before), _rows(after)
    return tuple(key for key in old | new if old.get(key) != new.get(key))


def project(row: Row | None, happened: Happened) -> Row | None:
    """The row of a square or goal after an event. When another game begins, a square stays as it was last."""
    after: Bingo = happened.after
    return _rows(after).get(happened.key) or (row and {**row, "status": "past"})


def _rows(state: Bingo) -> dict[str, Row]:
    squares = [] if state.game is None else [_square(state.game, number) for number in range(len(state.game.squares))]
    rows = {row["square_id"]: row for row in squares if row is not None}
    drawn = {row["goal"].casefold() for row in rows.values()}
    return {**rows, **{_goal_id(goal): _waiting(goal) for goal in state.goals if goal.text.casefold() not in drawn}}


def _square(game: Game, square: int) -> Row | None:
    goal = game.goal(square)
    if goal is None:
        return None
    return {
        **_waiting(goal),
        "square_id": f"{game.game_id}-{square:02d}",
        "game_id": game.game_id,
        "progress": game.marks[square].progress,
        "across": square % game.size + 1,
        "down": square // game.size + 1,
        "is_ticked": game.is_ticked(square),
        "status": "finished" if game.finished_on else "playing",
    }


def _waiting(goal: Goal) -> Row:
    """A goal that was taken and is on no square: the next card may have it."""
    row: Row = {column.name: None for column in SQUARES_TABLE.columns}
    known = {"square_id": _goal_id(goal), "goal": goal.text, "tag": goal.tag or None, "count": goal.count}
    return {**row, **known, "status": "waiting"}


def _goal_id(goal: Goal) -> str:
    return f"goal-{goal.text.casefold()}"


SQUARES_TABLE = Table(
    name="projection_bingo_squares",
    key="square_id",
    columns=(
        Column("square_id", "text"),
        Column("game_id", "text"),
        Column("goal", "text"),
        Column("tag", "text"),
        Column("count", "bigint"),
        Column("progress", "bigint"),
        Column("across", "bigint"),
        Column("down", "bigint"),
        Column("is_ticked", "boolean"),
        Column("status", "text"),
    ),
    project=project,
    rows_of=squares_of,
)


def cells(row: Row) -> tuple[Cell, ...] | None:
    """The visible cells of a square of the last game, the free middle has none, or of a goal that waits."""
    goal = (row["goal"], row["tag"] or "", row["count"])
    if row["status"] == "past":
        return None
    if row["status"] == "waiting":
        return (*goal, "", "", "")
    return (*goal, row["progress"], f"row {row['down']}, column {row['across']}", row["is_ticked"])


BINGO_TAB = Tab(
    title="Bingo",
    table=SQUARES_TABLE,
    # The first three are read back as goals, from rows of ours and from rows that people write among them.
    columns=(
        TabColumn("Goal", 320),
        TabColumn("Tag", 100),
        TabColumn("Count", 70),
        TabColumn("Progress", 80),
        TabColumn("Square", 140),
        TabColumn("Ticked", 70),
    ),
    cells=cells,
    typed=Typed(3, cells_goal),
)
