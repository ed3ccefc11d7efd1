"""A value: a two-dimensional array of a domain, and how it may behave beside others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal

import numpy as np

from .domains.domain import Array, Domain, filled, zeros
from .errors import ShapeMismatch

Flexible = Literal["", "number", "ones", "ones row", "identity"]
Role = Literal["", "covector", "tangent"]
Pair = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Value:
    """array, with what its shape alone does not say.

    flexible: a literal without a shape yet; the array holds its one coefficient.
    role: `covector` is the derivative of a scalar by a column, kept as a column, which may act as
        a row before what it does not fit as a column; `tangent` is the derivative of a column by
        a scalar.
    rows_of, columns_of: the row (column) index runs through the entries, row by row, of a matrix
        of that shape: ∂s/∂W is n × (n·n) with columns_of = (n, n).
    """

    array: Array
    flexible: Flexible = ""
    role: Role = ""
    rows_of: Pair | None = None
    columns_of: Pair | None = None

    @property
    def shape(self) -> Pair:
        return (self.array.shape[0], self.array.shape[1])

    @property
    def is_scalar(self) -> bool:
        return not self.flexible and self.shape == (1, 1)

    @property
    def is_column(self) -> bool:
        return not self.flexible and self.shape[1] == 1 and self.shape[0] > 1

    @property
    def is_row(self) -> bool:
        return not self.flexible and self.shape[0] == 1 and self.shape[1] > 1

    @property
    def is_plain_matrix(self) -> bool:
        return not self.flexible and min(self.shape) > 1

    @property
    def coefficient(self) -> Any:
        """The entry of a scalar, or the multiple that a flexible value is of its kind."""
        return self.array[0, 0]

    def with_array(self, array: Array) -> Value:
        """The same kind of value with other entries."""
        return Value(array, self.flexible, self.role, self.rows_of, self.columns_of)

    def plain(self) -> Value:
        """Without a role."""
        return replace(self, role="") if self.role else self

    def __str__(self) -> str:
        """The shape as a message names it: `3`, `1 x 3`, `3 x 2`, `3 x (3 x 3)`, `a number`."""
        if self.flexible:
            return {"number": "a number", "identity": "I"}.get(self.flexible, self.flexible)
        rows, columns = (str(size) for size in self.shape)
        if self.shape == (1, 1):
            return "scalar"
        if self.rows_of:
            rows = "({} x {})".format(*self.rows_of)
        if self.columns_of:
            columns = "({} x {})".format(*self.columns_of)
        return rows if columns == "1" else f"{rows} x {columns}"


def scalar(domain: Domain, element: Any) -> Value:
    """A 1 × 1 value."""
    return Value(filled(domain, (1, 1), element))


def literal(domain: Domain, element: Any) -> Value:
    """A number that takes the shape its place needs."""
    return Value(filled(domain, (1, 1), element), "number")


def flexible(domain: Domain, kind: Flexible) -> Value:
    """`ones`, `ones row` or `identity`, of a shape still open."""
    return Value(filled(domain, (1, 1), domain.number(Fraction(1))), kind)


def fits(value: Value, shape: Pair) -> bool:
    """Whether the value has that shape, or can take it."""
    match value.flexible:
        case "":
            return value.shape == shape
        case "number":
            return True
        case "identity":
            return shape[0] == shape[1]
        case "ones":
            return shape[1] == 1 or min(shape) > 1
        case "ones row":
            return shape[0] == 1


def resolve(domain: Domain, value: Value, shape: Pair, operation: str = "=") -> Value:
    """The value in that shape. Raises `ShapeMismatch` if it has another, or cannot take it."""
    if not fits(value, shape):
        raise ShapeMismatch(operation, str(value), describe(shape))
    if not value.flexible:
        return value
    if value.flexible == "identity":
        array = zeros(domain, shape)
        for i in range(shape[0]):
            array[i, i] = value.coefficient
        return Value(array)
    return Value(filled(domain, shape, value.coefficient))


def describe(shape: Pair) -> str:
    """A shape as a message names it."""
    return str(Value(np.broadcast_to(np.zeros(()), shape)))
