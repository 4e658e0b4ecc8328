"""The toy's table and tab."""

from numirror.kernel.mirror import Cell, Column, Happened, Row, Tab, TabColumn, Table


def project(row: Row | None, happened: Happened) -> Row:
    return {"toy_id": happened.key, "total": happened.after.total}


def cells(row: Row) -> tuple[Cell, ...]:
    return (row["total"],)


TOYS_TABLE = Table("projection_toys", "toy_id", (Column("toy_id", "text"), Column("total", "bigint")), project)
TOYS_TAB = Tab("Toys", TOYS_TABLE, (TabColumn("Total", 100),), cells)
