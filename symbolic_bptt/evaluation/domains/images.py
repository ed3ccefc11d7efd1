"""The images of intervals under the elementary functions: sharp, and open where none reaches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import Any

import flint

from .interval import (
    ONE,
    PRECISION,
    REALS,
    ZERO,
    End,
    Interval,
    ball,
    bounds,
    increasing,
    intersection,
    maximum,
)

NON_NEGATIVE = Interval(Fraction(0), inf, False, True)
POSITIVE = Interval(Fraction(0), inf, True, True)
ABOUT_ONE = Interval(Fraction(-1), Fraction(1))


@dataclass(frozen=True)
class Increasing:
    """A function that increases on the interval `of`, with its limits at the ends of that."""

    value: Callable[[Any], Any]
    limits: tuple[End, End] = (-inf, inf)
    of: Interval = REALS

    def image(self, z: Interval) -> Interval:
        """Its values on z, where it has any. Raises `UndefinedValue` where it has none."""
        inner = intersection(z, self.of)
        low, high = self.limits
        reached = Interval(low, high, self.of.low_open, self.of.high_open)
        return intersection(increasing(inner, self._bounds), reached)

    def _bounds(self, end: End) -> tuple[End, End]:
        if end == self.of.low:
            return self.limits[0], self.limits[0]
        if isinstance(end, float):
            return self.limits[1], self.limits[1]
        with flint.ctx.workprec(PRECISION):
            return bounds(self.value(ball(end)))


with flint.ctx.workprec(PRECISION):
    _QUARTER = bounds(flint.arb.pi() / 2)[1]
    """A number above π/2, which the arc tangent stays below."""

INCREASING = {
    "exp": Increasing(flint.arb.exp, (Fraction(0), inf)),
    "log": Increasing(flint.arb.log, of=POSITIVE),
    "sqrt": Increasing(flint.arb.sqrt, (Fraction(0), inf), of=NON_NEGATIVE),
    "tanh": Increasing(flint.arb.tanh, (Fraction(-1), Fraction(1))),
    "sinh": Increasing(flint.arb.sinh),
    "arctan": Increasing(flint.arb.atan, (-_QUARTER, _QUARTER)),
}
COSH = Increasing(flint.arb.cosh, (Fraction(1), inf), of=NON_NEGATIVE)


def image(function: str, *arguments: Interval) -> Interval:
    """What the function can be. `UndefinedValue` where it has no value at all."""
    if function in INCREASING:
        return INCREASING[function].image(*arguments)
    return THROUGH[function](*arguments)


def _step(z: Interval) -> Interval:
    """1 above 0, else 0."""
    return Interval(Fraction(int(z.is_positive)), Fraction(int(z.high > 0)))


def _wave(value: Callable[[Any], Any]) -> Callable[[Interval], Interval]:
    """The sine or cosine, by a ball around the interval."""

    def image_of(z: Interval) -> Interval:
        if isinstance(z.low, float) or isinstance(z.high, float):
            return ABOUT_ONE
        with flint.ctx.workprec(PRECISION):
            low, high = bounds(value(ball(z.low).union(ball(z.high))))
        return intersection(Interval(low, high, low == -inf, high == inf), ABOUT_ONE)

    return image_of


THROUGH: dict[str, Callable[..., Interval]] = {
    "sigmoid": lambda z: (ONE + image("exp", -z)).reciprocal(),
    "softplus": lambda z: image("log", ONE + image("exp", z)),
    "cosh": lambda z: COSH.image(abs(z)),
    "sech": lambda z: image("cosh", z).reciprocal(),
    "sin": _wave(flint.arb.sin),
    "cos": _wave(flint.arb.cos),
    "step": _step,
    "sign": lambda z: _step(z) - _step(-z),
    "abs": abs,
    "relu": lambda z: maximum(z, ZERO),
    "max": maximum,
    "min": lambda a, b: -maximum(-a, -b),
}
"""Nothing is lost where the argument is read once; the others are sharp on their own."""


def softmax(intervals: list[Interval]) -> list[Interval]:
    """1 / (1 + Σ_{j≠i} e^{z_j − z_i}) for each i."""
    found = []
    for i, own in enumerate(intervals):
        whole = ONE
        for j, other in enumerate(intervals):
            if j != i:
                whole = whole + image("exp", other - own)
        found.append(whole.reciprocal())
    return found
