"""The people who have an account at the simulated Google."""

import hashlib
import secrets
import threading
from pathlib import Path

import msgspec

from simulator.files import write_whole


class Person(msgspec.Struct, frozen=True, rename="camel"):
    """An account: its address, the access token that stands for it at Sheets and Drive, and its immutable number.

    A service account has the PEM of its public key. `scopes` are those of the token that it was asked with.
    """

    email: str
    name: str
    access_token: str
    public_key: str = ""
    scopes: tuple[str, ...] = ("https://www.googleapis.com/auth/drive.file",)

    @property
    def subject(self) -> str:
        """`sub` of the ID token: the same for the same address, also when the simulator begins anew."""
        return str(int(hashlib.sha256(self.email.encode()).hexdigest(), 16))[:21]


class People:
    """All accounts, kept in one file, in the order in which they were made."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "people.json"
        self._lock = threading.Lock()
        self._people: tuple[Person, ...] = self._read()

    def everyone(self) -> tuple[Person, ...]:
        """All who sit in front of a screen: no service accounts."""
        return tuple(person for person in self._people if not person.public_key)

    def by_email(self, email: str) -> Person | None:
        return next((person for person in self._people if person.email == email.lower()), None)

    def by_token(self, token: str) -> Person | None:
        wanted = token.encode()
        return next((p for p in self._people if secrets.compare_digest(p.access_token.encode(), wanted)), None)

    def add(self, email: str, name: str) -> Person:
        """The account with this address, made when there is none."""
        with self._lock:
            return self.by_email(email) or self._keep(Person(email.lower(), name, _new_token()))

    def put(self, email: str, name: str, public_key: str) -> Person:
        """The service account with this address, made anew: a former key and token of it are worth nothing more."""
        with self._lock:
            return self._keep(Person(email.lower(), name, _new_token(), public_key))

    def _keep(self, person: Person) -> Person:
        self._people = (*(one for one in self._people if one.email != person.email), person)
        write_whole(self._path, msgspec.json.encode(self._people))
        return person

    def _read(self) -> tuple[Person, ...]:
        if not self._path.exists():
            return ()
        return msgspec.json.decode(self._path.read_bytes(), type=tuple[Person, ...])


def _new_token() -> str:
    return f"ya29.{secrets.token_urlsafe(32)}"
