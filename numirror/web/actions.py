"""Signed action parameters: what a button carries, and the check when it comes back.

Google hands a card's parameters to the browser and back. The signature binds them to one person, one Sheet and one
rendering, so that nothing can be replayed elsewhere; the operation id becomes the command id, so that a double click,
or Google's replay after consent, is one command.
"""

import hmac
import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import blake2b
from uuid import UUID

import msgspec

from numirror.kernel.card.clicks import OWN_FIELDS
from numirror.kernel.errors import NuMirrorError

VALID_FOR = timedelta(hours=24)

_SEAL = re.compile(r"([0-9]{10,12})\.([0-9a-f]{24})([0-9a-f]{8})\.([0-9a-f]{32})")
_encode = msgspec.json.Encoder(order="sorted").encode

Parameter = dict[str, str]


class ActionForged(NuMirrorError):
    """This button does not belong to this card. Refresh, and try again."""


class ActionExpired(NuMirrorError):
    """This card was a day old, so nothing was changed. Here is a fresh one; please try again."""


class Action(msgspec.Struct, frozen=True):
    """A verified click: the operation, the command id it stands for, and the fields that its button carried."""

    op: str
    command_id: UUID
    sheet_id: str
    fields: Mapping[str, str]


class Stamp:
    """Signs the buttons of one rendered card for one tenant and Sheet. Each gets an operation id of its own.

    A card has dozens of buttons, so what they share is digested once.
    """

    def __init__(self, key: bytes, tenant_id: str, sheet_id: str, expires: int, render: str) -> None:
        self._shared = _shared(key, tenant_id, sheet_id, expires, render)
        self._sheet: Parameter = {"key": "sid", "value": sheet_id}
        self._prefix = f"{expires}.{render}"
        self._count = 0

    def sign(self, op: str, fields: Mapping[str, str]) -> list[Parameter]:
        """The parameters of one button: the operation, the Sheet, the seal over it all, and the fields."""
        self._count += 1
        seal = f"{self._prefix}{self._count:08x}.{_mac(self._shared, self._count, op, fields)}"
        return [
            {"key": "op", "value": op},
            self._sheet,
            {"key": "seal", "value": seal},
            *[{"key": key, "value": value} for key, value in fields.items()],
        ]


class ActionSigner:
    """Signs and checks action parameters with one key (32 bytes), the same in every process."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def stamp(self, tenant_id: str, sheet_id: str | None, now: datetime) -> Stamp:
        """What signs one card."""
        expires = int((now + VALID_FOR).timestamp())
        return Stamp(self._key, tenant_id, sheet_id or "", expires, secrets.token_hex(12))

    def check(self, parameters: Mapping[str, str], tenant_id: str, sheet_id: str | None, now: datetime) -> Action:
        """The click, if it is genuine. Raises `ActionForged` or `ActionExpired`.

        `sheet_id` is the open Sheet's if Google told it; another one than the button's is a forgery.
        """
        op, sid, seal = (parameters.get(key, "") for key in ("op", "sid", "seal"))
        fields = {key: value for key, value in parameters.items() if key not in OWN_FIELDS}
        match = _SEAL.fullmatch(seal)
        if match is None:
            raise ActionForged
        expires, render, count, mac = match.groups()
        shared = _shared(self._key, tenant_id, sid, int(expires), render)
        if not hmac.compare_digest(mac, _mac(shared, int(count, 16), op, fields)):
            raise ActionForged
        if sid and sheet_id and sid != sheet_id:
            raise ActionForged
        if int(expires) < now.timestamp():
            raise ActionExpired
        return Action(op, UUID(render + count), sid, fields)


def _shared(key: bytes, *signed: object) -> blake2b:
    return blake2b(_encode(signed), key=key, digest_size=16)


def _mac(shared: blake2b, count: int, op: str, fields: Mapping[str, str]) -> str:
    whole = shared.copy()
    whole.update(_encode((count, op, fields)))  # two JSON arrays in a row: no two lists give the same bytes
    return whole.hexdigest()
