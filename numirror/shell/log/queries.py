"""The registry of every SQL statement of the project.

`queries.sql` holds them, each under a head `-- name: x`; `templates.sql` those of projection tables, which are filled
from a table's description. Parameters are written %(name)s. No SQL text comes from anywhere else.
"""

import re
from functools import cache
from importlib.resources import files
from typing import get_args

import msgspec

from numirror.kernel.mirror import ColumnType, Table

_HEAD = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)
_PARAMETER = re.compile(r"%\((\w+)\)s")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,50}")
_OURS = frozenset({"tenant_id", "position"})


class Statement(msgspec.Struct, frozen=True):
    """A statement by name. `text` is as psycopg takes it, `numbered` the same with $1, $2 … for libpq."""

    name: str
    text: bytes

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of its parameters in the order of their first use."""
        return tuple(dict.fromkeys(_PARAMETER.findall(self.text.decode())))

    @property
    def numbered(self) -> bytes:
        number = {name: f"${i}" for i, name in enumerate(self.parameters, 1)}
        return _PARAMETER.sub(lambda found: number[found[1]], self.text.decode()).encode()


class TableStatements(msgspec.Struct, frozen=True):
    """What can be asked of one projection table. Rows travel as JSON objects of the table's columns.

    create      makes the table with its guards; run as its owner, not after nu.enter
    upsert      tenant, rows: jsonb array of objects, each with the columns and `position`
    delete      tenant, keys: list of str
    select      tenant, keys: list of str -> (row, position)
    changed     tenant, after: a position, limit -> (row, position), in order of the position
    clear       tenant
    """

    create: Statement
    upsert: Statement
    delete: Statement
    select: Statement
    changed: Statement
    clear: Statement


@cache
def named(name: str) -> Statement:
    """The statement of that name. Raises KeyError."""
    return registry()[name]


@cache
def registry() -> dict[str, Statement]:
    """All statements of queries.sql by name."""
    return {name: Statement(name, text.encode()) for name, text in _sections("queries.sql").items()}


@cache
def for_table(table: Table) -> TableStatements:
    """The statements of a projection table. Raises ValueError for a name or type that is not plain."""
    _check(table)
    names = [column.name for column in table.columns]
    parts = {
        "table": f'"{table.name}"',
        "by_position": f'"{table.name}_by_position"',
        "key": f'"{table.key}"',
        "columns": ", ".join(f'"{name}"' for name in names),
        "typed_columns": ", ".join(f'"{column.name}" {column.type}' for column in table.columns),
        "definitions": ",\n    ".join(_definition(column.name, column.type, table.key) for column in table.columns),
        "assignments": ", ".join(f'"{name}" = excluded."{name}"' for name in names if name != table.key),
        "pairs": ", ".join(f"'{name}', \"{name}\"" for name in names),
    }
    return TableStatements(**{
        name: Statement(f"{table.name}.{name}", text.format(**parts).encode())
        for name, text in _sections("templates.sql").items()
    })  # fmt: skip


def _definition(name: str, kind: str, key: str) -> str:
    return f'"{name}" {kind}' + (" NOT NULL" if name == key else "")


def _check(table: Table) -> None:
    names = [column.name for column in table.columns]
    plain = all(_NAME.fullmatch(name) and name not in _OURS for name in names) and len(set(names)) == len(names)
    known = all(column.type in get_args(ColumnType) for column in table.columns)
    if not (plain and known and _NAME.fullmatch(table.name) and table.name.startswith("projection_")):
        raise ValueError(f"{table.name!r} is not a plain description of a projection table")
    if table.key not in names or len(names) < 2:
        raise ValueError(f"{table.name!r} needs its key and at least one more column")


def _sections(file: str) -> dict[str, str]:
    text = (files(__package__) / file).read_text()
    _, *parts = _HEAD.split(text)
    return {name: body.strip().removesuffix(";") for name, body in zip(parts[::2], parts[1::2], strict=True)}
