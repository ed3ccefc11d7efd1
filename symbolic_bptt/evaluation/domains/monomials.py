"""Sums of leaves and products of their powers: what an element is in the normal form, as data.

A *leaf* is an element that is not taken apart; it is known by its value.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd, lcm
from typing import Any

Terms = dict[int, tuple[Fraction, Any]]
"""A sum: each leaf, by its value, with its coefficient."""


@dataclass(frozen=True)
class Positive:
    """number · exp(Σ c ℓ) · Π p^e > 0, with terms c ℓ and opaque positive leaves p."""

    number: Fraction = Fraction(1)
    exponents: Terms = field(default_factory=dict)
    leaves: Terms = field(default_factory=dict)


def one_leaf(leaf: Any) -> Terms:
    """1 · ℓ."""
    return {int(leaf.value): (Fraction(1), leaf)}


def merged(left: Terms, right: Terms, factor: Fraction) -> Terms:
    """left + factor · right, without the leaves that cancel."""
    found = dict(left)
    for key, (coefficient, leaf) in right.items():
        total = found[key][0] + factor * coefficient if key in found else factor * coefficient
        if total:
            found[key] = (total, found[key][1] if key in found else leaf)
        else:
            del found[key]
    return found


def times(left: Positive, right: Positive) -> Positive:
    """left · right: numbers are multiplied, exponents added."""
    return Positive(
        left.number * right.number,
        merged(left.exponents, right.exponents, Fraction(1)),
        merged(left.leaves, right.leaves, Fraction(1)),
    )


def raised(base: Positive, exponent: Fraction) -> Positive:
    """base^exponent; the number must have it as a rational, or become leaves (see `in_primes`)."""

    def scaled(terms: Terms) -> Terms:
        return {key: (exponent * c, leaf) for key, (c, leaf) in terms.items()}

    assert exponent.denominator == 1 or base.number == 1
    number = base.number ** int(exponent) if base.number != 1 else Fraction(1)
    return Positive(number, scaled(base.exponents), scaled(base.leaves))


def common_factor(parts: list[Positive]) -> Positive:
    """The greatest monomial that all the parts have."""
    number = Fraction(
        gcd(*(part.number.numerator for part in parts)),
        lcm(*(part.number.denominator for part in parts)),
    )
    return Positive(
        number,
        _least([part.exponents for part in parts]),
        _least([part.leaves for part in parts]),
    )


def _least(parts: list[Terms]) -> Terms:
    """For each leaf the smallest of its coefficients, 0 where it does not occur."""
    found: Terms = {}
    for part in parts:
        for key, (_, leaf) in part.items():
            least = min(other[key][0] if key in other else Fraction(0) for other in parts)
            if least:
                found[key] = (least, leaf)
    return found
