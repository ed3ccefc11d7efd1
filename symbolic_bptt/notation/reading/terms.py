"""Terms: factors side by side, explicit products and quotients, sums and products over ranges."""

from __future__ import annotations

from typing import Literal

from ..limits import MAX_OPERATORS
from ..tree import BigOperator, Expr, Neg, Number, Operation, OperationOp, Product, Quotient
from .cursor import Cursor, Head, Operator, pieces_of
from .factors import read_factor
from .ranges import read_limits
from .scope import Branch, Scope

_OPERATIONS: dict[str, OperationOp] = {
    r"\cdot": "dot", r"\times": "dot", r"\ast": "dot", "*": "dot", "@": "dot", r"\bullet": "dot",
    r"\odot": "hadamard", r"\circ": "hadamard", ".*": "hadamard", r"\star": "hadamard",
    r"\otimes": "outer",
}  # fmt: skip

_DIVISIONS = frozenset({"/", r"\div", r"\oslash"})


def read_term(chain: Branch, scope: Scope) -> Expr:
    """One term of a sum."""
    pieces = pieces_of(chain, scope)
    if sum(isinstance(piece, Operator) for piece in pieces) > MAX_OPERATORS:
        message = f"more than {MAX_OPERATORS} products and divisions in one term"
        raise scope.limit(message, chain)
    return _read_rest(Cursor(pieces, scope, chain, _read_factor, _read_rest))


def _read_rest(cursor: Cursor) -> Expr:
    """Products of juxtaposed factors, joined by operators from left to right."""
    left = _juxtaposed(cursor)
    while isinstance(operator := cursor.next, Operator):
        cursor.take()
        if operator.sign in _DIVISIONS:
            left = _divided(left, operator, cursor)
            continue
        right = _signed(_juxtaposed(cursor), operator.minus)
        left = Operation(_OPERATIONS[operator.sign], left, right, span=left.span)
    return left


def _divided(left: Expr, operator: Operator, cursor: Cursor) -> Expr:
    """a / b c is a/(b c); but 1/2 x and 1/T Σ_t are read as everyone reads them."""
    factors, stopped = [_signed(cursor.factor(), operator.minus)], _is_number(left)
    while cursor.next is not None and not isinstance(cursor.next, Operator):
        if isinstance(cursor.next, Head) or (stopped and _is_number(factors[0])):
            quotient = Quotient(left, _product(factors), span=left.span)
            rest = _juxtaposed(cursor)
            more = rest.factors if isinstance(rest, Product) else (rest,)
            return Product((quotient, *more), span=left.span)
        factors.append(cursor.factor())
    return Quotient(left, _product(factors), span=left.span)


def _is_number(expr: Expr) -> bool:
    return isinstance(expr, Number)


def _juxtaposed(cursor: Cursor) -> Expr:
    factors = [cursor.factor()]
    while cursor.next is not None and not isinstance(cursor.next, Operator):
        factors.append(cursor.factor())
    return _product(factors)


def _product(factors: list[Expr]) -> Expr:
    if len(factors) == 1:
        return factors[0]
    return Product(tuple(factors), span=factors[0].span)


def _signed(value: Expr, minus: int) -> Expr:
    for _ in range(minus):
        value = Neg(value, span=value.span)
    return value


def _read_factor(cursor: Cursor) -> Expr:
    piece = cursor.next
    if isinstance(piece, Head):
        cursor.take()
        return _big_operator(piece, cursor)
    if piece is None or isinstance(piece, Operator):
        part = cursor.whole if piece is None else piece.part
        raise cursor.scope.error("a factor is missing here", part)
    return read_factor(cursor)


def _big_operator(head: Head, cursor: Cursor) -> Expr:
    """Σ or Π over everything up to the next + or -."""
    scope = cursor.scope
    if cursor.next is None:
        name = "sum" if head.kind == "sum" else "product"
        raise scope.error(f"nothing stands behind the {name}", head.part)
    ranges = read_limits(head.scripts, scope, head.part)
    inner = scope.binding(*(one.index for one in ranges))
    body = _signed(cursor.rest(inner), head.minus)
    kind: Literal["sum", "product"] = "sum" if head.kind == "sum" else "product"
    return BigOperator(kind, ranges, body, span=scope.span(head.part))
