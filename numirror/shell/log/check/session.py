"""A connection to a database that is being checked: opened in stages, asked row by row, never trusted."""

import contextlib
import re
from collections.abc import Collection, Iterator

import msgspec
import psycopg
from psycopg import pq
from psycopg.conninfo import make_conninfo

from numirror.kernel.errors import NuMirrorError
from numirror.shell.checks import CheckFailed
from numirror.shell.log import errors
from numirror.shell.log.check.relay import Relay
from numirror.shell.log.check.sentences import cause_of, cause_of_sqlstate, failed
from numirror.shell.log.connection import _clear_environment, adopt
from numirror.shell.log.login import UNTIL_READY, UNTIL_TLS, Login
from numirror.shell.log.queries import named
from numirror.shell.log.scram import BadLogin
from numirror.shell.log.target import Target

_LONGEST_VALUE = 10_000
_NUMBER = re.compile(r"-?[0-9]{1,19}")


class Session:
    """`connect`, then `log_in`, then `row` as often as needed; `close` in any case. All raise `CheckFailed` alone."""

    def __init__(self, target: Target, ends_at: float) -> None:
        """`target` has its checked address; `ends_at` is a time of `time.monotonic`, when the server is given up."""
        _clear_environment()
        self._relay = Relay(target, ends_at)
        self._login = Login(_conninfo(target, self._relay.port), ends_at)
        self._pgconn = self._login.pgconn

    def connect(self) -> bool:
        """Goes on until the first word of the login; whether the connection is encrypted."""
        with self.asking():
            self._go_on(UNTIL_TLS, "tls_broken")
        return self._pgconn.ssl_in_use

    def log_in(self) -> None:
        """Goes on until the server lets us in."""
        with self.asking():
            self._go_on(UNTIL_READY, "not_let_in")
            self.conn = adopt(self._pgconn)

    @property
    def server_version(self) -> int:
        """As in server_version_num: 160004 is 16.4."""
        return self._pgconn.server_version

    @property
    def is_pooled(self) -> bool:
        """Whether somebody stands between: the process that answers is not the one that was promised at login."""
        (pid,) = self.numbers("check_process", 1)
        return pid != self._pgconn.backend_pid

    def row(self, name: str, columns: int, **parameters: str) -> tuple[str, ...]:
        """The one row of a statement of the registry as the server writes it, '' for NULL.

        The values are not given to psycopg's loaders: the server says which of them.
        """
        with self.asking():
            result = self.conn.execute(named(name).text, parameters).pgresult
            if result is None or (result.ntuples, result.nfields) != (1, columns):
                raise failed("not_postgres")
            values = [result.get_value(0, column) or b"" for column in range(columns)]
            if max(map(len, values)) > _LONGEST_VALUE:
                raise failed("huge")
            return tuple(value.decode() for value in values)

    def numbers(self, name: str, columns: int, **parameters: str) -> tuple[int, ...]:
        """The same for a row of whole numbers, which PostgreSQL writes with 20 characters at most."""
        values = self.row(name, columns, **parameters)
        if not all(_NUMBER.fullmatch(value) for value in values):
            raise failed("not_postgres")
        return tuple(map(int, values))

    @contextlib.contextmanager
    def asking(self) -> Iterator[None]:
        """A block that talks to the server through psycopg: whatever comes of it is `CheckFailed`.

        Everything is caught, as a server that is not what it seems can make any loader of psycopg fail.
        """
        try:
            yield
        except CheckFailed:
            raise
        except Exception as error:
            code = self._cause(error)
        else:
            return
        raise failed(code)

    def close(self) -> None:
        """Hangs up; the server then rolls back what is not committed, and nothing is ever committed."""
        self._pgconn.finish()
        self._relay.close()

    def _cause(self, error: Exception) -> str:
        if isinstance(error, BadLogin):
            return error.code
        if self._pgconn.status != pq.ConnStatus.OK:
            return self._relay.verdict or "closed"
        match error:
            case errors.DatabaseNewer():
                return "newer"
            case errors.RoleNotAllowed():
                return "no_role"
            case errors.LogBusy():
                return "busy"
            case psycopg.Error() | errors.DatabaseRefused() if error.sqlstate:
                return cause_of_sqlstate(error.sqlstate)
            case NuMirrorError():
                return "refused"
        return "not_postgres"

    def _go_on(self, while_in: Collection[pq.ConnStatus], otherwise: str) -> None:
        """Lets libpq connect while its status is one of those."""
        self._login.go_on(while_in)
        if self._pgconn.status == pq.ConnStatus.BAD:
            raise failed(self._why_not(otherwise))

    def _why_not(self, otherwise: str) -> str:
        if self._relay.verdict in ("late", "huge"):
            return self._relay.verdict
        return cause_of(self._pgconn.get_error_message("latin-1"), otherwise)


def _conninfo(target: Target, port: int) -> str:
    """As the log connects, but by the relay; and a database that can only be read is let pass, to be told of later."""
    host = "127.0.0.1" if target.host.startswith("/") else target.host
    near = msgspec.structs.replace(target, host=host, address="127.0.0.1", port=port)
    return make_conninfo(near.conninfo(), target_session_attrs="any")
