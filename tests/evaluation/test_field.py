"""What is known of a value of the prime field beside the value: degrees, heights, collisions.

A value is a polynomial in its variables over a product of divisors. The degree that is printed is
at least the degree of its numerator, and a chance of error at least what it is over a small field,
where it can be counted point by point.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from random import Random
from typing import Any

import flint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbolic_bptt.evaluation.domains.field import FieldDomain

PRIME = 13

OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}

steps = st.lists(
    st.tuples(st.sampled_from([*OPERATIONS, "**"]), st.integers(0, 30), st.integers(0, 30)),
    max_size=12,
)


class Quotient:
    """A quotient of integer polynomials in one variable, never shortened."""

    def __init__(self, top: Any, bottom: Any) -> None:
        self.top, self.bottom = top, bottom

    def of(self, sign: str, other: Quotient) -> Quotient:
        match sign:
            case "+" | "-":
                crossed = OPERATIONS[sign](self.top * other.bottom, other.top * self.bottom)
                return Quotient(crossed, self.bottom * other.bottom)
            case "*":
                return Quotient(self.top * other.top, self.bottom * other.bottom)
        return Quotient(self.top * other.bottom, self.bottom * other.top)

    @property
    def shortened(self) -> Any:
        """The numerator, without what the denominator has too."""
        return self.top // self.top.gcd(self.bottom) if self.top else self.top


@given(steps)
def test_a_degree_is_never_below_that_of_the_polynomial(steps: list[tuple[str, int, int]]) -> None:
    """Guards: the degree of a sum, product, power and quotient, from which every bound comes."""
    field, x = FieldDomain(1), flint.fmpq_poly([0, 1])
    values = [field.draw(Random(0)), field.number(Fraction(3))]
    exact = [Quotient(x, flint.fmpq_poly([1])), Quotient(flint.fmpq_poly([3]), x**0)]
    for sign, i, j in steps:
        i, j = i % len(values), j % len(values)
        if exact[i].top.degree() + exact[i].bottom.degree() > 40:
            continue
        if sign == "**":
            values.append(values[i] ** (j % 4))
            one = Quotient(x**0, x**0)
            for _ in range(j % 4):
                one = one.of("*", exact[i])
            exact.append(one)
        elif sign != "/" or exact[j].top:
            values.append(OPERATIONS[sign](values[i], values[j]))
            exact.append(exact[i].of(sign, exact[j]))
    for value, quotient in zip(values, exact, strict=True):
        assert field.degree_of(value) >= quotient.shortened.degree()


Formula = Callable[[FieldDomain, Any], Any]


def _without(field: FieldDomain, x: Any, values: range) -> Any:
    """1, by way of what has no value at some points."""
    divisor = reduce(operator.mul, [x - value for value in values])
    _ = 1 / divisor
    return field.element(1)


FALSE: dict[str, Formula] = {
    "four zeros": lambda field, x: x**4 - 1,
    "four zeros, as a product": lambda field, x: (x * x) * (x * x) - 1,
    "two arguments that meet four times": lambda field, x: (
        field.call("f", (0,), x**4) - field.call("f", (0,), field.number(Fraction(1)))
    ),
    "two arguments of tanh": lambda field, x: (
        field.call("tanh", (0,), x**3) - field.call("tanh", (0,), x)
    ),
    "three arguments": lambda field, x: (
        (field.call("f", (0,), x**2) - field.call("f", (0,), x))
        * (field.call("f", (0,), x**2) - field.call("f", (0,), 3 * x))
    ),
    "inverses": lambda field, x: (1 / x) * (1 / x) * (1 / x) - 1,
    "four zeros, where seven other points have no value": lambda field, x: (
        _without(field, x, range(5, 12)) * (x - 1) * (x - 2) * (x - 3) * (x - 4)
    ),
    "an inverse of an inverse": lambda field, x: 1 / (1 / x**3) - 1,
}


@pytest.mark.parametrize("name", FALSE)
def test_a_chance_is_never_below_what_is_counted(name: str) -> None:
    """Guards: zeros of a difference, arguments that meet by chance, and points without a value."""
    zeros, points, bound = 0, 0, Fraction(0)
    for value in range(1, PRIME):
        field = FieldDomain(0, prime=PRIME)
        x = field.elements(field, field.gf(value), degree=1)
        try:
            difference = FALSE[name](field, x)
        except ZeroDivisionError:  # such a point is drawn anew
            continue
        points += 1
        zeros += not difference
        bound = max(bound, field.error_chances([difference])[0])
    assert zeros > 1
    assert Fraction(zeros, points) <= bound
