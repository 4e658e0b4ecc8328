"""A URL taken apart so that no two programs can read it differently.

Stricter than RFC 3986: what is doubtful is refused. Nothing here repeats what was typed, since it may hold a password:
every error is a code.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from numirror.shell.resources.guard import hosts
from numirror.shell.resources.guard.refusals import TargetRefused

LONGEST = 4096
"""Characters of an address; as many as a cell of the settings may have."""

_PLAIN = re.compile("[!-~]*")
_PARTS = re.compile(r"(?P<authority>[^/?]*)(?P<path>[^?]*)(?:\?(?P<query>.*))?")
_PLACE = re.compile(r"(?:\[(?P<v6>[^\[\]]*)\]|(?P<name>[^:\[\]]*))(?::(?P<port>.*))?")
_PERCENT = re.compile("(?:[^%]|%[0-9A-Fa-f]{2})*")
_PORT = re.compile("[1-9][0-9]{0,4}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Url:
    """The parts of a URL. `port` is 0 where none is given, `query` None without a question mark; `path` begins with /.

    `userinfo` is what stands before the @, still encoded, None without an @.
    """

    scheme: str
    userinfo: str | None = field(repr=False)
    host: str
    port: int
    path: str
    query: str | None = field(repr=False)


def split(text: str, schemes: tuple[str, ...], wrong_scheme: str) -> Url:
    """The parts of `text`. Raises `TargetRefused`, with `wrong_scheme` as its code if it begins otherwise."""
    if len(text) > LONGEST:
        raise TargetRefused("too_long")
    scheme, mark, rest = text.partition("://")
    if not mark or scheme not in schemes:
        raise TargetRefused(wrong_scheme)
    if "#" in rest:
        raise TargetRefused("fragment_not_allowed")
    parts = _PARTS.fullmatch(rest) if _PLAIN.fullmatch(rest) else None
    if not parts:
        raise TargetRefused("bad_character")
    userinfo, place = _split_authority(parts["authority"])
    host, port = _split_place(place)
    return Url(scheme, userinfo, host, port, parts["path"], parts["query"])


def decode(text: str, code: str) -> str:
    """The text with its %XX resolved, once. Raises `TargetRefused`, with `code` for a control character."""
    if not _PERCENT.fullmatch(text):
        raise TargetRefused("bad_percent")
    try:
        decoded = unquote_to_bytes(text).decode()
    except UnicodeDecodeError:
        decoded = None
    if decoded is None:
        raise TargetRefused("bad_percent")
    if _CONTROL.search(decoded):
        raise TargetRefused(code)
    return decoded


def _split_authority(authority: str) -> tuple[str | None, str]:
    # Programs differ in which @ they believe, so that one checks a host and another one dials it.
    if authority.count("@") > 1:
        raise TargetRefused("two_ats")
    userinfo, mark, place = authority.rpartition("@")
    if "," in place:
        raise TargetRefused("two_hosts")
    return (userinfo if mark else None), place


def _split_place(place: str) -> tuple[str, int]:
    parts = _PLACE.fullmatch(place)
    if not parts:
        raise TargetRefused("bad_host")
    host = hosts.parse_host(parts["name"] if parts["v6"] is None else parts["v6"])
    if (":" in host) != (parts["v6"] is not None):
        raise TargetRefused("bad_host")
    return host, _parse_port(parts["port"])


def _parse_port(text: str | None) -> int:
    if text is None:
        return 0
    if not _PORT.fullmatch(text) or int(text) > 65535:
        raise TargetRefused("bad_port")
    return int(text)
