"""Readings: the small, finite set of meanings that one way of writing may have (section 5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Reading:
    """How the ambiguous forms are taken; the default of every field is the strict reading.

    partial: a plain ∂ of one step's variable with respect to a parameter.
    layout: [i,j] = ∂a_i/∂b_j (numerator) or ∂a_j/∂b_i (denominator).
    vectors: two vectors of one shape side by side; None decides by the other side's shape.
    product_order: whether a matrix Π writes its factors with the index ascending or descending.
    diagonal: a vector beside a matrix that does not fit stands for diag(vector).
    row_gradients: the derivative of a scalar with respect to a column is a row.
    matrix_norm: ‖A‖ of a matrix is the root of the sum of its squares, or its largest stretch.
    """

    partial: Literal["total", "immediate"] = "total"
    layout: Literal["numerator", "denominator"] = "numerator"
    vectors: Literal["elementwise", "inner"] | None = None
    product_order: Literal["ascending", "descending"] = "ascending"
    diagonal: bool = False
    row_gradients: bool = False
    matrix_norm: Literal["Frobenius", "spectral"] = "Frobenius"


STRICT = Reading()
