"""Intervals of real numbers with open and closed ends: what a quantity can be, and surely not more.

The result of an operation contains its value at every choice of numbers from its operands for which
it is defined; an end is open only if no such value reaches it. Ends are rational or infinite;
one that grows too long is rounded outwards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import Any

import flint

from ..errors import UndefinedValue

End = Fraction | float
"""A rational number, or ± infinity."""

LONGEST = 2048
"""Bits of a numerator or denominator that are kept; a longer end is rounded."""
KEPT = 256
"""Bits that it is rounded to."""
EXTREME = 8192
"""Ends beyond 2^EXTREME, or nearer to 0 than 2^-EXTREME, are rounded to that, to infinity or 0."""
PRECISION = 128
"""Bits of the balls that enclose what is not computed exactly."""


@dataclass(frozen=True)
class Interval:
    """The numbers from `low` to `high`, never none; an infinite end is open."""

    low: End
    high: End
    low_open: bool = False
    high_open: bool = False

    @property
    def is_point(self) -> bool:
        return self.low == self.high

    @property
    def is_positive(self) -> bool:
        """Whether every number in it is above 0."""
        return self.low > 0 or (self.low == 0 and self.low_open)

    def __contains__(self, number: End) -> bool:
        above = self.low < number or (self.low == number and not self.low_open)
        below = number < self.high or (number == self.high and not self.high_open)
        return above and below

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low, self.high_open, self.low_open)

    def __add__(self, other: Interval) -> Interval:
        return _rounded(
            _sum(self.low, other.low),
            _sum(self.high, other.high),
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        """a b is an end only if a and b are ends that are reached, or one of them is 0."""
        if other.is_point and other.low:
            return self._scaled(other.low)
        if self.is_point and self.low:
            return other._scaled(self.low)
        corners: dict[End, bool] = {}
        for a, a_open in _ends(self):
            for b, b_open in _ends(other):
                vanishes = (a == 0 and not a_open) or (b == 0 and not b_open)
                reached = vanishes or not (a_open or b_open)
                product = _product(a, b)
                corners[product] = corners.get(product, False) or reached
        low, high = min(corners), max(corners)
        return _rounded(low, high, not corners[low], not corners[high])

    def _scaled(self, number: End) -> Interval:
        """The same times a number other than 0: every end is reached that was."""
        if number == 1:
            return self
        low, high = _product(self.low, number), _product(self.high, number)
        if number > 0:
            return _rounded(low, high, self.low_open, self.high_open)
        return _rounded(high, low, self.high_open, self.low_open)

    def reciprocal(self) -> Interval:
        """1/z wherever z is not 0. Raises `UndefinedValue` for 0 alone."""
        if self.low == 0 == self.high:
            raise UndefinedValue("division by zero")
        if self.low < 0 < self.high:
            return REALS
        if self.high <= 0:
            return -(-self).reciprocal()
        low = Fraction(0) if self.high == inf else 1 / self.high
        high = inf if self.low == 0 else 1 / self.low
        return _rounded(low, high, self.high_open, self.low_open or high == inf)

    def __truediv__(self, other: Interval) -> Interval:
        return self * other.reciprocal()

    def __abs__(self) -> Interval:
        if self.low >= 0:
            return self
        return -self if self.high <= 0 else maximum(maximum(self, -self), ZERO)

    def __pow__(self, exponent: int) -> Interval:
        """z^k of one number z, so that an even power is never negative."""
        if exponent < 0:
            return (self**-exponent).reciprocal()
        if exponent == 0:
            return ONE
        base = self if exponent % 2 else abs(self)
        return increasing(base, lambda end: _power(end, exponent))


REALS = Interval(-inf, inf, True, True)
ZERO = Interval(Fraction(0), Fraction(0))
ONE = Interval(Fraction(1), Fraction(1))
UNIT = Interval(Fraction(0), Fraction(1))


def point(value: Fraction) -> Interval:
    """One number alone; if it is too long, a short interval around it."""
    return _rounded(value, value, False, False)


def maximum(one: Interval, other: Interval) -> Interval:
    """max(a, b)."""
    low, low_open = max((one.low, one.low_open), (other.low, other.low_open))
    high, reached = max((one.high, not one.high_open), (other.high, not other.high_open))
    return Interval(low, high, low_open, not reached)


def hull(one: Interval, other: Interval) -> Interval:
    """The smallest interval around both."""
    low, low_open = min((one.low, one.low_open), (other.low, other.low_open))
    high, reached = max((one.high, not one.high_open), (other.high, not other.high_open))
    return Interval(low, high, low_open, not reached)


def intersection(one: Interval, other: Interval) -> Interval:
    """The numbers in both. Raises `UndefinedValue` if there are none."""
    low, low_open = max((one.low, one.low_open), (other.low, other.low_open))
    high, reached = min((one.high, not one.high_open), (other.high, not other.high_open))
    if low > high or (low == high and (low_open or not reached)):
        raise UndefinedValue("no number is in both intervals")
    return Interval(low, high, low_open, not reached)


def increasing(interval: Interval, enclose: Callable[[End], tuple[End, End]]) -> Interval:
    """The image under an increasing function, of which `enclose` gives bounds at an end."""
    return _rounded(
        enclose(interval.low)[0], enclose(interval.high)[1], interval.low_open, interval.high_open
    )


def ball(end: Fraction) -> Any:
    """The Arb ball around a rational number. Use it at a working precision."""
    return flint.arb(flint.fmpq(end.numerator, end.denominator))


def bounds(enclosure: Any) -> tuple[End, End]:
    """Rational numbers (or infinities) around what an Arb ball encloses."""
    if not enclosure.is_finite():
        return -inf, inf
    return _dyadic(enclosure.lower(), up=False), _dyadic(enclosure.upper(), up=True)


def _dyadic(exact: Any, *, up: bool) -> End:
    mantissa, exponent = (int(part) for part in exact.man_exp())
    size = mantissa.bit_length() + exponent
    if abs(size) > EXTREME:
        return _extreme(mantissa > 0, size > 0, up=up)
    return Fraction(mantissa) * Fraction(2) ** exponent


def _ends(interval: Interval) -> tuple[tuple[End, bool], tuple[End, bool]]:
    return (interval.low, interval.low_open), (interval.high, interval.high_open)


def _sum(a: End, b: End) -> End:
    return a if isinstance(a, float) else b if isinstance(b, float) else a + b


def _product(a: End, b: End) -> End:
    if a == 0 or b == 0:
        return Fraction(0)
    if isinstance(a, float) or isinstance(b, float):
        return inf if (a > 0) == (b > 0) else -inf
    return a * b


def _power(end: End, exponent: int) -> tuple[End, End]:
    if isinstance(end, float):
        return end, end
    if _length(end) * exponent <= LONGEST:
        return end**exponent, end**exponent
    with flint.ctx.workprec(PRECISION):
        return bounds(ball(end) ** exponent)


def _rounded(low: End, high: End, low_open: bool, high_open: bool) -> Interval:
    """The interval, its ends rounded outwards where they are too long."""
    shorter, longer = _shortened(low, up=False), _shortened(high, up=True)
    if shorter is low and longer is high:
        return Interval(low, high, low_open, high_open)
    return Interval(shorter, longer, low_open or shorter != low, high_open or longer != high)


def _shortened(end: End, *, up: bool) -> End:
    if isinstance(end, float) or _length(end) <= LONGEST:
        return end
    exponent = end.numerator.bit_length() - end.denominator.bit_length()
    if abs(exponent) > EXTREME:
        return _extreme(end > 0, exponent > 0, up=up)
    unit = Fraction(2) ** (exponent - KEPT)
    whole = -(-end // unit) if up else end // unit
    return whole * unit


def _extreme(positive: bool, large: bool, *, up: bool) -> End:
    """A bound on a number of extreme size, on the side that `up` says."""
    outward = positive == up
    if large:
        size: End = inf if outward else Fraction(2) ** EXTREME
    else:
        size = Fraction(2) ** -EXTREME if outward else Fraction(0)
    return size if positive else -size


def _length(number: Fraction) -> int:
    return max(number.numerator.bit_length(), number.denominator.bit_length())
