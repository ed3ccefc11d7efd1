"""Sums that are tidy by construction, and with them all the algebra of the derivation.

Every operation is an identity of matrix algebra, so tidying can never change a value: no 1·x, no
0 terms, no double signs; like terms are added up, a common first or last factor is taken out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction

from ..notation.tree import Add, Expr, Neg, Product, Quotient, Transpose
from .contractions import Contractions
from .monomial import ZERO, Monomial, joined, positive_first, product
from .products import elementwise_factors


class Algebra(Contractions):
    """Arithmetic on trees whose symbols have the shapes that `lookup` gives."""

    def add(self, *terms: Expr) -> Expr:
        """Σ terms."""
        like: dict[tuple[object, ...], Monomial] = {}
        for term in self._terms(terms):
            known = like.get(term.key)
            sum_of_both = term.coefficient + (known.coefficient if known else 0)
            like[term.key] = replace(known or term, coefficient=sum_of_both)
        kept = self._collected([_inner_as_core(t) for t in like.values() if t.coefficient])
        front, kept = _common_scalars(kept)
        whole = _sum(kept)
        if front == Monomial():
            return whole
        total = self.split(whole)
        return joined(front.times(total, total.core))

    def _terms(self, terms: Iterable[Expr]) -> Iterable[Monomial]:
        for expr in terms:
            one = self.split(expr)
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

    def tidied(self, expr: Expr) -> Expr:
        inner = super().tidied(expr)
        if isinstance(inner, Add) and any(_is_zero(term) for term in inner.terms):
            return self.add(*inner.terms)
        return inner

    def subtract(self, x: Expr, y: Expr) -> Expr:
        """x − y."""
        return self.add(x, self.neg(y))

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


def _is_zero(term: Expr) -> bool:
    return term == ZERO or (isinstance(term, Product) and ZERO in term.factors)


def _common_scalars(terms: list[Monomial]) -> tuple[Monomial, list[Monomial]]:
    """The scalars that all terms share, and the terms without them."""
    below = {term.over for term in terms}
    if len(terms) < 2 or len(below) > 1:
        return Monomial(), terms
    (over,) = below
    above = {term.scalars for term in terms}
    if len(above) > 1 or any(term.core is None for term in terms):
        return Monomial(over=over), [replace(term, over=()) for term in terms]
    (scalars,) = above
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
