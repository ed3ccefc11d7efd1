"""One term of a sum, taken apart: number · scalars / scalars · core, and put together again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..notation.tree import (
    Add,
    Call,
    Expr,
    Neg,
    Number,
    Operation,
    Power,
    Product,
    Quotient,
    Symbol,
)

ZERO = Number(Fraction(0))
ONE = Number(Fraction(1))


@dataclass(frozen=True)
class Monomial:
    """coefficient · Π scalars / Π over · core, where a core of None is 1."""

    coefficient: Fraction = Fraction(1)
    scalars: tuple[Expr, ...] = ()
    over: tuple[Expr, ...] = ()
    core: Expr | None = None

    def times(self, other: Monomial, core: Expr | None = None) -> Monomial:
        """The product of the scalar parts, with a new core."""
        return Monomial(
            self.coefficient * other.coefficient,
            self.scalars + other.scalars,
            self.over + other.over,
            core,
        )

    def divided(self, other: Monomial) -> Monomial:
        """The quotient by a scalar."""
        return Monomial(
            self.coefficient / other.coefficient,
            self.scalars + other.over,
            self.over + other.scalars,
            self.core,
        )

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for like terms, whatever the order of their scalars."""
        return (*(tuple(sorted(map(repr, part))) for part in (self.scalars, self.over)), self.core)


def cancelled(
    above: Sequence[Expr], below: Sequence[Expr]
) -> tuple[tuple[Expr, ...], tuple[Expr, ...]]:
    """Two lists of factors without what is in both."""
    numerator, denominator = list(above), []
    for factor in below:
        if factor in numerator:
            numerator.remove(factor)
        else:
            denominator.append(factor)
    return tuple(numerator), tuple(denominator)


def with_powers(factors: Sequence[Expr]) -> tuple[Expr, ...]:
    """x x y → x² y."""
    found: list[tuple[Expr, int]] = []
    for factor in factors:
        position = next((i for i, (base, _) in enumerate(found) if base == factor), None)
        if position is None:
            found.append((factor, 1))
        else:
            found[position] = (factor, found[position][1] + 1)
    return tuple(base if n == 1 else Power(base, Number(Fraction(n))) for base, n in found)


def product(factors: Sequence[Expr]) -> Expr:
    """The factors side by side; nested products are opened."""
    flat: list[Expr] = []
    for factor in factors:
        flat.extend(factor.factors if isinstance(factor, Product) else (factor,))
    kept = [factor for factor in flat if factor != ONE]
    if not kept:
        return ONE
    return kept[0] if len(kept) == 1 else Product(tuple(kept))


def joined(term: Monomial) -> Expr:
    """The term as it is written: sign, fraction, scalars, core."""
    if term.coefficient == 0:
        return ZERO
    scalars, over = cancelled(term.scalars, term.over)
    negative = term.coefficient < 0
    core = term.core
    if negative:
        flipped_core = None if core is None else flipped(core)
        flipped_scalars = _flip_one(scalars)
        if flipped_core is not None:
            core, negative = flipped_core, False
        elif flipped_scalars is not None:
            scalars, negative = flipped_scalars, False
    plain = tuple(factor for factor in over if isinstance(factor, Symbol) and not factor.indices)
    timed = tuple(factor for factor in over if factor not in plain)
    middle = with_powers(scalars)
    if timed:
        middle = (Quotient(product(middle), product(with_powers(timed))),)
    front = _front(abs(term.coefficient), plain)
    body = _onto_core((*front, *middle), core)
    return Neg(body) if negative else body


def _front(size: Fraction, over: tuple[Expr, ...]) -> tuple[Expr, ...]:
    below = product((Number(Fraction(size.denominator)), *with_powers(over)))
    above = Number(Fraction(size.numerator))
    if below == ONE:
        return () if above == ONE else (above,)
    return (Quotient(above, below),)


def _onto_core(scalars: tuple[Expr, ...], core: Expr | None) -> Expr:
    if core is None or not scalars:
        return product(scalars) if core is None else core
    if isinstance(core, Operation) and core.op == "hadamard":
        return Operation("hadamard", _onto_core(scalars, core.left), core.right)
    if isinstance(core, Quotient):
        return Quotient(_onto_core(scalars, core.numerator), core.denominator)
    factors = core.factors if isinstance(core, Product) else (core,)
    return Product((*(factor for factor in scalars if factor != ONE), *factors))


def flipped(expr: Expr) -> Expr | None:
    """−expr where that takes no sign in front: −(y − ŷ) is ŷ − y. None where it does."""
    match expr:
        case Add(terms=terms) if not (isinstance(terms[0], Number) or _is_diagonal(terms[0])):
            negative = sum(isinstance(term, Neg) for term in terms)
            if 2 * negative >= len(terms):
                return Add(tuple(positive_first([opposite(term) for term in terms])))
        case Product(factors=factors):
            changed = _flip_one(factors)
            return None if changed is None else Product(changed)
        case Operation(op="hadamard", left=left, right=right):
            pair = _flip_one((left, right))
            return None if pair is None else Operation("hadamard", *pair)
    return None


def _is_diagonal(expr: Expr) -> bool:
    return isinstance(expr, Call) and expr.function == "diag"


def _flip_one(factors: tuple[Expr, ...]) -> tuple[Expr, ...] | None:
    for position, factor in enumerate(factors):
        changed = flipped(factor)
        if changed is not None:
            return (*factors[:position], changed, *factors[position + 1 :])
    return None


def opposite(term: Expr) -> Expr:
    """−term, without a double sign."""
    return term.operand if isinstance(term, Neg) else Neg(term)


def positive_first(terms: Sequence[Expr]) -> list[Expr]:
    """The same terms, the first of them without a sign if there is such a one."""
    first = next((i for i, term in enumerate(terms) if not isinstance(term, Neg)), 0)
    return [terms[first], *terms[:first], *terms[first + 1 :]]
