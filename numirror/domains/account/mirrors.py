"""Calls to an AI in SQL: every call a row."""

from datetime import UTC
from typing import assert_never

from numirror.domains.account.events import AccountEvent, CallReleased, CallReserved, CallSettled, CapSet
from numirror.kernel.mirror import Column, Happened, Row, Table


def rows_of(happened: Happened) -> tuple[str, ...]:
    """The call that an event is about; a cap is about none."""
    return () if isinstance(happened.event, CapSet) else (happened.event.entity_id,)


def project(row: Row | None, happened: Happened) -> Row | None:
    """The row of a call after an event."""
    event: AccountEvent = happened.event  # type: ignore[assignment]  # the catalog decodes this domain's events only
    if isinstance(event, CallReserved):
        return {
            "call_id": event.entity_id,
            "day": event.day.isoformat(),
            "status": "reserved",
            "reserved_tokens": event.tokens,
            "input_tokens": None,
            "output_tokens": None,
            "micros": None,
            "model": None,
            "on_trial": event.on_trial,
            "reserved_at": happened.occurred_at.astimezone(UTC).isoformat(),
        }
    if row is None:
        return None
    match event:
        case CallSettled():
            told = {name: getattr(event, name) for name in ("input_tokens", "output_tokens", "micros", "model")}
            return {**row, "status": "settled", **told}
        case CallReleased():
            return {**row, "status": "released"}
        case CapSet():
            return row
        case _:
            assert_never(event)


CALLS_TABLE = Table(
    name="projection_ai_calls",
    key="call_id",
    columns=(
        Column("call_id", "text"),
        Column("day", "date"),
        Column("status", "text"),
        Column("reserved_tokens", "bigint"),
        Column("input_tokens", "bigint"),
        Column("output_tokens", "bigint"),
        Column("micros", "bigint"),
        Column("model", "text"),
        Column("on_trial", "boolean"),
        Column("reserved_at", "timestamptz"),
    ),
    project=project,
    rows_of=rows_of,
)
