"""Where a log is kept, and whose it is."""

from typing import Self

import msgspec
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from numirror.kernel.errors import NuMirrorError

_ALLOWED = frozenset({"host", "port", "dbname", "user", "password", "sslmode"})
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class BadDatabaseUrl(NuMirrorError):
    """The address of the database is not of the form postgresql://user:password@host:port/name."""


class Secret(str):
    """A string that does not show itself."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "***"


class Target(msgspec.Struct, frozen=True, cache_hash=True):
    """A Postgres database and how to be let in. `host` is a name, an address, or the folder of a unix socket.

    `address`, where given, is the checked address that is dialled instead of asking the resolver for `host` again.
    `sslmode` '' means verify-full, or no TLS on loopback and unix sockets. `owner` is the tenant who brought it, '' for
    the platform's own: two tenants never share a connection to a database that one of them named.
    `channel_binding`, `sslnegotiation` and `endpoint` (Neon's name of a compute) are libpq's, '' for its defaults.
    """

    host: str
    port: int
    dbname: str
    user: str
    password: Secret
    sslmode: str = ""
    address: str = ""
    owner: str = ""
    channel_binding: str = ""
    sslnegotiation: str = ""
    endpoint: str = ""

    @classmethod
    def parse(cls, url: str) -> Self:
        """The platform's own DATABASE_URL. Raises `BadDatabaseUrl`, which does not repeat it.

        Not for addresses that users bring: those are rebuilt from checked parts.
        """
        try:
            parts = conninfo_to_dict(url)
            port = int(parts.get("port") or 5432)
        except (ProgrammingError, ValueError):
            raise BadDatabaseUrl from None
        if parts.keys() - _ALLOWED or not all(parts.get(name) for name in ("host", "dbname", "user")):
            raise BadDatabaseUrl
        text = {name: str(value or "") for name, value in parts.items()}
        return cls(
            text["host"], port, text["dbname"], text["user"], Secret(text.get("password", "")), text.get("sslmode", "")
        )

    @property
    def is_here(self) -> bool:
        """Whether it is on this very machine: a unix socket or loopback."""
        return self.host.startswith("/") or self.host in _LOOPBACK

    def conninfo(self) -> str:
        """The connection string for libpq. Never to be shown.

        These parameters and no others: no password file, client certificate or options. SCRAM alone, so that no server
        is ever told the password. Source: PostgreSQL manual, 32.1.2.
        """
        sslmode = self.sslmode or ("disable" if self.is_here else "verify-full")
        if sslmode == "verify-ca":
            sslmode = "verify-full"  # the authorities are the system's: anybody could have a certificate of theirs
        return make_conninfo(
            host=self.host,
            hostaddr=self.address or None,
            port=self.port,
            dbname=self.dbname,
            user=self.user,
            password=str.__str__(self.password),
            sslmode=sslmode,
            channel_binding=self.channel_binding or None,
            sslnegotiation=self.sslnegotiation or None,
            options=f"endpoint={self.endpoint}" if self.endpoint else None,
            sslrootcert="system" if sslmode == "verify-full" else None,
            require_auth="scram-sha-256",
            connect_timeout=3,
            sslcertmode="disable",
            gssencmode="disable",
            passfile="/dev/null",
            client_encoding="UTF8",
            target_session_attrs="read-write",
            application_name="numirror",
        )


class Tenant(msgspec.Struct, frozen=True):
    """Whose data it is (`tenant_id`, their verified e-mail address) and where they keep it."""

    tenant_id: str
    storage: Target
