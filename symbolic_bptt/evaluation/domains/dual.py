"""Dual numbers a + ε b, ε² = 0, over any domain: evaluating an expression differentiates it.

f(a + ε b) = f(a) + ε f′(a) b. The slope of a result is its derivative along the direction that the
slopes of the arguments span, by the table of derivatives that every domain shares.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from random import Random
from typing import Any

import numpy as np

from .domain import Array, Domain, entrywise, softmax_by_exp


@dataclass(frozen=True)
class Dual:
    """value + ε slope; numbers beside it are constants."""

    value: Any
    slope: Any

    def __add__(self, other: Any) -> Dual:
        a, b = _parts(other)
        return Dual(self.value + a, self.slope + b)

    def __mul__(self, other: Any) -> Dual:
        a, b = _parts(other)
        return Dual(self.value * a, self.slope * a + self.value * b)

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self) -> Dual:
        return self * -1

    def __sub__(self, other: Any) -> Dual:
        a, b = _parts(other)
        return Dual(self.value - a, self.slope - b)

    def __rsub__(self, other: Any) -> Dual:
        return Dual(other - self.value, -self.slope)

    def __pow__(self, exponent: int) -> Dual:
        if not exponent:
            return Dual(self.value**0, 0 * self.slope)
        return Dual(self.value**exponent, exponent * self.value ** (exponent - 1) * self.slope)

    def __truediv__(self, other: Any) -> Dual:
        a, b = _parts(other)
        return Dual(self.value / a, (self.slope - self.value * b / a) / a)

    def __rtruediv__(self, other: Any) -> Dual:
        return Dual(other / self.value, -other * self.slope / self.value**2)


def _parts(other: Any) -> tuple[Any, Any]:
    return (other.value, other.slope) if isinstance(other, Dual) else (other, 0)


@dataclass(frozen=True)
class DualDomain:
    """Dual numbers over a domain of single elements."""

    base: Domain
    name: str = "dual"
    dtype: Any = object

    def number(self, value: Fraction) -> Dual:
        return Dual(self.base.number(value), self.base.number(Fraction(0)))

    def letter(self, name: str, value: int, *, index: bool) -> Dual:
        return Dual(self.base.letter(name, value, index=index), self.base.number(Fraction(0)))

    def apply(self, function: str, orders: tuple[int, ...], *arguments: Array) -> Array:
        return entrywise(lambda *entries: self.call(function, orders, *entries), *arguments)

    def call(self, function: str, orders: tuple[int, ...], *arguments: Dual) -> Dual:
        values = [argument.value for argument in arguments]
        slope = self.base.number(Fraction(0))
        for i, argument in enumerate(arguments):
            raised = tuple(order + (i == j) for j, order in enumerate(orders))
            slope = slope + self.base.call(function, raised, *values) * argument.slope
        return Dual(self.base.call(function, orders, *values), slope)

    def softmax(self, vector: Array) -> Array:
        return softmax_by_exp(self, vector)

    def draw(self, generator: Random) -> Dual:
        return Dual(self.base.draw(generator), self.base.draw(generator))

    def is_zero(self, element: Dual) -> bool:
        return self.base.is_zero(element.value) and self.base.is_zero(element.slope)

    def total(self, terms: Sequence[Array]) -> Array:
        return reduce(np.add, terms)

    def scope(self) -> AbstractContextManager[object]:
        return self.base.scope()
