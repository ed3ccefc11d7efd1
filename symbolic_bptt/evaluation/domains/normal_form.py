"""The prime field with identities of elementary functions seen: everything is one exponential.

tanh, σ, sech, sinh, cosh, softplus, softmax, log and roots are written through exp and log. An
argument of exp is taken apart into a sum Σ c_i ℓ_i of *leaves* (products are distributed, up to
MONOMIALS of them), and exp(Σ c_i ℓ_i) = Π C_i^(12 c_i) with one random C_i for each leaf; 12 takes
halves, thirds and quarters, and being even it makes every exponential a square. What is known to be
positive carries a product Π exp(ℓ)^c Π p^e of exponentials and opaque positive leaves: log turns it
into a sum, a root halves it, and a sum of such terms gives out their common factor, so that a
softmax may be shifted. sin and cos are rotations on the same leaves.

Theorem. All values are rational functions of independent uniform variables, so the bound of
`field` holds as it stands, and every relation imposed is an identity of the real functions: what is
equal here is equal. (By J. Ax, Annals of Mathematics 93, 1971, and R. H. Risch these are, up to
constants, all relations of towers of exp and log.)

A root of what is not known to be positive stands for itself, as a variable R with R² = a; of an
even product it is the absolute value, √(a²) = |a|. A sign σ has σ² = σ. Both are reduced in
products of monomials; in products of longer sums they are not seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd, lcm
from typing import Any

import flint

from ..errors import UndefinedValue, Unsupported
from . import atoms
from .atoms import RULES, Rule
from .element import Element
from .elementary import THROUGH_EXP
from .field import FieldDomain
from .signs import Sign

MONOMIALS = 48
"""Terms into which a product of sums is multiplied out; beyond it the product is a leaf."""

PARTS = 12
"""Into so many parts an exponential of a leaf is divided."""

Terms = dict[int, tuple[Fraction, Any]]
"""A sum: each leaf, by its value, with its coefficient."""


@dataclass(frozen=True)
class Positive:
    """number · exp(Σ c ℓ) · Π p^e > 0, with terms c ℓ and opaque positive leaves p."""

    number: Fraction = Fraction(1)
    exponents: Terms = field(default_factory=dict)
    leaves: Terms = field(default_factory=dict)


class NormalElement(Element):
    """An element that knows how it was made.

    `made` is an operation and its operands; `marks` are the variables (roots and signs) that it is
    a multiple of; `terms` and `positive` are found once when they are asked for.
    """

    __slots__ = ("made", "marks", "positive", "terms")

    field: NormalDomain

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made: tuple[Any, ...] = ()
        self.marks: frozenset[int] = frozenset()
        self.terms: Terms | None = None
        self.positive: Positive | bool | None = None

    def _sum(self, value: Any, other: Any) -> Any:
        found = super()._sum(value, other)
        found.made = ("+", self, other) if value == self.value + other.value else ("-", self, other)
        found.marks = self.marks if self.marks == other.marks else frozenset()
        return found

    def __neg__(self) -> Any:
        found = super().__neg__()
        found.made, found.marks = ("-", self.field.zero, self), self.marks
        return found

    def __mul__(self, other: Any) -> Any:
        other = self.field.element(other)
        found = super().__mul__(other)
        if found is self.field.zero:
            return found
        if self.marks and other.marks:
            found = self.field.reduced(found, self.marks, other.marks)
        else:
            found.marks = self.marks or other.marks
        found.made = ("*", self, other)
        return found

    __rmul__ = __mul__

    def __pow__(self, exponent: int) -> Any:
        if self.marks and exponent > 0:
            half = self ** (exponent // 2) if exponent > 1 else self.field.element(1)
            return half * half * self if exponent % 2 else half * half
        found = super().__pow__(exponent)
        if exponent > 1:
            found.made = ("**", self, exponent)
        return found


class NormalDomain(FieldDomain):
    """`FieldDomain` with the rules of this module's docstring."""

    elements = NormalElement

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        through = {name: rule for name, rule in RULES.items() if name not in THROUGH_EXP}
        self.rules = {**through, **NORMAL}
        self._squares: dict[int, Any] = {}
        self._marks: dict[int, Any] = {}
        self.known_positive: dict[int, Positive] = {}
        self.antilogarithms: dict[int, Any] = {}

    def inverse(self, divisor: Any) -> Any:
        roots = [mark for mark in divisor.marks if mark in self._squares]
        if roots:
            rest, turned = divisor, self.element(1)
            for mark in roots:
                rest = _plain(rest) * _plain(super().inverse(self._marks[mark]))
                turned = turned * self._marks[mark] * self.inverse(self._squares[mark])
            return self.inverse(rest) * turned
        known = super().inverse(divisor)
        if not known.made:
            known.made = ("/", divisor)
            self._complements(divisor, known)
        return known

    def _complements(self, divisor: Any, inverse: Any) -> None:
        """1 − a/(a + b) = b/(a + b) is positive if a and b are: 1 − σ is."""
        terms = terms_of(self, divisor)
        if not 2 <= len(terms) <= PARTS or not all(
            c > 0 and positive_of(self, leaf) for c, leaf in terms.values()
        ):
            return
        below = positive_of(self, inverse)
        assert below is not None
        for key in terms:
            rest = sum((c * leaf for k, (c, leaf) in terms.items() if k != key), self.zero)
            above = positive_of(self, rest)
            if above is not None:
                self.known_positive[int((rest * inverse).value)] = _times(above, below)

    def mark(self, variable: Any, square: Any | None) -> Any:
        """A variable that is reduced in products: a root with its square, a sign with none."""
        number = int(variable.value)
        variable.marks = frozenset({number})
        self._marks[number] = variable
        if square is not None:
            self._squares[number] = square
        return variable

    def reduced(self, product: Any, left: frozenset[int], right: frozenset[int]) -> Any:
        """The product with R² written a and σ² written σ."""
        plain, kept = _plain(product), left ^ right
        for mark in left & right:
            variable = _plain(self._marks[mark])
            if mark in self._squares:
                plain = plain * self._squares[mark] * super().inverse(variable * variable)
            else:
                plain = plain * super().inverse(variable)
                kept |= {mark}
        plain.marks = kept
        return plain

    def sign(self, sign: Sign) -> Any:
        if sign.number is None or sign.number in self.signs.settings:
            return super().sign(sign)
        found = super().sign(Sign(sign.number))
        found = self._marks.get(int(found.value)) or self.mark(found, None)
        return 1 - found if sign.flipped else found


def _plain(element: Any) -> Any:
    """The same value as a leaf without marks."""
    return NormalElement(
        element.field,
        element.value,
        element.degree,
        element.power,
        element.divisors,
        element.height,
    )


# Sums of leaves


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
            return _merged(terms_of(domain, left), terms_of(domain, right), Fraction(1))
        case ("-", left, right):
            return _merged(terms_of(domain, left), terms_of(domain, right), Fraction(-1))
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
        return _one(x)
    _, _, odd, sign = _factored(domain, x) if x.made[:1] in (("*",), ("**",)) else ((), (), (x,), 1)
    plain, flipped = domain.unsigned(x) if odd else (-x if sign < 0 else x, sign < 0)
    return {int(plain.value): (Fraction(-1 if flipped else 1), plain)}


def _merged(left: Terms, right: Terms, factor: Fraction) -> Terms:
    found = dict(left)
    for key, (coefficient, leaf) in right.items():
        total = found[key][0] + factor * coefficient if key in found else factor * coefficient
        if total:
            found[key] = (total, found[key][1] if key in found else leaf)
        else:
            del found[key]
    return found


def _distributed(domain: NormalDomain, left: Terms, right: Terms) -> Terms | None:
    if len(left) * len(right) > MONOMIALS:
        return None
    found: Terms = {}
    for a, first in left.values():
        for b, second in right.values():
            if first.value == 1:
                product = _one(second)
            elif second.value == 1:
                product = _one(first)
            else:
                product = _leaf(domain, first * second)
            found = _merged(found, product, a * b)
    return found


def _one(leaf: Any) -> Terms:
    return {int(leaf.value): (Fraction(1), leaf)}


def _written(domain: NormalDomain, terms: Terms) -> Any:
    """The sum of the terms."""
    return sum((c * leaf for c, leaf in terms.values()), domain.zero)


# Positive products


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
            return _times(above, below) if above and below else None
        case ("**", base, int(exponent)):
            inner = positive_of(domain, base)
            return _raised(inner, Fraction(exponent)) if inner else None
        case ("/", divisor):
            inner = positive_of(domain, divisor)
            return _raised(inner, Fraction(-1)) if inner else None
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
        return Positive(leaves=_one(_plain(x)))
    parts = [_times(Positive(c), product) for c, product, _ in products if product]
    common = _common(parts)
    if not (common.exponents or common.leaves or common.number != 1):
        return Positive(leaves=_one(_plain(x)))
    rest = _plain(x * domain.inverse(product_of(domain, common)))
    return _times(common, Positive(leaves=_one(rest)))


def _common(parts: list[Positive]) -> Positive:
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


def _times(left: Positive, right: Positive) -> Positive:
    return Positive(
        left.number * right.number,
        _merged(left.exponents, right.exponents, Fraction(1)),
        _merged(left.leaves, right.leaves, Fraction(1)),
    )


def _raised(base: Positive, exponent: Fraction) -> Positive:
    """base^exponent; the number must have it as a rational, or become leaves (see `_split`)."""

    def scaled(terms: Terms) -> Terms:
        return {key: (exponent * c, leaf) for key, (c, leaf) in terms.items()}

    assert exponent.denominator == 1 or base.number == 1
    number = base.number ** int(exponent) if base.number != 1 else Fraction(1)
    return Positive(number, scaled(base.exponents), scaled(base.leaves))


def _split(domain: NormalDomain, base: Positive) -> Positive:
    """The same with its number written as a product of primes, each an opaque leaf."""
    primes: Terms = {}
    for part, sign in ((base.number.numerator, 1), (base.number.denominator, -1)):
        if part.bit_length() > 64:
            raise Unsupported("the logarithm or root of so large a number")
        for prime, exponent in flint.fmpz(part).factor():
            leaf = domain.number(Fraction(int(prime)))
            primes[int(prime)] = (Fraction(sign * int(exponent)), leaf)
    return Positive(Fraction(1), base.exponents, _merged(base.leaves, primes, Fraction(1)))


def product_of(domain: NormalDomain, positive: Positive) -> Any:
    """The element that the product is."""
    found = domain.number(positive.number)
    found = found * _exponential(domain, positive.exponents)
    for exponent, leaf in positive.leaves.values():
        found = found * _power(domain, leaf, exponent)
    domain.known_positive[int(found.value)] = positive
    return found


def _power(domain: NormalDomain, leaf: Any, exponent: Fraction) -> Any:
    """leaf^exponent of a positive leaf: whole powers of it and of its root."""
    whole = exponent.numerator // exponent.denominator
    rest = exponent - whole
    found = leaf**whole if whole else domain.element(1)
    if rest == Fraction(1, 2):
        found = found * _root(domain, leaf)
    elif rest:
        found = found * domain.oracle(f"power {rest}", leaf)
    return found


def _root(domain: NormalDomain, square: Any) -> Any:
    variable = domain.oracle("sqrt", square)
    known = domain._marks.get(int(variable.value))
    return known if known is not None else domain.mark(variable, _plain(square))


# Functions


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


def _exponential(domain: NormalDomain, terms: Terms) -> Any:
    found = domain.element(1)
    for coefficient, leaf in terms.values():
        parts = PARTS * coefficient
        if parts.denominator != 1:
            leaf = leaf * domain.inverse(domain.element(coefficient.denominator))
            parts = Fraction(PARTS * coefficient.numerator)
        found = found * domain.oracle("exp", leaf) ** int(parts)
    return found


def log(domain: NormalDomain, z: Any) -> Any:
    """The sum of the logarithms of a positive product; an opaque variable of anything else."""
    if not z.value:
        raise UndefinedValue("log 0")
    positive = positive_of(domain, z)
    if positive is None:
        return atoms.log(domain, z)
    positive = _split(domain, positive)
    found = _written(domain, positive.exponents)
    for exponent, leaf in positive.leaves.values():
        found = found + domain.element(exponent) * _logarithm(domain, leaf)
    return found


def _logarithm(domain: NormalDomain, leaf: Any) -> Any:
    found = domain.oracle("log", leaf)
    found.terms = _one(found)
    domain.antilogarithms[int(found.value)] = leaf
    return found


def sqrt(domain: NormalDomain, z: Any) -> Any:
    """Half of a positive product; |a| of an even product a²; R with R² = z of anything else."""
    if not z.value:
        return domain.zero
    positive = positive_of(domain, z)
    if positive is not None:
        return product_of(domain, _raised(_split(domain, positive), Fraction(1, 2)))
    known, even, odd, sign = _factored(domain, z)
    if sign < 0:
        return _root(domain, z)
    found = product_of(domain, _raised(_split(domain, known), Fraction(1, 2)))
    for leaf, exponent in even:
        found = found * absolute(domain, leaf) ** exponent
    for leaf in odd[1:]:
        odd[0] = odd[0] * leaf
    return found * _root(domain, odd[0]) if odd else found


def _factored(
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
            known = _times(known, _raised(positive, Fraction(exponent)))
        elif number is not None:
            known = _times(known, Positive(abs(number) ** exponent))
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
    _, _, odd, sign = _factored(domain, z)
    return not odd and sign > 0


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
    _, _, odd, sign = _factored(domain, z)
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
