"""A prime field in which every value carries its degree: equality with a proven chance of error.

Setting. A formula at given steps and sizes is a straight-line program over variables X, rational
constants, + − × ÷ and functions. Let K be the field of rational functions over ℚ in X and one fresh
variable for each pair (f, value of its argument in K); f, f′, f″ are different letters.

Theorem (after J. T. Schwartz, Journal of the ACM 27, 1980). If L = R in K, then L = R at every real
point where both are defined. If L ≠ R in K, then at uniformly random X, with random oracles for the
functions, modulo a random prime p of b bits,

    P(equal) ≤ (Σ_f 2 (N_f − 1) Σ_a cl(a) + Σ_k c_k + max(cl L + cl R)) / (p − 1) + h / 2^(b − 3).

N_f arguments a of f were asked for, and are compared with each other up to sign (or inverse); cl
bounds the degree of a value, c_k that of divisor k, h the bits of integers that p must not divide.
*Proof.* Give each class (f, a) an independent uniform value. Two arguments that differ in K
coincide with chance at most (cl a + cl a′)/(p − 1), as variables are drawn from p − 1 values, 0 not
being one of them. If none do, these values are a random oracle, and the run evaluates a non-zero
rational function at a uniform point. A non-zero integer of h bits has at most h/(b − 1) prime
divisors of b bits, and there are more than 2^b/(2b) such primes. ∎

Degrees. A value is a polynomial of degree at most d in X, atoms and inverses r_k = 1/q_k, of degree
at most m in each r_k of a set S: cl = d + m Σ_{k∈S} c_k (multiply by q_k^m, from the last divisor
to the first). Degrees restart at atoms and at divisors. Heights run along in the same way.

What it does not see. Where two values differ here, an identity may be hidden by the atoms. Seen are
parities, exp log z = log exp z = z, derivatives as polynomials in the function itself, and signs
(step, |·|, relu, max) as free variables with step(−a) = 1 − step(a); more is for `normal_form`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from fractions import Fraction
from functools import cache, reduce
from hashlib import shake_128
from random import Random
from typing import Any

import flint
import numpy as np

from ...notation.functions import FUNCTIONS, is_kinked
from ..errors import UndefinedValue
from .atoms import RULES, Rule
from .domain import Array, entrywise, softmax_by_exp
from .element import Element
from .elementary import THROUGH_EXP, THROUGH_STEP, derivative
from .signs import Sign, Signs

PRIME_BITS = 128
"""The size of a prime where no degree asks for a larger one."""


class FieldDomain:
    """GF(p), with the functions as random oracles of one seed.

    The oracle of a function hangs on the seed and the value of its argument alone: two runs over
    one prime and one seed agree, whatever they ask first. With `free_letters`, T, the sizes and
    the steps are variables where they are used as numbers; `signs` says which signs are set.
    `has_asked_number` turns true once the sign, or the root, of a number other than 0 is asked.
    """

    name = "field"
    dtype: Any = object
    elements: type[Element] = Element
    rules: Mapping[str, Rule] = RULES

    def __init__(
        self,
        seed: int | str = 0,
        prime: int | None = None,
        *,
        free_letters: bool = False,
        signs: Signs | None = None,
    ) -> None:
        self.seed = seed
        self.prime = prime_of(seed) if prime is None else prime
        self.free_letters = free_letters
        self.signs = Signs() if signs is None else signs
        self._hashed = shake_128(f"{self.seed}|".encode())
        self.gf = flint.fmpz_mod_ctx(self.prime)
        self.zero: Any = self.elements(self, self.gf(0))
        self._numbers: dict[Any, Any] = {0: self.zero}
        self._inverses: dict[int, Any] = {}
        self._costs: list[tuple[int, int]] = []
        self._sums: dict[int, tuple[int, int]] = {0: (0, 0)}
        self._asked: dict[str, tuple[int, int]] = {}
        self._known: dict[Any, Any] = {}
        self.exponentials: dict[int, Any] = {}
        self.logarithms: dict[int, Any] = {}
        self.positive: set[int] = set()
        self.rectified: dict[int, Sign] = {}
        self.has_asked_number = False

    def number(self, value: Fraction) -> Any:
        known = self._numbers.get(value)
        if known is None:
            top, bottom = value.numerator, value.denominator
            known = self.elements(self, self.gf(top), height=top.bit_length())
            if bottom != 1:
                below = self.elements(self, self.gf(bottom), height=bottom.bit_length())
                known = known * self.inverse(below)
            self._numbers[value] = known
        return known

    def element(self, value: Any) -> Any:
        """An element as it is, a Python number as an element."""
        if isinstance(value, Element):
            return value
        known = self._numbers.get(value)
        return self.number(Fraction(value)) if known is None else known

    def inverse(self, divisor: Any) -> Any:
        """1/divisor, one variable for each value of a divisor. Raises `ZeroDivisionError`."""
        key = int(divisor.value)
        known = self._inverses.get(key)
        if known is None:
            if not key:
                raise ZeroDivisionError("division by zero")
            bit = 1 << len(self._costs)
            self._costs.append((self.degree_of(divisor), self.height_of(divisor)))
            known = self.elements(self, 1 / divisor.value, power=1, divisors=bit)
            self._inverses[key] = known
        return known

    def degree_of(self, element: Any) -> int:
        """cl: the degree of the value once all divisors are multiplied out."""
        degree: int = element.degree
        if element.divisors:
            degree += element.power * self._total(element.divisors)[0]
        return degree

    def height_of(self, element: Any) -> int:
        """The bits of its coefficients, likewise."""
        height: int = element.height
        if element.divisors:
            height += element.power * self._total(element.divisors)[1]
        return height

    def _total(self, divisors: int) -> tuple[int, int]:
        """Σ_{k∈S} of degrees and of heights, S as a bit set."""
        known = self._sums.get(divisors)
        if known is None:
            degree = height = 0
            rest = divisors
            while rest:
                lowest = rest & -rest
                d, h = self._costs[lowest.bit_length() - 1]
                degree, height, rest = degree + d, height + h, rest ^ lowest
            known = self._sums[divisors] = degree, height
        return known

    def error_chances(self, differences: Iterable[Any]) -> tuple[Fraction, Fraction]:
        """Chances, at most, that a difference is 0 here and not in K: of the point, of the prime.

        The second is that of a prime drawn at random; 1 or more says nothing.
        """
        compared = list(differences)
        degree = sum(2 * (count - 1) * total for count, total in self._asked.values())
        degree += sum(cost for cost, _ in self._costs)
        degree += max((self.degree_of(one) for one in compared), default=0)
        height = sum(bits for _, bits in self._costs)
        height += max((self.height_of(one) for one in compared), default=0)
        primes = 1 << (self.prime.bit_length() - 3)
        return Fraction(degree, self.prime - 1), Fraction(height, primes)

    def error_bound_log2(self, differences: Iterable[Any]) -> int:
        """log₂ of the chance that a difference is 0 here and not in K; ≥ 0 if nothing is known."""
        chances = self.error_chances(differences)
        return 1 + max(map(_log2_above, filter(None, chances)), default=-self.prime.bit_length())

    def letter(self, name: str, value: int, *, index: bool) -> Any:
        """The number; where letters are free a variable, one for each step or index.

        What holds for a variable holds for every number.
        """
        if not self.free_letters:
            return self.number(Fraction(value))
        return self.atom(("letter", value if index else name))

    def apply(self, function: str, orders: tuple[int, ...], *arguments: Array) -> Array:
        return entrywise(lambda *entries: self.call(function, orders, *entries), *arguments)

    def call(self, function: str, orders: tuple[int, ...], *arguments: Any) -> Any:
        """The value at elements; remembered, but for signs, which are told by their order."""
        elements = tuple(self.element(argument) for argument in arguments)
        if function == "step" or is_kinked(function):
            return self._fresh(function, orders, elements)
        key = (function, orders, *(int(element.value) for element in elements))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._fresh(function, orders, elements)
        return known

    def _fresh(self, function: str, orders: tuple[int, ...], arguments: tuple[Any, ...]) -> Any:
        if function not in FUNCTIONS and function != "step":
            return self.oracle(f"{function}{orders}", *arguments)
        try:
            if any(orders):
                return derivative(self.value, function, orders, *arguments)
            return self.value(function, *arguments)
        except ZeroDivisionError:
            raise UndefinedValue(f"{function} divides by zero here") from None

    def value(self, function: str, *arguments: Any) -> Any:
        """A function of the language at elements: by a rule of its own, or through another."""
        rule = self.rules.get(function)
        if rule is not None:
            return rule(self, *arguments)
        if function in THROUGH_STEP:
            return THROUGH_STEP[function](self.value, *arguments)
        return THROUGH_EXP[function](self.value, *arguments)

    def oracle(self, function: str, *arguments: Any) -> Any:
        """A fresh variable for each function and arguments."""
        key = (function, *(int(argument.value) for argument in arguments))
        known = self._known.get(key)
        if known is None:
            self.counted(function, sum(self.degree_of(argument) for argument in arguments))
            known = self._known[key] = self.atom(key)
        return known

    def counted(self, function: str, degree: int) -> None:
        """One more argument of a function, which must not coincide with another by chance."""
        count, total = self._asked.get(function, (0, 0))
        self._asked[function] = (count + 1, total + degree)

    def atom(self, key: Any) -> Any:
        """The variable that hangs on the seed and the key alone."""
        size = self.prime.bit_length() // 8 + 17
        state = self._hashed.copy()
        state.update(str(key).encode())
        digest = state.digest(size)
        return self.elements(self, self.gf(int.from_bytes(digest, "big") % self.prime), degree=1)

    def sign(self, sign: Sign) -> Any:
        """The value of a sign: 0, 1, or the variable of its class."""
        if sign.number is None:
            return self.element(sign.value)
        setting = self.signs.settings.get(sign.number)
        if setting is not None:
            return self.element(1 - setting if sign.flipped else setting)
        found = self.atom(("sign", sign.number, sign.number in self.signs.redrawn))
        return 1 - found if sign.flipped else found

    def unsigned(self, z: Any) -> tuple[Any, bool]:
        """z or −z, whichever stands for both, and whether it is −z."""
        value = int(z.value)
        return (-z, True) if 2 * value > self.prime else (z, False)

    def softmax(self, vector: Array) -> Array:
        return softmax_by_exp(self, vector)

    def draw(self, generator: Random) -> Any:
        return self.elements(self, self.gf(generator.randrange(1, self.prime)), degree=1)

    def is_zero(self, element: Any) -> bool:
        return bool(element.value == 0)

    def total(self, terms: Sequence[Array]) -> Array:
        return reduce(np.add, terms)

    def scope(self) -> AbstractContextManager[object]:
        return nullcontext()


def _log2_above(chance: Fraction) -> int:
    return chance.numerator.bit_length() - chance.denominator.bit_length() + 1


@cache
def prime_of(seed: int | str, bits: int = PRIME_BITS) -> int:
    """A random prime of so many bits, drawn from the seed."""
    size = (bits + 7) // 8
    attempt = 0
    while True:
        digest = shake_128(f"{seed}|prime|{bits}|{attempt}".encode()).digest(size)
        candidate = int.from_bytes(digest, "big") >> (8 * size - bits)
        candidate |= (1 << (bits - 1)) | 1
        if flint.fmpz(candidate).is_probable_prime():
            return candidate
        attempt += 1
