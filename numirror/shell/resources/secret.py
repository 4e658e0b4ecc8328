"""A value that must not be seen."""

import hmac
from typing import Any, AnyStr, Generic, NoReturn

import msgspec


class Secret(Generic[AnyStr]):
    """Text or bytes shown as `***`.

    No encoder takes it (msgspec, orjson, json and pickle raise `TypeError`), so it reaches no log, card or job by
    accident. The memory is not wiped: Python can't promise that.
    """

    __slots__ = ("_value",)

    def __init__(self, value: AnyStr) -> None:
        self._value: AnyStr = value

    def reveal(self) -> AnyStr:
        """The value, for the one call that needs it."""
        return self._value

    def __repr__(self) -> str:
        return "***"

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same, in a time that does not tell where they differ."""
        return isinstance(other, Secret) and hmac.compare_digest(_bytes(self._value), _bytes(other.reveal()))

    __hash__ = None  # type: ignore[assignment]  # a hash would be a fingerprint of the secret

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("A secret can't be stored or copied.")


def _bytes(value: str | bytes) -> bytes:
    # compare_digest takes no non-ASCII text.
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value


class Hidden(msgspec.Struct, frozen=True):
    """A value whose fields are not shown. Unlike a `Secret` it can be encoded, to be sealed."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}(***)"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return []
