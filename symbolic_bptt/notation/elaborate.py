"""Shapes of expressions, and what each product in them means.

`elaborate` infers the shape of an expression from the shapes of its symbols and returns it with
every product of two equal vectors made explicit, so that later a `Product` is only ever a scaling
or a matrix product.
"""

from __future__ import annotations

from dataclasses import replace

from .block_shapes import concat_shape, constant_shape, matrix_shape, slice_shape, structural_shape
from .functions import FUNCTIONS
from .printer.text import text
from .product_shapes import operation_shape, product_shape, quotient_shape
from .shapes import Lookup, ShapeError, Typed, common_shape
from .sizes import SCALAR
from .tree import (
    Add,
    BigOperator,
    Call,
    Cases,
    Concat,
    Constant,
    Derivative,
    Entry,
    Expr,
    Held,
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


def elaborate(expr: Expr, lookup: Lookup, *, scalar: bool = False) -> Typed:
    """The expression with explicit products, and its shape.

    `scalar` says that a scalar is expected here, which makes a product of two equal vectors an
    inner product instead of an elementwise one. Raises `ShapeError`.
    """
    match expr:
        case Number():
            return Typed(expr, None)
        case Constant():
            return Typed(expr, constant_shape(expr))
        case Symbol():
            return Typed(expr, lookup(expr))
        case Add(terms=terms):
            typed = [elaborate(term, lookup, scalar=scalar) for term in terms]
            return Typed(
                replace(expr, terms=tuple(item.expr for item in typed)),
                common_shape(expr, "terms", typed),
            )
        case Neg(operand=operand):
            inner = elaborate(operand, lookup, scalar=scalar)
            return Typed(replace(expr, operand=inner.expr), inner.shape)
        case Product(factors=factors):
            return product_shape(expr, [elaborate(f, lookup) for f in factors], scalar)
        case Operation(left=left, right=right):
            return operation_shape(expr, elaborate(left, lookup), elaborate(right, lookup), scalar)
        case Quotient(numerator=top, denominator=bottom):
            typed_top = elaborate(top, lookup, scalar=scalar)
            return quotient_shape(expr, typed_top, elaborate(bottom, lookup))
        case Power():
            return _power(expr, lookup)
        case Transpose(operand=operand):
            inner = elaborate(operand, lookup)
            return Typed(
                replace(expr, operand=inner.expr), inner.shape.transposed if inner.shape else None
            )
        case Call():
            return _call(expr, lookup)
        case BigOperator(body=body):
            inner = elaborate(body, lookup, scalar=scalar)
            if expr.kind == "product" and inner.shape and not inner.shape.is_square:
                raise ShapeError(
                    f"{text(body)} has shape {inner.shape}; a product Π needs a scalar or a "
                    "square matrix",
                    body.span,
                )
            return Typed(replace(expr, body=inner.expr), inner.shape)
        case Entry():
            return _entry(expr, lookup)
        case Slice(of=of):
            inner = elaborate(of, lookup)
            return Typed(replace(expr, of=inner.expr), slice_shape(expr, inner.shape))
        case Indicator(left=left, right=right):
            sides = [elaborate(left, lookup), elaborate(right, lookup)]
            return Typed(expr, common_shape(expr, "sides", sides))
        case KroneckerDelta():
            return Typed(expr, SCALAR)
        case Concat(parts=parts):
            typed = [elaborate(part, lookup) for part in parts]
            kept = replace(expr, parts=tuple(item.expr for item in typed))
            return Typed(kept, concat_shape(expr, typed))
        case Matrix():
            rows = [[elaborate(block, lookup) for block in row] for row in expr.rows]
            blocks = tuple(tuple(block.expr for block in row) for row in rows)
            return Typed(replace(expr, rows=blocks), matrix_shape(expr, rows))
        case Cases(branches=branches):
            typed = [elaborate(branch, lookup, scalar=scalar) for branch, _ in branches]
            pairs = tuple((t.expr, ranges) for t, (_, ranges) in zip(typed, branches, strict=True))
            return Typed(replace(expr, branches=pairs), common_shape(expr, "branches", typed))
        case Derivative() | Held():
            raise ShapeError("a derivative cannot stand in a model equation", expr.span)
        case _:
            raise TypeError(f"no shape rule for {type(expr).__name__}")


def _power(expr: Power, lookup: Lookup) -> Typed:
    base, exponent = elaborate(expr.base, lookup), elaborate(expr.exponent, lookup)
    if exponent.shape is not None and not exponent.shape.is_scalar:
        raise ShapeError(f"the exponent {text(expr.exponent)} is no scalar", expr.exponent.span)
    if base.shape and not (base.shape.is_square or base.shape.is_column or base.shape.is_row):
        raise ShapeError(
            f"{text(expr.base)} ({base.shape}) is not square, so it has no power",
            expr.span,
            "write A \\odot A for the square of each entry",
        )
    return Typed(replace(expr, base=base.expr, exponent=exponent.expr), base.shape)


def _call(expr: Call, lookup: Lookup) -> Typed:
    typed = [elaborate(argument, lookup) for argument in expr.arguments]
    kept = replace(expr, arguments=tuple(item.expr for item in typed))
    function = FUNCTIONS.get(expr.function)
    if function is None and len(typed) > 1:
        for argument in typed:
            if argument.shape and not argument.shape.is_scalar:
                raise ShapeError(
                    f"{text(argument.expr)} has shape {argument.shape}: a function of several "
                    "arguments takes scalars only",
                    argument.expr.span or expr.span,
                )
        return Typed(kept, SCALAR)
    if function is None or function.elementwise:
        if len(typed) == 1 and function is not None and function.name in ("max", "min"):
            return Typed(kept, SCALAR)
        return Typed(kept, common_shape(expr, "arguments", typed))
    return Typed(kept, structural_shape(expr, function.name, typed[0].shape))


def _entry(expr: Entry, lookup: Lookup) -> Typed:
    inner = elaborate(expr.of, lookup)
    shape = inner.shape
    if shape is not None:
        rank = shape.rank
        if len(expr.indices) != max(rank, 1) and not (rank == 1 and len(expr.indices) == 2):
            raise ShapeError(
                f"{text(expr)}: an entry of a {shape} takes {max(rank, 1)} "
                f"{'index' if rank < 2 else 'indices'}, not {len(expr.indices)}",
                expr.span,
            )
    return Typed(replace(expr, of=inner.expr), SCALAR)
