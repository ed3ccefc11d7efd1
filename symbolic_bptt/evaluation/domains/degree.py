"""Degrees as a domain: evaluating in it bounds the chance that unequal formulas agree in GF(p).

A value of the field is a quotient of polynomials in the random numbers drawn and the atoms. The
domain carries bounds on both degrees, and counts what else could coincide: the arguments of atoms.
By the Schwartz–Zippel lemma two different values agree at a random point with probability at most
degree/p (J. T. Schwartz, Journal of the ACM 27, 1980).
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from random import Random
from typing import Any

import numpy as np

from .domain import Array, entrywise, softmax_by_exp


@dataclass(frozen=True)
class Degree:
    """Bounds on the degrees of numerator and denominator; `zero` is the number 0."""

    top: int = 0
    bottom: int = 0
    zero: bool = False

    def _sum(self, other: Any) -> Degree:
        more = _degree(other)
        if self.zero or more.zero:
            return more if self.zero else self
        top = max(self.top + more.bottom, more.top + self.bottom)
        return Degree(top, self.bottom + more.bottom)

    def _product(self, other: Any) -> Degree:
        more = _degree(other)
        if self.zero or more.zero:
            return ZERO
        return Degree(self.top + more.top, self.bottom + more.bottom)

    __add__ = __radd__ = __sub__ = __rsub__ = _sum
    __mul__ = __rmul__ = _product

    def __pow__(self, exponent: int) -> Degree:
        if self.zero and exponent:
            return ZERO
        if exponent < 0:
            return Degree(self.bottom * -exponent, self.top * -exponent)
        return Degree(self.top * exponent, self.bottom * exponent)

    def __truediv__(self, other: Any) -> Degree:
        return self * _degree(other) ** -1 if not _degree(other).zero else self

    def __rtruediv__(self, other: Any) -> Degree:
        return _degree(other) / self

    def __neg__(self) -> Degree:
        return self


ZERO = Degree(zero=True)


def _degree(value: Any) -> Degree:
    if isinstance(value, Degree):
        return value
    return ZERO if value == 0 else Degree()


@dataclass
class Atoms:
    """How many atoms were asked for, and the largest degree of an argument."""

    count: int = 0
    argument: int = 0


@dataclass(frozen=True)
class DegreeDomain:
    """Degrees of numerators and denominators."""

    atoms: Atoms = field(default_factory=Atoms)
    name: str = "degree"
    dtype: Any = object

    def number(self, value: Fraction) -> Any:
        return Degree() if value else ZERO

    def apply(self, function: str, orders: tuple[int, ...], *arguments: Array) -> Array:
        return entrywise(lambda *entries: self.call(function, orders, *entries), *arguments)

    def call(self, function: str, orders: tuple[int, ...], *arguments: Any) -> Any:
        """Every elementary function and derivative is a quotient of low degree in one atom."""
        inner = [_degree(argument) for argument in arguments]
        self.atoms.count += 1
        self.atoms.argument = max(self.atoms.argument, *(one.top + one.bottom for one in inner))
        factor = 2 * (1 + sum(orders))
        through = sum(one.top + one.bottom for one in inner)
        return Degree(factor + through, factor + through)

    def softmax(self, vector: Array) -> Array:
        return softmax_by_exp(self, vector)

    def draw(self, generator: Random) -> Any:
        return Degree(1)

    def is_zero(self, element: Any) -> bool:
        return _degree(element).zero

    def total(self, terms: Sequence[Array]) -> Array:
        return reduce(np.add, terms)

    def scope(self) -> AbstractContextManager[object]:
        return nullcontext()


def error_bound_log2(difference: Degree, atoms: Atoms, prime_bits: int) -> int:
    """log₂ of a bound on the chance that a non-zero difference vanishes, or that atoms coincide."""
    pairs = atoms.count * (atoms.count - 1) // 2
    degree = max(1, difference.top) + pairs * max(1, 2 * atoms.argument)
    return degree.bit_length() - prime_bits
