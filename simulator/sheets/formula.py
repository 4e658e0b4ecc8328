"""Formulas, as far as they are needed: + - * / and parentheses over numbers."""

import ast
import math
import operator
from collections.abc import Callable

from simulator.sheets.model import CellError, Value

_LONGEST = 1000
_TWO: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_ONE: dict[type[ast.unaryop], Callable[[float], float]] = {ast.UAdd: operator.pos, ast.USub: operator.neg}

_PARSE = CellError("ERROR", "Formula parse error.", "#ERROR!")
_NAME = CellError("NAME", "The simulator knows + - * / over numbers only.", "#NAME?")
_ZERO = CellError("DIVIDE_BY_ZERO", "Function DIVIDE parameter 2 cannot be zero.", "#DIV/0!")
_NUMBER = CellError("NUM", "The result is not a number that a cell can hold.", "#NUM!")


class _Unknown(Exception):
    """The formula asks for more than the simulator knows."""


def result(formula: str) -> Value:
    """What the formula (with its `=`) gives: a number, or the error that the cell shows."""
    if len(formula) > _LONGEST:
        return _NAME
    try:
        number = _number(ast.parse(formula[1:].strip(), mode="eval").body)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return _PARSE
    except ZeroDivisionError:
        return _ZERO
    except _Unknown:
        return _NAME
    except OverflowError:
        return _NUMBER
    return number if math.isfinite(number) else _NUMBER


def _number(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return float(value)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _TWO:
            return _TWO[type(op)](_number(left), _number(right))
        case ast.UnaryOp(op=op, operand=operand) if type(op) in _ONE:
            return _ONE[type(op)](_number(operand))
        case _:
            raise _Unknown
