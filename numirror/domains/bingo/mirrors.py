"""The squares of bingo in SQL and in the Sheet."""

from numirror.domains.bingo.decider import Bingo, Game
from numirror.kernel.mirror import Cell, Column, Happened, Row, Tab, TabColumn, Table


def squares_of(happened: Happened) -> tuple[str, ...]:
    """The squares that an event changes: some of the game that is on, or all where one begins or ends."""
    before: Bingo = happened.before
    after: Bingo = happened.after
    if before.game is after.game or after.game is None:
        return ()
    old, new = _rows(before.game), _rows(after.game)
    return tuple(key for key in old | new if old.get(key) != new.get(key))


def project(row: Row | None, happened: Happened) -> Row | None:
    """The row of a square after an event. When another game begins, it stays as it was last."""
    after: Bingo = happened.after
    return _rows(after.game).get(happened.key) or (row and {**row, "status": "past"})


def _rows(game: Game | None) -> dict[str, Row]:
    if game is None:
        return {}
    rows = (_row(game, square) for square in range(len(game.squares)))
    return {row["square_id"]: row for row in rows if row is not None}


def _row(game: Game, square: int) -> Row | None:
    goal = game.goal(square)
    if goal is None:
        return None
    return {
        "square_id": f"{game.game_id}-{square:02d}",
        "game_id": game.game_id,
        "goal": goal.text,
        "tag": goal.tag or None,
        "count": goal.count,
        "progress": game.marks[square].progress,
        "across": square % game.size + 1,
        "down": square // game.size + 1,
        "is_ticked": game.is_ticked(square),
        "status": "finished" if game.finished_on else "playing",
    }


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
    """The visible cells of a square: of the last game only, the free middle has none."""
    if row["status"] == "past":
        return None
    place = f"row {row['down']}, column {row['across']}"
    return (row["goal"], row["tag"] or "", row["count"], row["progress"], place, row["is_ticked"])


BINGO_TAB = Tab(
    title="Bingo",
    table=SQUARES_TABLE,
    # The first three are read back as goals, from rows of ours and from rows that people write below them.
    columns=(
        TabColumn("Goal", 320),
        TabColumn("Tag", 100),
        TabColumn("Count", 70),
        TabColumn("Progress", 80),
        TabColumn("Square", 140),
        TabColumn("Ticked", 70),
    ),
    cells=cells,
)
