"""The functions in a prime field: one rule a function, each a variable tied by its parity.

Every relation that a rule imposes is true of the real function; what no rule imposes is not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import isqrt
from typing import TYPE_CHECKING, Any

from ..errors import UndefinedValue
from .signs import Sign

if TYPE_CHECKING:
    from .field import FieldDomain

Rule = Callable[..., Any]
"""A function at elements, for the domain given first."""

LARGEST = 2**31
"""A fraction with numerator and denominator below this is told from its residue."""


def exp(field: FieldDomain, z: Any) -> Any:
    """exp 0 = 1, exp(−z) = 1/exp z, exp log z = z."""
    if not z.value:
        return field.element(1)
    known = field.exponentials.get(int(z.value))
    if known is None:
        plain, flipped = field.unsigned(z)
        known = field.oracle("exp", plain)
        if flipped:
            known = field.inverse(known)
        field.counted("log", field.degree_of(known))
        field.exponentials[int(z.value)] = known
        field.logarithms[int(known.value)] = z
        field.positive.add(int(known.value))
    return known


def log(field: FieldDomain, z: Any) -> Any:
    """log 1 = 0, log(1/z) = −log z, log exp z = z. Raises `UndefinedValue` at 0."""
    if not z.value:
        raise UndefinedValue("log 0")
    if z.value == 1:
        return field.zero
    known = field.logarithms.get(int(z.value))
    if known is None:
        other = 1 / z.value
        if int(other) < int(z.value):
            known = -field.oracle("log", field.inverse(z))
        else:
            known = field.oracle("log", z)
        field.counted("exp", 1)
        field.logarithms[int(z.value)] = known
        field.exponentials[int(known.value)] = z
    return known


def odd(name: str) -> Rule:
    """f(0) = 0, f(−z) = −f(z)."""

    def rule(field: FieldDomain, z: Any) -> Any:
        if not z.value:
            return field.zero
        plain, flipped = field.unsigned(z)
        known = field.oracle(name, plain)
        return -known if flipped else known

    return rule


def sigmoid(field: FieldDomain, z: Any) -> Any:
    """σ(0) = 1/2, σ(−z) = 1 − σ(z)."""
    if not z.value:
        return field.element(Fraction(1, 2))
    plain, flipped = field.unsigned(z)
    known = field.oracle("sigmoid", plain)
    found = 1 - known if flipped else known
    field.positive.add(int(found.value))
    return found


_half_angle = odd("tangent of the half")


def sin(field: FieldDomain, z: Any) -> Any:
    """2u/(1 + u²) with u = tan z/2."""
    u = _half_angle(field, z)
    return 2 * u / (1 + u * u)


def cos(field: FieldDomain, z: Any) -> Any:
    """(1 − u²)/(1 + u²) with u = tan z/2."""
    u = _half_angle(field, z)
    return (1 - u * u) / (1 + u * u)


def sqrt(field: FieldDomain, z: Any) -> Any:
    """The root of the square of a rational number; an opaque variable of anything else."""
    number = rational(field, z)
    field.has_asked_number |= bool(number)
    root = None if number is None else _rational_root(number)
    return field.oracle("sqrt", z) if root is None else field.number(root)


def _rational_root(number: Fraction) -> Fraction | None:
    if number < 0:
        return None
    top, bottom = isqrt(number.numerator), isqrt(number.denominator)
    exact = top * top == number.numerator and bottom * bottom == number.denominator
    return Fraction(top, bottom) if exact else None


def step(field: FieldDomain, z: Any) -> Any:
    """step(−z) = 1 − step z, step relu z = step z; of a number, exp z and |z|, the truth."""
    return field.sign(field.signs.next(lambda: classify(field, z)))


def classify(field: FieldDomain, z: Any) -> Sign:
    """Which sign the step of z is."""
    known = known_sign(field, z)
    if known is not None:
        return known
    plain, flipped = field.unsigned(z)
    field.counted("step", field.degree_of(z))
    return field.signs.of_class(int(plain.value), flipped=flipped)


def known_sign(field: FieldDomain, z: Any) -> Sign | None:
    """The sign of a number, of ± a positive value or ± a rectified one; None of anything else."""
    value = int(z.value)
    if not value:
        return Sign(None, 0)
    number = rational(field, z)
    if number is not None:
        field.has_asked_number = True
        return Sign(None, int(number > 0))
    opposite = field.prime - value
    if value in field.positive:
        return Sign(None, 1)
    if opposite in field.positive or opposite in field.rectified:
        return Sign(None, 0)
    return field.rectified.get(value)


def relu(field: FieldDomain, z: Any) -> Any:
    """z step z, whose own sign is that of z."""
    sign = field.signs.next(lambda: classify(field, z))
    found = z * field.sign(sign)
    field.rectified[int(found.value)] = sign
    return found


def absolute(field: FieldDomain, z: Any) -> Any:
    """z (2 step z − 1), which is above 0."""
    found = z * (2 * step(field, z) - 1)
    field.positive.add(int(found.value))
    return found


def largest(field: FieldDomain, a: Any, b: Any) -> Any:
    """b + relu(a − b), so that max(z, 0) = max(0, z) = relu z."""
    if not a.value:
        a, b = b, a
    return b + field.value("relu", a - b)


def smallest(field: FieldDomain, a: Any, b: Any) -> Any:
    """−max(−a, −b)."""
    return -largest(field, -a, -b)


def rational(field: FieldDomain, z: Any) -> Fraction | None:
    """The number that an element without variables is, if it is of ordinary size."""
    if z.degree or field.degree_of(z):
        return None
    return small_fraction(int(z.value), field.prime)


def small_fraction(value: int, prime: int) -> Fraction | None:
    """a/b ≡ value with |a|, b below 2^31, by the Euclidean algorithm; None if there is none."""
    previous, current = prime, value
    coefficient, following = 0, 1
    while current >= LARGEST:
        quotient = previous // current
        previous, current = current, previous - quotient * current
        coefficient, following = following, coefficient - quotient * following
    if abs(following) >= LARGEST:
        return None
    return Fraction(current, following)


RULES: Mapping[str, Rule] = {
    "exp": exp,
    "log": log,
    "tanh": odd("tanh"),
    "arctan": odd("arctan"),
    "sigmoid": sigmoid,
    "sin": sin,
    "cos": cos,
    "sqrt": sqrt,
    "step": step,
    "relu": relu,
    "abs": absolute,
    "max": largest,
    "min": smallest,
}
