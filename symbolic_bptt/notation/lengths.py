"""The lengths of ones: in `a - \\frac1n \\mathbf 1 \\mathbf 1^\\top a` both are as long as a.

A `\\mathbf 1` without a size has a length that is unknown at first. Sums, elementwise operations
and products say which lengths are the same; what a known length is said to be the same as is known.
Ones whose length nothing settles keep none: then any will do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from .functions import FUNCTIONS
from .shapes import Lookup, ShapeError
from .sizes import ONE, SCALAR, Shape, Size
from .tree import (
    Add,
    BigOperator,
    Call,
    Cases,
    Constant,
    Entry,
    Expr,
    Indicator,
    Neg,
    Number,
    Operation,
    Power,
    Product,
    Quotient,
    Symbol,
    Transpose,
    children,
    map_children,
)


@dataclass(eq=False)
class _Length:
    """A length: known, or the same as another one."""

    size: Size | None = None
    same: _Length | None = None

    @property
    def root(self) -> _Length:
        return self if self.same is None else self.same.root


@dataclass(frozen=True)
class _Sides:
    rows: _Length
    columns: _Length

    @property
    def transposed(self) -> _Sides:
        return _Sides(self.columns, self.rows)

    @property
    def is_scalar(self) -> bool:
        return self.rows.root.size == ONE and self.columns.root.size == ONE


def with_lengths(expr: Expr, lookup: Lookup) -> Expr:
    """The expression with a size at each `\\mathbf 1` whose length follows from its place.

    What does not fit is left as it is: finding that out is not done here.
    """
    found = _Lengths(lookup)
    try:
        found.sides(expr)
    except ShapeError:
        return expr
    return found.written(expr)


@dataclass
class _Lengths:
    lookup: Lookup
    ones: dict[int, _Length] = field(default_factory=dict)

    def written(self, expr: Expr) -> Expr:
        """The expression with the lengths that are known."""
        size = self.ones[id(expr)].root.size if id(expr) in self.ones else None
        if isinstance(expr, Constant) and size is not None and size != ONE:
            return Constant("ones", (_tree(size),), span=expr.span)
        return map_children(expr, self.written)

    def sides(self, expr: Expr) -> _Sides | None:
        """The lengths of its sides; None for a number, which has those that its place needs."""
        match expr:
            case Number():
                return None
            case Symbol():
                shape = self.lookup(expr)
                return None if shape is None else _known(shape)
            case Constant(kind="ones", sizes=()):
                self.ones[id(expr)] = length = _Length()
                return _Sides(length, _Length(ONE))
            case Add(terms=terms):
                return self._alike(terms)
            case Neg(operand=operand):
                return self.sides(operand)
            case Transpose(operand=operand):
                inner = self.sides(operand)
                return inner and inner.transposed
            case Product(factors=factors):
                return self._product(factors)
            case Operation(op="dot", left=left, right=right):
                return self._product((left, right))
            case Operation(op="hadamard", left=left, right=right):
                return self._alike((left, right))
            case Operation(op="outer", left=left, right=right):
                return self._outer(left, right)
            case Quotient(numerator=top, denominator=bottom):
                return self._alike((top, bottom))
            case Power(base=base, exponent=exponent):
                self.sides(exponent)
                return self.sides(base)
            case Call():
                return self._call(expr)
            case BigOperator(body=body):
                return self.sides(body)
            case Cases(branches=branches):
                return self._alike(body for body, _ in branches)
            case Indicator(left=left, right=right):
                return self._alike((left, right))
        return self._anything(expr)

    def _anything(self, expr: Expr) -> _Sides:
        for child in children(expr):
            if isinstance(child, Expr):
                self.sides(child)
        return _known(SCALAR) if isinstance(expr, Entry) else _open()

    def _alike(self, parts: Iterable[Expr]) -> _Sides | None:
        """Sides that are the same for all parts but numbers and scalars."""
        every = [one for part in parts if (one := self.sides(part)) is not None]
        shaped = [one for one in every if not one.is_scalar]
        for other in shaped[1:]:
            sides = ((shaped[0].rows, other.rows), (shaped[0].columns, other.columns))
            if all(_may_be_same(*pair) for pair in sides):  # else 1 is a whole matrix of ones
                for pair in sides:
                    _same(*pair)
        return shaped[0] if shaped else every[0] if every else None

    def _product(self, factors: Iterable[Expr]) -> _Sides | None:
        result: _Sides | None = None
        for factor in factors:
            right = self.sides(factor)
            if result is None or right is None or result.is_scalar or right.is_scalar:
                scaled = result is None or (result.is_scalar and right is not None)
                result = right if scaled else result
            elif _same(result.columns, right.rows):
                result = _Sides(result.rows, right.columns)
            else:  # two vectors of one shape, multiplied entry by entry
                _same(result.rows, right.rows)
        return result

    def _outer(self, left: Expr, right: Expr) -> _Sides:
        first, second = self.sides(left), self.sides(right)
        if first is None or second is None or first.columns.root.size != ONE:
            return _open()
        row = second.rows.root.size == ONE and not second.is_scalar
        return _Sides(first.rows, second.columns if row else second.rows)

    def _call(self, expr: Call) -> _Sides | None:
        function = FUNCTIONS.get(expr.function)
        if function is None or function.elementwise:
            return self._alike(expr.arguments)
        inner = self.sides(expr.arguments[0])
        if expr.function in ("tr", "det", "norm"):
            return _known(SCALAR)
        if expr.function == "softmax":
            return inner
        if expr.function == "diag" and inner is not None and inner.columns.root.size == ONE:
            return _Sides(inner.rows, inner.rows)
        return _open()


def _known(shape: Shape) -> _Sides:
    return _Sides(_Length(shape.rows), _Length(shape.columns))


def _open() -> _Sides:
    return _Sides(_Length(), _Length())


def _may_be_same(one: _Length, other: _Length) -> bool:
    sizes = {one.root.size, other.root.size}
    return None in sizes or len(sizes) == 1


def _same(one: _Length, other: _Length) -> bool:
    """Whether two lengths can be one; from here on they are, if one of them is not known."""
    left, right = one.root, other.root
    if left is not right and left.size is None:
        left.same = right
    elif left is not right and right.size is None:
        right.same = left
    return left is right or one.root.size == other.root.size


def _tree(size: Size) -> Expr:
    """The size as it is written: `n`, `2 n`, `n + m`, `3`."""
    terms: list[Expr] = [
        Symbol(letter) if multiple == 1 else Product((_number(multiple), Symbol(letter)))
        for letter, multiple in size.multiples
    ]
    if size.constant or not terms:
        terms.append(_number(size.constant))
    return terms[0] if len(terms) == 1 else Add(tuple(terms))


def _number(value: int) -> Expr:
    number = Number(Fraction(abs(value)))
    return Neg(number) if value < 0 else number
