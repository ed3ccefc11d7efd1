"""The order in which a textbook writes factors: parameters before what they multiply."""

from __future__ import annotations

from collections.abc import Callable

from ..notation.tree import (
    Constant,
    Expr,
    Number,
    Operation,
    Product,
    Quotient,
    Symbol,
    Transpose,
    map_children,
)
from .algebra import Algebra


def presented(algebra: Algebra, expr: Expr, is_parameter: Callable[[Symbol], bool]) -> Expr:
    """The same expression, with scalar and elementwise factors in the usual order."""

    def rank(factor: Expr) -> int:
        if isinstance(factor, Number | Quotient):
            return 0
        return 1 if isinstance(factor, Symbol) and is_parameter(factor) else 2

    def ordered(node: Expr) -> Expr:
        node = map_children(node, ordered)
        match node:
            case Product(factors=factors):
                count = next(
                    (i for i, factor in enumerate(factors) if not algebra.is_scalar(factor)),
                    len(factors),
                )
                return Product(_plain_ones((*sorted(factors[:count], key=rank), *factors[count:])))
            case Operation(op="hadamard"):
                first, *rest = sorted(_elementwise(node), key=rank)
                for factor in rest:
                    first = Operation("hadamard", first, factor)
                return first
        return node

    return ordered(expr)


def _plain_ones(factors: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """1ᵀ x instead of 1_nᵀ x: the size of the ones follows from their neighbour."""
    if len(factors) < 2:
        return factors
    first, *middle, last = factors
    if isinstance(first, Transpose) and _is_ones(first.operand):
        first = Transpose(Constant("ones"))
    if _is_ones(last):
        last = Constant("ones")
    return (first, *middle, last)


def _is_ones(expr: Expr) -> bool:
    return isinstance(expr, Constant) and expr.kind == "ones"


def _elementwise(node: Expr) -> list[Expr]:
    if isinstance(node, Operation) and node.op == "hadamard":
        return [*_elementwise(node.left), *_elementwise(node.right)]
    return [node]
