"""Entries, slices, blocks, and the functions of a whole vector or matrix."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

import numpy as np

from .algebra import determinant
from .domains.domain import Array, Domain, filled, zeros
from .errors import OutOfRange, ShapeMismatch, Unsupported
from .products import diagonal
from .value import Pair, Value, resolve, scalar


def entry(domain: Domain, value: Value, indices: Sequence[int]) -> Value:
    """(value)_{i} of a vector, (value)_{ij} of a matrix, counted from 1.

    Of ∂s/∂W the indices are those of s, then those of W.
    """
    if value.flexible:
        one = value.flexible != "identity" or len(set(indices)) == 1
        return scalar(domain, value.coefficient if one else domain.number(Fraction(0)))
    axes = _axes(value)
    if len(axes) != len(indices):
        what = "a vector has one" if len(axes) == 1 else f"there should be {len(axes)}"
        raise ShapeMismatch("entry", str(value), f"{len(indices)} indices ({what})")
    for index, size in zip(indices, axes, strict=True):
        if not 1 <= index <= size:
            raise OutOfRange("entry", index)
    flat = np.ravel_multi_index([index - 1 for index in indices], axes)
    return scalar(domain, value.array.ravel()[flat])


def _axes(value: Value) -> tuple[int, ...]:
    rows = value.rows_of or (value.shape[0],)
    columns = value.columns_of or (value.shape[1],)
    axes = tuple(size for size in (*rows, *columns) if size != 1)
    return axes or (1,)


def entry_count(value: Value, position: int) -> int | None:
    """How far the index at that position runs, if the value has it."""
    axes = _axes(value)
    return axes[position] if not value.flexible and position < len(axes) else None


def part(value: Value, ranges: Sequence[tuple[int | None, int | None]]) -> Value:
    """value[a:b, c:d], half-open and counted from 0 as in NumPy; a vector takes one range."""
    if value.flexible or value.rows_of or value.columns_of:
        raise ShapeMismatch("slice", str(value), "a vector or matrix")
    bounds = list(ranges)
    if len(bounds) == 1:
        bounds = [(0, 1), bounds[0]] if value.is_row else [bounds[0], (None, None)]
    for (low, high), size in zip(bounds, value.shape, strict=True):
        for bound in (low, high):
            if bound is not None and not -size <= bound <= size:
                raise OutOfRange("slice", bound)
    (a, b), (c, d) = bounds
    array = value.array[a:b, c:d]
    if array.size == 0:
        raise ShapeMismatch("slice", str(value), "an empty range")
    return Value(array)


def concat(domain: Domain, parts: Sequence[Value], separator: Literal[";", ","]) -> Value:
    """[a; b] one under the other; [a, b] stacks columns, sets rows and matrices side by side."""
    if len(parts) == 1:
        return parts[0]
    shaped_parts = [p if not p.flexible else resolve(domain, p, (1, 1)) for p in parts]
    columns = all(p.shape[1] == 1 for p in shaped_parts)
    beside = separator == "," and not columns
    axis, across = (1, 0) if beside else (0, 1)
    first = shaped_parts[0]
    for other in shaped_parts[1:]:
        if other.shape[across] != first.shape[across]:
            raise ShapeMismatch("concatenation", str(first), str(other))
    return Value(np.concatenate([p.array for p in shaped_parts], axis=axis))


def blocks(domain: Domain, rows: Sequence[Sequence[Value]]) -> Value:
    """A matrix of blocks; 0, 1 and I take the size of their row and column of blocks."""
    widths = {len(row) for row in rows}
    if len(widths) != 1:
        raise ShapeMismatch("matrix", "rows of different lengths", str(sorted(widths)))
    columns = list(zip(*rows, strict=True))
    heights = [_extent(row, 0) for row in rows]
    lengths = [_extent(column, 1) for column in columns]
    lines = [
        np.concatenate(
            [
                resolve(domain, block, (height, length), "matrix").array
                for block, length in zip(row, lengths, strict=True)
            ],
            axis=1,
        )
        for row, height in zip(rows, heights, strict=True)
    ]
    return Value(np.concatenate(lines, axis=0))


def _extent(parts: Sequence[Value], axis: int) -> int:
    return next((p.shape[axis] for p in parts if not p.flexible), 1)


def trace(domain: Domain, value: Value) -> Value:
    """tr A = Σ_i A_ii."""
    if value.flexible or value.shape[0] != value.shape[1]:
        raise ShapeMismatch("tr", str(value), "a square matrix")
    return Value(_sum(domain, [value.array[i, i] for i in range(value.shape[0])]))


def _sum(domain: Domain, elements: Sequence[object]) -> Array:
    return domain.total([filled(domain, (1, 1), element) for element in elements])


def softmax(domain: Domain, value: Value) -> Value:
    """e^{z_i} / Σ_j e^{z_j} of a column or row; of a scalar it is 1."""
    if value.flexible or value.is_plain_matrix:
        raise ShapeMismatch("softmax", str(value), "a vector")
    return Value(domain.softmax(value.array))


def norm(domain: Domain, value: Value) -> Value:
    """‖v‖ = (Σ v_i²)^{1/2}, the Frobenius norm of a matrix."""
    if value.flexible:
        raise ShapeMismatch("norm", str(value), "a vector or matrix")
    squares = _sum(domain, [element * element for element in value.array.flat])
    return Value(domain.apply("sqrt", (0,), squares))


def spectral_norm(domain: Domain, value: Value) -> Value:
    """max ‖A v‖ / ‖v‖, from float64 singular values with a radius far above their error; ‖v‖.

    Only for numbers, and for bounds on them: raises `Unsupported` in other domains.
    """
    from .domains.ball import BallDomain
    from .domains.enclosing import IntervalDomain

    if not value.is_plain_matrix:
        return norm(domain, value)
    if isinstance(domain, IntervalDomain):
        return scalar(domain, domain.spectral_norm(value.array))
    if not isinstance(domain, BallDomain):
        raise Unsupported("the spectral norm of a matrix that is not of numbers")
    if all(domain.is_zero(entry) for entry in value.array.flat):
        return scalar(domain, domain.number(Fraction(0)))
    matrix = np.array([[float(entry.mid()) for entry in row] for row in value.array])
    largest = float(np.linalg.svd(matrix, compute_uv=False)[0])
    return scalar(domain, domain.enclosing(largest, 1e-9 * (1 + largest)))


def vec(domain: Domain, value: Value) -> Value:
    """The columns of a matrix, one under the other."""
    if value.flexible:
        raise ShapeMismatch("vec", str(value), "a matrix")
    return Value(value.array.T.reshape(-1, 1))


def ones(domain: Domain, shape: Pair) -> Value:
    """A vector or matrix of ones."""
    return Value(filled(domain, shape, domain.number(Fraction(1))))


def identity(domain: Domain, size: int) -> Value:
    """I of that size."""
    array = zeros(domain, (size, size))
    for i in range(size):
        array[i, i] = domain.number(Fraction(1))
    return Value(array)


WHOLE = {
    "softmax": softmax,
    "diag": diagonal,
    "tr": trace,
    "vec": vec,
    "norm": norm,
    "spectral_norm": spectral_norm,
    "det": determinant,
}
"""The functions that act on a whole vector or matrix."""
