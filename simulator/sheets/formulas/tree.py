"""A formula as a tree, read by how tightly its operators bind."""

import functools
from typing import Any

import msgspec
from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError

_LONGEST = 20_000
_BINDING = {"^": 5, "*": 4, "/": 4, "+": 3, "-": 3, "&": 2}
_COMPARING = 1
_UNARY = 6


class Unreadable(Exception):
    """The text is no formula."""


class Constant(msgspec.Struct, frozen=True):
    """A number, a text, a boolean, or an error that was written out."""

    value: bool | float | str


class Place(msgspec.Struct, frozen=True):
    """Cells, or a name for cells, as they were written."""

    text: str


class Call(msgspec.Struct, frozen=True):
    """A function with its arguments; operators are functions too. An argument that was left out is None."""

    name: str
    arguments: tuple[Any, ...]


class Listing(msgspec.Struct, frozen=True):
    """An array that was written out, row by row."""

    rows: tuple[tuple[Any, ...], ...]


Node = Constant | Place | Call | Listing | None


@functools.lru_cache(maxsize=4096)
def read(formula: str) -> Node:
    """The tree of a formula (with its `=`). Raises `Unreadable`."""
    reader = _Reader(tokens(formula))
    node = reader.expression(0)
    if not reader.done:
        raise Unreadable
    return node


def tokens(formula: str) -> list[Token]:
    """What openpyxl's tokenizer finds. Raises `Unreadable`."""
    if len(formula) > _LONGEST:
        raise Unreadable
    try:
        return list(Tokenizer("=" + formula[1:].strip()).items)
    except (TokenizerError, IndexError) as error:
        raise Unreadable from error


class _Reader:
    def __init__(self, found: list[Token]) -> None:
        self._tokens = [token for token in found if token.type != Token.WSPACE]
        self._at = 0

    @property
    def done(self) -> bool:
        return self._at >= len(self._tokens)

    def expression(self, least: int) -> Node:
        node = self._operand()
        while not self.done and (token := self._tokens[self._at]).type in {Token.OP_IN, Token.OP_POST}:
            binds = _BINDING.get(token.value, _COMPARING)
            if token.type == Token.OP_POST:
                self._at += 1
                node = Call("%", (node,))
            elif binds <= least:
                break
            else:
                self._at += 1
                node = Call(token.value, (node, self.expression(binds)))
        return node

    def _operand(self) -> Node:
        token = self._next()
        match token.type:
            case Token.OP_PRE:
                return Call(f"unary {token.value}", (self.expression(_UNARY),))
            case Token.OPERAND:
                return _operand(token)
            case Token.FUNC if token.subtype == Token.OPEN:
                return Call(token.value[:-1].upper(), tuple(self._arguments()))
            case Token.PAREN if token.subtype == Token.OPEN:
                node = self.expression(0)
                self._close()
                return node
            case Token.ARRAY if token.subtype == Token.OPEN:
                return Listing(tuple(map(tuple, self._array())))
            case _:
                raise Unreadable

    def _arguments(self) -> list[Node]:
        found: list[Node] = []
        if self._peek_closes():
            self._at += 1
            return found
        while True:
            left_out = self._peek_closes() or self._tokens[self._at].type == Token.SEP
            found.append(None if left_out else self.expression(0))
            if self._next_closes():
                return found

    def _array(self) -> list[list[Node]]:
        rows: list[list[Node]] = [[]]
        while True:
            rows[-1].append(self.expression(0))
            token = self._next()
            if token.subtype == Token.CLOSE:
                return rows
            if token.subtype == Token.ROW:
                rows.append([])

    def _peek_closes(self) -> bool:
        if self.done:
            raise Unreadable
        return self._tokens[self._at].subtype == Token.CLOSE

    def _next_closes(self) -> bool:
        token = self._next()
        if token.type != Token.SEP and token.subtype != Token.CLOSE:
            raise Unreadable
        return token.subtype == Token.CLOSE

    def _close(self) -> None:
        if self._next().subtype != Token.CLOSE:
            raise Unreadable

    def _next(self) -> Token:
        if self.done:
            raise Unreadable
        self._at += 1
        return self._tokens[self._at - 1]


def _operand(token: Token) -> Node:
    match token.subtype:
        case Token.NUMBER:
            return Constant(float(token.value))
        case Token.LOGICAL:
            return Constant(token.value.upper() == "TRUE")
        case Token.TEXT:
            return Constant(token.value[1:-1].replace('""', '"'))
        case Token.RANGE:
            return Place(token.value)
        case _:
            return Call("ERROR", (Constant(token.value),))
