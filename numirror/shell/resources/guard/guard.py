"""The guard at the door to the network: nothing that a user brings is dialled without its word."""

import hashlib
import json
from collections.abc import Callable

import msgspec

from numirror.shell.log.target import Target
from numirror.shell.resources.guard import hosts
from numirror.shell.resources.guard.addresses import Resolver, public
from numirror.shell.resources.guard.refusals import TargetRefused
from numirror.shell.resources.guard.targets import AiTarget, RedisTarget

_WEAKER = frozenset({"require", "verify-ca"})
_ENCRYPTED = _WEAKER | {"verify-full"}


class Guard:
    """Says which address to dial for a host. One per process; any thread may ask.

    `local` are the host and port of servers on loopback that the launcher of a local profile has opened, and
    `local_sockets` the folders of their unix sockets: these pass, nothing else on this machine does.
    """

    def __init__(
        self,
        local: frozenset[tuple[str, int]] = frozenset(),
        local_sockets: frozenset[str] = frozenset(),
        resolve: Callable[[str, str], str] | None = None,
    ) -> None:
        """`resolve` gives the address of a name for an owner, or raises `TargetRefused`; a `Resolver`'s, if None."""
        if not all(hosts.is_loopback(host) for host, _ in local):
            raise ValueError("local servers are on loopback")
        self._local = local
        self._local_sockets = local_sockets
        self._resolve = resolve or Resolver().address

    def admit(self, host: str, port: int, owner: str = "") -> str:
        """The checked address to dial, now, instead of asking for the name again. Raises `TargetRefused`.

        `owner` is the tenant who brought the host; those who are not named have one share of the resolver together.
        """
        host = hosts.parse_host(host)
        address = hosts.literal(host)
        if (host, port) in self._local:
            return str(address or "127.0.0.1")
        if address:
            if not public(address):
                raise TargetRefused("host_not_public")
            return str(address)
        if hosts.is_local_name(host):
            raise TargetRefused("host_not_public")
        return self._resolve(host, owner)

    def admit_target(self, target: Target) -> Target:
        """The same database with the address to dial, and TLS unless it is the launcher's. Raises `TargetRefused`."""
        if target.host in self._local_sockets:
            return msgspec.structs.replace(target, address="", sslmode="disable")
        address = self.admit(target.host, target.port, target.owner)
        is_local = (target.host, target.port) in self._local
        sslmode = target.sslmode or ("disable" if is_local else "verify-full")
        if sslmode not in _ENCRYPTED and not (is_local and sslmode == "disable"):
            raise TargetRefused("tls_needed")
        return msgspec.structs.replace(target, address=address, sslmode=sslmode)


def fingerprint(target: Target | RedisTarget | AiTarget) -> str:
    """SHA-256 in hex of where a target is and who is let in there: what its owner has said yes to.

    The same before and after the guard. Not the password, which may change; but a weaker encryption is another target,
    or an editor of the Sheet could take the owner's yes and drop the check of the certificate.
    """
    parts: tuple[str | int, ...]
    match target:
        case Target():
            weaker = target.sslmode if target.sslmode in _WEAKER else ""
            parts = ("postgres", target.host, target.port, target.dbname, target.user, target.endpoint, weaker)
        case RedisTarget():
            parts = ("redis", target.host, target.port, target.db, target.user, target.tls)
        case AiTarget():
            parts = ("ai", target.host, target.port, target.path)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
