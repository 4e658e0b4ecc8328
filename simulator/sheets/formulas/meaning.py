"""The values of formulas: how they are taken for numbers, texts and booleans, and how they go wrong."""

import math
from collections.abc import Iterator
from typing import Any

import msgspec

from simulator.sheets import plain
from simulator.sheets.model import CellError, Value

DIVIDE = CellError("DIVIDE_BY_ZERO", "Function DIVIDE parameter 2 cannot be zero.", "#DIV/0!")
NAME = CellError("NAME", "The simulator does not know this function or name.", "#NAME?")
NOT_FOUND = CellError("N_A", "Did not find the value in the lookup.", "#N/A")
NUMBER = CellError("NUM", "The result is not a number that a cell can hold.", "#NUM!")
PARSE = CellError("ERROR", "Formula parse error.", "#ERROR!")
REFERENCE = CellError("REF", "Reference does not exist.", "#REF!")
CIRCULAR = CellError("REF", "Circular dependency detected.", "#REF!")
VALUE = CellError("VALUE", "A value has another type than the function takes.", "#VALUE!")


class Wrong(Exception):
    """The formula ends in an error."""

    def __init__(self, error: CellError) -> None:
        super().__init__(error.message)
        self.error = error


class Unknown(Exception):
    """The formula asks for a function that is not served: its last value stays."""


class Grid(msgspec.Struct, frozen=True):
    """The values of a rectangle of cells, with its corner."""

    rows: list[list[Value]]
    top: int = 0
    left: int = 0

    @property
    def flat(self) -> list[Value]:
        return [value for row in self.rows for value in row]


Result = Grid | Value
"""What an expression gives."""


def single(result: Result) -> Value:
    """One value: of a grid the first."""
    if isinstance(result, Grid):
        result = result.rows[0][0] if result.rows and result.rows[0] else None
    if isinstance(result, CellError):
        raise Wrong(result)
    return result


def number(result: Result) -> float:
    """As a number: empty is 0, a text is read as if typed. Raises `Wrong`."""
    value = single(result)
    match value:
        case None:
            return 0.0
        case bool():
            return float(value)
        case str():
            read = plain.number(value)
            if read is None:
                raise Wrong(VALUE)
            return read
        case _:
            return float(value)  # type: ignore[arg-type]


def text(result: Result) -> str:
    """As a text, numbers under the automatic format."""
    return plain.text(single(result))


def truth(result: Result) -> bool:
    """As TRUE or FALSE: a number is true unless it is 0. Raises `Wrong` for other texts."""
    value = single(result)
    if isinstance(value, str):
        if value.upper() not in {"TRUE", "FALSE"}:
            raise Wrong(VALUE)
        return value.upper() == "TRUE"
    return bool(value)


def whole(result: Result) -> int:
    """As a whole number, cut off."""
    return math.trunc(number(result))


def numbers(results: tuple[Result, ...]) -> list[float]:
    """All numbers of the arguments: in grids only what is a number counts, alone a text is read."""
    return list(_numbers(results))


def _numbers(results: tuple[Result, ...]) -> Iterator[float]:
    for result in results:
        if isinstance(result, Grid):
            for value in result.flat:
                if isinstance(value, CellError):
                    raise Wrong(value)
                if isinstance(value, float) and not isinstance(value, bool):
                    yield value
        elif result is not None:
            yield number(result)


def values(results: tuple[Result, ...]) -> list[Value]:
    """All values of the arguments, empty ones too."""
    return [value for result in results for value in (result.flat if isinstance(result, Grid) else [result])]


def rank(value: Value) -> tuple[int, Any]:
    """The order of values: numbers, texts (upper and lower case as one), booleans; empty counts as 0."""
    match value:
        case bool():
            return 2, value
        case str():
            return 1, value.casefold()
        case CellError():
            raise Wrong(value)
        case _:
            return 0, value or 0.0


def same(one: Value, other: Value) -> bool:
    """Whether two values are equal as `=` has it; empty equals 0, no text and FALSE."""
    if one is None or other is None:
        return not (one or other)
    return rank(one) == rank(other)
