"""Web addresses that may stand in a card: `https://…`, or `/…` for a page of NuMirror itself.

The renderer puts the public base URL before the latter, so that a domain need not know where it is deployed.
"""

import re
from functools import lru_cache

from numirror.kernel.card.limits import InvalidCard

# RFC 3986: what is not listed here has to be percent-encoded. No user name, no IP literal, no `//host`, no `\`.
_CHARACTERS = r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*"
_HTTPS = re.compile(rf"https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{{1,5}})?(?:[/?#]{_CHARACTERS})?", re.IGNORECASE)
_OWN = re.compile(rf"/(?!/){_CHARACTERS}")
_DRAWING = re.compile(r"\.svgz?(?:[?#]|$)", re.IGNORECASE)


@lru_cache(maxsize=1024)
def check_address(url: str) -> None:
    """Raise `InvalidCard` unless `url` is a complete https address, or a path of our own."""
    if not (_HTTPS.fullmatch(url) or _OWN.fullmatch(url)):
        raise InvalidCard(
            "A link or picture of a card needs a complete https:// address, or a path that begins with /."
        )


def check_picture(url: str) -> None:
    """Raise `InvalidCard` unless `url` can be a picture: Google shows PNG and JPEG, and no SVG."""
    check_address(url)
    if _DRAWING.search(url):
        raise InvalidCard("Google shows no SVG in a card. Offer the picture as PNG or JPEG.")
