"""Shapes of concatenations, block matrices, slices, and functions of a whole vector or matrix."""

from __future__ import annotations

from collections.abc import Sequence

from .functions import NORMS
from .printer.text import text
from .shapes import MaybeShape, ShapeError, Typed, size_product
from .sizes import ONE, SCALAR, Shape, Size
from .tree import Add, Call, Concat, Constant, Expr, Matrix, Neg, Number, Product, Slice, Symbol


def structural_shape(expr: Call, name: str, shape: MaybeShape) -> MaybeShape:
    """softmax, diag, tr, det, norm, vec."""
    if name in ("tr", "det", *NORMS):
        if shape and name not in NORMS and not shape.is_square:
            raise ShapeError(f"{text(expr)}: a {shape} matrix is not square", expr.span)
        return SCALAR
    if shape is None:
        return None
    vector = shape.is_column or shape.is_row
    if name == "softmax" and (vector or shape.is_scalar):
        return shape
    if name == "diag" and vector:
        side = shape.rows if shape.is_column else shape.columns
        return Shape(side, side)
    if name == "diag" and shape.is_square:
        return Shape(shape.rows, ONE)
    size = size_product(shape.rows, shape.columns)
    if name == "vec" and size is not None:
        return Shape(size, ONE)
    raise ShapeError(f"{name} does not take a {shape} argument: {text(expr)}", expr.span)


def constant_shape(expr: Constant) -> MaybeShape:
    """1_n is a column, I_n is square; without a size it takes the shape its place needs."""
    if not expr.sizes:
        return None
    sizes = [_size_of(size, expr) for size in expr.sizes]
    if len(sizes) == 1 and expr.kind == "ones":
        return Shape(sizes[0], ONE)
    return Shape(sizes[0], sizes[-1])


def slice_shape(expr: Slice, inner: MaybeShape) -> Shape:
    """inner[a:b, c:d]; bounds are sizes."""
    if inner is None:
        raise ShapeError(f"{text(expr.of)} has no entries to take", expr.span)
    sides = [inner.rows, inner.columns]
    for axis, (start, stop) in enumerate(expr.ranges[:2]):
        low = _size_of(start, expr) if start is not None else Size()
        high = _size_of(stop, expr) if stop is not None else sides[axis]
        sides[axis] = high - low
    return Shape(sides[0], sides[1])


def concat_shape(expr: Concat, typed: Sequence[Typed]) -> Shape:
    """[a; b]: rows added; [a, b] of rows or matrices: columns added."""
    shapes = [part.shape or SCALAR for part in typed]
    beside = expr.separator == "," and not all(shape.columns == ONE for shape in shapes)
    turned = [shape.transposed for shape in shapes] if beside else shapes
    if len({shape.columns for shape in turned}) != 1:
        listed = ", ".join(f"{text(part.expr)} is {part.shape}" for part in typed)
        raise ShapeError(f"the parts of {text(expr)} do not line up: {listed}", expr.span)
    rows = Size()
    for shape in turned:
        rows = rows + shape.rows
    stacked = Shape(rows, turned[0].columns)
    return stacked.transposed if beside else stacked


def matrix_shape(expr: Matrix, rows: Sequence[Sequence[Typed]]) -> Shape:
    """Rows of blocks: heights equal within a row, widths equal between rows."""
    height, width = Size(), None
    for row in rows:
        shapes = [block.shape or SCALAR for block in row]
        across = Size()
        for shape in shapes:
            across = across + shape.columns
        if len({shape.rows for shape in shapes}) != 1 or (width is not None and across != width):
            raise ShapeError(f"the blocks of {text(expr)} do not line up", expr.span)
        width, height = across, height + shapes[0].rows
    return Shape(height, width or ONE)


def _size_of(bound: Expr, whole: Expr) -> Size:
    match bound:
        case Number(value=value) if value.denominator == 1:
            return Size(int(value))
        case Symbol(name=name, indices=()):
            return Size.letter(name)
        case Add(terms=terms):
            total = Size()
            for term in terms:
                total = total + _size_of(term, whole)
            return total
        case Product(factors=(Number(value=value), other)) if value.denominator == 1:
            return _size_of(other, whole) * int(value)
        case Neg(operand=operand):
            return _size_of(operand, whole) * -1
    raise ShapeError(f"{text(bound)} is no size", bound.span or whole.span)
