"""What people type, and what friends send: cleaned, measured, refused with the next step."""

import re

from numirror.kernel.errors import Refused
from numirror.kernel.words import shown, tidied

TEXT_LIMIT = 2_000
ADDRESS_LIMIT = 200
"""As long as the name of a tenant may be."""

_ADDRESS = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]+@[a-z0-9-]+(\.[a-z0-9-]+)+")
_POST_ID = re.compile(r"[0-9a-f]{16}")
_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x85\v\f]")
_MANY_BREAKS = re.compile(r"\n[ \t]*\n\s*\n")


def cleaned(text: str) -> str:
    """The text without what hides or turns the text beside it around; lines stay, empty ones one at a time."""
    tidy = _MANY_BREAKS.sub("\n\n", shown(_BREAKS.sub("\n", text))).strip()
    return tidy if tidied(tidy) else ""


def post_text(text: str) -> str:
    """The text of a post. Raises `Refused`."""
    tidy = cleaned(text)
    if not tidy:
        raise Refused("A post needs a text. Type what you want to say.")
    if len(tidy) > TEXT_LIMIT:
        raise Refused(f"A post has at most {TEXT_LIMIT:,} characters; this one has {len(tidy):,}.")
    return tidy


def mail_address(text: str) -> str:
    """An e-mail address as NuMirror knows people: in lower case. Raises `Refused`."""
    address = text.strip().lower()
    if not _ADDRESS.fullmatch(address) or len(address) > ADDRESS_LIMIT:
        raise Refused("That is no e-mail address as Google accounts have them. Type one such as ada@example.com.")
    return address


def is_post_id(text: str) -> bool:
    """Whether it is an id as `entity_id` makes them: a friend could send anything."""
    return _POST_ID.fullmatch(text) is not None
