"""Arb balls: real numbers with a proven error bound, at any precision.

Disjoint balls are unequal numbers: that is a proof. Overlapping balls prove nothing; they are
evidence to as many digits as both radii are small. The step function of a ball that contains 0
is unknown and raises `Undecidable`. An undetermined function is a generic polynomial (`stand_in`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from random import Random
from typing import Any

import flint
import numpy as np

from ...notation.functions import FUNCTIONS
from ..errors import Undecidable, UndefinedValue
from .domain import Array, entrywise, sixteenths, softmax_by_exp
from .elementary import THROUGH_EXP, THROUGH_STEP, derivative
from .stand_in import evaluate as stand_in

NATIVE: dict[str, Callable[[Any], Any]] = {
    "tanh": flint.arb.tanh,
    "exp": flint.arb.exp,
    "log": flint.arb.log,
    "sqrt": flint.arb.sqrt,
    "sin": flint.arb.sin,
    "cos": flint.arb.cos,
    "sinh": flint.arb.sinh,
    "cosh": flint.arb.cosh,
    "sech": flint.arb.sech,
    "arctan": flint.arb.atan,
}


@dataclass(frozen=True)
class BallDomain:
    """Real balls with `precision` bits. Arithmetic must be done inside `scope()`."""

    precision: int = 128

    @property
    def name(self) -> str:
        return f"ball{self.precision}"

    @property
    def dtype(self) -> Any:
        return object

    def number(self, value: Fraction) -> Any:
        return flint.arb(flint.fmpq(value.numerator, value.denominator))

    def letter(self, name: str, value: int, *, index: bool) -> Any:
        return self.number(Fraction(value))

    def enclosing(self, middle: float, radius: float) -> Any:
        """The ball around a number that is only known so well."""
        return flint.arb(middle, radius)

    def apply(self, function: str, orders: tuple[int, ...], *arguments: Array) -> Array:
        return entrywise(lambda *entries: self.call(function, orders, *entries), *arguments)

    def call(self, function: str, orders: tuple[int, ...], *arguments: Any) -> Any:
        if function not in FUNCTIONS and function != "step":
            return stand_in(function, orders, self.number, *arguments)
        if any(orders):
            return _finite(derivative(_value, function, orders, *arguments), function)
        return _finite(_value(function, *arguments), function)

    def softmax(self, vector: Array) -> Array:
        return softmax_by_exp(self, vector)

    def draw(self, generator: Random) -> Any:
        return self.number(sixteenths(generator))

    def is_zero(self, element: Any) -> bool:
        return bool(element.contains(0))

    def total(self, terms: Sequence[Array]) -> Array:
        return reduce(np.add, terms)

    def scope(self) -> AbstractContextManager[object]:
        return _precision(self.precision)


def disjoint(left: Any, right: Any) -> bool:
    """Whether two balls have no number in common: then the numbers they enclose differ."""
    return not left.overlaps(right)


MOST_BITS = 2**62
"""Magnitudes beyond this power of 2 are not told apart."""


def agreeing_digits(left: Any, right: Any) -> int:
    """Decimal digits to which overlapping balls pin down one number (0 if they are wide)."""
    scale = max(abs(float(left.mid())), abs(float(right.mid())), 1.0)
    radius = max(_log2(left.rad()), _log2(right.rad()))
    return max(0, int((_log2(flint.arb(scale)) - radius) * 0.30103))


def _log2(ball: Any) -> float:
    if ball == 0:
        return -float(flint.ctx.prec)
    mantissa, exponent = ball.mid().man_exp()
    bits = int(exponent) + int(mantissa).bit_length()
    return float(max(-MOST_BITS, min(MOST_BITS, bits)))


def _value(function: str, *arguments: Any) -> Any:
    if function in NATIVE:
        return NATIVE[function](*arguments)
    if function == "step":
        return _step(arguments[0])
    if function in THROUGH_STEP:
        return THROUGH_STEP[function](_value, *arguments)
    return THROUGH_EXP[function](_value, *arguments)


def _step(z: Any) -> Any:
    if z > 0:
        return flint.arb(1)
    if z <= 0:
        return flint.arb(0)
    raise Undecidable("the sign of a ball that contains 0")


def _finite(ball: Any, function: str) -> Any:
    if not ball.is_finite():
        raise UndefinedValue(f"{function} has no value here")
    return ball


@contextmanager
def _precision(bits: int) -> Iterator[None]:
    with flint.ctx.workprec(bits):
        yield
