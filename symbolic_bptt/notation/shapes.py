"""Shapes that are the same, shapes that do not fit, and sizes multiplied.

A literal (a number, a size, ones, the identity) has no shape of its own until its place gives it
one: its shape is None.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .printer.text import text
from .sizes import Shape, Size
from .tree import Expr, Span, Symbol

MaybeShape = Shape | None
Lookup = Callable[[Symbol], MaybeShape]
"""The shape of a symbol, None for a number; raises `ShapeError` for a symbol it does not know."""


class ShapeError(ValueError):
    """Shapes that do not fit, with the place."""

    def __init__(self, message: str, span: Span | None, hint: str = "") -> None:
        super().__init__(message)
        self.span = span
        self.hint = hint


@dataclass(frozen=True)
class Typed:
    """An expression, and its shape."""

    expr: Expr
    shape: MaybeShape


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


def size_product(left: Size, right: Size) -> Size | None:
    """left · right where that is again a size, else None."""
    if not left.multiples:
        return right * left.constant
    return left * right.constant if not right.multiples else None
