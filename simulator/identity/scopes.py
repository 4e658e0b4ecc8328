"""What a token is for. A person's own token is the add-on's (`drive.file`); any other says its scopes in itself."""

import base64
import hashlib
import hmac

import msgspec

from simulator.identity.people import People, Person

_HEAD = "ya29.s."
_ROOT = "https://www.googleapis.com/auth/"
_OF_FILES = frozenset({f"{_ROOT}drive.file", f"{_ROOT}drive.appdata"})
"""Scopes that open only what an app made or was granted."""


def issue(person: Person, scopes: tuple[str, ...]) -> str:
    """A token of this person for these scopes. It is worth nothing more once the person's own token is another."""
    said = base64.urlsafe_b64encode(f"{person.email} {' '.join(scopes)}".encode()).decode().rstrip("=")
    return f"{_HEAD}{said}.{_signature(person, said)}"


def holder(token: str, people: People) -> Person | None:
    """The person behind a token that was issued, with its scopes; None for any other token."""
    said, _, signature = token.removeprefix(_HEAD).partition(".")
    if not token.startswith(_HEAD) or not signature.isascii():
        return None
    try:
        email, *scopes = base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)).decode().split()
    except ValueError:
        return None
    person = people.by_email(email)
    if person is None or not hmac.compare_digest(_signature(person, said), signature):
        return None
    return msgspec.structs.replace(person, scopes=tuple(scopes))


def is_enough(scopes: tuple[str, ...], needed: list[str]) -> bool:
    """Whether one of the scopes is one of those that a method takes."""
    return not {*scopes}.isdisjoint(needed)


def opens_all(scopes: tuple[str, ...], needed: list[str]) -> bool:
    """Whether the method sees all files of the person, not only those that were granted."""
    return bool(({*scopes} & {*needed}) - _OF_FILES)


def _signature(person: Person, said: str) -> str:
    return hmac.new(person.access_token.encode(), said.encode(), hashlib.sha256).hexdigest()
