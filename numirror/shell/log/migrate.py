"""Bringing the schema of a database up to date.

A migration is numbered and has two halves. `pre` only adds, so code of the number before still works beside it; `post`
takes away what only older code needed. Users' databases lag, and old and new processes run side by side for a while:
so code of number N applies pre halves up to N and post halves up to N - 1, at the first contact with a database. What
it finds there may be of one release later, pre N + 1 and post N, and it works with that. Beyond, it only reads.
"""

import re
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
import psycopg

from numirror.shell.log import errors
from numirror.shell.log.connections import Connection
from numirror.shell.log.queries import named

_FILE = re.compile(r"(\d{4})_(\w+)\.(pre|post)\.sql")


class Migration(msgspec.Struct, frozen=True, order=True):
    """One half of a migration."""

    number: int
    half: str
    name: str
    text: bytes


class State(msgspec.Struct, frozen=True):
    """The numbers of the newest halves that a database has, and what is wrong with its guards."""

    pre: int
    post: int
    problems: tuple[str, ...]


Standing = Literal["writable", "read_only"]
"""What this code may do in a database."""

_EMPTY = State(0, 0, ())
_INCOMPLETE = ("tables or functions of the schema nu are missing",)


@cache
def migrations() -> tuple[Migration, ...]:
    """All migrations of this code, in the order they are applied: post N goes right before pre N + 1."""
    found = [
        Migration(int(match[1]), match[3], match[2], file.read_bytes())
        for file in (files(__package__) / "migrations").iterdir()
        if (match := _FILE.fullmatch(file.name))
    ]
    return tuple(sorted(found, key=lambda one: (one.number, one.half == "post")))


def newest() -> int:
    """The number of this code."""
    return max(one.number for one in migrations())


def ensure(conn: Connection) -> None:
    """As `bring_up_to_date`, for who has to write. Raises `DatabaseNewer` too."""
    if bring_up_to_date(conn) == "read_only":
        raise errors.DatabaseNewer


def bring_up_to_date(conn: Connection) -> Standing:
    """The schema is up to date and guarded afterwards, or it is newer than this code, which then only reads.

    One round trip when there is nothing to do. Raises `DatabaseAltered`, `RoleNotAllowed`, `DatabaseRefused`,
    `LogAway`.
    """
    found = _found(conn)
    if isinstance(found, Exception):
        raise found
    if _is_newer(found):
        return "read_only"  # its guards are those of later code, which this one does not know
    if found.problems:
        raise errors.DatabaseAltered(found.problems)
    return "writable"


def state(conn: Connection) -> State:
    """What the database has; nothing where our schema is not there. Raises psycopg's errors."""
    found = _guarded(conn)
    if found is None:
        found = _numbers(conn)
        if not _missing(found):  # somebody else has made it between the two questions
            found = _guarded(conn) or found
    return found


def _guarded(conn: Connection) -> State | None:
    """The state with what is wrong with the guards; None where something of the schema is not there."""
    try:
        row = conn.execute(named("schema_state").text, {}).fetchone()
    except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedFunction, psycopg.errors.InvalidSchemaName):
        return None
    return State(row[0], row[1], tuple(row[2])) if row else _EMPTY


def _found(conn: Connection) -> State | Exception:
    """The state that it is in now, or what is to be raised: not in here, where the server's words would cling to it."""
    try:
        found = state(conn)
        if _missing(found):
            found = _apply(conn)
    except psycopg.Error as error:
        return _meaning(error)
    return found


def _numbers(conn: Connection) -> State:
    """The same of a schema that our guards cannot be looked up in: there is none, or it is of another number."""
    if conn.execute(named("schema_exists").text).fetchone() != (True,):
        return _EMPTY
    row = conn.execute(named("schema_numbers").text).fetchone()
    return State(row[0], row[1], _INCOMPLETE) if row else _EMPTY


def _apply(conn: Connection) -> State:
    """Under a lock, so that of many clients one applies and the others find it done."""
    with conn.transaction():
        conn.execute(named("schema_lock").text)
        for one in _missing(_numbers(conn)):
            conn.execute(one.text)
            conn.execute(named("note_migration").text, {"number": one.number, "half": one.half, "name": one.name})
    return state(conn)


def _is_newer(found: State) -> bool:
    """Whether something is gone that this code needs, or may be: code of two releases later was here."""
    return found.post > newest() or found.pre > newest() + 1


def _missing(found: State) -> list[Migration]:
    """What is to be applied to a database in that state; nothing to a newer one."""
    number = newest()
    reached = {"pre": (found.pre, number), "post": (found.post, number - 1)}
    return [one for one in migrations() if reached[one.half][0] < one.number <= reached[one.half][1]]


def _meaning(error: psycopg.Error) -> Exception:
    if isinstance(error, psycopg.errors.InsufficientPrivilege | psycopg.errors.UndefinedObject):
        return errors.RoleNotAllowed()
    meant = errors.from_sqlstate(error.sqlstate or "")
    return meant if isinstance(meant, errors.LogAway) else errors.DatabaseRefused(error.sqlstate or "")
