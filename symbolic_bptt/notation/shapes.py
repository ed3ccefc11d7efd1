"""What shapes are to each other: which products of them exist, and which are the same.

A literal (a number, a size, ones, the identity) has no shape of its own until its place gives it
one: its shape is None.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from .printer.text import text
from .sizes import Shape
from .tree import Expr, Span, Symbol

MaybeShape = Shape | None
Lookup = Callable[[Symbol], MaybeShape]
"""The shape of a symbol, None for a number; raises `ShapeError` for a symbol it does not know."""

ProductKind = Literal["scale", "matmul", "vectors"]


class ShapeError(ValueError):
    """Shapes that do not fit, with the place."""

    def __init__(self, message: str, span: Span | None, hint: str = "") -> None:
        super().__init__(message)
        self.span = span
        self.hint = hint


@dataclass(frozen=True)
class Typed:
    """An expression with explicit products, and its shape."""

    expr: Expr
    shape: MaybeShape


def classify_product(left: Shape, right: Shape) -> ProductKind | None:
    """What juxtaposing two shapes means; None if they do not fit.

    `vectors` is the ambiguous one, two columns or two rows of one shape: elementwise or inner.
    """
    if left.is_scalar or right.is_scalar:
        return "scale"
    if left.columns == right.rows:
        return "matmul"
    if left == right and (left.is_column or left.is_row):
        return "vectors"
    return None


def common_shape(whole: Expr, what: str, parts: Sequence[Typed]) -> MaybeShape:
    """The one shape that all parts have, literals aside. Raises `ShapeError`."""
    found: Typed | None = None
    for part in parts:
        if part.shape is None:
            continue
        if found is not None and found.shape != part.shape:
            raise ShapeError(
                f"the {what} of {text(whole)} have different shapes: "
                f"{text(found.expr)} is {found.shape}, {text(part.expr)} is {part.shape}",
                part.expr.span or whole.span,
            )
        found = found or part
    return found.shape if found else None
