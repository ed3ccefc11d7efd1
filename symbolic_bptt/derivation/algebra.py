"""Sums and products that are tidy by construction: no 1·x, no 0 terms, no double signs.

Every operation is an identity of matrix algebra, so tidying can never change a value. Scalars
stand in front, like terms are added up, a common first or last factor is taken out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction

from ..notation.elaborate import elaborate
from ..notation.shapes import Lookup
from ..notation.sizes import SCALAR, Shape
from ..notation.tree import (
    Add,
    Call,
    Constant,
    Expr,
    Neg,
    Number,
    Operation,
    Power,
    Product,
    Quotient,
    Slice,
    Symbol,
    Transpose,
)
from .indices import index_tree
from .monomial import ONE, ZERO, Monomial, cancelled, joined, positive_first, product, with_powers

Ranges = tuple[tuple[Expr | None, Expr | None], ...]


class Algebra:
    """Arithmetic on trees whose symbols have the shapes that `lookup` gives."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    def shape(self, expr: Expr) -> Shape:
        """The shape; a lone literal counts as a scalar."""
        return elaborate(expr, self._lookup).shape or SCALAR

    def is_scalar(self, expr: Expr) -> bool:
        """Whether it is a scalar or a lone literal."""
        return self.shape(expr).is_scalar

    # Sums

    def add(self, *terms: Expr) -> Expr:
        """Σ terms."""
        like: dict[tuple[object, ...], Monomial] = {}
        for term in self._terms(terms):
            known = like.get(term.key)
            total = term.coefficient + (known.coefficient if known else 0)
            like[term.key] = replace(known or term, coefficient=total)
        kept = self._collected([_inner_as_core(t) for t in like.values() if t.coefficient])
        front, kept = _common_scalars(kept)
        total = self.split(_sum(kept))
        return joined(front.times(total, total.core)) if front != Monomial() else _sum(kept)

    def _terms(self, terms: Iterable[Expr]) -> Iterable[Monomial]:
        for term in terms:
            one = self.split(term)
            whole = one.core or (one.scalars[0] if len(one.scalars) == 1 else None)
            alone = len(one.scalars) == (one.core is None) and not one.over
            if alone and isinstance(whole, Add) and abs(one.coefficient) == 1:
                for inner in whole.terms:
                    part = self.split(inner)
                    yield replace(part, coefficient=part.coefficient * one.coefficient)
            elif one.coefficient:
                yield one

    def _collected(self, terms: list[Monomial]) -> list[Monomial]:
        """a x + b x → (a + b) x, A x + A y → A (x + y), x b + y b → (x + y) b, and so for ⊙."""
        for handle in (self._core, self._first_factor, self._last_factor):
            groups: dict[object, list[Monomial]] = {}
            for term in terms:
                groups.setdefault(handle(term) or object(), []).append(term)
            if any(len(group) > 1 for group in groups.values()):
                merged = [
                    self._taken_out(key, group) if len(group) > 1 else group[0]
                    for key, group in groups.items()
                ]
                terms = [term for term in merged if term.coefficient]
        return terms

    def _core(self, term: Monomial) -> tuple[str, Expr] | None:
        return None if term.core is None else ("core", term.core)

    def _first_factor(self, term: Monomial) -> tuple[str, Expr] | None:
        if term.core is None:
            return ("scalar", term.scalars[0]) if len(term.scalars) > 1 and not term.over else None
        if isinstance(term.core, Product):
            return ("left", term.core.factors[0])
        above, _ = elementwise_factors(term.core)
        return ("elementwise", above[0]) if len(above) > 1 else None

    def _last_factor(self, term: Monomial) -> tuple[str, Expr] | None:
        return ("right", term.core.factors[-1]) if isinstance(term.core, Product) else None

    def _taken_out(self, key: object, group: list[Monomial]) -> Monomial:
        assert isinstance(key, tuple)
        kind, factor = key
        scalars, over = group[0].scalars, group[0].over
        if kind in ("scalar", "core") or any((t.scalars, t.over) != (scalars, over) for t in group):
            scalars, over = (), ()
        rests = []
        for term in group:
            rest = replace(
                term,
                scalars=term.scalars[len(scalars) :],
                over=term.over[len(over) :],
                core=None if kind == "core" else self._without(term.core, kind),
            )
            if kind == "scalar":
                rest = replace(rest, scalars=term.scalars[1:])
            rests.append(joined(rest))
        total = self.add(*rests)
        combine: dict[str, Callable[[], Expr]] = {
            "scalar": lambda: self.scale(factor, total),
            "core": lambda: self.scale(total, factor),
            "left": lambda: self.matmul(factor, total),
            "right": lambda: self.matmul(total, factor),
            "elementwise": lambda: self.hadamard(factor, total),
        }
        whole = self.split(combine[kind]())
        return whole.times(Monomial(Fraction(1), scalars, over), whole.core)

    def _without(self, core: Expr | None, kind: str) -> Expr | None:
        match core:
            case None:
                return None
            case Product(factors=factors):
                return product(factors[1:] if kind == "left" else factors[:-1])
        above, below = elementwise_factors(core)
        return self._elementwise(above[1:], below, self.shape(core))

    def neg(self, x: Expr) -> Expr:
        """−x."""
        one = self.split(x)
        return joined(replace(one, coefficient=-one.coefficient))

    def subtract(self, x: Expr, y: Expr) -> Expr:
        """x − y."""
        return self.add(x, self.neg(y))

    # Products

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
            case Operation(op="dot", left=left, right=right):
                return self._split_product((left, right))
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

    # What reverse accumulation needs

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

    def inner(self, g: Expr, x: Expr) -> Expr:
        """Σ of the entries of g ⊙ x: gᵀx or xᵀg, whichever transposes a symbol; tr(gᵀx)."""
        shape = self.shape(g)
        if shape.is_scalar:
            return self.hadamard(g, x)
        if isinstance(self.split(x).core, Symbol) and not isinstance(self.split(g).core, Symbol):
            g, x = (x, g) if shape.is_column else (g, x)
        if shape.is_row:
            return self.matmul(g, self.transpose(x))
        turned = self.matmul(self.transpose(g), x)
        return turned if shape.is_column else self.trace(turned)

    def trace(self, x: Expr) -> Expr:
        """tr x, with the scalars in front."""
        one = self.split(x)
        if one.core is None:
            return joined(one)
        return joined(replace(one, scalars=(*one.scalars, Call("tr", (one.core,))), core=None))

    def total(self, x: Expr) -> Expr:
        """1ᵀx, the sum of all entries."""
        one = self.split(x)
        if one.core is None:
            return joined(one)
        shape = self.shape(one.core)
        above, below = elementwise_factors(one.core)
        if len(above) > 1 and not below:
            whole = self.inner(above[0], self._elementwise(above[1:], (), shape))
        elif shape.is_column:
            whole = product([Transpose(ones(shape)), one.core])
        elif shape.is_row:
            whole = product([one.core, ones(shape.transposed)])
        else:
            rows, columns = ones(Shape(shape.rows)), ones(Shape(shape.columns))
            whole = product([Transpose(rows), one.core, columns])
        return joined(replace(one, core=None).times(self.split(whole)))

    def diagonal(self, x: Expr) -> Expr:
        """The diagonal of a square matrix, as a column: of a bᵀ it is a ⊙ b."""
        one = self.split(x)
        match one.core:
            case Product(factors=factors) if self.shape(factors[-1]).is_row:
                left, right = product(factors[:-1]), self.transpose(factors[-1])
                inner = self.split(self.hadamard(left, right))
                return joined(one.times(inner, inner.core))
            case None:
                return x
        return joined(replace(one, core=Call("diag", (one.core,))))

    def take(self, x: Expr, ranges: Ranges) -> Expr:
        """x[a:b, c:d]."""
        one = self.split(x)
        if one.core is None:
            return x
        return joined(replace(one, core=Slice(one.core, ranges)))

    def expanded(self, x: Expr) -> Expr:
        """x with its elementwise products multiplied out, if that makes it shorter."""
        terms = [joined(term) for term in self._multiplied_out(x)]
        shorter = self.add(*terms)
        count = len(shorter.terms) if isinstance(shorter, Add) else 1
        return shorter if count <= 2 else x

    def _multiplied_out(self, x: Expr) -> list[Monomial]:
        if isinstance(x, Add):
            return [item for term in x.terms for item in self._multiplied_out(term)]
        one = self.split(x)
        if one.over or (isinstance(one.core, Quotient)):
            return [one]
        factors = [*one.scalars, *(elementwise_factors(one.core)[0] if one.core else ())]
        results = [Monomial(one.coefficient)]
        for factor in factors:
            options = factor.terms if isinstance(factor, Add) else (factor,)
            results = [
                self._split_hadamard(joined(result), option)
                for result in results
                for option in options
            ]
        return results


def _common_scalars(terms: list[Monomial]) -> tuple[Monomial, list[Monomial]]:
    """The scalars that all terms share, and the terms without them."""
    shared = {(term.scalars, term.over) for term in terms}
    if len(terms) < 2 or len(shared) > 1 or any(term.core is None for term in terms):
        return Monomial(), terms
    ((scalars, over),) = shared
    return Monomial(Fraction(1), scalars, over), [replace(t, scalars=(), over=()) for t in terms]


def _sum(terms: list[Monomial]) -> Expr:
    found = positive_first([joined(term) for term in terms]) if terms else [ZERO]
    flat = [item for term in found for item in (term.terms if isinstance(term, Add) else (term,))]
    if len(flat) == 1:
        return flat[0]
    turned = [_transposed_term(term) for term in flat]
    if all(term is not None for term in turned):
        return Transpose(Add(tuple(term for term in turned if term is not None)))
    return Add(tuple(flat))


def _transposed_term(term: Expr) -> Expr | None:
    match term:
        case Transpose(operand=operand):
            return operand
        case Neg(operand=Transpose(operand=operand)):
            return Neg(operand)
    return None


def _inner_as_core(term: Monomial) -> Monomial:
    """The same term, with an inner product aᵀb in the place where common factors are looked for."""
    if term.core is None and term.scalars and isinstance(term.scalars[-1], Product):
        return replace(term, scalars=term.scalars[:-1], core=term.scalars[-1])
    return term


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
