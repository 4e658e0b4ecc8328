"""What a request will take, said before it is asked: about so many tokens, and what they cost where that is known."""

from typing import NamedTuple

import msgspec

from numirror.kernel.request import Request

_BYTES_A_TOKEN = 4
"""Of English four letters are a token; of other scripts fewer letters, which have more bytes."""

_MILLION = 1_000_000
_LEAST_SHOWN = 0.0001


class Price(msgspec.Struct, frozen=True):
    """US dollars for a million tokens, read and written, as the provider said at the time `as_of`: `March 2026`."""

    read: float
    written: float
    as_of: str


class Estimate(NamedTuple):
    """Tokens of one call, a guess."""

    read: int
    written: int


def estimate(request: Request, written: int) -> Estimate:
    """Of a request whose reply will have about so many tokens, of a model that does not think before it writes."""
    schema = msgspec.json.encode(request.schema) if request.schema else b""
    asked = sum(len(text.encode("utf-8", "replace")) for text in (request.system, request.prompt))
    return Estimate((asked + len(schema)) // _BYTES_A_TOKEN, written)


def estimate_words(one: Estimate, price: Price | None) -> str:
    """`about 900 tokens, US$ 0.002`; without the price where nobody knows it."""
    tokens = f"about {_rounded(one.read + one.written):,} tokens"
    if price is None:
        return tokens
    return f"{tokens}, {_dollars((one.read * price.read + one.written * price.written) / _MILLION)}"


def source_words(price: Price | None) -> str:
    """Where an estimate comes from."""
    if price is None:
        return "Estimated; what they cost is not known here. A model that thinks takes more."
    return f"Estimated, by the prices of {price.as_of}. A model that thinks takes more."


def _rounded(tokens: int) -> int:
    """Two digits are all that a guess knows."""
    return int(float(f"{tokens:.2g}"))


def _dollars(dollars: float) -> str:
    if dollars < _LEAST_SHOWN:
        return f"less than US$ {_LEAST_SHOWN}"
    return f"US$ {float(f'{dollars:.1g}'):.4f}".rstrip("0") if dollars < 1 else f"US$ {dollars:,.2f}"
