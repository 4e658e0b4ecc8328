"""The ten steps of the check of a database."""

import ipaddress
from collections.abc import Callable
from statistics import median
from time import monotonic, time

from numirror.kernel.errors import NuMirrorError
from numirror.shell.checks import CheckFailed, Report, Step, steps
from numirror.shell.log.check import proofs
from numirror.shell.log.check.sentences import failed
from numirror.shell.log.check.session import Session
from numirror.shell.log.target import Target

OLDEST_VERSION = 140000
FEWEST_FREE = 5
TRIPS = 5
MOST_SKEW_SECONDS = 60.0

_VERIFIED = "Encrypted, and the certificate is that of this host."
_ENCRYPTED = {
    "verify-full": _VERIFIED,
    "verify-ca": _VERIFIED,  # `Target.conninfo` makes it verify-full
    "require": "Encrypted, but no certificate was checked. Use sslmode=verify-full if your provider offers it.",
}
_NAME_CODES = frozenset({"no_host", "bad_host", "two_hosts", "bad_port"})


def check_database(target: Target, admit: Callable[[Target], Target], deadline_seconds: float = 12.0) -> Report:
    """Takes the ten steps with a database that somebody brings, and leaves nothing behind there. Raises nothing.

    `admit` gives the target with the checked `address` to dial, or raises a `NuMirrorError` with a `code` and a
    sentence; how long it takes is its own affair, all the rest ends within `deadline_seconds`. Nothing of what the
    server says gets into a sentence but its version and its numbers.
    """
    check = _Check(target, admit, monotonic() + deadline_seconds)
    try:
        return steps("database", check.steps())
    finally:
        check.close()


class _Check:
    def __init__(self, target: Target, admit: Callable[[Target], Target], ends_at: float) -> None:
        self._target, self._admit, self._ends_at = target, admit, ends_at
        self._refusal: NuMirrorError | None = None
        self._session: Session | None = None

    def steps(self) -> list[Step]:
        return [
            ("name", self._name),
            ("address", self._address),
            ("TLS", self._tls),
            ("login", self._login),
            ("version", self._version),
            ("rights", self._rights),
            ("role and row-level security", self._role),
            ("insert and roll back", self._insert),
            ("connections", self._connections),
            ("latency and clock", self._latency),
        ]

    def close(self) -> None:
        if self._session:
            self._session.close()

    @property
    def _open(self) -> Session:
        assert self._session is not None, "the step for TLS comes first"
        return self._session

    def _name(self) -> str:
        """The name and the policy are asked in one; what is refused tells which line it is."""
        try:
            self._target = self._admit(self._target)
        except NuMirrorError as refusal:
            self._refusal = refusal
        code = str(getattr(self._refusal, "code", ""))
        if self._refusal and (code.startswith("name_") or code in _NAME_CODES):
            raise CheckFailed(str(self._refusal))
        return ""

    def _address(self) -> str:
        if self._refusal:
            raise CheckFailed(str(self._refusal))
        if not self._target.host.startswith("/") and not _is_address(self._target.address):
            raise failed("not_dialled")
        return ""

    def _tls(self) -> str:
        may_be_plain = self._target.is_here
        sslmode = self._target.sslmode or ("disable" if may_be_plain else "verify-full")
        if sslmode not in _ENCRYPTED and not may_be_plain:
            raise failed("no_tls")
        self._session = Session(self._target, self._ends_at)
        if self._session.connect():
            return _ENCRYPTED.get(sslmode, _ENCRYPTED["require"])
        return "Not encrypted: the database is on this machine."

    def _login(self) -> str:
        self._open.log_in()
        return ""

    def _version(self) -> str:
        version = self._open.server_version
        if not version:
            raise failed("not_postgres")
        if version < OLDEST_VERSION:
            raise failed("version")
        if self._open.row("check_encoding", 1) != ("UTF8",):
            raise failed("wrong_encoding")
        return f"PostgreSQL {version // 10000}.{version % 10000}"

    def _rights(self) -> str:
        return proofs.prove_rights(self._open)

    def _role(self) -> str:
        return proofs.prove_isolation(self._open)

    def _insert(self) -> str:
        return proofs.prove_insert(self._open)

    def _connections(self) -> str:
        free, most = self._open.numbers("check_connections", 2)
        if free < FEWEST_FREE:
            raise failed("few_connections")
        pooled = " A pooler stands between, which is fine." if self._open.is_pooled else ""
        return f"{free} of {most} connections are free.{pooled}"

    def _latency(self) -> str:
        trips = [self._trip() for _ in range(TRIPS)]
        skew = min(trips)[1]  # the quickest trip knows the other clock best
        if abs(skew) > MOST_SKEW_SECONDS:
            raise failed("clock")
        return f"{median(seconds for seconds, _ in trips) * 1000:.1f} ms a trip, clocks {abs(skew):.1f} s apart."

    def _trip(self) -> tuple[float, float]:
        """How long one takes, and how far the clock of the server is ahead of ours, both in seconds."""
        begun, our_time = monotonic(), time()
        (microseconds,) = self._open.numbers("check_clock", 1)
        seconds = monotonic() - begun
        return seconds, microseconds / 1_000_000 - (our_time + seconds / 2)


def _is_address(text: str) -> bool:
    """Whether it can be dialled without asking anybody for a name."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
