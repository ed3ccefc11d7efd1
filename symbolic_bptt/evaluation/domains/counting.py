"""Expression sizes as a domain: evaluating in it tells how large a formula would be, unbuilt.

An element is the number of operations in an expression written out in full.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from random import Random
from typing import Any

import numpy as np

from .domain import Array, entrywise


@dataclass(frozen=True)
class OperationCount:
    """How many operations an expression has; every operator adds its own."""

    operations: int = 0

    def _joined(self, other: Any) -> OperationCount:
        more = other.operations if isinstance(other, OperationCount) else 0
        return OperationCount(self.operations + more + 1)

    __add__ = __radd__ = __sub__ = __rsub__ = _joined
    __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _joined

    def __pow__(self, exponent: int) -> OperationCount:
        return OperationCount(self.operations + 1)

    def __neg__(self) -> OperationCount:
        return self


@dataclass(frozen=True)
class CountingDomain:
    """Sizes of expressions; no zeros are recognised, so it is an upper estimate."""

    name: str = "operation count"
    dtype: Any = object

    def number(self, value: Fraction) -> Any:
        return OperationCount()

    def apply(self, function: str, orders: tuple[int, ...], *arguments: Array) -> Array:
        return entrywise(lambda *entries: self.call(function, orders, *entries), *arguments)

    def call(self, function: str, orders: tuple[int, ...], *arguments: Any) -> Any:
        return OperationCount(1 + sum(argument.operations for argument in arguments))

    def draw(self, generator: Random) -> Any:
        return OperationCount()

    def is_zero(self, element: Any) -> bool:
        return False

    def total(self, terms: Sequence[Array]) -> Array:
        return reduce(np.add, terms)

    def scope(self) -> AbstractContextManager[object]:
        return nullcontext()
