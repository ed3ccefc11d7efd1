"""Products that are tidy by construction: scalars in front, equal factors cancelled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from ..notation.shape_of import shape_of
from ..notation.shapes import Lookup
from ..notation.sizes import SCALAR, Shape
from ..notation.tree import (
    Add,
    Call,
    Constant,
    Derivative,
    Expr,
    Neg,
    Number,
    Operation,
    Power,
    Product,
    Quotient,
    Transpose,
    map_children,
    walk,
)
from .indices import index_tree
from .monomial import ONE, Monomial, cancelled, joined, product, with_powers

Ranges = tuple[tuple[Expr | None, Expr | None], ...]
"""The bounds of a slice."""


class Products:
    """Products, quotients and transposes; `lookup` gives the shapes of symbols."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    def shape(self, expr: Expr) -> Shape:
        """The shape; a lone literal counts as a scalar."""
        return shape_of(_without_slopes(expr), self._lookup) or SCALAR

    def tidied(self, expr: Expr) -> Expr:
        """The expression with each of its products put in order again."""
        inner = map_children(expr, self.tidied)
        if isinstance(inner, Product | Quotient):
            return joined(self.split(inner))
        return inner

    def is_scalar(self, expr: Expr) -> bool:
        """Whether it is a scalar or a lone literal."""
        return self.shape(expr).is_scalar

    def neg(self, x: Expr) -> Expr:
        """−x."""
        one = self.split(x)
        return joined(replace(one, coefficient=-one.coefficient))

    def split(self, x: Expr) -> Monomial:
        """The number, the scalars and the core of one term."""
        match x:
            case Number(value=value) if value.denominator == 1:
                return Monomial(value)
            case Neg(operand=operand):
                inner = self.split(operand)
                return replace(inner, coefficient=-inner.coefficient)
            case Quotient():
                return self._split_quotient(x)
            case Product(factors=factors):
                return self._split_product(factors)
            case Operation(op="hadamard", left=left, right=right):
                return self._split_hadamard(left, right)
            case Power(base=base, exponent=Number(value=value)) if (
                value.denominator == 1 and 1 < value <= 8 and self.is_scalar(base)
            ):
                inner = self.split(base)
                n = int(value)
                return Monomial(inner.coefficient**n, inner.scalars * n, inner.over * n)
            case Add(terms=terms) if all(isinstance(term, Neg) for term in terms):
                positive = Add(tuple(t.operand for t in terms if isinstance(t, Neg)))
                return replace(self.split(positive), coefficient=Fraction(-1))
        return Monomial(scalars=(x,)) if self.is_scalar(x) else Monomial(core=x)

    def _split_quotient(self, x: Quotient) -> Monomial:
        above, below = self.split(x.numerator), self.split(x.denominator)
        if below.core is None:
            return above.divided(below)
        rest = replace(below, core=None)
        return replace(above, core=Quotient(above.core or ONE, below.core)).divided(rest)

    def _split_product(self, factors: Iterable[Expr]) -> Monomial:
        total = Monomial()
        chain: list[Expr] = []
        for factor in factors:
            one = self.split(factor)
            total = total.times(one)
            if one.core is not None:
                chain.extend(_chain(one.core))
                if self._chain_shape(chain).is_scalar:
                    total = replace(total, scalars=(*total.scalars, product(chain)))
                    chain = []
        return replace(total, core=product(chain)) if chain else total

    def _split_hadamard(self, left: Expr, right: Expr) -> Monomial:
        one, other = self.split(left), self.split(right)
        if one.core is None or other.core is None:
            return one.times(other, one.core or other.core)
        core = self._elementwise_core(one.core, other.core)
        return one.times(other, core)

    def _chain_shape(self, chain: list[Expr]) -> Shape:
        return Shape(self.shape(chain[0]).rows, self.shape(chain[-1]).columns)

    def scale(self, scalar: Expr, x: Expr) -> Expr:
        """scalar · x."""
        one, other = self.split(scalar), self.split(x)
        return joined(one.times(other, other.core))

    def matmul(self, a: Expr, b: Expr) -> Expr:
        """The product a b: a scaling if one is scalar, else the matrix product."""
        one, other = self.split(a), self.split(b)
        if one.core is None or other.core is None:
            return joined(one.times(other, one.core or other.core))
        left, right = one.core, other.core
        if _is_identity(left) or _is_identity(right):
            return joined(one.times(other, right if _is_identity(left) else left))
        chain = [*_chain(left), *_chain(right)]
        diagonal = self._through_diagonal(_chain(left), _chain(right))
        if diagonal is not None:
            inner = self.split(diagonal)
            return joined(one.times(other).times(inner, inner.core))
        groups, rest = self._scalar_groups(chain)
        core = product(rest) if rest else None
        return joined(one.times(other).times(Monomial(scalars=groups), core))

    def _through_diagonal(self, left: list[Expr], right: list[Expr]) -> Expr | None:
        """diag(v) x = v ⊙ x, and x diag(v) for a row x."""
        match left[-1]:
            case Call("diag", (v,)) if self.shape(product(right)).is_column:
                if self.shape(v).is_column:
                    inner = self.hadamard(v, product(right))
                    return self.matmul(product(left[:-1]), inner) if left[:-1] else inner
        match right[0]:
            case Call("diag", (v,)) if self.shape(product(left)).is_row:
                row = self.transpose(v) if self.shape(v).is_column else v
                inner = self.hadamard(product(left), row)
                return self.matmul(inner, product(right[1:])) if right[1:] else inner
        return None

    def _scalar_groups(self, chain: list[Expr]) -> tuple[tuple[Expr, ...], list[Expr]]:
        """Row · … · column inside a chain is a scalar, and goes in front."""
        shapes = [self.shape(factor) for factor in chain]
        for start, first in enumerate(shapes):
            for end in range(start + 1, len(chain)):
                if first.is_row and shapes[end].is_column:
                    group = product(chain[start : end + 1])
                    rest = [*chain[:start], *chain[end + 1 :]]
                    if not rest:
                        return (group,), []
                    more, rest = self._scalar_groups(rest)
                    return (group, *more), rest
        return (), chain

    def hadamard(self, a: Expr, b: Expr) -> Expr:
        """a ⊙ b; a scalar scales."""
        return joined(self._split_hadamard(a, b))

    def _elementwise_core(self, a: Expr, b: Expr) -> Expr:
        (above, below), (more_above, more_below) = elementwise_factors(a), elementwise_factors(b)
        shape = self.shape(a)
        return self._elementwise((*above, *more_above), (*below, *more_below), shape)

    def _elementwise(self, above: tuple[Expr, ...], below: tuple[Expr, ...], shape: Shape) -> Expr:
        above, below = cancelled([x for x in above if x != ONE and not _is_ones(x)], below)
        powers = with_powers if shape.is_column or shape.is_row else tuple
        top = _folded(powers(above)) if above else None
        if not below:
            return top or ones(shape)
        return Quotient(top or ONE, _folded(powers(below)))

    def divide(self, x: Expr, y: Expr) -> Expr:
        """x / y, elementwise unless y is a scalar."""
        return joined(self.split(Quotient(x, y))) if self.is_scalar(y) else self._divide(x, y)

    def _divide(self, x: Expr, y: Expr) -> Expr:
        one, other = self.split(x), self.split(y)
        assert other.core is not None
        inverse = Quotient(ONE, other.core)
        core = inverse if one.core is None else self._elementwise_core(one.core, inverse)
        return joined(replace(one.divided(replace(other, core=None)), core=core))

    def square(self, x: Expr) -> Expr:
        """x ⊙ x, as a power where that means the same."""
        shape = self.shape(x)
        vector = shape.is_scalar or shape.is_column or shape.is_row
        return Power(x, Number(Fraction(2))) if vector else self.hadamard(x, x)

    def transpose(self, x: Expr) -> Expr:
        """xᵀ, with the transposes moved onto the factors of a product."""
        one = self.split(x)
        return joined(replace(one, core=None if one.core is None else self._turned(one.core)))

    def _turned(self, core: Expr) -> Expr:
        match core:
            case Transpose(operand=operand):
                return operand
            case Product(factors=factors):
                return product([self.transpose(factor) for factor in reversed(factors)])
            case Constant(kind="identity") | Call("diag", _):
                return core
            case Operation(op="hadamard", left=left, right=right):
                turned = Operation("hadamard", self.transpose(left), self.transpose(right))
                return (
                    turned
                    if _is_plain(turned.left) and _is_plain(turned.right)
                    else Transpose(core)
                )
            case Add(terms=terms):
                parts = [self.transpose(term) for term in terms]
                return Add(tuple(parts)) if all(map(_is_plain, parts)) else Transpose(core)
        return Transpose(core)


def _without_slopes(expr: Expr) -> Expr:
    """∂f(a, b)/∂a of an undetermined function of several arguments is a scalar."""
    if isinstance(expr, Derivative):
        return ONE
    return map_children(expr, _without_slopes) if _has_slopes(expr) else expr


def _has_slopes(expr: Expr) -> bool:
    return any(isinstance(node, Derivative) for node in walk(expr))


def ones(shape: Shape) -> Expr:
    """The column, row or matrix of ones."""
    column = Constant("ones", (index_tree(shape.rows),))
    if shape.is_scalar:
        return ONE
    if shape.is_column:
        return column
    row = Transpose(Constant("ones", (index_tree(shape.columns),)))
    return row if shape.is_row else Product((column, row))


def elementwise_factors(core: Expr) -> tuple[tuple[Expr, ...], tuple[Expr, ...]]:
    """The factors above and below of a ⊙ b / c."""
    match core:
        case Operation(op="hadamard", left=left, right=right):
            (above, below), (more_above, more_below) = map(elementwise_factors, (left, right))
            return (*above, *more_above), (*below, *more_below)
        case Quotient(numerator=top, denominator=bottom):
            (above, below), (more_below, more_above) = map(elementwise_factors, (top, bottom))
            return (*above, *more_above), (*below, *more_below)
    return (core,), ()


def _folded(factors: tuple[Expr, ...]) -> Expr:
    result = factors[0]
    for factor in factors[1:]:
        result = Operation("hadamard", result, factor)
    return result


def _chain(core: Expr) -> list[Expr]:
    return list(core.factors) if isinstance(core, Product) else [core]


def _is_identity(x: Expr) -> bool:
    return isinstance(x, Constant) and x.kind == "identity"


def _is_ones(x: Expr) -> bool:
    if isinstance(x, Transpose):
        return _is_ones(x.operand)
    return isinstance(x, Constant) and x.kind == "ones"


def _is_plain(x: Expr) -> bool:
    """Whether it is written without a transpose in front."""
    operand = x.operand if isinstance(x, Neg) else x
    return not isinstance(operand, Transpose | Product)
