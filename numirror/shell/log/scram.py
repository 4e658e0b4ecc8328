"""What a server may say until libpq has hashed the password: little, and nothing that makes the hashing long.

In SCRAM the server names the salt and how often the password is hashed with it. libpq obeys, for as long as it takes:
two thousand million rounds are half an hour of a core, which nothing can interrupt. So each message goes by here before
libpq reads it. Source: RFC 5802, 5.1 and 7; PostgreSQL manual, "SASL Authentication" and "Message Formats".
"""

import re
from typing import ClassVar

from numirror.kernel.errors import NuMirrorError

MOST_ITERATIONS = 100_000
"""More are refused. PostgreSQL and PgBouncer use 4,096 unless told otherwise; 100,000 take a tenth of a second."""

_ASKED, _CHALLENGED = 10, 11
_CODES_OF_SASL = frozenset({_ASKED, _CHALLENGED, 12})  # libpq would hash for the last one, the final word, too
_HEADER = 5
_LONGEST = {b"R": 2_000, b"E": 30_000}  # as in libpq, which takes no longer ones at this point
_CHALLENGE = re.compile(rb"r=[!-+\--~]+,s=[A-Za-z0-9+/]+=*,i=([1-9][0-9]{0,18})")


class BadLogin(NuMirrorError):
    """The database did not let us in as a PostgreSQL does. Check the connection: the check says what is wrong.

    `code` is the one of the check's sentence: `costly_login`, `not_postgres`, `huge` or `late`.
    """

    permanent: ClassVar[bool] = False

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code


class ScramGate:
    """Lets a server ask for SCRAM, then name its challenge; then `is_open`: all that is costly in a login is over.

    Whoever asks for another login, or says no, is let through at once: libpq ends the connection by itself then, as
    `require_auth` in `Target.conninfo` demands.
    """

    def __init__(self) -> None:
        self.is_open = False
        self._was_asked = False

    def lets_through(self, said: bytes) -> bool:
        """Whether that is a whole message, which libpq may read now; False if it is the beginning of one.

        Raises `BadLogin` for what no server says here, and for a challenge that takes too long.
        """
        kind, length = said[:1], int.from_bytes(said[1:_HEADER], "big") + 1
        longest = _LONGEST.get(kind)
        if longest is None or (len(said) >= _HEADER and not _HEADER <= length <= longest):
            raise BadLogin("not_postgres")
        if len(said) < max(_HEADER, length):
            return False
        if kind == b"R":
            code = int.from_bytes(said[_HEADER : _HEADER + 4], "big")
            self._weigh(code, said[_HEADER + 4 : length], is_alone=len(said) == length)
        return True

    def _weigh(self, code: int, more: bytes, *, is_alone: bool) -> None:
        """What came along with a message of SASL libpq would keep, and see the next one begin elsewhere than we do."""
        if not self._was_asked and code not in _CODES_OF_SASL:
            return
        if code != (_CHALLENGED if self._was_asked else _ASKED) or not is_alone:
            raise BadLogin("not_postgres")
        if self._was_asked:
            self._weigh_challenge(more)
        self._was_asked = True

    def _weigh_challenge(self, challenge: bytes) -> None:
        found = _CHALLENGE.fullmatch(challenge)
        if not found:
            raise BadLogin("not_postgres")
        if int(found[1]) > MOST_ITERATIONS:
            raise BadLogin("costly_login")
        self.is_open = True
