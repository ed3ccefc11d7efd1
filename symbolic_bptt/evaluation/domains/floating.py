"""NumPy floating point: float64, and complex128 for the complex step.

On complex numbers the kinked functions follow the real part, so that the imaginary part carries
a derivative through them. An undetermined function is a generic polynomial (`stand_in`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from random import Random
from typing import Any

import numpy as np

from ...notation.functions import FUNCTIONS
from .domain import Array, sixteenths
from .elementary import THROUGH_STEP, derivative
from .stand_in import evaluate as stand_in

NATIVE: dict[str, Callable[[Array], Array]] = {
    "tanh": np.tanh,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "sin": np.sin,
    "cos": np.cos,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "arctan": np.arctan,
    "sech": lambda z: 1 / np.cosh(z),
    "sigmoid": lambda z: (1 + np.tanh(z / 2)) / 2,
    "softplus": lambda z: np.log(1 + np.exp(-z)) + z,
    "step": lambda z: (z.real > 0).astype(z.dtype),
}


@dataclass(frozen=True)
class FloatingDomain:
    """IEEE floating point of one NumPy dtype. Overflow, 0/0, log 0 raise `FloatingPointError`."""

    name: str
    dtype: Any

    def number(self, value: Fraction) -> Any:
        return self.dtype(value.numerator) / self.dtype(value.denominator)

    def letter(self, name: str, value: int, *, index: bool) -> Any:
        return self.number(Fraction(value))

    def apply(self, function: str, orders: tuple[int, ...], *arguments: Array) -> Array:
        if function not in FUNCTIONS and function != "step":
            return np.asarray(stand_in(function, orders, self.number, *arguments))
        if any(orders):
            return np.asarray(derivative(self._value, function, orders, *arguments))
        return np.asarray(self._value(function, *arguments))

    def call(self, function: str, orders: tuple[int, ...], *arguments: Any) -> Any:
        return self.apply(function, orders, *arguments)

    def _value(self, function: str, *arguments: Any) -> Any:
        if function in THROUGH_STEP:
            return THROUGH_STEP[function](self._value, *arguments)
        return NATIVE[function](*(np.asarray(argument) for argument in arguments))

    def softmax(self, vector: Array) -> Array:
        """Shifted by its largest entry, so that no exponential overflows."""
        exponentials = np.exp(vector - vector.real.max())
        return np.asarray(exponentials / exponentials.sum())

    def draw(self, generator: Random) -> Any:
        return self.number(sixteenths(generator))

    def is_zero(self, element: Any) -> bool:
        return bool(element == 0)

    def total(self, terms: Sequence[Array]) -> Array:
        return reduce(np.add, terms)

    def scope(self) -> AbstractContextManager[object]:
        return np.errstate(divide="raise", invalid="raise", over="raise", under="ignore")


FLOAT64 = FloatingDomain("float64", np.float64)
COMPLEX128 = FloatingDomain("complex128", np.complex128)
