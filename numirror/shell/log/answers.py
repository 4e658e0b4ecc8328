"""What the functions of the schema nu answer. In a database of their own, somebody may make them answer anything."""

from typing import Generic, TypeVar

import msgspec

from numirror.shell.log.errors import DatabaseStrange

T = TypeVar("T")


class Answer(Generic[T]):
    """Reads the JSON of one kind of answer; it is made once."""

    def __init__(self, shape: type[T]) -> None:
        self._decode = msgspec.json.Decoder(shape).decode

    def read(self, text: bytes | None) -> T:
        """The answer. Raises `DatabaseStrange` for one that our function would not give."""
        try:
            return self._decode(text or b"")
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise DatabaseStrange from None
