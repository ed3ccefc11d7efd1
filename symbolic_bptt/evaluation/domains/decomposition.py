"""Elements taken apart, by how they were made: into a sum, a positive product, factors with signs.

What is known to be positive is a leaf of a sum as it stands, and a sum of positive terms is a
positive product: each of the three is found by way of the others.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from . import atoms
from .composition import product_of
from .monomials import Positive, Terms, common_factor, merged, one_leaf, raised, times
from .normal_element import as_leaf

if TYPE_CHECKING:
    from .normal_form import NormalDomain

MONOMIALS = 48
"""Terms into which a product of sums is multiplied out; beyond it the product is a leaf."""


def terms_of(domain: NormalDomain, x: Any) -> Terms:
    """x as a sum of leaves with rational coefficients; a number is a multiple of the leaf 1."""
    if x.terms is None:
        x.terms = _terms(domain, x)
    found: Terms = x.terms
    return found


def _terms(domain: NormalDomain, x: Any) -> Terms:
    number = atoms.rational(domain, x)
    if number is not None:
        return {1: (number, domain.element(1))} if number else {}
    match x.made:
        case ("+", left, right):
            return merged(terms_of(domain, left), terms_of(domain, right), Fraction(1))
        case ("-", left, right):
            return merged(terms_of(domain, left), terms_of(domain, right), Fraction(-1))
        case ("*", left, right):
            found = _distributed(domain, terms_of(domain, left), terms_of(domain, right))
            if found is not None:
                return found
        case ("**", base, int(exponent)) if exponent <= 4:
            found = one = terms_of(domain, base)
            for _ in range(exponent - 1):
                found = None if found is None else _distributed(domain, found, one)
            if found is not None:
                return found
    return _leaf(domain, x)


def _leaf(domain: NormalDomain, x: Any) -> Terms:
    """x or −x as a leaf: what is known to be positive or a square, else one for both."""
    if positive_of(domain, x) is not None:
        return one_leaf(x)
    _, _, odd, sign = factored(domain, x) if x.made[:1] in (("*",), ("**",)) else ((), (), (x,), 1)
    plain, flipped = domain.unsigned(x) if odd else (-x if sign < 0 else x, sign < 0)
    return {int(plain.value): (Fraction(-1 if flipped else 1), plain)}


def _distributed(domain: NormalDomain, left: Terms, right: Terms) -> Terms | None:
    if len(left) * len(right) > MONOMIALS:
        return None
    found: Terms = {}
    for a, first in left.values():
        for b, second in right.values():
            if first.value == 1:
                product = one_leaf(second)
            elif second.value == 1:
                product = one_leaf(first)
            else:
                product = _leaf(domain, first * second)
            found = merged(found, product, a * b)
    return found


def positive_of(domain: NormalDomain, x: Any) -> Positive | None:
    """What x > 0 is a product of; None where it is not known to be positive."""
    if x.positive is None:
        x.positive = _positive(domain, x) or False
    return x.positive or None


def _positive(domain: NormalDomain, x: Any) -> Positive | None:
    number = atoms.rational(domain, x)
    if number is not None:
        return Positive(number) if number > 0 else None
    if (known := domain.known_positive.get(int(x.value))) is not None:
        return known
    match x.made:
        case ("*", left, right):
            above, below = positive_of(domain, left), positive_of(domain, right)
            return times(above, below) if above and below else None
        case ("**", base, int(exponent)):
            inner = positive_of(domain, base)
            return raised(inner, Fraction(exponent)) if inner else None
        case ("/", divisor):
            inner = positive_of(domain, divisor)
            return raised(inner, Fraction(-1)) if inner else None
        case ("+" | "-", _, _):
            return _positive_sum(domain, x)
    return None


def _positive_sum(domain: NormalDomain, x: Any) -> Positive | None:
    """A sum of positive terms is their common factor times an opaque leaf."""
    terms = terms_of(domain, x)
    if len(terms) < 2 or any(c < 0 for c, _ in terms.values()):
        return None
    products = [(c, positive_of(domain, leaf), leaf) for c, leaf in terms.values()]
    if not any(product for _, product, _ in products):
        return None
    if any(product is None and not is_even(domain, leaf) for _, product, leaf in products):
        return None
    if any(product is None for _, product, _ in products):
        return Positive(leaves=one_leaf(as_leaf(x)))
    parts = [times(Positive(c), product) for c, product, _ in products if product]
    common = common_factor(parts)
    if not (common.exponents or common.leaves or common.number != 1):
        return Positive(leaves=one_leaf(as_leaf(x)))
    rest = as_leaf(x * domain.inverse(product_of(domain, common)))
    return times(common, Positive(leaves=one_leaf(rest)))


def factored(
    domain: NormalDomain, z: Any
) -> tuple[Positive, list[tuple[Any, int]], list[Any], int]:
    """z = ± known · Π even^(2e) · Π odd, with what is known positive apart."""
    factors: dict[int, tuple[int, Any]] = {}
    known, sign = Positive(), 1
    pending = [(z, 1)]
    while pending:
        x, exponent = pending.pop()
        positive = positive_of(domain, x)
        number = atoms.rational(domain, x)
        if positive is not None:
            known = times(known, raised(positive, Fraction(exponent)))
        elif number is not None:
            known = times(known, Positive(abs(number) ** exponent))
            sign = -sign if number < 0 and exponent % 2 else sign
        else:
            match x.made:
                case ("*", left, right):
                    pending += [(left, exponent), (right, exponent)]
                case ("**", base, int(power)):
                    pending.append((base, power * exponent))
                case ("/", divisor):
                    pending.append((divisor, -exponent))
                case _:
                    plain, flipped = domain.unsigned(x)
                    key = int(plain.value)
                    factors[key] = (factors.get(key, (0, None))[0] + exponent, plain)
                    sign = -sign if flipped and exponent % 2 else sign
    even = [(leaf, e // 2) for e, leaf in factors.values() if e // 2]
    odd = [leaf for e, leaf in factors.values() if e % 2]
    return known, even, odd, sign


def is_even(domain: NormalDomain, z: Any) -> bool:
    """Whether z is known to be a square times something positive, so that z ≥ 0."""
    _, _, odd, sign = factored(domain, z)
    return not odd and sign > 0
