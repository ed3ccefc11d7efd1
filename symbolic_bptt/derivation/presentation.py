"""The order in which a textbook writes factors: parameters before what they multiply."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..notation.tree import (
    Add,
    Constant,
    Expr,
    Neg,
    Number,
    Operation,
    Product,
    Quotient,
    Symbol,
    Transpose,
    map_children,
)
from .algebra import Algebra
from .monomial import ONE, joined


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
                one = algebra.split(node)
                if one.core is None:
                    return node
                first, *rest = sorted(_elementwise(one.core), key=rank)
                for factor in rest:
                    first = Operation("hadamard", first, factor)
                return joined(replace(one, core=first))
        return node

    return _with_plain_ones(algebra, ordered(expr))


def _with_plain_ones(algebra: Algebra, expr: Expr) -> Expr:
    """1ᵀ x instead of 1_nᵀ x: the size of the ones follows from their neighbour."""
    match expr:
        case Add(terms=terms) if not all(_is_ones(_unsigned(term)) for term in terms):
            plain = tuple(_number_for_ones(term) for term in terms)
            return Add(tuple(_with_plain_ones(algebra, term) for term in plain))
        case Product(factors=(Transpose(operand=first), *rest)) if _is_ones(first):
            inner = tuple(_with_plain_ones(algebra, factor) for factor in rest)
            return Product((Transpose(Constant("ones")), *inner))
        case Product(factors=(*rest, before, last)) if _is_ones(last):
            if not algebra.is_scalar(before):
                inner = tuple(_with_plain_ones(algebra, factor) for factor in (*rest, before))
                return Product((*inner, Constant("ones")))
    return map_children(expr, lambda child: _with_plain_ones(algebra, child))


def _number_for_ones(term: Expr) -> Expr:
    """1 beside a vector stands for ones."""
    if _is_ones(term):
        return ONE
    return Neg(ONE) if isinstance(term, Neg) and _is_ones(term.operand) else term


def _unsigned(term: Expr) -> Expr:
    return term.operand if isinstance(term, Neg) else term


def _is_ones(expr: Expr) -> bool:
    return isinstance(expr, Constant) and expr.kind == "ones"


def _elementwise(node: Expr) -> list[Expr]:
    if isinstance(node, Operation) and node.op == "hadamard":
        return [*_elementwise(node.left), *_elementwise(node.right)]
    return [node]
