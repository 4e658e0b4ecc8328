"""Functions that choose, and that say what a value is."""

from collections.abc import Callable

from simulator.sheets.formulas import tree
from simulator.sheets.formulas.functions import taking
from simulator.sheets.formulas.meaning import (
    DIVIDE,
    NOT_FOUND,
    VALUE,
    Grid,
    Result,
    Wrong,
    same,
    single,
    truth,
    values,
    whole,
)
from simulator.sheets.formulas.working_out import Function, Working
from simulator.sheets.model import CellError, Value

_Nodes = tuple[tree.Node, ...]


def _if(working: Working, nodes: _Nodes) -> Result:
    condition, yes, *no = nodes
    if truth(working.value(condition)):
        return working.value(yes)
    return working.value(no[0]) if no else False


def _ifs(working: Working, nodes: _Nodes) -> Result:
    for condition, then in zip(nodes[::2], nodes[1::2], strict=True):
        if truth(working.value(condition)):
            return working.value(then)
    raise Wrong(NOT_FOUND)


def _caught(catches: Callable[[CellError], bool]) -> Function:
    def function(working: Working, nodes: _Nodes) -> Result:
        error = _error_of(working, nodes[0])
        if error is None or not catches(error):
            return working.value(nodes[0])
        return working.value(nodes[1]) if len(nodes) > 1 else None

    return function


def _tells(asks: Callable[[CellError], bool]) -> Function:
    def function(working: Working, nodes: _Nodes) -> Result:
        error = _error_of(working, nodes[0])
        return error is not None and asks(error)

    return function


def _error_of(working: Working, node: tree.Node) -> CellError | None:
    try:
        single(working.value(node))
    except Wrong as wrong:
        return wrong.error
    except ZeroDivisionError:
        return DIVIDE
    return None


def _switch(working: Working, nodes: _Nodes) -> Result:
    wanted = single(working.value(nodes[0]))
    cases = nodes[1:]
    for case, then in zip(cases[::2], cases[1::2], strict=False):
        if same(wanted, single(working.value(case))):
            return working.value(then)
    if len(cases) % 2:
        return working.value(cases[-1])
    raise Wrong(NOT_FOUND)


def _choose(working: Working, nodes: _Nodes) -> Result:
    number = whole(working.value(nodes[0]))
    if not 1 <= number < len(nodes):
        raise Wrong(VALUE)
    return working.value(nodes[number])


def _truths(results: tuple[Result, ...]) -> list[bool]:
    """Texts and empty cells in ranges do not count."""
    kept = [value for value in values(results) if not isinstance(value, str) or len(results) == len(values(results))]
    return [truth(value) for value in kept if value is not None]


def _is(test: Callable[[Value], bool]) -> Function:
    def function(working: Working, nodes: _Nodes) -> Result:
        if _error_of(working, nodes[0]) is not None:
            return False
        found = working.value(nodes[0])
        return test(single(found))

    return function


def _not_available(*_: Result) -> Result:
    raise Wrong(NOT_FOUND)


def _is_number(value: Value) -> bool:
    return isinstance(value, float) and not isinstance(value, bool)


FUNCTIONS: dict[str, Function] = {
    "IF": _if,
    "IFS": _ifs,
    "IFERROR": _caught(lambda _: True),
    "IFNA": _caught(lambda error: error.kind == "N_A"),
    "SWITCH": _switch,
    "CHOOSE": _choose,
    "AND": taking.results(lambda *given: all(_truths(given))),
    "OR": taking.results(lambda *given: any(_truths(given))),
    "XOR": taking.results(lambda *given: sum(_truths(given)) % 2 == 1),
    "NOT": taking.results(lambda one: not truth(one)),
    "TRUE": taking.results(lambda: True),
    "FALSE": taking.results(lambda: False),
    "NA": taking.results(_not_available),
    "ISERROR": _tells(lambda _: True),
    "ISERR": _tells(lambda error: error.kind != "N_A"),
    "ISNA": _tells(lambda error: error.kind == "N_A"),
    "ISBLANK": _is(lambda value: value is None),
    "ISNUMBER": _is(_is_number),
    "ISTEXT": _is(lambda value: isinstance(value, str)),
    "ISNONTEXT": _is(lambda value: not isinstance(value, str)),
    "ISLOGICAL": _is(lambda value: isinstance(value, bool)),
    "ARRAYFORMULA": taking.results(lambda one: one),
    "SINGLE": taking.results(lambda one: single(one) if isinstance(one, Grid) else one),
}
