"""Differences that are not 0, over a prime so small that they often are: how often is counted.

Each family is parametrised by how rarely its falsehood shows. That it is taken for 0 more often
than the bound says is forbidden, and so is a bound that is ten times what the family built to reach
it measures.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import prod, sqrt
from operator import mul
from random import Random
from typing import Any

import flint
import pytest

from symbolic_bptt.evaluation.domains.field import FieldDomain, prime_of
from symbolic_bptt.evaluation.domains.normal_form import NormalDomain
from symbolic_bptt.evaluation.errors import UndefinedValue

PRIME = 101
SEEDS = 2000
LOOSE = 10

Difference = Callable[[FieldDomain, Random], Any]
"""What a false claim has on its left minus its right, at a random point of a domain."""


@dataclass(frozen=True)
class Measured:
    """How often a difference was 0, and the largest bound on it that was printed."""

    rate: float
    bound: float

    @property
    def deviation(self) -> float:
        return sqrt(max(self.bound * (1 - min(1.0, self.bound)), 1e-4) / SEEDS)

    @property
    def is_bounded(self) -> bool:
        return self.rate <= self.bound + 4 * self.deviation


def measured(difference: Difference, domain: type[FieldDomain]) -> Measured:
    """Over many seeds; a point with a division by zero is drawn anew, as points are."""
    accepted, bound = 0, Fraction(0)
    for seed in range(SEEDS):
        for attempt in range(20):
            made = domain(f"{seed}|{attempt}", prime=PRIME)
            try:
                found = difference(made, Random(f"{seed}|{attempt}"))
            except (ZeroDivisionError, UndefinedValue):
                continue
            accepted += not found
            bound = max(bound, made.error_chances([found])[0])
            break
    return Measured(accepted / SEEDS, float(bound))


def draws(field: FieldDomain, random: Random, count: int) -> list[Any]:
    return [field.draw(random) for _ in range(count)]


def product(factors: list[Any]) -> Any:
    return reduce(mul, factors)


def call(field: FieldDomain, name: str, *arguments: Any) -> Any:
    return field.call(name, (0,) * len(arguments), *arguments)


def zeros(count: int) -> Difference:
    """∏ (x − i): right at so many values of x."""

    def difference(field: FieldDomain, random: Random) -> Any:
        x = field.draw(random)
        return product([x - i for i in range(1, count + 1)])

    return difference


def hidden_in(function: str, count: int) -> Difference:
    """f(y) − f(y + ∏ (x − i)): right where the arguments coincide by chance."""

    def difference(field: FieldDomain, random: Random) -> Any:
        y = field.draw(random)
        return call(field, function, y) - call(field, function, y + zeros(count)(field, random))

    return difference


def birthday(function: str, count: int) -> Difference:
    """∏ (f(x_i) − f(x_j)): right where any two of many arguments coincide."""

    def difference(field: FieldDomain, random: Random) -> Any:
        values = [call(field, function, x) for x in draws(field, random, count)]
        return product([values[i] - values[j] for i in range(count) for j in range(i)])

    return difference


def powers(count: int) -> Difference:
    """x^k − 1: right at the roots of 1."""
    return lambda field, random: field.draw(random) ** count - 1


def inverse_powers(count: int) -> Difference:
    """x^{−k} − 1, the inverse multiplied with itself."""
    return lambda field, random: product([1 / field.draw(random)] * count) - 1


def power_of_a_divisor(count: int) -> Difference:
    """(1/x)^k − 1."""
    return lambda field, random: (1 / field.draw(random)) ** count - 1


def divided(count: int) -> Difference:
    """∏ (x − i) / y."""

    def difference(field: FieldDomain, random: Random) -> Any:
        return zeros(count)(field, random) / field.draw(random)

    return difference


def nested_divisors(count: int) -> Difference:
    """1/(1/x^k) − 1: a divisor in a divisor."""
    return lambda field, random: 1 / (1 / field.draw(random) ** count) - 1


def divided_elsewhere(count: int) -> Difference:
    """∏ (x − i), where something else is divided by 50 further factors of that kind.

    That point is drawn anew where a divisor is 0, so those that are left are right more often.
    """

    def difference(field: FieldDomain, random: Random) -> Any:
        x = field.draw(random)
        _ = 1 / product([x - i for i in range(count + 1, count + 51)])
        return product([x - i for i in range(1, count + 1)])

    return difference


def signs(count: int) -> Difference:
    """∏ relu(x_i): right wherever one of the x is negative."""
    return lambda field, random: product(
        [call(field, "relu", x) for x in draws(field, random, count)]
    )


def order(count: int) -> Difference:
    """∏ (max(x_i, y_i) − x_i)."""

    def difference(field: FieldDomain, random: Random) -> Any:
        pairs = [draws(field, random, 2) for _ in range(count)]
        return product([call(field, "max", x, y) - x for x, y in pairs])

    return difference


def one_sign(field: FieldDomain, random: Random) -> Any:
    """step(x) − step(−x): right nowhere."""
    x = field.draw(random)
    return call(field, "step", x) - call(field, "step", -x)


def roots(count: int) -> Difference:
    """∏ (√(x_i²) − x_i): right where the x are positive."""
    return lambda field, random: product(
        [call(field, "sqrt", x**2) - x for x in draws(field, random, count)]
    )


def exponentials(count: int) -> Difference:
    """∏ (e^{x_i} − 1)."""
    return lambda field, random: product(
        [call(field, "exp", x) - 1 for x in draws(field, random, count)]
    )


def logarithms(field: FieldDomain, random: Random) -> Any:
    """log(e^x + e^y) − x − y."""
    x, y = draws(field, random, 2)
    return call(field, "log", call(field, "exp", x) + call(field, "exp", y)) - x - y


PLAIN: dict[str, Difference] = {
    **{f"{k} zeros": zeros(k) for k in (1, 5, 20)},
    **{f"{k} zeros in {f}": hidden_in(f, k) for f in ("f", "tanh", "exp") for k in (1, 20)},
    **{f"{k} zeros in step": hidden_in("step", k) for k in (5, 20)},
    **{f"{k} arguments of {f}": birthday(f, k) for f in ("f", "sigmoid") for k in (3, 6)},
    **{f"power {k}": powers(k) for k in (4, 20)},
    **{f"product of {k} inverses": inverse_powers(k) for k in (4, 20)},
    **{f"inverse to the {k}": power_of_a_divisor(k) for k in (4, 20)},
    **{f"divisor in a divisor, {k}": nested_divisors(k) for k in (4, 20)},
    **{f"{k} zeros divided": divided(k) for k in (5, 20)},
    "20 zeros, divided elsewhere": divided_elsewhere(20),
    **{f"{k} signs": signs(k) for k in (1, 2, 3)},
    **{f"{k} orders": order(k) for k in (1, 3)},
    "a sign and its opposite": one_sign,
}

NORMAL: dict[str, Difference] = {
    "20 zeros": zeros(20),
    "20 zeros divided": divided(20),
    "3 signs": signs(3),
    **{f"{k} roots": roots(k) for k in (1, 3)},
    **{f"{k} exponentials": exponentials(k) for k in (1, 3)},
}


@pytest.mark.parametrize("name", PLAIN)
def test_a_difference_is_missed_as_often_as_the_field_says(name: str) -> None:
    found = measured(PLAIN[name], FieldDomain)
    assert found.is_bounded, found
    assert found.bound <= LOOSE * found.rate, found


@pytest.mark.parametrize("name", NORMAL)
def test_a_difference_is_missed_as_often_as_the_normal_form_says(name: str) -> None:
    found = measured(NORMAL[name], NormalDomain)
    assert found.is_bounded, found
    assert found.bound <= LOOSE * found.rate, found


def test_what_the_normal_form_does_not_see_is_bounded_too() -> None:
    assert measured(logarithms, NormalDomain).is_bounded


TRUE: dict[str, Difference] = {
    "f of one argument": lambda field, random: (
        lambda x, y: call(field, "f", x + y) - call(field, "f", y + x)
    )(*draws(field, random, 2)),
    "odd": lambda field, random: (lambda x: call(field, "tanh", x) + call(field, "tanh", -x))(
        field.draw(random)
    ),
    "divided and multiplied": lambda field, random: (lambda x, y: x / y * y - x)(
        *draws(field, random, 2)
    ),
    "a difference of signs": lambda field, random: (
        lambda x: call(field, "relu", x) - call(field, "relu", -x) - x
    )(field.draw(random)),
    "a sign and its opposite": lambda field, random: (
        lambda x: call(field, "step", x) + call(field, "step", -x) - 1
    )(field.draw(random)),
}

TRUE_IN_NORMAL_FORM: dict[str, Difference] = {
    "a root is an absolute value": lambda field, random: (
        lambda x: call(field, "sqrt", x**2) - call(field, "abs", x)
    )(field.draw(random)),
    "exponentials multiply": lambda field, random: (
        lambda x, y: call(field, "exp", x + y) - call(field, "exp", x) * call(field, "exp", y)
    )(*draws(field, random, 2)),
    "log of a sum of exponentials": lambda field, random: (
        lambda x, y: (
            call(field, "log", call(field, "exp", x + y) + call(field, "exp", 2 * y))
            - call(field, "log", call(field, "exp", x) + call(field, "exp", y))
            - y
        )
    )(*draws(field, random, 2)),
}


@pytest.mark.parametrize("name", TRUE)
def test_the_true_neighbour_is_0_at_every_seed(name: str) -> None:
    for domain in (FieldDomain, NormalDomain):
        assert not any(TRUE[name](domain(seed), Random(seed)) for seed in range(20))


@pytest.mark.parametrize("name", TRUE_IN_NORMAL_FORM)
def test_the_true_neighbour_is_0_in_the_normal_form(name: str) -> None:
    difference = TRUE_IN_NORMAL_FORM[name]
    assert not any(difference(NormalDomain(seed), Random(seed)) for seed in range(20))


def primes_of(bits: int, count: int) -> list[int]:
    """Primes of so many bits, from the largest down."""
    return [n for n in range(2**bits - 1, 2 ** (bits - 1), -2) if flint.fmpz(n).is_prime()][:count]


@pytest.mark.parametrize("count", [20, 100])
def test_a_large_constant_is_missed_as_often_as_its_bits_say(count: int) -> None:
    """1 + c = 1, where c has many prime factors of the size of the prime that is drawn."""
    constant, seeds = prod(primes_of(16, count)), 10_000
    accepted, bound = 0, Fraction(0)
    for seed in range(seeds):
        field = FieldDomain(seed, prime=prime_of(seed, 16))
        difference = 1 + field.number(Fraction(constant)) - 1
        accepted += not difference
        bound = max(bound, field.error_chances([difference])[1])
    rate = accepted / seeds
    assert rate <= bound + 4 * sqrt(bound / seeds)
    assert bound <= LOOSE * rate


def test_a_sum_or_product_of_numbers_is_as_high_as_they_are() -> None:
    """x^k has k times the bits of x, and a difference is no smaller than its larger side."""
    field, value = FieldDomain(0), 12_345_678_901
    one = field.number(Fraction(value))
    for found, exact in [
        (one**7, value**7),
        (one * one * one, value**3),
        (one + one**2, value + value**2),
        (one**2 - one, value**2 - value),
        (one / field.number(Fraction(7)) - one, value - 7 * value),
    ]:
        assert field.height_of(found) >= exact.bit_length() - 1


def test_the_prime_is_as_large_as_asked_for_and_hangs_on_the_seed() -> None:
    primes = {prime_of(seed, bits) for seed in range(8) for bits in (16, 128, 200)}
    assert len(primes) == 24
    assert {prime.bit_length() for prime in primes} == {16, 128, 200}
    assert all(flint.fmpz(prime).is_prime() for prime in primes)
    assert {FieldDomain(seed).prime for seed in range(8)} == {prime_of(seed) for seed in range(8)}


def test_the_bound_that_is_printed_is_that_of_the_fractions() -> None:
    for count in (1, 20, 400):
        for prime in (None, 2**61 - 1):
            field = FieldDomain(count, prime)
            found = hidden_in("f", count)(field, Random(count))
            chance, printed = sum(field.error_chances([found])), field.error_bound_log2([found])
            assert chance <= Fraction(2) ** printed <= 8 * chance
