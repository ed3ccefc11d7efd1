"""Elements put together: from a sum of leaves, and from a positive product of their powers."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import flint

from ..errors import Unsupported
from .monomials import Positive, Terms, merged
from .normal_element import as_leaf

if TYPE_CHECKING:
    from .normal_form import NormalDomain

PARTS = 12
"""Into so many parts an exponential of a leaf is divided."""


def sum_of(domain: NormalDomain, terms: Terms) -> Any:
    """The sum of the terms."""
    return sum((c * leaf for c, leaf in terms.values()), domain.zero)


def product_of(domain: NormalDomain, positive: Positive) -> Any:
    """The element that the product is."""
    found = domain.number(positive.number)
    found = found * _exponential(domain, positive.exponents)
    for exponent, leaf in positive.leaves.values():
        found = found * _power(domain, leaf, exponent)
    domain.known_positive[int(found.value)] = positive
    return found


def _exponential(domain: NormalDomain, terms: Terms) -> Any:
    found = domain.element(1)
    for coefficient, leaf in terms.values():
        parts = PARTS * coefficient
        if parts.denominator != 1:
            leaf = leaf * domain.inverse(domain.element(coefficient.denominator))
            parts = Fraction(PARTS * coefficient.numerator)
        found = found * domain.oracle("exp", leaf) ** int(parts)
    return found


def _power(domain: NormalDomain, leaf: Any, exponent: Fraction) -> Any:
    """leaf^exponent of a positive leaf: whole powers of it and of its root."""
    whole = exponent.numerator // exponent.denominator
    rest = exponent - whole
    found = leaf**whole if whole else domain.element(1)
    if rest == Fraction(1, 2):
        found = found * root_of(domain, leaf)
    elif rest:
        found = found * domain.oracle(f"power {rest}", leaf)
    return found


def root_of(domain: NormalDomain, square: Any) -> Any:
    """The variable R with R² = a, one for each a."""
    variable = domain.oracle("sqrt", square)
    known = domain.marked.get(int(variable.value))
    return known if known is not None else domain.mark(variable, as_leaf(square))


def in_primes(domain: NormalDomain, base: Positive) -> Positive:
    """The same with its number written as a product of primes, each an opaque leaf."""
    primes: Terms = {}
    for part, sign in ((base.number.numerator, 1), (base.number.denominator, -1)):
        if part.bit_length() > 64:
            raise Unsupported("the logarithm or root of so large a number")
        for prime, exponent in flint.fmpz(part).factor():
            leaf = domain.number(Fraction(int(prime)))
            primes[int(prime)] = (Fraction(sign * int(exponent)), leaf)
    return Positive(Fraction(1), base.exponents, merged(base.leaves, primes, Fraction(1)))
