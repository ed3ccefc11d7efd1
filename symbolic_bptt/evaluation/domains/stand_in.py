"""A numeric stand-in for an undetermined function: a fixed generic polynomial in its arguments.

A claim about every differentiable f is refuted by any one f. Tanh or sigmoid would not do: they
satisfy identities of their own (f′ = 1 − f²) that an undetermined function does not.
"""

from __future__ import annotations

from fractions import Fraction
from hashlib import blake2b
from itertools import product
from math import factorial
from typing import Any

DEGREE = {1: 5}
"""Degree by number of arguments; 2 in each argument where there are several."""


def coefficient(name: str, powers: tuple[int, ...]) -> Fraction:
    """± an odd number of eighths below 1, over 2^d d! for degree d: tame when iterated."""
    digest = blake2b(f"{name}{powers}".encode(), digest_size=8).digest()
    odd = 2 * (digest[0] % 4) + 1
    sign = -1 if digest[1] % 2 else 1
    degree = sum(powers)
    return Fraction(sign * odd, 8 * 2**degree * factorial(degree))


def evaluate(name: str, orders: tuple[int, ...], number: Any, *arguments: Any) -> Any:
    """The derivative of these orders; `number` turns a fraction into an element of the domain."""
    degree = DEGREE.get(len(arguments), 2)
    result: Any = 0 * arguments[0]
    for powers in product(range(degree + 1), repeat=len(arguments)):
        if any(power < order for power, order in zip(powers, orders, strict=True)):
            continue
        term: Any = number(coefficient(name, powers) * _falling(powers, orders))
        for argument, power, order in zip(arguments, powers, orders, strict=True):
            if power > order:
                term = term * argument ** (power - order)
        result = result + term
    return result


def _falling(powers: tuple[int, ...], orders: tuple[int, ...]) -> int:
    """Π p (p − 1) ⋯ (p − k + 1) over the arguments."""
    result = 1
    for power, order in zip(powers, orders, strict=True):
        for lowered in range(order):
            result *= power - lowered
    return result
