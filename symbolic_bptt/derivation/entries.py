"""Sums over entries as matrix products: Σ_k y_k log ŷ_k is yᵀ log ŷ, Σ_ij W_ij² is 1ᵀ(W ⊙ W) 1.

The summand, as a function of the summed index j, is v_j · M_ij: a column v, and a matrix M whose
row i is an index of its own, if there is one. The sum is then 1ᵀv, or the entry i of M v.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ..notation.functions import FUNCTIONS
from ..notation.shapes import Lookup
from ..notation.sizes import Shape, Size
from ..notation.tree import (
    Add,
    BigOperator,
    Call,
    Entry,
    Expr,
    Neg,
    Number,
    Operation,
    Power,
    Product,
    Quotient,
    Range,
    map_children,
)
from .algebra import Algebra
from .indices import affine, letters
from .monomial import ONE
from .products import ones


def without_entries(expr: Expr, lookup: Lookup) -> Expr:
    """The expression with its sums over whole rows or columns of entries in matrix notation.

    A sum whose terms are not elementwise in the summed index stays as it is.
    """
    expr = map_children(expr, lambda child: without_entries(child, lookup))
    if isinstance(expr, BigOperator) and expr.kind == "sum":
        return _summed(expr, Algebra(lookup))
    return expr


def _summed(expr: BigOperator, algebra: Algebra) -> Expr:
    ranges, body = expr.ranges, expr.body
    while ranges:
        lifted = lift(algebra, body, ranges[-1].index)
        total = None if lifted is None else _total(algebra, lifted, ranges[-1])
        if total is None:
            break
        ranges, body = ranges[:-1], total
    return replace(expr, ranges=ranges, body=body) if ranges else body


@dataclass(frozen=True)
class Lifted:
    """scalar · vector_j · matrix_ij as a function of j, where i is the index `row`."""

    scalar: Expr
    vector: Expr | None = None
    matrix: Expr | None = None
    row: Expr | None = None


def _total(algebra: Algebra, one: Lifted, span: Range) -> Expr | None:
    size = _size(algebra, one)
    low = Size(1) if span.lower is None else affine(span.lower)
    high = size if span.upper is None else affine(span.upper)
    if size is None or low != Size(1) or high != size or span.unequal:
        return None
    if one.matrix is None:
        assert one.vector is not None
        return algebra.scale(one.scalar, algebra.total(one.vector))
    column = ones(Shape(size)) if one.vector is None else one.vector
    assert one.row is not None
    return algebra.scale(one.scalar, Entry(algebra.matmul(one.matrix, column), (one.row,)))


def _size(algebra: Algebra, one: Lifted) -> Size | None:
    if one.vector is not None:
        return algebra.shape(one.vector).rows
    return None if one.matrix is None else algebra.shape(one.matrix).columns


def lift(algebra: Algebra, expr: Expr, index: str) -> Lifted | None:
    """A scalar in entries, as a function of one index; None where it is not elementwise in it."""

    def inner(child: Expr) -> Lifted | None:
        return lift(algebra, child, index)

    if index not in letters(expr):
        return Lifted(expr)
    match expr:
        case Entry(of=of, indices=indices):
            return _entry(algebra, of, indices, index)
        case Neg(operand=operand):
            return _mapped(algebra, inner(operand), algebra.neg)
        case Product(factors=factors):
            return _product(algebra, [inner(factor) for factor in factors])
        case Operation(op="hadamard", left=left, right=right):
            return _product(algebra, [inner(left), inner(right)])
        case Quotient(numerator=top, denominator=bottom):
            below = inner(bottom)
            if below is not None and below.vector is None and below.matrix is None:
                inverse: Lifted | None = Lifted(algebra.divide(ONE, below.scalar))
            else:
                inverse = _mapped(algebra, below, lambda x: algebra.divide(ONE, x))
            return _product(algebra, [inner(top), inverse])
        case Power(base=base, exponent=Number(value=value)) if value == 2:
            return _product(algebra, [inner(base), inner(base)])
        case Add(terms=terms):
            return _sum(algebra, [inner(term) for term in terms])
        case Call(function=name, arguments=(argument,)):
            if name not in FUNCTIONS or FUNCTIONS[name].elementwise:
                return _mapped(algebra, inner(argument), lambda x: replace(expr, arguments=(x,)))
    return None


def _entry(algebra: Algebra, of: Expr, indices: tuple[Expr, ...], index: str) -> Lifted | None:
    places = [affine(item) for item in indices]
    if index in letters(of) or None in places:
        return None
    match [place == Size.letter(index) for place in places]:
        case [True] if algebra.shape(of).is_column:
            return Lifted(ONE, of)
        case [True] if algebra.shape(of).is_row:
            return Lifted(ONE, algebra.transpose(of))
        case [False, True] if index not in letters(indices[0]):
            return Lifted(ONE, None, of, indices[0])
        case [True, False] if index not in letters(indices[1]):
            return Lifted(ONE, None, algebra.transpose(of), indices[1])
    return None


def _product(algebra: Algebra, parts: list[Lifted | None]) -> Lifted | None:
    result = Lifted(ONE)
    for part in parts:
        if part is None or (result.row and part.row and result.row != part.row):
            return None
        result = Lifted(
            algebra.scale(result.scalar, part.scalar),
            _both(algebra, result.vector, part.vector),
            _both(algebra, result.matrix, part.matrix),
            result.row or part.row,
        )
    return result


def _both(algebra: Algebra, one: Expr | None, other: Expr | None) -> Expr | None:
    if one is None or other is None:
        return other if one is None else one
    return algebra.hadamard(one, other)


def _sum(algebra: Algebra, parts: list[Lifted | None]) -> Lifted | None:
    """Terms of one kind; a number among vectors counts for each entry."""
    known = [part for part in parts if part is not None]
    kinds = {(part.vector is None, part.row) for part in known if not _is_number(part)}
    if len(known) < len(parts) or len(kinds) != 1:
        return None
    ((_, row),) = kinds
    values = [_whole(algebra, part) for part in known]
    if any(value is None for value in values):
        return None
    total = algebra.add(*(value for value in values if value is not None))
    return Lifted(ONE, total) if row is None else Lifted(ONE, None, total, row)


def _is_number(part: Lifted) -> bool:
    return part.vector is None and part.matrix is None and isinstance(part.scalar, Number)


def _whole(algebra: Algebra, part: Lifted) -> Expr | None:
    """A lifted value that is a vector or a matrix alone, or a number, as one expression."""
    if part.vector is not None and part.matrix is not None:
        return None
    value = part.vector if part.matrix is None else part.matrix
    if value is None:
        return part.scalar if isinstance(part.scalar, Number) else None
    return algebra.scale(part.scalar, value)


def _mapped(algebra: Algebra, part: Lifted | None, change: Callable[[Expr], Expr]) -> Lifted | None:
    """An elementwise function of a lifted value."""
    if part is None:
        return None
    value = _whole(algebra, part)
    if value is None:
        return None
    changed = change(value)
    return Lifted(ONE, changed) if part.row is None else Lifted(ONE, None, changed, part.row)
