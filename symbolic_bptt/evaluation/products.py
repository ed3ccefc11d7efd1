"""Products side by side: scaling, the matrix product, and the chain rule."""

from __future__ import annotations

import numpy as np

from .algebra import scale
from .domains.domain import Domain, zeros
from .errors import ShapeMismatch
from .value import Role, Value, resolve


def multiply(domain: Domain, left: Value, right: Value) -> Value:
    """left right: scaling, the matrix product, or the chain rule. Raises `ShapeMismatch`."""
    scaled = _scaled(domain, left, right)
    if scaled is not None:
        return scaled
    if left.flexible or right.flexible:
        return _with_flexible(domain, left, right)
    if _conform(left, right):
        return matmul(left, right)
    chained = _chained(left, right)
    if chained is not None:
        return chained
    raise ShapeMismatch("product", str(left), str(right))


def _scaled(domain: Domain, left: Value, right: Value) -> Value | None:
    for one, other in ((left, right), (right, left)):
        if one.flexible == "number":
            # 0 stays a zero of any shape, so that a boundary W^T 0 fits wherever it stands.
            zero = domain.is_zero(one.coefficient)
            return one if zero else scale(domain, one.coefficient, other)
    for one, other in ((left, right), (right, left)):
        if one.is_scalar:
            return scale(domain, one.coefficient, other)
    for one, other in ((left, right), (right, left)):
        if one.flexible == "identity":
            return scale(domain, one.coefficient, other)
    return None


def _with_flexible(domain: Domain, left: Value, right: Value) -> Value:
    """A 1 and 1ᵀ A take the length that the other side needs."""
    if right.flexible == "ones" and not left.flexible:
        return matmul(left, resolve(domain, right, (left.shape[1], 1)))
    if left.flexible == "ones row" and not right.flexible:
        return matmul(resolve(domain, left, (1, right.shape[0])), right)
    raise ShapeMismatch("product", str(left), str(right))


def _conform(left: Value, right: Value) -> bool:
    if left.shape[1] != right.shape[0]:
        return False
    return not (left.columns_of and right.rows_of) or left.columns_of == right.rows_of


def matmul(left: Value, right: Value) -> Value:
    """The matrix product; a single row (column) over the entries of a matrix takes its shape."""
    if left.shape[1] != right.shape[0]:
        raise ShapeMismatch("product", str(left), str(right))
    role: Role = "tangent" if right.role == "tangent" else ""
    return shaped(Value(left.array @ right.array, "", role, left.rows_of, right.columns_of))


def shaped(value: Value) -> Value:
    """A derivative of a scalar by a matrix, or of a matrix by a scalar, in the matrix shape."""
    rows, columns = value.shape
    if rows == 1 and value.columns_of and not value.rows_of:
        return Value(value.array.reshape(value.columns_of))
    if columns == 1 and value.rows_of and not value.columns_of:
        return Value(value.array.reshape(value.rows_of))
    return value


def _chained(left: Value, right: Value) -> Value | None:
    """∂E/∂a ∂a/∂b: a gradient, whatever its shape, acts as a row before what it does not fit."""
    size = left.array.size
    if size != right.shape[0]:
        if right.array.size == left.shape[1] and left.columns_of == right.shape:
            return matmul(left, Value(right.array.reshape(-1, 1)))
        return None
    by_column = left.role == "covector" and not right.rows_of
    by_matrix = right.rows_of is not None and right.rows_of == left.shape
    as_row = by_column and (not right.is_column or right.role == "tangent")
    if not as_row and not by_matrix:
        return None
    result = matmul(Value(left.array.reshape(1, -1)), right)
    if result.is_row and right.columns_of is None:
        return Value(result.array.reshape(-1, 1), role="covector")
    return result


def diagonal(domain: Domain, vector: Value) -> Value:
    """diag(v), or the diagonal of a square matrix as a column."""
    if vector.flexible == "ones":
        return Value(vector.array, "identity")
    if vector.flexible == "number" or vector.flexible == "ones row":
        raise ShapeMismatch("diag", str(vector), "a vector")
    if vector.flexible == "identity":
        return Value(vector.array, "ones")
    if min(vector.shape) > 1:
        if vector.shape[0] != vector.shape[1]:
            raise ShapeMismatch("diag", str(vector), "a vector or a square matrix")
        return Value(np.diagonal(vector.array).reshape(-1, 1).copy())
    entries = vector.array.ravel()
    array = zeros(domain, (entries.size, entries.size))
    array[np.arange(entries.size), np.arange(entries.size)] = entries
    return Value(array)


def outer(domain: Domain, left: Value, right: Value) -> Value:
    """a ⊗ b = a bᵀ of vectors (also written a ⊗ bᵀ), the Kronecker product of matrices."""
    scaled = _scaled(domain, left, right)
    if scaled is not None:
        return scaled
    if left.flexible or right.flexible:
        raise ShapeMismatch("⊗", str(left), str(right))
    if left.is_plain_matrix or right.is_plain_matrix:
        return Value(np.kron(left.array, right.array))
    return Value(left.array.reshape(-1, 1) @ right.array.reshape(1, -1))


def transpose(value: Value) -> Value:
    """valueᵀ; a gradient transposed is a row."""
    if value.flexible in ("number", "identity"):
        return value
    if value.flexible:
        return Value(value.array, "ones row" if value.flexible == "ones" else "ones")
    return Value(value.array.T, "", "", value.columns_of, value.rows_of)
