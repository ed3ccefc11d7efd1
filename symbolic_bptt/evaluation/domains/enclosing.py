"""Bounds on all values at once: the domain whose numbers are where a quantity can lie.

An element is a linear form over factors (`form`), so what holds for it holds at every point that
the variables' intervals admit and at which it has a value. Signs that an interval decides are
decided: relu z = z where z ≥ 0. An undetermined function can be anything.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, reduce
from math import gcd, isqrt, lcm
from random import Random
from typing import Any

import numpy as np

from ...notation.functions import FUNCTIONS
from .domain import Array, entrywise
from .elementary import derivative
from .form import Factors, Form, merged, shared, shared_by
from .images import NON_NEGATIVE, image
from .images import softmax as softmax_images
from .interval import REALS, Interval, maximum


@dataclass(frozen=True)
class IntervalDomain:
    """Forms over the factors that were met so far."""

    factors: Factors = field(default_factory=Factors)
    name: str = "interval"
    dtype: Any = object

    def number(self, value: Fraction) -> Form:
        return self._zero + value

    @cached_property
    def _zero(self) -> Form:
        return Form(self.factors, {})

    def variable(self, interval: Interval = REALS) -> Form:
        """Any number of the interval, independent of all others."""
        return Form(self.factors, {((self.factors.fresh(interval), 1),): Fraction(1)})

    def simplex(self, count: int) -> list[Form]:
        """Any numbers of [0, 1] that sum to one: what one-hot vectors span."""
        return [self._of(corner) for corner in self.factors.simplex(count)]

    def draw(self, generator: Random) -> Form:
        return self.variable()

    def letter(self, name: str, value: int, *, index: bool) -> Any:
        return self.number(Fraction(value))

    def apply(self, function: str, orders: tuple[int, ...], *arguments: Array) -> Array:
        return entrywise(lambda *entries: self.call(function, orders, *entries), *arguments)

    def call(self, function: str, orders: tuple[int, ...], *arguments: Form) -> Form:
        if function not in FUNCTIONS and function != "step":
            return self.opaque((function, orders), arguments, REALS)
        if any(orders):
            found: Form = derivative(self._value, function, orders, *arguments)
            return found
        return self._value(function, *arguments)

    def _value(self, function: str, *arguments: Form) -> Form:
        decided = _decided(function, *arguments)
        if decided is not None:
            return decided
        if function in ("abs", "sqrt"):
            return self._root(arguments[0] ** 2 if function == "abs" else arguments[0])
        return self.opaque(function, arguments, image(function, *(z.narrowed for z in arguments)))

    def opaque(self, what: Hashable, arguments: Sequence[Form], interval: Interval) -> Form:
        """The factor `what`(arguments), which lies in the interval; a number if that is a point."""
        if isinstance(interval.low, Fraction) and interval.is_point:
            return self.number(interval.low)
        key = (what, tuple(argument.key for argument in arguments))
        return self._of(self.factors.named(key, lambda: interval))

    def _of(self, factor: int) -> Form:
        return self._zero.product(Fraction(1), ((factor, 1),))

    def _root(self, z: Form) -> Form:
        """√(c² p² q) = |c p| √q, so that √(x²) is |x| and a norm takes out common factors."""
        content, halves, rest = _squares(z)
        root = self._opaque_root(rest)
        for factor, exponent in halves:
            root = root * self._absolute(self._of(factor)) ** exponent
        top, bottom = isqrt(content.numerator), isqrt(content.denominator)
        if Fraction(top, bottom) ** 2 == content:
            return root * Fraction(top, bottom)
        return root * self._opaque_root(self.number(content))

    def _opaque_root(self, z: Form) -> Form:
        root = self.opaque("sqrt", [z], image("sqrt", z.narrowed))
        for monomial in root.terms:
            self.factors.roots.update((factor, z) for factor, _ in monomial)
        return root

    def _absolute(self, z: Form) -> Form:
        decided = _decided("abs", z)
        return self.opaque("abs", [z], abs(z.narrowed)) if decided is None else decided

    def largest(self, entries: Sequence[Form]) -> Form:
        """max |z| over the entries."""
        sizes = {size.key: size for size in map(self._absolute, entries)}
        if len(sizes) == 1:
            return next(iter(sizes.values()))
        interval = reduce(maximum, (size.narrowed for size in sizes.values()))
        return self.opaque(("largest", frozenset(sizes)), [], interval)

    def spectral_norm(self, matrix: Array) -> Form:
        """max ‖A v‖ / ‖v‖: of a diagonal matrix its largest entry, else any number ≥ 0."""
        rows, columns = matrix.shape
        beside = [matrix[i, j] for i in range(rows) for j in range(columns) if i != j]
        if all(self.is_zero(entry) for entry in beside):
            return self.largest(list(np.diagonal(matrix)))
        return self.opaque(("spectral norm", matrix.shape), list(matrix.flat), NON_NEGATIVE)

    def softmax(self, vector: Array) -> Array:
        """Entries between 0 and 1 as far as their logits tell."""
        logits = list(vector.flat)
        shifts = [[z - own for z in logits] for own in logits]
        images = [softmax_images([z.interval for z in row])[i] for i, row in enumerate(shifts)]
        result = np.empty(vector.shape, dtype=object)
        result.ravel()[:] = [
            self.opaque(("softmax", i), logits, interval) for i, interval in enumerate(images)
        ]
        return result

    def is_zero(self, element: Form) -> bool:
        """Whether it is 0 at every admitted point."""
        return element == 0

    def total(self, terms: Sequence[Array]) -> Array:
        return reduce(np.add, terms)

    def scope(self) -> AbstractContextManager[object]:
        return nullcontext()


def _decided(function: str, *arguments: Form) -> Form | None:
    """A function with a kink, where the sign on which it depends is known."""
    first, last = arguments[0], arguments[-1]
    match function:
        case "abs" | "relu" if first >= 0:
            return first
        case "abs" if first <= 0:
            return -first
        case "max" if first >= last:
            return first
        case "max" if last >= first:
            return last
        case "min" if first <= last:
            return first
        case "min" if last <= first:
            return last
    return None


def _squares(z: Form) -> tuple[Fraction, list[tuple[int, int]], Form]:
    """c, the p with their exponents e, and q so that z = c q Π p^(2e), with c > 0 (or z = 0)."""
    if not z.terms:
        return Fraction(0), [], z
    tops = [abs(c.numerator) for c in z.terms.values()]
    content = Fraction(gcd(*tops), lcm(*(c.denominator for c in z.terms.values())))
    halves = [(factor, exponent // 2) for factor, exponent in shared(z) if exponent // 2]
    taken = tuple((factor, -2 * half) for factor, half in halves)
    rest = {merged(monomial, taken): c / content for monomial, c in z.terms.items()}
    if len(rest) == 1:
        [(monomial, coefficient)] = rest.items()
        return content, halves, z.product(coefficient, monomial)
    return content, halves, Form(z.factors, rest)


def scaled_rows(matrix: Array) -> tuple[list[Form], Array]:
    """r and B with A = diag(r) B: what all entries of a row have as a factor is taken out."""
    scales, rest = [], matrix.copy()
    for i, row in enumerate(matrix):
        entries = [entry for entry in row if entry.terms]
        common = shared_by([shared(entry) for entry in entries]) if entries else ()
        common = tuple((factor, exponent) for factor, exponent in common if exponent > 0)
        inverse = tuple((factor, -exponent) for factor, exponent in common)
        scales.append(matrix[i, 0].product(Fraction(1), common))
        for j, entry in enumerate(row):
            rest[i, j] = entry.times(inverse)
    return scales, rest
