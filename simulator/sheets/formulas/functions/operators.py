"""The operators, and the functions that are other names for them."""

import operator
from collections.abc import Callable

from simulator.sheets.formulas.functions import taking
from simulator.sheets.formulas.meaning import NOT_FOUND, Result, Wrong, rank, same, single, text
from simulator.sheets.formulas.working_out import Function


def _compared(compare: Callable[[object, object], bool]) -> Function:
    return taking.results(lambda one, other: compare(*_ranks(one, other)))


def _ranks(one: Result, other: Result) -> tuple[object, object]:
    """Empty is 0 beside a number and no text beside a text."""
    left, right = single(one), single(other)
    if left is None and isinstance(right, str):
        left = ""
    if right is None and isinstance(left, str):
        right = ""
    return rank(left), rank(right)


def _error(_: Result) -> Result:
    raise Wrong(NOT_FOUND)


_EQUAL = taking.results(lambda one, other: same(single(one), single(other)))
_UNEQUAL = taking.results(lambda one, other: not same(single(one), single(other)))
_BELOW, _ABOVE = _compared(operator.lt), _compared(operator.gt)  # type: ignore[arg-type]
_AT_MOST, _AT_LEAST = _compared(operator.le), _compared(operator.ge)  # type: ignore[arg-type]

FUNCTIONS: dict[str, Function] = {
    "+": taking.numbers(lambda one, other: one + other),
    "-": taking.numbers(lambda one, other: one - other),
    "*": taking.numbers(lambda one, other: one * other),
    "/": taking.numbers(lambda one, other: one / other),
    "^": taking.numbers(lambda one, other: one**other),
    "%": taking.numbers(lambda one: one / 100),
    "unary -": taking.numbers(lambda one: -one),
    "unary +": taking.results(lambda one: one),
    "&": taking.results(lambda one, other: text(one) + text(other)),
    "=": _EQUAL,
    "<>": _UNEQUAL,
    "<": _BELOW,
    ">": _ABOVE,
    "<=": _AT_MOST,
    ">=": _AT_LEAST,
    "ERROR": taking.results(_error),
    "EQ": _EQUAL,
    "NE": _UNEQUAL,
    "LT": _BELOW,
    "GT": _ABOVE,
    "LTE": _AT_MOST,
    "GTE": _AT_LEAST,
    "ADD": taking.numbers(lambda one, other: one + other),
    "MINUS": taking.numbers(lambda one, other: one - other),
    "MULTIPLY": taking.numbers(lambda one, other: one * other),
    "DIVIDE": taking.numbers(lambda one, other: one / other),
    "POW": taking.numbers(lambda one, other: one**other),
    "POWER": taking.numbers(lambda one, other: one**other),
}
