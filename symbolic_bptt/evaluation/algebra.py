"""Sums, elementwise operations, quotients and powers of values."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Protocol, runtime_checkable

import numpy as np

from .domains.domain import Array, Domain, vanishes, zeros
from .errors import ShapeMismatch, UndefinedValue, Unsupported
from .value import Flexible, Value, resolve, scalar

MAX_EXPONENT = 10_000


def add(domain: Domain, terms: Sequence[Value]) -> Value:
    """a + b + …: one shape, with literals broadcast to it and I a matrix of its size."""
    if len(terms) == 1:
        return terms[0]
    shaped = [term for term in terms if not term.flexible]
    if not shaped:
        return _add_flexible(domain, terms)
    first = shaped[0]
    for other in shaped[1:]:
        _same_shape("+", first, other)
    whole = [resolve(domain, term, first.shape, "+").array for term in terms]
    role = first.role if all(term.role == first.role for term in shaped) else ""
    rows_of = next((term.rows_of for term in shaped if term.rows_of), None)
    columns_of = next((term.columns_of for term in shaped if term.columns_of), None)
    return Value(domain.total(whole), "", role, rows_of, columns_of)


def _add_flexible(domain: Domain, terms: Sequence[Value]) -> Value:
    kept = [term for term in terms if not domain.is_zero(term.coefficient)] or [terms[0]]
    kinds: set[Flexible] = {term.flexible for term in kept} - {"number"}
    if kinds == {"identity"} and any(term.flexible == "number" for term in kept):
        raise ShapeMismatch("+", "a number", "I of unknown size")
    if len(kinds) > 1:
        raise ShapeMismatch("+", str(kept[0]), str(kept[1]))
    kind: Flexible = next(iter(kinds), "number")
    return Value(domain.total([term.array for term in kept]), kind)


def _same_shape(operation: str, left: Value, right: Value) -> None:
    if left.shape != right.shape:
        raise ShapeMismatch(operation, str(left), str(right))
    for one, other in ((left.rows_of, right.rows_of), (left.columns_of, right.columns_of)):
        if one and other and one != other:
            raise ShapeMismatch(operation, str(left), str(right))


def scale(domain: Domain, factor: Any, value: Value) -> Value:
    """factor · value for an element of the domain."""
    return value.with_array(value.array * factor)


def negate(value: Value) -> Value:
    """−value."""
    return value.with_array(-value.array)


def hadamard(domain: Domain, left: Value, right: Value) -> Value:
    """left ⊙ right: equal shapes, or a scalar beside anything."""
    for one, other in ((left, right), (right, left)):
        if one.flexible == "number" and domain.is_zero(one.coefficient):
            return one
        if one.flexible == "number" or one.is_scalar:
            return scale(domain, one.coefficient, other)
    if left.flexible and right.flexible:
        if "identity" in (left.flexible, right.flexible) or left.flexible == right.flexible:
            kept = left if left.flexible == "identity" else right
            return kept.with_array(left.array * right.array)
        raise ShapeMismatch("⊙", str(left), str(right))
    shape = right.shape if left.flexible else left.shape
    a, b = resolve(domain, left, shape, "⊙"), resolve(domain, right, shape, "⊙")
    _same_shape("⊙", a, b)
    role = a.role or b.role
    return Value(a.array * b.array, "", role, a.rows_of or b.rows_of, a.columns_of or b.columns_of)


def divide(domain: Domain, top: Value, bottom: Value) -> Value:
    """top / bottom: by a scalar, or elementwise between equal shapes."""
    if bottom.flexible not in ("", "number", "ones"):
        raise ShapeMismatch("/", str(top), str(bottom))
    if bottom.flexible or bottom.is_scalar:
        if domain.is_zero(bottom.coefficient):
            raise UndefinedValue("division by zero")
        return top.with_array(top.array / bottom.coefficient)
    if top.flexible in ("number", "ones"):
        top = resolve(domain, top, bottom.shape, "/")
    _same_shape("/", top, bottom)
    if any(domain.is_zero(element) for element in bottom.array.flat):
        raise UndefinedValue("division by zero")
    return Value(top.array / bottom.array, "", "", top.rows_of, top.columns_of)


def power(domain: Domain, base: Value, exponent: Fraction | Value) -> Value:
    """base^exponent: of a square matrix by matrix products, of anything else entry by entry."""
    if isinstance(exponent, Value):
        return _general_power(domain, base, exponent)
    if base.flexible == "identity":
        if exponent.denominator != 1:
            raise ShapeMismatch("power", str(base), str(exponent))
        return _integer_power(domain, base, int(exponent))
    if base.is_plain_matrix:
        if base.shape[0] != base.shape[1] or exponent.denominator != 1:
            raise ShapeMismatch("power", str(base), str(exponent))
        return matrix_power(domain, base, int(exponent))
    if exponent.denominator == 1:
        return _integer_power(domain, base, int(exponent))
    if exponent.denominator == 2:
        root = base.with_array(domain.apply("sqrt", (0,), base.array)).plain()
        return _integer_power(domain, root, exponent.numerator)
    return _general_power(domain, base, scalar(domain, domain.number(exponent)))


def _integer_power(domain: Domain, base: Value, exponent: int) -> Value:
    if abs(exponent) > MAX_EXPONENT:
        raise Unsupported(f"an exponent beyond {MAX_EXPONENT}")
    if exponent < 0 and any(domain.is_zero(element) for element in base.array.flat):
        raise UndefinedValue("a negative power of zero")
    return base.with_array(base.array**exponent).plain()


def _general_power(domain: Domain, base: Value, exponent: Value) -> Value:
    """e^{exponent log base}, entry by entry; one of the two a scalar, or of one shape."""
    if base.is_plain_matrix:
        raise ShapeMismatch("power", str(base), str(exponent))
    log = base.with_array(domain.apply("log", (0,), base.array)).plain()
    whole = hadamard(domain, log, exponent)
    return whole.with_array(domain.apply("exp", (0,), whole.array))


def matrix_power(domain: Domain, base: Value, exponent: int) -> Value:
    """A^k by repeated squaring, A^{−k} = (A^{−1})^k."""
    if abs(exponent) > MAX_EXPONENT:
        raise Unsupported(f"an exponent beyond {MAX_EXPONENT}")
    square = inverse(domain, base) if exponent < 0 else base.array
    one = Value(np.array([[domain.number(Fraction(1))]], dtype=domain.dtype), "identity")
    result = resolve(domain, one, base.shape).array
    remaining = abs(exponent)
    while remaining:
        if remaining & 1:
            result = result @ square
        square = square @ square if remaining > 1 else square
        remaining >>= 1
    return Value(result)


def inverse(domain: Domain, matrix: Value) -> Any:
    """A^{−1} by elimination with the first non-zero pivot. Raises `UndefinedValue` if singular."""
    size = matrix.shape[0]
    one = Value(np.array([[domain.number(Fraction(1))]], dtype=domain.dtype), "identity")
    work = np.concatenate([matrix.array, resolve(domain, one, matrix.shape).array], axis=1)
    for column in range(size):
        pivot = _pivot(domain, work, column)
        if pivot is None:
            raise UndefinedValue("the inverse of a singular matrix")
        work[[column, pivot]] = work[[pivot, column]]
        work[column] = work[column] / work[column, column]
        for row in range(size):
            if row != column:
                work[row] = work[row] - work[column] * work[row, column]
        work = _one_stage(domain, work)
    return work[:, size:]


def determinant(domain: Domain, matrix: Value) -> Value:
    """det A by elimination with the first non-zero pivot."""
    size = matrix.shape[0]
    if matrix.flexible or matrix.shape[1] != size:
        raise ShapeMismatch("det", str(matrix), "a square matrix")
    work, result = matrix.array.copy(), domain.number(Fraction(1))
    for column in range(size):
        pivot = _pivot(domain, work, column)
        if pivot is None:
            return Value(zeros(domain, (1, 1)))
        if pivot != column:
            work[[column, pivot]] = work[[pivot, column]]
            result = -result
        result = result * work[column, column]
        for row in range(column + 1, size):
            work[row] = work[row] - work[column] * (work[row, column] / work[column, column])
        work = _one_stage(domain, work)
    return scalar(domain, result)


@runtime_checkable
class Staged(Protocol):
    """A domain of expressions, in which what would grow from step to step gets names instead."""

    def named(self, array: Array) -> Array:
        """The same values: what is no number and no symbol is a new symbol."""


def _one_stage(domain: Domain, work: Array) -> Array:
    """One column of an elimination done: the next ones are computed from what it left."""
    return domain.named(work) if isinstance(domain, Staged) else work


def _pivot(domain: Domain, work: Array, column: int) -> int | None:
    """The first row from `column` on whose entry in the column is not 0; None if all are."""
    rows = (row for row in range(column, len(work)) if not vanishes(domain, work[row, column]))
    return next(rows, None)
