"""The first steps of every check: the name is known, its address may be dialled, and a server answers there."""

import socket
import ssl
from collections.abc import Callable
from time import monotonic

from numirror.shell.checks import CheckFailed, Step
from numirror.shell.resources.guard.refusals import TargetAway, TargetRefused

Admit = Callable[[str, int], str]
"""The guard's word on a host and port: the checked address to dial. Raises `TargetRefused`."""

_SECONDS = 4.0
"""For the TCP handshake, and again for that of TLS."""

CLOSED = (
    "No server answers at this host and port. Please compare both with what your provider shows, and look there "
    "whether the service is paused or lets only some networks in."
)
SLOW = "The server does not answer in time. Please look whether it is paused or overloaded, and try again in a moment."
MUTE = (
    "The server takes the connection and then does not answer in TLS. Please enter the port for encrypted connections "
    "that your provider shows; if that is the one, please try again in a moment."
)
CERTIFICATE = (
    "The server has no valid certificate for this host name, so nothing was sent to it. Please use the host name "
    "exactly as your provider shows it; a certificate that you have made yourself does not do."
)
NO_TLS = (
    "The server does not speak TLS at this port, so nothing was sent to it. Please enter the port for encrypted "
    "connections that your provider shows."
)


class Reach:
    """The way to one target. Its steps are taken in order; `address` is known after the second."""

    def __init__(self, host: str, port: int, admit: Admit, trust: ssl.SSLContext | None) -> None:
        """Without `trust`, no TLS is spoken."""
        self._host = host
        self._port = port
        self._admit = admit
        self._trust = trust
        self._refused = ""
        self.address = ""

    def steps(self) -> tuple[Step, ...]:
        """What to take before a login."""
        return ("name", self._find), ("address policy", self._judge), ("connection", self._connect)

    def _find(self) -> str:
        failed = ""
        try:
            self.address = self._admit(self._host, self._port)
        except TargetAway as away:
            failed = str(away)
        except TargetRefused as refused:
            self._refused = str(refused)  # the name is good: it is for the next step to say so
        if failed:
            raise CheckFailed(failed)
        return ""

    def _judge(self) -> str:
        if not self.address:
            raise CheckFailed(self._refused)
        return ""

    def _connect(self) -> str:
        fault = _shake_hands(self.address, self._port, self._host, self._trust)
        if fault:
            raise CheckFailed(fault)
        return "encrypted, certificate verified" if self._trust else "on this machine, not encrypted"


class Deadline:
    """A moment by which a check of several steps must be over."""

    def __init__(self, seconds: float) -> None:
        self._ends = monotonic() + seconds

    def left(self) -> float:
        """The seconds that are left. Raises `CheckFailed` when there are none."""
        left = self._ends - monotonic()
        if left <= 0:
            raise CheckFailed(SLOW)
        return left


def _shake_hands(address: str, port: int, host: str, trust: ssl.SSLContext | None) -> str:
    """What helps if it can't be done; '' if it can. A time-out counts for a handshake as a whole, not for each byte."""
    slow = SLOW
    try:
        with socket.create_connection((address, port), _SECONDS) as plain:
            slow = MUTE
            if trust:
                trust.wrap_socket(plain, server_hostname=host).close()
    except TimeoutError:
        return slow
    except ssl.SSLCertVerificationError:
        return CERTIFICATE
    except ssl.SSLError:
        return NO_TLS
    except OSError:
        return CLOSED
    return ""
