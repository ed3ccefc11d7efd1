"""Sums over entries as matrix products: Σ_k y_k log ŷ_k is yᵀ log ŷ, Σ_ij W_ij² is 1ᵀ(W ⊙ W) 1."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..notation.functions import FUNCTIONS
from ..notation.shapes import Lookup
from ..notation.sizes import SCALAR, Shape, Size
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


def without_entries(expr: Expr, lookup: Lookup) -> Expr:
    """The expression with its sums over whole rows of entries in matrix notation.

    A sum whose terms are not elementwise in the summed indices stays as it is.
    """
    expr = map_children(expr, lambda child: without_entries(child, lookup))
    if isinstance(expr, BigOperator) and expr.kind == "sum":
        return _summed(expr, lookup) or expr
    return expr


def _summed(expr: BigOperator, lookup: Lookup) -> Expr | None:
    for count in (2, 1):
        outer, inner = expr.ranges[:-count], expr.ranges[-count:]
        if len(inner) < count:
            continue
        lifted = _Lifting(Algebra(lookup), tuple(span.index for span in inner)).lift(expr.body)
        if lifted is not None and _covers(lifted[1], inner):
            total = Algebra(lookup).total(lifted[0])
            return replace(expr, ranges=outer, body=total) if outer else total
    return None


def _covers(shape: Shape, ranges: Iterable[Range]) -> bool:
    for span, size in zip(ranges, (shape.rows, shape.columns), strict=False):
        low = Size(1) if span.lower is None else affine(span.lower)
        high = size if span.upper is None else affine(span.upper)
        if low != Size(1) or high != size or span.unequal:
            return False
    return True


class _Lifting:
    """Rewrites a scalar in entries x_k into the vector (or matrix) of its values over k."""

    def __init__(self, algebra: Algebra, indices: tuple[str, ...]) -> None:
        self._algebra = algebra
        self._indices = indices

    def lift(self, expr: Expr) -> tuple[Expr, Shape] | None:
        """The expression and its shape; a scalar that is the same for all k stays a scalar."""
        if not letters(expr) & set(self._indices):
            return expr, SCALAR
        match expr:
            case Entry(of=of, indices=indices):
                return self._entry(of, indices)
            case Neg(operand=operand):
                inner = self.lift(operand)
                return inner and (self._algebra.neg(inner[0]), inner[1])
            case Add(terms=terms):
                return self._add(terms)
            case Product(factors=factors):
                return self._product(factors)
            case Operation(op="dot" | "hadamard", left=left, right=right):
                return self._product((left, right))
            case Quotient(numerator=top, denominator=bottom):
                above, below = self.lift(top), self.lift(bottom)
                if above is None or below is None or below[1] not in (SCALAR, above[1]):
                    return None
                return self._algebra.divide(above[0], below[0]), above[1]
            case Power(base=base, exponent=Number(value=value)) if value == 2:
                inner = self.lift(base)
                return inner and (self._algebra.square(inner[0]), inner[1])
            case Call(function=name, arguments=(argument,)):
                inner = self.lift(argument)
                elementwise = name not in FUNCTIONS or FUNCTIONS[name].elementwise
                known = inner is not None and elementwise and name not in ("max", "min")
                return (replace(expr, arguments=(inner[0],)), inner[1]) if known and inner else None
        return None

    def _entry(self, of: Expr, indices: tuple[Expr, ...]) -> tuple[Expr, Shape] | None:
        shape = self._algebra.shape(of)
        names = tuple(next(iter(letters(index)), None) for index in indices)
        plain = all(
            affine(index) == Size.letter(name or "")
            for index, name in zip(indices, names, strict=True)
        )
        if letters(of) & set(self._indices) or not plain:
            return None
        if names == self._indices and len(names) == (1 if shape.is_column else 2):
            return of, shape
        return None

    def _add(self, terms: tuple[Expr, ...]) -> tuple[Expr, Shape] | None:
        lifted = [self.lift(term) for term in terms]
        shapes = {item[1] for item in lifted if item is not None} - {SCALAR}
        literal = all(
            item is not None and (item[1] != SCALAR or isinstance(_unsigned(item[0]), Number))
            for item in lifted
        )
        if len(shapes) != 1 or not literal:
            return None
        return self._algebra.add(*(item[0] for item in lifted if item)), shapes.pop()

    def _product(self, factors: tuple[Expr, ...]) -> tuple[Expr, Shape] | None:
        result: tuple[Expr, Shape] | None = None
        for factor in factors:
            lifted = self.lift(factor)
            if lifted is None:
                return None
            if result is None:
                result = lifted
            elif SCALAR not in (result[1], lifted[1]) and result[1] != lifted[1]:
                return None
            else:
                shape = lifted[1] if result[1] == SCALAR else result[1]
                result = self._algebra.hadamard(result[0], lifted[0]), shape
        return result


def _unsigned(expr: Expr) -> Expr:
    return expr.operand if isinstance(expr, Neg) else expr
