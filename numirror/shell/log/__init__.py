"""The log of a tenant in their own Postgres: the truth that every mirror is drawn from."""

from numirror.shell.log.chain import Verified
from numirror.shell.log.connections import Connection, Connections
from numirror.shell.log.errors import (
    ChainBroken,
    CommandReused,
    DatabaseAltered,
    DatabaseNewer,
    DatabaseRefused,
    IdentityRefused,
    InvalidEvent,
    LogAway,
    LogBusy,
    RoleNotAllowed,
    SchemaMissing,
    VersionConflict,
)
from numirror.shell.log.event_log import EventLog
from numirror.shell.log.read import Appended, Saved, Tail, TailEvent
from numirror.shell.log.target import BadDatabaseUrl, Secret, Target, Tenant

__all__ = [
    "Appended",
    "BadDatabaseUrl",
    "ChainBroken",
    "CommandReused",
    "Connection",
    "Connections",
    "DatabaseAltered",
    "DatabaseNewer",
    "DatabaseRefused",
    "EventLog",
    "IdentityRefused",
    "InvalidEvent",
    "LogAway",
    "LogBusy",
    "RoleNotAllowed",
    "Saved",
    "SchemaMissing",
    "Secret",
    "Tail",
    "TailEvent",
    "Target",
    "Tenant",
    "Verified",
    "VersionConflict",
]
