"""The field GF(p²), p drawn at random, with every function value a free variable: an atom.

Between atoms no relation holds but that a root squared is its argument. So two formulas that are
equal here are equal as rational functions of variables, atoms and roots, but for a chance of about
their degree over p; then they are equal at every real point at which both are defined, whatever
signs are there. True identities between functions are not seen. Where the argument of a root is a
square of the formula itself, √(x²), its sign is one random bit: look at several points.

Variables and atoms lie in GF(p), whose elements all have roots in GF(p²). They and the prime come
from the operating system's randomness: no formula can be aimed at them.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache, reduce
from random import Random
from typing import Any

import flint
import numpy as np

from ...notation.functions import FUNCTIONS
from ..errors import UndefinedValue
from .domain import Array, entrywise, softmax_by_exp
from .elementary import derivative

BITS = 127


@cache
def random_field() -> Any:
    """GF(p²) for a prime p of `BITS` bits, one for the whole run."""
    while True:
        candidate = secrets.randbits(BITS) | 1 << (BITS - 1) | 1
        if flint.fmpz(candidate).is_prime():
            return flint.fq_default_ctx(candidate, 2)


@dataclass(frozen=True)
class OpaqueDomain:
    """Elements of the field, and the atoms met so far; no others if it is `sealed`."""

    residues: Any = field(default_factory=random_field)
    atoms: dict[tuple[Any, ...], Any] = field(default_factory=dict)
    free_letters: frozenset[str] = frozenset()
    is_sealed: bool = False
    name: str = "atoms"
    dtype: Any = object

    def sealed(self) -> OpaqueDomain:
        """The same in which a value that was not asked for yet is undefined."""
        return replace(self, is_sealed=True)

    def number(self, value: Fraction) -> Any:
        return self.residues(value.numerator) / self.residues(value.denominator)

    def letter(self, name: str, value: int, *, index: bool) -> Any:
        """The number, or a variable for a letter that is free: for an index one for each value."""
        if name not in self.free_letters:
            return self.number(Fraction(value))
        return self._atom("letter", value if index else name)

    def apply(self, function: str, orders: tuple[int, ...], *arguments: Array) -> Array:
        return entrywise(lambda *entries: self.call(function, orders, *entries), *arguments)

    def call(self, function: str, orders: tuple[int, ...], *arguments: Any) -> Any:
        if any(orders) and (function in FUNCTIONS or function == "step"):
            return derivative(self._atom, function, orders, *arguments)
        return self._atom(f"{function}{orders}" if any(orders) else function, *arguments)

    def _atom(self, name: str, *arguments: Any) -> Any:
        key = (name, *arguments)
        if key not in self.atoms:
            if self.is_sealed:
                raise UndefinedValue(f"a value of {name} that was not asked for before")
            root = name == "sqrt"
            self.atoms[key] = self._root(arguments[0]) if root else self.draw(Random())
        return self.atoms[key]

    def _root(self, z: Any) -> Any:
        if not z.is_square():
            raise UndefinedValue("the root of no square")
        return z.sqrt()

    def softmax(self, vector: Array) -> Array:
        return softmax_by_exp(self, vector)

    def draw(self, generator: Random) -> Any:
        """A random element of GF(p); the generator is not asked."""
        return self.residues(secrets.randbelow(int(self.residues.characteristic())))

    def is_zero(self, element: Any) -> bool:
        return bool(element == 0)

    def total(self, terms: Sequence[Array]) -> Array:
        return reduce(np.add, terms)

    def scope(self) -> AbstractContextManager[object]:
        return nullcontext()
