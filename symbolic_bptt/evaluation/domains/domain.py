"""What a domain is: its numbers, its elementary functions, and how a generic one is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from fractions import Fraction
from random import Random
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ..errors import Undecidable

Array = NDArray[Any]
"""Values of any domain: floating-point entries, or objects with + - * / and integer powers."""


class Domain(Protocol):
    """Numbers with native operators, held in arrays, and the elementary functions on them."""

    @property
    def name(self) -> str: ...

    @property
    def dtype(self) -> Any:
        """The dtype of its arrays."""

    def number(self, value: Fraction) -> Any:
        """The element that a rational number is. Raises `UndefinedValue` if it has none."""

    def letter(self, name: str, value: int, *, index: bool) -> Any:
        """T or a size as a number, or with `index` the value of a step or index."""

    def apply(self, function: str, orders: tuple[int, ...], *arguments: Array) -> Array:
        """Entry by entry, the derivative of the given orders of a function, one order an argument.

        `function` is an elementwise key of `FUNCTIONS`, `step` (1 where the argument is positive,
        else 0), or the name of an undetermined function. The arguments have one shape.
        """

    def call(self, function: str, orders: tuple[int, ...], *arguments: Any) -> Any:
        """The same of single elements."""

    def softmax(self, vector: Array) -> Array:
        """e^{z_i} / Σ_j e^{z_j} for the entries of a vector."""

    def draw(self, generator: Random) -> Any:
        """A generic element. Numeric domains draw the same short decimals from one generator."""

    def is_zero(self, element: Any) -> bool:
        """Whether the element is known to be 0 (as a pivot must not be)."""

    def total(self, terms: Sequence[Array]) -> Array:
        """The sum of at least one array."""

    def scope(self) -> AbstractContextManager[object]:
        """The context of its arithmetic: precision, floating-point errors."""


def entrywise(function: Callable[..., Any], *arguments: Array) -> Array:
    """An object array of function(entries), for arrays of one shape."""
    result = np.empty(arguments[0].shape, dtype=object)
    flat = [argument.ravel() for argument in arguments]
    result.ravel()[:] = [function(*entries) for entries in zip(*flat, strict=True)]
    return result


def softmax_by_exp(domain: Domain, vector: Array) -> Array:
    """e^{z_i} / Σ_j e^{z_j}, as it is written."""
    exponentials = domain.apply("exp", (0,), vector)
    whole = domain.total([entry.reshape(1, 1) for entry in exponentials.reshape(-1, 1)])
    result: Array = exponentials / whole[0, 0]
    return result


def filled(domain: Domain, shape: tuple[int, ...], element: Any) -> Array:
    """An array of one element repeated."""
    result = np.empty(shape, dtype=domain.dtype)
    result.fill(element)
    return result


def zeros(domain: Domain, shape: tuple[int, ...]) -> Array:
    """An array of zeros of the domain."""
    return filled(domain, shape, domain.number(Fraction(0)))


def vanishes(domain: Domain, element: Any) -> bool:
    """Whether the element is 0. Raises `Undecidable` for one that may be 0 and may not."""
    if not domain.is_zero(element) and not element != 0:
        raise Undecidable("whether a quantity is 0")
    return domain.is_zero(element)


def sixteenths(generator: Random) -> Fraction:
    """A non-zero multiple of 1/16 of order one: exact in binary, short in decimal, never ± 1."""
    while True:
        value = Fraction(generator.randint(-21, 21), 16)
        if value.denominator != 1:
            return value
