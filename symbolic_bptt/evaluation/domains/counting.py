"""Expression sizes as a domain: evaluating in it tells how large a formula would be, unbuilt."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from random import Random
from typing import Any

import numpy as np

from .domain import Array, entrywise, softmax_by_exp


@dataclass(frozen=True)
class OperationCount:
    """How many operations an expression has, and its plain derivative by the variable of interest.

    `slope` is None where the expression does not depend on that variable.
    """

    operations: int = 0
    slope: int | None = None

    def _sum(self, other: Any) -> OperationCount:
        more = _count(other)
        slope = _joined(self.slope, more.slope)
        return OperationCount(self.operations + more.operations + 1, slope)

    def _product(self, other: Any) -> OperationCount:
        more = _count(other)
        left = None if self.slope is None else self.slope + more.operations + 1
        right = None if more.slope is None else more.slope + self.operations + 1
        return OperationCount(self.operations + more.operations + 1, _joined(left, right))

    __add__ = __radd__ = __sub__ = __rsub__ = _sum
    __mul__ = __rmul__ = _product

    def __pow__(self, exponent: int) -> OperationCount:
        return _applied(self)

    def __truediv__(self, other: Any) -> OperationCount:
        return self * _applied(_count(other))

    def __rtruediv__(self, other: Any) -> OperationCount:
        return _count(other) * _applied(self)

    def __neg__(self) -> OperationCount:
        return self


def _count(value: Any) -> OperationCount:
    return value if isinstance(value, OperationCount) else OperationCount()


def _joined(left: int | None, right: int | None) -> int | None:
    if left is None or right is None:
        return right if left is None else left
    return left + right + 1


def _applied(*arguments: OperationCount) -> OperationCount:
    """A function of these arguments: its derivative is a sum of f′(…) times inner derivatives."""
    operations = 1 + sum(argument.operations for argument in arguments)
    slope: int | None = None
    for argument in arguments:
        if argument.slope is not None:
            slope = _joined(slope, operations + argument.slope + 1)
    return OperationCount(operations, slope)


@dataclass(frozen=True)
class CountingDomain:
    """Sizes of expressions; no zeros are recognised, so it is an upper estimate."""

    name: str = "operation count"
    dtype: Any = object

    def number(self, value: Fraction) -> Any:
        return OperationCount()

    def letter(self, name: str, value: int, *, index: bool) -> Any:
        return self.number(Fraction(value))

    def apply(self, function: str, orders: tuple[int, ...], *arguments: Array) -> Array:
        return entrywise(lambda *entries: self.call(function, orders, *entries), *arguments)

    def call(self, function: str, orders: tuple[int, ...], *arguments: Any) -> Any:
        return _applied(*arguments)

    def softmax(self, vector: Array) -> Array:
        return softmax_by_exp(self, vector)

    def draw(self, generator: Random) -> Any:
        return OperationCount()

    def is_zero(self, element: Any) -> bool:
        return False

    def total(self, terms: Sequence[Array]) -> Array:
        return reduce(np.add, terms)

    def scope(self) -> AbstractContextManager[object]:
        return nullcontext()
