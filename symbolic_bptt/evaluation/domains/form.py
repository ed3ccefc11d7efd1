"""Linear forms Σ c_m m over monomials m in *factors*, each of which lies in an interval.

A factor is a variable, or whatever is no polynomial in others; a form lies where interval
arithmetic puts it. Since equal quantities are equal factors, x x is a square, x − x is 0, and
E_1 + E_2 − E_1 is E_2. What depends on each other otherwise is taken for independent: the interval
is then too wide, never too narrow.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, reduce
from operator import le, lt
from typing import Any

from ..errors import UndefinedValue
from .interval import LONGEST, ONE, UNIT, ZERO, Interval, hull, intersection, point

Monomial = tuple[tuple[int, int], ...]
"""Factors with their exponents, in order of the factors; the empty one is 1."""

MOST_TERMS = 64
"""A longer sum is one factor by itself."""


@dataclass
class Factors:
    """Every factor met so far: what it is, and where it lies."""

    intervals: list[Interval] = field(default_factory=list)
    sums: dict[int, Mapping[Monomial, Fraction]] = field(default_factory=dict)
    """The factors that are sums of at most `MOST_TERMS` terms."""
    roots: dict[int, Form] = field(default_factory=dict)
    """The factors that are square roots, and of what."""
    corners: dict[int, range] = field(default_factory=dict)
    """Factors of [0, 1] that sum to one, each with all of them."""
    whole: dict[Hashable, Interval] = field(default_factory=dict)
    narrow: dict[Hashable, Interval] = field(default_factory=dict)
    """Where the forms lie that were asked for, by their keys: the same ones come again."""
    _known: dict[Hashable, int] = field(default_factory=dict)
    _products: dict[Monomial, Interval] = field(default_factory=dict)

    def fresh(self, interval: Interval) -> int:
        """A variable that nothing is known of but its interval."""
        self.intervals.append(interval)
        return len(self.intervals) - 1

    def named(self, key: Hashable, interval: Callable[[], Interval]) -> int:
        """The factor of that key, made if it is new."""
        if key not in self._known:
            self._known[key] = self.fresh(interval())
        return self._known[key]

    def simplex(self, count: int) -> range:
        """Variables of [0, 1] that sum to one."""
        corners = range(len(self.intervals), len(self.intervals) + count)
        for corner in corners:
            self.fresh(UNIT)
            self.corners[corner] = corners
        return corners

    def weight(self, monomial: Monomial) -> tuple[int | None, Monomial]:
        """A factor that is a weight of a mean, Σ y_k z_k with Σ y_k = 1, and the rest."""
        for factor, exponent in monomial:
            if factor in self.corners and exponent > 0:
                return factor, merged(monomial, ((factor, -1),))
        return None, monomial

    def product(self, monomial: Monomial) -> Interval:
        """Where the monomial lies."""
        known = self._products.get(monomial)
        if known is None:
            powers = (self.intervals[factor] ** exponent for factor, exponent in monomial)
            known = self._products[monomial] = reduce(Interval.__mul__, powers, ONE)
        return known


@dataclass(frozen=True, eq=False)
class Form:
    """Σ coefficient · monomial. A comparison is true if it holds at every admitted point."""

    factors: Factors = field(repr=False)
    terms: Mapping[Monomial, Fraction]

    @cached_property
    def interval(self) -> Interval:
        """Where it lies at every admitted point at which it has a value."""
        return self._remembered(self.factors.whole, Form._summed)

    @cached_property
    def narrowed(self) -> Interval:
        """The same, with sums multiplied out and common factors taken out where that helps."""
        return self._remembered(self.factors.narrow, Form._narrowed)

    def _remembered(
        self, known: dict[Hashable, Interval], found: Callable[[Form], Interval]
    ) -> Interval:
        interval = known.get(self.key)
        if interval is None:
            interval = known[self.key] = found(self)
        return interval

    def _summed(self) -> Interval:
        whole = ZERO
        corners: dict[range, dict[int, Interval]] = {}
        for monomial, coefficient in self.terms.items():
            weight, rest = self.factors.weight(monomial)
            part = point(coefficient) * self.factors.product(rest)
            if weight is None:
                whole = whole + part
                continue
            values = corners.setdefault(self.factors.corners[weight], {})
            values[weight] = values.get(weight, ZERO) + part
        for together, values in corners.items():
            whole = whole + reduce(hull, [values.get(weight, ZERO) for weight in together])
        return whole

    def _narrowed(self) -> Interval:
        found = self.interval
        if len(self.terms) > 1 or any(f in self.factors.sums for m in self.terms for f, _ in m):
            found = intersection(found, self._multiplied_out()._completed())
            common = shared(self)
            if common:
                inner = self.times(tuple((factor, -exponent) for factor, exponent in common))
                found = intersection(found, self.factors.product(common) * inner.narrowed)
        return found

    def _completed(self) -> Interval:
        """Where it lies, with each a f² + b f as a (f + b/2a)² − b²/4a: f (1 − f) ≤ 1/4."""
        terms, squares = dict(self.terms), ZERO
        for monomial, a in self.terms.items():
            if len(monomial) != 1 or monomial[0][1] != 2:
                continue
            factor = monomial[0][0]
            b = terms.pop(((factor, 1),), Fraction(0))
            if b:
                del terms[monomial]
                shifted = (self.factors.intervals[factor] + point(b / (2 * a))) ** 2
                squares = squares + point(a) * shifted + point(-b * b / (4 * a))
        return squares + Form(self.factors, terms).interval

    def _multiplied_out(self) -> Form:
        """Without sums among its factors; the form itself where that would be long."""
        pending, terms = list(self.terms.items()), dict[Monomial, Fraction]()
        while pending:
            monomial, coefficient = pending.pop()
            whole = next((f for f, e in monomial if e > 0 and f in self.factors.sums), None)
            if whole is None:
                terms[monomial] = terms.get(monomial, Fraction(0)) + coefficient
                continue
            rest = merged(monomial, ((whole, -1),))
            parts = self.factors.sums[whole].items()
            pending.extend((merged(rest, part), coefficient * c) for part, c in parts)
            if len(pending) + len(terms) > 4 * MOST_TERMS:
                return self
        return self._form({m: c for m, c in terms.items() if c})

    @cached_property
    def key(self) -> Hashable:
        """Equal for equal forms."""
        return frozenset(self.terms.items())

    @property
    def constant(self) -> Fraction | None:
        """The number that it is, if it is one."""
        if len(self.terms) > 1 or (self.terms and () not in self.terms):
            return None
        return self.terms.get((), Fraction(0))

    def __add__(self, other: Any) -> Form:
        terms = dict(self.terms)
        for monomial, coefficient in self._coerced(other).terms.items():
            total = terms.get(monomial, 0) + coefficient
            if total:
                terms[monomial] = total
            else:
                terms.pop(monomial, None)
        return self._form(terms)

    def __mul__(self, other: Any) -> Form:
        more = self._coerced(other)
        for one, second in ((self, more), (more, self)):
            if (number := one.constant) is not None:
                terms = second.terms if number else {}
                return self._form({m: number * c for m, c in terms.items()})
        (a, left), (b, right) = self.single(), more.single()
        return self.product(a * b, merged(left, right))

    __radd__, __rmul__ = __add__, __mul__

    def __pow__(self, exponent: int) -> Form:
        if not exponent:
            return self._form({(): Fraction(1)})
        coefficient, monomial = self.single()
        if exponent < 0 and not coefficient:
            raise UndefinedValue("division by zero")
        if _length(coefficient) * abs(exponent) > LONGEST:
            coefficient, monomial = Fraction(1), merged(monomial, self._long(coefficient))
        raised = tuple((factor, e * exponent) for factor, e in monomial)
        return self.product(coefficient**exponent, raised)

    def __neg__(self) -> Form:
        return self * -1

    def __sub__(self, other: Any) -> Form:
        return self + self._coerced(other) * -1

    def __truediv__(self, other: Any) -> Form:
        return self * self._coerced(other) ** -1

    def __rsub__(self, other: Any) -> Form:
        return self._coerced(other) - self

    def __rtruediv__(self, other: Any) -> Form:
        return self._coerced(other) / self

    def __lt__(self, other: Any) -> bool:
        difference = (self._coerced(other) - self).narrowed
        return difference.is_positive or self._as_squares(lt, self._coerced(other))

    def __le__(self, other: Any) -> bool:
        difference = (self._coerced(other) - self).narrowed
        return difference.low >= 0 or self._as_squares(le, self._coerced(other))

    def _as_squares(self, relation: Callable[[Form, Form], bool], other: Form) -> bool:
        """Whether it holds of the squares of two that are roots and never negative."""
        rooted = any(
            f in self.factors.roots for one in (self, other) for m in one.terms for f, _ in m
        )
        if not rooted or max(len(self.terms), len(other.terms)) > 1:
            return False
        positive = min(self.interval.low, other.interval.low) >= 0
        return positive and relation(self._squared(), other._squared())

    def _squared(self) -> Form:
        """The square of one monomial, without roots in it."""
        whole, roots = self**2, self.factors.roots
        for monomial in self.terms:
            for factor, exponent in monomial:
                if factor in roots:
                    whole = whole.times(((factor, -2 * exponent),)) * roots[factor] ** exponent
        return whole

    def __gt__(self, other: Any) -> bool:
        return self._coerced(other) < self

    def __ge__(self, other: Any) -> bool:
        return self._coerced(other) <= self

    def __eq__(self, other: object) -> bool:
        return (self - other).narrowed == ZERO

    def __ne__(self, other: object) -> bool:
        return 0 not in (self - other).narrowed

    __hash__ = None  # type: ignore[assignment]

    def single(self) -> tuple[Fraction, Monomial]:
        """The form as a multiple of one monomial; a sum becomes a factor for that."""
        if not self.terms:
            return Fraction(0), ()
        first = min(self.terms)
        lead = self.terms[first]
        if len(self.terms) == 1:
            return lead, first
        primitive = Form(self.factors, {m: c / lead for m, c in self.terms.items()})
        factor = self.factors.named(primitive.key, lambda: primitive.interval)
        if len(primitive.terms) <= MOST_TERMS:
            self.factors.sums[factor] = primitive.terms
        return lead, ((factor, 1),)

    def _coerced(self, other: Any) -> Form:
        if isinstance(other, Form):
            return other
        number = other if isinstance(other, Fraction) else Fraction(int(other))
        return Form(self.factors, {(): number} if number else {})

    def _form(self, terms: dict[Monomial, Fraction]) -> Form:
        """The form of these terms, bounded in its length and in that of its numbers."""
        for monomial in [m for m, c in terms.items() if _length(c) > LONGEST]:
            longer = merged(monomial, self._long(terms.pop(monomial)))
            terms[longer] = terms.get(longer, Fraction(0)) + 1
        form = Form(self.factors, terms)
        if len(terms) > MOST_TERMS:
            coefficient, monomial = form.single()
            return Form(self.factors, {monomial: coefficient})
        return form

    def product(self, coefficient: Fraction, monomial: Monomial) -> Form:
        """coefficient · monomial; a sum by itself in its terms."""
        if len(monomial) == 1 and monomial[0][1] == 1 and monomial[0][0] in self.factors.sums:
            terms = self.factors.sums[monomial[0][0]]
            return self._form({m: coefficient * c for m, c in terms.items()})
        return self._form({monomial: coefficient} if coefficient else {})

    def times(self, monomial: Monomial) -> Form:
        """Every term times the monomial."""
        terms = [self.product(c, merged(m, monomial)) for m, c in self.terms.items()]
        return reduce(Form.__add__, terms, self._form({}))

    def _long(self, value: Fraction) -> Monomial:
        """A number that is too long, as a factor in a short interval."""
        return ((self.factors.named(value, lambda: point(value)), 1),)


def shared(form: Form) -> Monomial:
    """The largest monomial that divides every term."""
    return shared_by(list(form.terms))


def shared_by(monomials: Sequence[Monomial]) -> Monomial:
    """The largest monomial that divides each of at least one."""
    several = [dict(monomial) for monomial in monomials]
    common = [f for f in several[0] if all(f in exponents for exponents in several)]
    return tuple((f, min(exponents[f] for exponents in several)) for f in common)


def merged(left: Monomial, right: Monomial) -> Monomial:
    """The product of two monomials."""
    if not left or not right:
        return left or right
    exponents = dict(left)
    for factor, exponent in right:
        exponents[factor] = exponents.get(factor, 0) + exponent
    return tuple(sorted((f, e) for f, e in exponents.items() if e))


def _length(number: Fraction) -> int:
    top, bottom = number.numerator.bit_length(), number.denominator.bit_length()
    return top if top > bottom else bottom
