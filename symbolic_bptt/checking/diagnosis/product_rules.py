"""Edits of products: transposes, order, which product it is, and where a diagonal factor stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

from ...notation.tree import (
    Add,
    Call,
    Concat,
    Derivative,
    Expr,
    Matrix,
    Neg,
    Number,
    Operation,
    OperationOp,
    Power,
    Product,
    Symbol,
    Transpose,
)
from .context import Context, product
from .edits import Edit
from .positions import Position


def transposes(here: Position, context: Context) -> Iterator[Edit]:
    """A for Aᵀ, and Aᵀ for A."""
    node = here.node
    if here.variable or isinstance(here.parent, Transpose):
        return
    if isinstance(node, Transpose):
        yield Edit("transpose", node.operand, 1)
    elif _may_be_transposed(node) and context.measure(here) != (1, 1):
        yield Edit("transpose", Transpose(node), 1 if isinstance(node, Symbol) else 2)


def _may_be_transposed(node: Expr) -> bool:
    return not isinstance(node, Number | Neg | Add) or isinstance(node, Derivative)


def inverses(here: Position, context: Context) -> Iterator[Edit]:
    """Wᵀ for W⁻¹."""
    match here.node:
        case Power(base=base, exponent=Neg(operand=Number(value=value))) if value == 1:
            yield Edit("inverse", Transpose(base), 1)


def order(here: Position, context: Context) -> Iterator[Edit]:
    """Two neighbouring factors, or all of them, the other way round."""
    match here.node:
        case Product(factors=factors):
            for i in range(len(factors) - 1):
                swapped = (*factors[:i], factors[i + 1], factors[i], *factors[i + 2 :])
                yield Edit("factor-order", Product(swapped), 2)
            if len(factors) > 2:
                yield Edit("factor-order", Product(factors[::-1]), 3)
                yield Edit("factor-order", Product((*factors[1:], factors[0])), 3)
                yield Edit("factor-order", Product((factors[-1], *factors[:-1])), 3)
        case Operation(op="outer", left=left, right=right):
            yield Edit("factor-order", Operation("outer", right, left), 2)


def kinds(here: Position, context: Context) -> Iterator[Edit]:
    """⊙ for a matrix product, an outer for an inner product, and so on."""
    match here.node:
        case Operation(op=op, left=left, right=right):
            other: OperationOp = "outer" if op == "hadamard" else "hadamard"
            yield Edit("product-kind", Operation(other, left, right), 2)
            yield Edit("product-kind", product(left, right), 2)
            yield Edit("product-kind", product(left, Transpose(right)), 2)
        case Product(factors=factors):
            for i in range(len(factors) - 1):
                yield from _of_neighbours(factors, i)
            for i in range(1, len(factors)):
                left, right = product(*factors[:i]), product(*factors[i:])
                yield Edit("product-kind", Operation("hadamard", left, right), 2)
                yield Edit("product-kind", Operation("outer", left, right), 3)


def _of_neighbours(factors: tuple[Expr, ...], i: int) -> Iterator[Edit]:
    left, right = factors[i], factors[i + 1]
    match left, right:
        case Transpose(operand=inner), _:  # an inner product for an outer one
            both: tuple[Expr, ...] = (inner, Transpose(right))
        case _, Transpose(operand=inner):
            both = (Transpose(left), inner)
        case _:
            for one in ((left, Transpose(right)), (right, Transpose(left))):
                outer = Product((*factors[:i], *one, *factors[i + 2 :]))
                yield Edit("product-kind", outer, 2)
            diagonal = Call("diag", (left,))
            yield Edit("product-kind", Product((*factors[:i], diagonal, *factors[i + 1 :])), 2)
            if i == len(factors) - 2:
                last = Call("diag", (right,))
                yield Edit("product-kind", Product((*factors[:-1], last)), 2)
            return
    yield Edit("product-kind", Product((*factors[:i], *both, *factors[i + 2 :])), 2)


def rows(here: Position, context: Context) -> Iterator[Edit]:
    """bᵀ a for aᵀ b, both of rows; and blocks of a stacked vector or matrix in another order."""
    match here.node:
        case Product(factors=(Transpose(operand=left), right)):
            yield Edit("factor-order", Product((Transpose(right), left)), 2)
        case Product(factors=(left, Transpose(operand=right))):
            yield Edit("factor-order", Product((right, Transpose(left))), 2)
        case Concat(parts=parts):
            for swapped in _swapped(parts):
                yield Edit("blocks-exchanged", replace(here.node, parts=swapped), 2)
        case Matrix(rows=written):
            for swapped in _swapped(written):
                yield Edit("blocks-exchanged", replace(here.node, rows=swapped), 2)


def _swapped(parts: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    for i, j in combinations(range(len(parts)), 2):
        order = list(parts)
        order[i], order[j] = order[j], order[i]
        yield tuple(order)


def placement(here: Position, context: Context) -> Iterator[Edit]:
    """A (x ⊙ d) for (A x) ⊙ d, and the reverse: the derivative before or after the weights."""
    match here.node:
        case Operation(op="hadamard", left=left, right=right):
            for weights, vector in ((left, right), (right, left)):
                if isinstance(weights, Product):
                    *first, last = weights.factors
                    inner = Operation("hadamard", last, vector)
                    yield Edit("factor-order", product(*first, inner), 2)
        case Product(factors=factors) if isinstance(factors[-1], Operation):
            last = factors[-1]
            if last.op == "hadamard":
                for inside, outside in ((last.left, last.right), (last.right, last.left)):
                    outer = Operation("hadamard", product(*factors[:-1], inside), outside)
                    yield Edit("factor-order", outer, 2)
    match here.node:
        case Product(factors=factors) if len(factors) > 2:
            for i in range(1, len(factors)):
                rest = replace(here.node, factors=factors[i:])
                yield Edit("product-kind", Operation("hadamard", product(*factors[:i]), rest), 4)
