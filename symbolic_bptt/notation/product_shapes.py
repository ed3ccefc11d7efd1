"""Shapes of products: scaling, matrix product, elementwise, outer, quotient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .printer.text import text
from .shapes import MaybeShape, ShapeError, Typed, classify_product, common_shape
from .sizes import ONE, SCALAR, Shape, Size
from .tree import Constant, Expr, Operation, Product, Quotient, Transpose


def product_shape(expr: Product, factors: Sequence[Typed], scalar: bool) -> Typed:
    """factors multiplied from the left, ambiguous pairs of vectors made explicit."""
    result = factors[0]
    for factor in factors[1:]:
        result = _join(result, factor, expr, scalar)
    if isinstance(result.expr, Product) and _plain(result.expr, factors):
        kept = replace(expr, factors=tuple(factor.expr for factor in factors))
        return Typed(kept, result.shape)
    return result


def operation_shape(expr: Operation, left: Typed, right: Typed, scalar: bool) -> Typed:
    """left · right, left ⊙ right or left ⊗ right."""
    kept = replace(expr, left=left.expr, right=right.expr)
    if expr.op == "dot":
        joined = _join(left, right, expr, scalar)
        ambiguous = (
            left.shape is not None
            and right.shape is not None
            and classify_product(left.shape, right.shape) == "vectors"
        )
        return joined if ambiguous else Typed(kept, joined.shape)
    if expr.op == "outer":
        return Typed(kept, _outer_shape(expr, left, right))
    if left.shape and right.shape and (left.shape.is_scalar or right.shape.is_scalar):
        return Typed(kept, right.shape if left.shape.is_scalar else left.shape)
    return Typed(kept, common_shape(expr, "sides", [left, right]))


def quotient_shape(expr: Quotient, top: Typed, bottom: Typed) -> Typed:
    """top / bottom: by a scalar, or elementwise."""
    kept = replace(expr, numerator=top.expr, denominator=bottom.expr)
    if bottom.shape is None or (bottom.shape.is_scalar and top.shape is not None):
        return Typed(kept, top.shape)
    if top.shape is None or top.shape == bottom.shape:
        return Typed(kept, bottom.shape)
    raise ShapeError(
        f"{text(top.expr)} ({top.shape}) cannot be divided by {text(bottom.expr)} ({bottom.shape})",
        expr.span,
    )


def _join(left: Typed, right: Typed, whole: Expr, scalar: bool) -> Typed:
    """left · right, as one factor."""
    product = Product((*_factors(left.expr), *_factors(right.expr)), span=whole.span)
    if left.shape is None or right.shape is None:
        return Typed(product, _flexible_product(left, right))
    match classify_product(left.shape, right.shape):
        case "scale":
            return Typed(product, right.shape if left.shape.is_scalar else left.shape)
        case "matmul":
            return Typed(product, Shape(left.shape.rows, right.shape.columns))
        case "vectors" if scalar:
            if left.shape.is_column:
                turned: tuple[Expr, Expr] = (Transpose(left.expr, span=left.expr.span), right.expr)
            else:
                turned = (left.expr, Transpose(right.expr, span=right.expr.span))
            return Typed(Product(turned, span=whole.span), SCALAR)
        case "vectors":
            return Typed(Operation("hadamard", left.expr, right.expr, span=whole.span), left.shape)
    raise ShapeError(
        f"{text(left.expr)} ({left.shape}) times {text(right.expr)} ({right.shape}) does not fit",
        right.expr.span or whole.span,
        _product_hint(left, right),
    )


def _product_hint(left: Typed, right: Typed) -> str:
    if left.shape is None or right.shape is None:
        return ""
    if left.shape == right.shape:
        return "write \\odot for an elementwise product"
    if left.shape.rows == right.shape.rows:
        return f"a transpose would fit: {text(Product((Transpose(left.expr), right.expr)))}"
    if left.shape.columns == right.shape.columns:
        return f"a transpose would fit: {text(Product((left.expr, Transpose(right.expr))))}"
    return ""


def _factors(expr: Expr) -> tuple[Expr, ...]:
    return expr.factors if isinstance(expr, Product) else (expr,)


def _is_ones(expr: Expr, *, transposed: bool) -> bool:
    if transposed:
        return isinstance(expr, Transpose) and _is_ones(expr.operand, transposed=False)
    return isinstance(expr, Constant) and expr.kind == "ones"


def _flexible_product(left: Typed, right: Typed) -> MaybeShape:
    if right.shape and _is_ones(left.expr, transposed=True):
        return Shape(ONE, right.shape.columns)
    if left.shape and _is_ones(right.expr, transposed=False) and not left.shape.is_scalar:
        return Shape(left.shape.rows, ONE)
    return left.shape or right.shape


def _plain(product: Product, factors: Sequence[Typed]) -> bool:
    """Whether joining left the factors as they were, nested products included."""
    flat: tuple[Expr, ...] = ()
    for factor in factors:
        flat += _factors(factor.expr)
    return product.factors == flat


def _outer_shape(expr: Operation, left: Typed, right: Typed) -> MaybeShape:
    if left.shape is None or right.shape is None:
        return left.shape or right.shape
    if left.shape.is_column and (right.shape.is_column or right.shape.is_row):
        return Shape(left.shape.rows, max(right.shape.rows, right.shape.columns, key=str))
    rows, columns = (
        size_product(left.shape.rows, right.shape.rows),
        size_product(left.shape.columns, right.shape.columns),
    )
    if rows is None or columns is None:
        raise ShapeError(
            f"the Kronecker product {text(expr)} has a size that is no sum of size letters",
            expr.span,
        )
    return Shape(rows, columns)


def size_product(left: Size, right: Size) -> Size | None:
    """left · right where that is again a size, else None."""
    if not left.multiples:
        return right * left.constant
    return left * right.constant if not right.multiples else None
