"""Functions of numbers: sums, means, roundings."""

import math
import random
import statistics
from collections.abc import Callable

from simulator.sheets.formulas.functions import taking
from simulator.sheets.formulas.meaning import (
    DIVIDE,
    NOT_FOUND,
    NUMBER,
    VALUE,
    Grid,
    Result,
    Wrong,
    number,
    numbers,
    rank,
    values,
    whole,
)
from simulator.sheets.formulas.working_out import Function
from simulator.sheets.model import CellError


def _over(work: Callable[[list[float]], float], least: int = 0) -> Function:
    """A function of all numbers of its arguments; with fewer than `least` it divides by zero."""

    def function(*given: Result) -> Result:
        found = numbers(given)
        if len(found) < least:
            raise Wrong(DIVIDE)
        return work(found) if found else 0.0

    return taking.results(function)


def _rounded(rounding: Callable[[float], float]) -> Function:
    def function(value: float, places: float = 0.0) -> Result:
        factor = 10.0 ** math.trunc(places)
        scaled = round(abs(value) * factor, 9)  # 1.005 is a little less than it says
        return math.copysign(rounding(scaled) / factor, value)

    return taking.numbers(function)


def _multiple(rounding: Callable[[float], float]) -> Function:
    def function(value: float, step: float = 1.0) -> Result:
        return rounding(round(value / step, 9)) * step if step else 0.0

    return taking.numbers(function)


def _counted(*given: Result) -> Result:
    return float(sum(isinstance(one, float) and not isinstance(one, bool) for one in values(given)))


def _filled(*given: Result) -> Result:
    return float(sum(one is not None for one in values(given)))


def _empty(grid: Result) -> Result:
    return float(sum(one in (None, "") for one in values((grid,))))


def _unique(*given: Result) -> Result:
    return float(len({rank(one) for one in values(given) if one is not None}))


def _products(*grids: Result) -> Result:
    columns = [[one if isinstance(one, float) else 0.0 for one in values((grid,))] for grid in grids]
    if len({len(column) for column in columns}) > 1:
        raise Wrong(VALUE)
    return math.fsum(map(math.prod, zip(*columns, strict=True)))


def _nth(descending: bool) -> Function:
    def function(grid: Result, place: Result) -> Result:
        ordered = sorted(numbers((grid,)), reverse=descending)
        if not 1 <= whole(place) <= len(ordered):
            raise Wrong(NUMBER)
        return ordered[whole(place) - 1]

    return taking.results(function)


def _rank(value: Result, grid: Result, ascending: Result = None) -> Result:
    found, wanted = numbers((grid,)), number(value)
    if wanted not in found:
        raise Wrong(NOT_FOUND)
    return 1.0 + sum(other < wanted if number(ascending) else other > wanted for other in found)


def _logarithm(value: float, base: float = 10.0) -> Result:
    if value <= 0 or base <= 0:
        raise Wrong(NUMBER)
    return math.log(value, base)


def _root(value: float) -> Result:
    if value < 0:
        raise Wrong(NUMBER)
    return math.sqrt(value)


def _unique_rows(grid: Result) -> Result:
    rows = grid.rows if isinstance(grid, Grid) else [[grid]]
    seen = {tuple((0, "") if isinstance(one, CellError) else rank(one) for one in row): row for row in reversed(rows)}
    return Grid(list(reversed(seen.values())))


FUNCTIONS: dict[str, Function] = {
    "SUM": _over(math.fsum),
    "AVERAGE": _over(statistics.fmean, 1),
    "MIN": _over(min),
    "MAX": _over(max),
    "MEDIAN": _over(statistics.median, 1),
    "MODE": _over(statistics.mode, 1),
    "PRODUCT": _over(math.prod),
    "STDEV": _over(statistics.stdev, 2),
    "STDEVP": _over(statistics.pstdev, 1),
    "VAR": _over(statistics.variance, 2),
    "VARP": _over(statistics.pvariance, 1),
    "COUNT": taking.results(_counted),
    "COUNTA": taking.results(_filled),
    "COUNTBLANK": taking.results(_empty),
    "COUNTUNIQUE": taking.results(_unique),
    "UNIQUE": taking.results(_unique_rows),
    "SUMPRODUCT": taking.results(_products),
    "LARGE": _nth(descending=True),
    "SMALL": _nth(descending=False),
    "RANK": taking.results(_rank),
    "ABS": taking.numbers(abs),
    "SIGN": taking.numbers(lambda one: float((one > 0) - (one < 0))),
    "SQRT": taking.numbers(_root),
    "EXP": taking.numbers(math.exp),
    "LN": taking.numbers(lambda one: _logarithm(one, math.e)),
    "LOG": taking.numbers(_logarithm),
    "LOG10": taking.numbers(_logarithm),
    "PI": taking.numbers(lambda: math.pi),
    "MOD": taking.numbers(lambda one, other: one - other * math.floor(one / other)),
    "QUOTIENT": taking.numbers(lambda one, other: float(math.trunc(one / other))),
    "INT": taking.numbers(lambda one: float(math.floor(one))),
    "TRUNC": _rounded(math.floor),
    "ROUND": _rounded(lambda one: math.floor(one + 0.5)),
    "ROUNDUP": _rounded(math.ceil),
    "ROUNDDOWN": _rounded(math.floor),
    "CEILING": _multiple(math.ceil),
    "FLOOR": _multiple(math.floor),
    "RAND": taking.numbers(random.random),
    "RANDBETWEEN": taking.numbers(lambda low, high: float(random.randint(math.ceil(low), math.floor(high)))),
}
