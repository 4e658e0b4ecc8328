"""What only trying shows: rights, row-level security and inserts, on our tables as they are or would be.

Everything is tried with the very migrations and tables that NuMirror uses, inside a transaction that is rolled back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg

from numirror.shell.log import errors, migrate
from numirror.shell.log.check.sentences import failed
from numirror.shell.log.check.session import Session
from numirror.shell.log.queries import named

_TEXT = "Größe 日本 😀"
_EVENT = {
    "position": "1",
    "stream": "check",
    "type": "check.made",
    "schema_version": "1",
    "entity_id": _TEXT,
    "n": "0",
    "data": f'{{"title": "{_TEXT}"}}',
    "metadata": '{"zone": "Europe/Berlin"}',
    "occurred_at": "1790000000123456",
    "salt": "00ff",
    "digest": "01fe",
    "hash": "02fd",
}
_FOREIGN = ("has a trigger of somebody else", "has a rule")


def prove_rights(session: Session) -> str:
    """The user may make the schema `nu`, or owns ours, and nothing shadows PostgreSQL's functions. A fact."""
    read_only, misled, is_there, is_ours, may_create = (value == "t" for value in session.row("check_rights", 5))
    if read_only:
        raise failed("read_only")
    if misled:
        raise failed("search_path")
    if is_there and not (is_ours and may_create):
        raise failed("other_schema")
    if not may_create:
        raise failed("no_schema")
    return "The schema nu is there." if is_there else "The schema nu can be made."


def prove_isolation(session: Session) -> str:
    """The role nu_app can be made and become, and one tenant neither sees nor writes rows of another."""
    mine, other = _nobody(), _nobody()
    with _trial(session) as problems:
        if any(not _is_foreign(problem) for problem in problems):
            raise failed("altered")
        _enter(session, mine)
        if session.row("check_head", 1, tenant=mine) != (mine,):
            raise failed("changed_row")
        seen = [_sees(session, tenant, mine) for tenant in (mine, other, "")]
        if seen != [True, False, False] or _can_forge(session, other):
            raise failed("isolation")
    return ""


def prove_insert(session: Session) -> str:
    """An event is stored as it was given; nobody's triggers or rules sit on our tables."""
    event = {"tenant": _nobody(), **_EVENT, "command_id": str(uuid4())}
    with _trial(session) as problems:
        if problems:
            raise failed("triggers")
        _enter(session, event["tenant"])
        stored = session.row("check_event", len(event), **event)
        if stored != tuple(event[name] for name in named("check_event").parameters):
            raise failed("changed_row")
    return ""


@contextmanager
def _trial(session: Session) -> Iterator[tuple[str, ...]]:
    """A transaction in which our schema is up to date, rolled back afterwards; what is wrong with its guards."""
    with session.asking(), session.conn.transaction(force_rollback=True):
        session.row("check_begin", 3)
        session.row("schema_lock", 1)
        yield _make(session)


def _make(session: Session) -> tuple[str, ...]:
    try:
        if session.row("schema_exists", 1) == ("t",):
            migrate.ensure(session.conn)
        else:
            for one in migrate.migrations():
                if one.half == "pre" or one.number < migrate.newest():
                    session.conn.execute(one.text)
    except errors.DatabaseAltered as altered:
        return altered.problems
    return ()


def _enter(session: Session, tenant: str) -> None:
    session.row("enter", 1, tenant=tenant)


def _sees(session: Session, tenant: str, rows_of: str) -> bool:
    """Whether that tenant sees the rows of the other, by a statement that asks for them; '' is nobody."""
    session.row("check_become", 1, tenant=tenant)
    return session.numbers("check_heads", 1, tenant=rows_of) != (0,)


def _can_forge(session: Session, tenant: str) -> bool:
    """Whether that tenant can write a row in the name of a third."""
    session.row("check_become", 1, tenant=tenant)
    try:
        with session.conn.transaction():
            session.conn.execute(named("check_head").text, {"tenant": _nobody()})
    except psycopg.errors.InsufficientPrivilege:
        return False
    return True


def _nobody() -> str:
    """A tenant that nobody can be. Source: RFC 2606, the domain .invalid."""
    return f"check-{uuid4().hex}@numirror.invalid"


def _is_foreign(problem: str) -> bool:
    return any(words in problem for words in _FOREIGN)
