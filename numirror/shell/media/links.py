"""Links to pictures. Google's image proxy comes without cookies, so the seal in a link is all that opens it."""

import base64
import hmac
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlencode

import msgspec

VALID_FOR = timedelta(minutes=10)
"""At most; a link made in the same minute is the same, so that a browser that has the picture need not come again."""

TYPES = {"png": "image/png", "pdf": "application/pdf", "cbz": "application/vnd.comicbook+zip"}
"""By the end of the name, the media type. https://www.iana.org/assignments/media-types/"""

_NAME = re.compile(rf"[a-z0-9][a-z0-9_-]{{0,39}}\.({'|'.join(TYPES)})")
_DOMAIN = re.compile(r"[a-z][a-z_]{0,39}")
_MOST_FIELDS = 1_500
"""Characters of the fields in a link: addresses of more than 2,000 are cut off here and there."""

_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(dict[str, str])


class Address(msgspec.Struct, frozen=True):
    """Which picture: a domain's, by name and fields, of the state at a position of the tenant's log."""

    tenant_hash: str
    domain: str
    name: str
    fields: Mapping[str, str]
    position: int

    @property
    def digest(self) -> str:
        """The picture's name among those of all tenants; it tells nothing of the fields."""
        return sha256(_encoder.encode(self)).hexdigest()

    @property
    def kind(self) -> str:
        """The end of the name: one of `TYPES`."""
        return self.name.rpartition(".")[2]


class MediaLinks:
    """Makes and checks links, with a key of 32 bytes that is for nothing else."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def path(
        self, tenant_hash: str, domain: str, name: str, fields: Mapping[str, str], now: datetime, position: int
    ) -> str:
        """Where the picture can be had for up to `VALID_FOR`, by whoever knows the path.

        Raises ValueError for a name of another kind than `TYPES`, and for fields that are too long for a link.
        """
        if not _NAME.fullmatch(name) or not _DOMAIN.fullmatch(domain):
            raise ValueError("a picture's name ends in .png, .pdf or .cbz")
        packed = base64.urlsafe_b64encode(_encoder.encode(dict(fields))).decode().rstrip("=")
        if len(packed) > _MOST_FIELDS:
            raise ValueError("the fields of a picture are too long for a link")
        expires = int((now + VALID_FOR).timestamp()) // 60 * 60
        seal = self._seal(tenant_hash, expires, domain, name, packed, str(position))
        query = urlencode({"f": packed, "p": position, "s": seal})
        return f"/media/{tenant_hash}/{expires}/{domain}/{name}?{query}"

    def check(
        self, tenant_hash: str, expires: int, domain: str, name: str, query: Mapping[str, str], now: datetime
    ) -> Address | None:
        """What a path of ours leads to; None for one that is not ours, or over. `query` is what stands behind `?`."""
        packed, position = query.get("f", ""), query.get("p", "")
        seal = self._seal(tenant_hash, expires, domain, name, packed, position)
        # Compared as bytes: text that is not ASCII would raise.
        if not hmac.compare_digest(query.get("s", "").encode("utf-8", "replace"), seal.encode()):
            return None
        if now.timestamp() >= expires:
            return None
        fields = _decoder.decode(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
        return Address(tenant_hash, domain, name, fields, int(position))

    def _seal(self, *parts: str | int) -> str:
        """Over all of it; as a JSON list, no two lists of parts are the same bytes."""
        told = msgspec.json.encode([str(part).encode("utf-8", "replace").decode() for part in parts])
        return hmac.digest(self._key, told, "sha256").hex()
