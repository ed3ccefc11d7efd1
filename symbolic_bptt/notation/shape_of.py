"""The shape of an expression in which every product is plain: scaling, matrix product, or a sign.

A literal (a number, a size, ones or the identity without a length) takes the shape its place needs:
its shape is None.
"""

from __future__ import annotations

from collections.abc import Sequence

from .block_shapes import concat_shape, constant_shape, matrix_shape, slice_shape, structural_shape
from .functions import FUNCTIONS
from .printer.text import text
from .shapes import Lookup, MaybeShape, ShapeError, Typed, common_shape, size_product
from .sizes import ONE, SCALAR, Shape
from .tree import (
    Add,
    BigOperator,
    Call,
    Cases,
    Concat,
    Constant,
    Entry,
    Expr,
    Indicator,
    KroneckerDelta,
    Matrix,
    Neg,
    Number,
    Operation,
    Power,
    Product,
    Quotient,
    Slice,
    Symbol,
    Transpose,
)


def shape_of(expr: Expr, lookup: Lookup) -> MaybeShape:
    """The shape of the expression. Raises `ShapeError` where something does not fit."""

    def of(part: Expr) -> MaybeShape:
        return shape_of(part, lookup)

    def typed(parts: Sequence[Expr]) -> list[Typed]:
        return [Typed(part, of(part)) for part in parts]

    match expr:
        case Number():
            return None
        case Constant():
            return constant_shape(expr)
        case Symbol():
            return lookup(expr)
        case Add(terms=terms):
            return common_shape(expr, "terms", typed(terms))
        case Neg(operand=operand):
            return of(operand)
        case Product(factors=factors):
            return _product(expr, typed(factors))
        case Operation(op="outer", left=left, right=right):
            return _outer(expr, of(left), of(right))
        case Operation(left=left, right=right):
            return _elementwise(expr, typed((left, right)))
        case Quotient(numerator=top, denominator=bottom):
            return _quotient(expr, *typed((top, bottom)))
        case Power(base=base):
            return of(base)
        case Transpose(operand=operand):
            shape = of(operand)
            return None if shape is None else shape.transposed
        case Call():
            return _call(expr, typed(expr.arguments))
        case BigOperator(body=body):
            return of(body)
        case Slice(of=whole):
            return slice_shape(expr, of(whole))
        case Indicator(left=left, right=right):
            return common_shape(expr, "sides", typed((left, right)))
        case KroneckerDelta() | Entry():
            return SCALAR
        case Concat(parts=parts):
            return concat_shape(expr, typed(parts))
        case Matrix(rows=rows):
            return matrix_shape(expr, [typed(row) for row in rows])
        case Cases(branches=branches):
            return common_shape(expr, "branches", typed([body for body, _ in branches]))
    raise ShapeError(f"{text(expr)} has no shape in a model", expr.span)


def _product(expr: Expr, factors: Sequence[Typed]) -> MaybeShape:
    """Factors multiplied from the left."""
    result = factors[0]
    for factor in factors[1:]:
        result = Typed(factor.expr, _joined(result, factor, expr))
    return result.shape


def _joined(left: Typed, right: Typed, whole: Expr) -> MaybeShape:
    a, b = left.shape, right.shape
    if a is None or b is None:
        return _beside_literal(left, right)
    if a.is_scalar or b.is_scalar:
        return b if a.is_scalar else a
    if a.columns == b.rows:
        return Shape(a.rows, b.columns)
    raise ShapeError(
        f"{text(left.expr)} ({a}) times {text(right.expr)} ({b}) does not fit",
        right.expr.span or whole.span,
    )


def _beside_literal(left: Typed, right: Typed) -> MaybeShape:
    if right.shape and _is_ones(left.expr, transposed=True):
        return Shape(ONE, right.shape.columns)
    if left.shape and _is_ones(right.expr, transposed=False) and not left.shape.is_scalar:
        return Shape(left.shape.rows, ONE)
    return left.shape or right.shape


def _is_ones(expr: Expr, *, transposed: bool) -> bool:
    if transposed:
        return isinstance(expr, Transpose) and _is_ones(expr.operand, transposed=False)
    return isinstance(expr, Constant) and expr.kind == "ones"


def _elementwise(expr: Expr, sides: Sequence[Typed]) -> MaybeShape:
    left, right = (side.shape for side in sides)
    if left and right and (left.is_scalar or right.is_scalar):
        return right if left.is_scalar else left
    return common_shape(expr, "sides", sides)


def _outer(expr: Expr, left: MaybeShape, right: MaybeShape) -> MaybeShape:
    if left is None or right is None:
        return left or right
    if left.is_column and (right.is_column or right.is_row):
        return Shape(left.rows, max(right.rows, right.columns, key=str))
    rows, columns = size_product(left.rows, right.rows), size_product(left.columns, right.columns)
    if rows is None or columns is None:
        message = f"the Kronecker product {text(expr)} has a size that is no sum of size letters"
        raise ShapeError(message, expr.span)
    return Shape(rows, columns)


def _quotient(expr: Quotient, top: Typed, bottom: Typed) -> MaybeShape:
    """top / bottom: by a scalar, or elementwise."""
    if bottom.shape is None or (bottom.shape.is_scalar and top.shape is not None):
        return top.shape
    if top.shape is None or top.shape == bottom.shape:
        return bottom.shape
    raise ShapeError(
        f"{text(top.expr)} ({top.shape}) cannot be divided by {text(bottom.expr)} ({bottom.shape})",
        expr.span,
    )


def _call(expr: Call, arguments: Sequence[Typed]) -> MaybeShape:
    function = FUNCTIONS.get(expr.function)
    if function is None and len(arguments) > 1:
        return SCALAR
    if function is None or function.elementwise:
        if len(arguments) == 1 and function is not None and function.name in ("max", "min"):
            return SCALAR
        return common_shape(expr, "arguments", arguments)
    return structural_shape(expr, function.name, arguments[0].shape)
