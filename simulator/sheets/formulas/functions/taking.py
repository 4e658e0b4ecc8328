"""Makes plain Python functions into functions of formulas."""

from collections.abc import Callable
from typing import Any

from simulator.sheets.formulas import tree
from simulator.sheets.formulas.meaning import NAME, Result, Wrong, number, text
from simulator.sheets.formulas.working_out import Function, Working


def results(work: Callable[..., Result]) -> Function:
    """A function that takes its arguments as they are, cells and all."""

    def function(working: Working, nodes: tuple[tree.Node, ...]) -> Result:
        return _called(work, [working.value(node) for node in nodes])

    return function


def numbers(work: Callable[..., Result]) -> Function:
    """A function of single numbers."""

    def function(working: Working, nodes: tuple[tree.Node, ...]) -> Result:
        return _called(work, [number(working.value(node)) for node in nodes])

    return function


def texts(work: Callable[..., Result]) -> Function:
    """A function of single texts."""

    def function(working: Working, nodes: tuple[tree.Node, ...]) -> Result:
        return _called(work, [text(working.value(node)) for node in nodes])

    return function


def _called(work: Callable[..., Result], arguments: list[Any]) -> Result:
    try:
        return work(*arguments)
    except TypeError as error:
        raise Wrong(NAME) from error
