"""What surrounds an event's data."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec


class NewEvent(msgspec.Struct, frozen=True):
    """An event on its way into the log. `data` is canonical JSON: keys sorted, no spaces."""

    type: str
    schema_version: int
    entity_id: str
    data: bytes


class Recorded(msgspec.Struct, frozen=True):
    """An event of the log. `data` is its JSON, or None where it was blanked."""

    position: int
    stream: str
    type: str
    schema_version: int
    entity_id: str
    command_id: UUID
    n: int
    data: msgspec.Raw | None
    metadata: dict[str, Any]
    occurred_at: datetime
    recorded_at: datetime
