"""The functions in the normal form: exp of a sum is a product, log of a product a sum.

Their arguments are taken apart first; what is left opaque falls to the rules of `atoms`.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ..errors import UndefinedValue
from . import atoms
from .atoms import Rule
from .composition import PARTS, in_primes, product_of, root_of, sum_of
from .decomposition import factored, positive_of, terms_of
from .monomials import Positive, Terms, one_leaf, raised
from .signs import Sign

if TYPE_CHECKING:
    from .normal_form import NormalDomain


def exp(domain: NormalDomain, z: Any) -> Any:
    """Π C_i^(12 c_i) over the leaves of z; a logarithm among them goes back."""
    terms = terms_of(domain, z)
    exponents: Terms = {}
    leaves: Terms = {}
    for key, (coefficient, leaf) in terms.items():
        inner = domain.antilogarithms.get(key)
        if inner is not None:
            leaves[int(inner.value)] = (coefficient, inner)
        else:
            exponents[key] = (coefficient, leaf)
    return product_of(domain, Positive(Fraction(1), exponents, leaves))


def log(domain: NormalDomain, z: Any) -> Any:
    """The sum of the logarithms of a positive product; an opaque variable of anything else."""
    if not z.value:
        raise UndefinedValue("log 0")
    positive = positive_of(domain, z)
    if positive is None:
        return atoms.log(domain, z)
    positive = in_primes(domain, positive)
    found = sum_of(domain, positive.exponents)
    for exponent, leaf in positive.leaves.values():
        found = found + domain.element(exponent) * _logarithm(domain, leaf)
    return found


def _logarithm(domain: NormalDomain, leaf: Any) -> Any:
    found = domain.oracle("log", leaf)
    found.terms = one_leaf(found)
    domain.antilogarithms[int(found.value)] = leaf
    return found


def sqrt(domain: NormalDomain, z: Any) -> Any:
    """Half of a positive product; |a| of an even product a²; R with R² = z of anything else."""
    if not z.value:
        return domain.zero
    positive = positive_of(domain, z)
    if positive is not None:
        return product_of(domain, raised(in_primes(domain, positive), Fraction(1, 2)))
    known, even, odd, sign = factored(domain, z)
    if sign < 0:
        return root_of(domain, z)
    found = product_of(domain, raised(in_primes(domain, known), Fraction(1, 2)))
    for leaf, exponent in even:
        found = found * absolute(domain, leaf) ** exponent
    for leaf in odd[1:]:
        odd[0] = odd[0] * leaf
    return found * root_of(domain, odd[0]) if odd else found


def absolute(domain: NormalDomain, a: Any) -> Any:
    """|a| = a (2 step a − 1)."""
    if positive_of(domain, a) is not None:
        return a
    return a * (2 * step(domain, a) - 1)


def step(domain: NormalDomain, z: Any) -> Any:
    """The step of the factors that are not known to be positive; of an even product, 1."""
    signs = domain.signs.next(lambda: classify(domain, z))
    return domain.sign(signs)


def classify(domain: NormalDomain, z: Any) -> Sign:
    """Which sign the step of z is: that of z without its positive factors."""
    plain, known = atoms.classify, atoms.known_sign(domain, z)
    if known is not None:
        return known
    if positive_of(domain, z) is not None:
        return Sign(None, 1)
    _, _, odd, sign = factored(domain, z)
    if len(odd) > 1:
        return plain(domain, z)
    core = odd[0] if odd else domain.element(1)
    if sign < 0:
        core = -core
    terms = terms_of(domain, core)
    if len(terms) > 1:
        lead = abs(terms[min(terms)][0])
        core = core * domain.inverse(domain.number(lead))
    return plain(domain, core)


def _rotation(domain: NormalDomain, z: Any) -> tuple[Any, Any]:
    """(cos z, sin z), turned leaf by leaf."""
    cosine, sine = domain.element(1), domain.zero
    for coefficient, leaf in terms_of(domain, z).values():
        parts = PARTS * coefficient
        if parts.denominator != 1:
            leaf = leaf * domain.inverse(domain.element(coefficient.denominator))
            parts = Fraction(PARTS * coefficient.numerator)
        u = domain.oracle("turn", leaf)
        below = domain.inverse(1 + u * u)
        c, s = (1 - u * u) * below, 2 * u * below
        for _ in range(abs(int(parts))):
            turn = s if parts > 0 else -s
            cosine, sine = cosine * c - sine * turn, cosine * turn + sine * c
    return cosine, sine


def cos(domain: NormalDomain, z: Any) -> Any:
    """The first of the pair that z turns (1, 0) into."""
    return _rotation(domain, z)[0]


def sin(domain: NormalDomain, z: Any) -> Any:
    """The second of the pair."""
    return _rotation(domain, z)[1]


def relu(domain: NormalDomain, z: Any) -> Any:
    """z step z, whose own sign is that of z."""
    sign = domain.signs.next(lambda: classify(domain, z))
    found = z * domain.sign(sign)
    domain.rectified[int(found.value)] = sign
    return found


NORMAL: Mapping[str, Rule] = {
    "exp": exp,
    "log": log,
    "sqrt": sqrt,
    "step": step,
    "relu": relu,
    "cos": cos,
    "sin": sin,
}
