"""Functions that count and add what fits a criterion: `>5`, `done*`, a value."""

import math
import operator
import re
import statistics
from collections.abc import Callable

from simulator.sheets import plain
from simulator.sheets.formulas.functions import taking
from simulator.sheets.formulas.meaning import DIVIDE, VALUE, Result, Wrong, rank, same, single, values
from simulator.sheets.formulas.working_out import Function
from simulator.sheets.model import CellError, Value

_Fits = Callable[[Value], bool]
_CRITERION = re.compile(r"(<>|<=|>=|=|<|>)?(.*)", re.DOTALL)
_ORDERS: dict[str, Callable[[object, object], bool]] = {
    "<": operator.lt,  # type: ignore[dict-item]
    ">": operator.gt,  # type: ignore[dict-item]
    "<=": operator.le,  # type: ignore[dict-item]
    ">=": operator.ge,  # type: ignore[dict-item]
}


def fits(criterion: Value) -> _Fits:
    """The test that a criterion means."""
    found = _CRITERION.fullmatch(criterion) if isinstance(criterion, str) else None
    if not found:
        return lambda value: not isinstance(value, CellError) and value is not None and same(value, criterion)
    sign, written = found[1] or "=", found[2]
    wanted = _typed(written)
    if sign in _ORDERS:
        return lambda value: _comparable(value, wanted) and _ORDERS[sign](rank(value), rank(wanted))
    equal = _equal(wanted)
    return equal if sign == "=" else lambda value: not equal(value)


def _typed(written: str) -> Value:
    if written.upper() in {"TRUE", "FALSE"}:
        return written.upper() == "TRUE"
    number = plain.number(written)
    return written if number is None else number


def _comparable(value: Value, wanted: Value) -> bool:
    return value is not None and not isinstance(value, CellError) and rank(value)[0] == rank(wanted)[0]


def _equal(wanted: Value) -> _Fits:
    """Texts fit with `*` for some letters and `?` for one, `~` before them takes that meaning away."""
    if wanted == "":
        return lambda value: value is None or value == ""
    if not isinstance(wanted, str):
        return lambda value: _comparable(value, wanted) and same(value, wanted)
    pattern = re.compile("".join(_letter(part) for part in re.findall(r"~[*?~]|.", wanted, re.DOTALL)), re.I | re.S)
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _letter(part: str) -> str:
    if part in {"*", "?"}:
        return ".*" if part == "*" else "."
    return re.escape(part[-1])


def _chosen(pairs: tuple[Result, ...]) -> list[bool]:
    """For each place whether every range fits its criterion there."""
    columns = []
    for grid, criterion in zip(pairs[::2], pairs[1::2], strict=True):
        test = fits(single(criterion))
        columns.append([test(value) for value in values((grid,))])
    if len({len(column) for column in columns}) != 1:
        raise Wrong(VALUE)
    return [all(places) for places in zip(*columns, strict=True)]


def _picked(grid: Result, pairs: tuple[Result, ...]) -> list[float]:
    found, chosen = values((grid,)), _chosen(pairs)
    found += [None] * (len(chosen) - len(found))
    return [one for one, fit in zip(found, chosen, strict=False) if fit and isinstance(one, float)]


def _single(work: Callable[[list[float]], float]) -> Function:
    """SUMIF and its kind: the range that counts comes last, and may be left out."""

    def function(grid: Result, criterion: Result, counted: Result = None) -> Result:
        return work(_picked(grid if counted is None else counted, (grid, criterion)))

    return taking.results(function)


def _many(work: Callable[[list[float]], float]) -> Function:
    return taking.results(lambda counted, *pairs: work(_picked(counted, pairs)))


def _mean(found: list[float]) -> float:
    if not found:
        raise Wrong(DIVIDE)
    return statistics.fmean(found)


FUNCTIONS: dict[str, Function] = {
    "COUNTIF": taking.results(lambda *pair: float(sum(_chosen(pair)))),
    "COUNTIFS": taking.results(lambda *pairs: float(sum(_chosen(pairs)))),
    "SUMIF": _single(math.fsum),
    "SUMIFS": _many(math.fsum),
    "AVERAGEIF": _single(_mean),
    "AVERAGEIFS": _many(_mean),
    "MAXIFS": _many(lambda found: max(found, default=0.0)),
    "MINIFS": _many(lambda found: min(found, default=0.0)),
}
