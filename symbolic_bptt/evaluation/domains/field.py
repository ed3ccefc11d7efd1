"""The prime field GF(p), p = 2^127 − 1, with elementary functions as random atoms.

Each atom is a random element fixed by the seed, the function and its argument. Two expressions
that are one rational function of the atoms always agree here; two that are not agree at a random
point with probability at most degree/p. What a sign decides (step, relu, abs, max) hangs on one
random bit an argument, so a wrong claim about signs passes one seed in two: use several.

Built in, so that it is seen exactly: exp(0) = 1, exp(−z) = 1/exp z, exp(2z) = (exp z)² and
log(exp z) = z, exp(log z) = z; log(1/z) = −log z; tanh, σ, sinh, cosh, sech as rational functions
of exp, hence their parities, derivatives, 1 − tanh² = sech², 2σ(2z) − 1 = tanh z; sin² + cos² = 1;
√z² = z and √(ab) = √a √b for the half of all elements that have a root, √ of a rational square.
Not seen (such claims look false here and are settled in ball arithmetic): exp(a + b) = exp a exp b
and so a softmax shifted by its maximum, log(ab), addition theorems, positivity.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from hashlib import blake2b
from math import isqrt
from random import Random
from typing import Any

import flint
import numpy as np

from ...notation.functions import FUNCTIONS
from ..errors import UndefinedValue
from .domain import Array, entrywise, softmax_by_exp
from .elementary import THROUGH_EXP, THROUGH_STEP, derivative

PRIME = 2**127 - 1
_GF = flint.fmpz_mod_ctx(PRIME)
_SMALL = 2**31
"""A fraction with numerator and denominator below this is taken for the number it is."""


@dataclass(frozen=True)
class FieldDomain:
    """GF(2^127 − 1) with the atoms of one seed, the same if they are asked in the same order."""

    seed: int = 0
    _exp: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)
    _log: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)
    _known: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def name(self) -> str:
        return "field"

    @property
    def dtype(self) -> Any:
        return object

    def number(self, value: Fraction) -> Any:
        if value.denominator == 1:
            return _GF(value.numerator)
        if value.denominator % PRIME == 0:
            raise UndefinedValue(f"{value} has no value modulo p")
        return _GF(value.numerator) / _GF(value.denominator)

    def apply(self, function: str, orders: tuple[int, ...], *arguments: Array) -> Array:
        return entrywise(lambda *entries: self.call(function, orders, *entries), *arguments)

    def call(self, function: str, orders: tuple[int, ...], *arguments: Any) -> Any:
        """The value at field elements; remembered, since arguments recur throughout a model."""
        key = (function, orders, arguments)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._fresh(function, orders, arguments)
        return known

    def _fresh(self, function: str, orders: tuple[int, ...], arguments: tuple[Any, ...]) -> Any:
        if function not in FUNCTIONS and function != "step":
            return self._oracle(f"{function}{orders}", *arguments)
        try:
            if any(orders):
                return derivative(self._value, function, orders, *arguments)
            return self._value(function, *arguments)
        except ZeroDivisionError:
            raise UndefinedValue(f"{function} divides by zero here") from None

    def _value(self, function: str, *arguments: Any) -> Any:
        match function:
            case "exp":
                return self.exp(arguments[0])
            case "log":
                return self.log(arguments[0])
            case "sqrt":
                return self._sqrt(arguments[0])
            case "step":
                return _GF(int(self._positive(arguments[0])))
            case "arctan":
                return self._odd("arctan", arguments[0])
            case "sin":
                u = self._odd("tan of half", arguments[0])
                return 2 * u / (1 + u * u)
            case "cos":
                u = self._odd("tan of half", arguments[0])
                return (1 - u * u) / (1 + u * u)
        if function in THROUGH_STEP:
            return THROUGH_STEP[function](self._value, *arguments)
        return THROUGH_EXP[function](self._value, *arguments)

    def exp(self, z: Any) -> Any:
        """A random square, tied to the exponentials of −z, 2z, z/2 that were asked for before."""
        if z == 0:
            return _GF(1)
        known = self._exp.get(z)
        if known is not None:
            return known
        value = self._exp_from_relatives(z)
        if value is None:
            value = self._oracle("exp", z) ** 2
        self._exp[z] = value
        self._log.setdefault(value, z)
        return value

    def _exp_from_relatives(self, z: Any) -> Any:
        if (opposite := self._exp.get(-z)) is not None:
            return 1 / opposite
        half, double = z / 2, 2 * z
        for sign in (1, -1):
            if (known := self._exp.get(sign * half)) is not None:
                return known ** (2 * sign)
            known = self._exp.get(sign * double)
            if known is not None and (root := _square_root(known)) is not None:
                return root**sign
        return None

    def log(self, z: Any) -> Any:
        """A random element, the inverse of exp where either was asked for, odd under z → 1/z."""
        if z == 0:
            raise UndefinedValue("log 0")
        if z == 1:
            return _GF(0)
        known = self._log.get(z)
        if known is None and (inverse := self._log.get(1 / z)) is not None:
            known = -inverse
        if known is None:
            known = self._oracle("log", z)
        self._log[z] = known
        self._exp.setdefault(known, z)
        return known

    def _sqrt(self, z: Any) -> Any:
        """The root that is itself a square, so that roots multiply; an atom if there is none."""
        small = small_fraction(z)
        if small is not None and small >= 0:
            top, bottom = isqrt(small.numerator), isqrt(small.denominator)
            if top * top == small.numerator and bottom * bottom == small.denominator:
                return self.number(Fraction(top, bottom))
        root = _square_root(z)
        return self._oracle("sqrt", z) if root is None else root

    def _odd(self, name: str, z: Any) -> Any:
        if z == 0:
            return _GF(0)
        flipped = -z
        if int(flipped) < int(z):
            return -self._oracle(name, flipped)
        return self._oracle(name, z)

    def _positive(self, z: Any) -> bool:
        """One random bit for z and −z together; the truth for a small rational number."""
        if z == 0:
            return False
        small = small_fraction(z)
        if small is not None:
            return small > 0
        flipped = int(-z) < int(z)
        bit = bool(int(self._oracle("sign", -z if flipped else z)) & 1)
        return bit != flipped

    def _oracle(self, name: str, *arguments: Any) -> Any:
        text = f"{self.seed}|{name}|" + "|".join(str(int(argument)) for argument in arguments)
        digest = blake2b(text.encode(), digest_size=32).digest()
        return _GF(int.from_bytes(digest, "big") % PRIME)

    def softmax(self, vector: Array) -> Array:
        return softmax_by_exp(self, vector)

    def draw(self, generator: Random) -> Any:
        return _GF(generator.randrange(1, PRIME))

    def is_zero(self, element: Any) -> bool:
        return bool(element == 0)

    def total(self, terms: Sequence[Array]) -> Array:
        return reduce(np.add, terms)

    def scope(self) -> AbstractContextManager[object]:
        return nullcontext()


def _square_root(z: Any) -> Any | None:
    """The root of z that is itself a square (p ≡ 3 mod 4: there is just one), or None."""
    root = z ** ((PRIME + 1) // 4)
    return root if root * root == z else None


def small_fraction(z: Any) -> Fraction | None:
    """a/b ≡ z with |a|, b below 2^31, by the Euclidean algorithm; None for nearly every element."""
    previous, current = PRIME, int(z)
    coefficient, following = 0, 1
    while current >= _SMALL:
        quotient = previous // current
        previous, current = current, previous - quotient * current
        coefficient, following = following, coefficient - quotient * following
    if abs(following) >= _SMALL:
        return None
    return Fraction(current, following)
