"""Ones and identities get the sizes that their neighbours in a product give them."""

from __future__ import annotations

from dataclasses import replace

from ..notation.elaborate import elaborate
from ..notation.shapes import Lookup, ShapeError
from ..notation.sizes import Shape, Size
from ..notation.tree import Constant, Expr, Product, Transpose, map_children
from .indices import index_tree


def with_sizes(expr: Expr, lookup: Lookup) -> Expr:
    """1ᵀx → 1_nᵀ x, x 1 → x 1_n, I x → I_n x, for x with n rows (columns)."""
    expr = map_children(expr, lambda child: with_sizes(child, lookup))
    if not isinstance(expr, Product):
        return expr
    factors = list(expr.factors)
    for place, factor in enumerate(factors):
        size = _neighbour(factors, place, lookup)
        if size is not None:
            factors[place] = _sized(factor, size)
    return replace(expr, factors=tuple(factors))


def _neighbour(factors: list[Expr], place: int, lookup: Lookup) -> Size | None:
    """The rows of the next factor that is no scalar, or else the columns of the one before."""
    literal = factors[place]
    inner = literal.operand if isinstance(literal, Transpose) else literal
    if not isinstance(inner, Constant) or inner.sizes:
        return None
    after = [shape.rows for factor in factors[place + 1 :] if (shape := _shape(factor, lookup))]
    before = [shape.columns for factor in factors[:place] if (shape := _shape(factor, lookup))]
    if inner.kind == "ones":
        candidates = after[:1] if literal is not inner else before[-1:]
    else:
        candidates = after[:1] or before[-1:]
    return candidates[0] if candidates else None


def _shape(factor: Expr, lookup: Lookup) -> Shape | None:
    try:
        shape = elaborate(factor, lookup).shape
    except ShapeError:
        return None
    return None if shape is None or shape.is_scalar else shape


def _sized(literal: Expr, size: Size) -> Expr:
    if isinstance(literal, Transpose):
        return Transpose(_sized(literal.operand, size))
    assert isinstance(literal, Constant)
    return replace(literal, sizes=(index_tree(size),))
