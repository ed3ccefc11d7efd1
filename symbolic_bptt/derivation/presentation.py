"""The order in which a textbook writes factors: parameters before what they multiply."""

from __future__ import annotations

from collections.abc import Callable

from ..notation.tree import Expr, Number, Operation, Product, Quotient, Symbol, map_children
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
                return Product((*sorted(factors[:count], key=rank), *factors[count:]))
            case Operation(op="hadamard"):
                first, *rest = sorted(_elementwise(node), key=rank)
                for factor in rest:
                    first = Operation("hadamard", first, factor)
                return first
        return node

    return ordered(expr)


def _elementwise(node: Expr) -> list[Expr]:
    if isinstance(node, Operation) and node.op == "hadamard":
        return [*_elementwise(node.left), *_elementwise(node.right)]
    return [node]
