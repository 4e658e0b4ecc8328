"""What can go wrong with a tenant's log. The docstring of an error is its message and says what to do.

NuMirrorError
├── Away
│   └── LogAway              the database does not answer, or not in time
│       ├── LogBusy          it answers, but somebody holds what we need
│       └── SchemaMissing    our tables are not there (any more)
├── VersionConflict          the stream has moved
├── Refused
│   ├── CommandReused        one command id, two different wishes
│   ├── LogFrozen            the log is only read: it lives elsewhere by now
│   ├── LogNotEmpty          another log is where this one is to come
│   ├── AnotherLog           two logs that began as one went different ways
│   ├── SameDatabase         a log is to move to where it is
│   └── InvalidExport        a file is no export, or not as it was exported
│       ├── AnothersExport   it is of somebody else
│       └── ExportShorter    it holds fewer events than the log
├── InvalidEvent             the event cannot be stored as it is
├── IdentityRefused          the e-mail address belongs to another Google account
├── ChainBroken              a stored event is not what was appended
├── LogShorter               events at the end of the log are gone
└── DatabaseRefused          the database says no
    ├── DatabaseNewer        its schema is newer than this code
    ├── DatabaseAltered      its guards are not as we set them
    ├── DatabaseStrange      its functions answer what ours would not
    └── RoleNotAllowed       we may not make the role that keeps tenants apart
"""

from typing import ClassVar

from numirror.kernel.errors import Away, NuMirrorError, Refused


class LogAway(Away):
    """Your database does not answer. What you did is safe to try again in a moment."""


class LogBusy(LogAway):
    """Your database is busy. Please try again in a moment."""


class SchemaMissing(LogAway):
    """The tables of NuMirror are not in this database. They are made at the next visit."""


class VersionConflict(NuMirrorError):
    """The stream has moved since it was read. Read its tail, fold and decide again."""

    permanent: ClassVar[bool] = False

    def __init__(self, expected: int, actual: int) -> None:
        super().__init__(f"The stream is at version {actual}, not {expected}. Read its tail, fold and decide again.")
        self.expected = expected
        self.actual = actual


class CommandReused(Refused):
    """This button was used before for something else. Refresh, and try again with the new one."""


class LogFrozen(Refused):
    """Your log has moved to another database, or is just moving. Open the sidebar again in a moment."""


class LogNotEmpty(Refused):
    """Another log is in this database already. Choose an empty database, or export that log and erase it first."""


class AnotherLog(Refused):
    """The two logs went different ways. Export both, and keep one."""

    def __init__(self, position: int) -> None:
        super().__init__(f"The two logs go different ways at position {position} or before. Export both, and keep one.")
        self.position = position


class SameDatabase(Refused):
    """Your log is in this database already. Choose another one."""


class InvalidExport(Refused):
    """This is no .numirror file, or it was cut off. Download it again from where it was exported."""


class AnothersExport(InvalidExport):
    """This export is of another account. Import it only if its log is to be yours from now on."""


class ExportShorter(InvalidExport):
    """This export holds fewer events than your log. Importing it adds nothing and takes nothing away."""

    def __init__(self, count: int, here: int) -> None:
        super().__init__(
            f"This export holds {count} events, your log has {here} already. Importing it adds nothing and takes "
            "nothing away. Say so if you wish it all the same."
        )
        self.count = count
        self.here = here


class CommandKnown(NuMirrorError):
    """This command is in the log already."""


class InvalidEvent(NuMirrorError):
    """This cannot be stored."""


class IdentityRefused(NuMirrorError):
    """This e-mail address belongs to another Google account here. Ask the operator to release it."""


class ChainBroken(NuMirrorError):
    """An event in the log is not what was appended. Restore the log from an export."""

    def __init__(self, position: int) -> None:
        super().__init__(f"The event at position {position} is not what was appended. Restore the log from an export.")
        self.position = position


class LogShorter(NuMirrorError):
    """Your log ends before where it ended already. Restore it from an export."""

    def __init__(self, position: int) -> None:
        super().__init__(f"Your log ends before position {position}, where it had an event. Restore it from an export.")
        self.position = position


class DatabaseRefused(NuMirrorError):
    """The database refuses. Look into its own log."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__(f"The database refuses with SQLSTATE {sqlstate}. Look into its own log.")
        self.sqlstate = sqlstate


class DatabaseNewer(DatabaseRefused):
    """The schema in this database is newer than this NuMirror. Update NuMirror."""

    def __init__(self) -> None:
        NuMirrorError.__init__(self)


class DatabaseAltered(DatabaseRefused):
    """Guards of the schema nu were altered."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        NuMirrorError.__init__(self, "Guards of the schema nu were altered: " + "; ".join(problems))
        self.problems = problems


class DatabaseStrange(DatabaseRefused):
    """This database answers what NuMirror's functions would not. Look who changed them, or restore it from a backup."""

    def __init__(self) -> None:
        NuMirrorError.__init__(self)


class RoleNotAllowed(DatabaseRefused):
    """This user may not make or be the role nu_app. A superuser can: CREATE ROLE nu_app; GRANT nu_app TO <user>."""

    def __init__(self) -> None:
        NuMirrorError.__init__(self)


_BUSY = frozenset({"55P03", "57014", "40P01", "40001"})
_MISSING = frozenset({"42P01", "42883", "3F000"})
_AWAY = ("08", "53", "57P", "58")


def from_sqlstate(sqlstate: str) -> NuMirrorError:
    """The error for a SQLSTATE; '' stands for a connection that broke.

    Source of the codes: PostgreSQL manual, appendix A. The server's own text is dropped: it may quote the user.
    """
    if not sqlstate or sqlstate.startswith(_AWAY):
        return LogAway()
    if sqlstate in _BUSY:
        return LogBusy()
    if sqlstate in _MISSING:
        return SchemaMissing()
    if sqlstate == "23505":  # the log's only unique key that a client can hit: (tenant_id, command_id, n)
        return CommandKnown()
    if sqlstate.startswith("22"):
        return InvalidEvent("The database cannot store this text or number.")
    return DatabaseRefused(sqlstate)
