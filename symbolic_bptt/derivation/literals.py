"""Identities get the sizes that their neighbours in a product give them; ones have theirs."""

from __future__ import annotations

from dataclasses import replace

from ..notation.shape_of import shape_of
from ..notation.shapes import Lookup, ShapeError
from ..notation.sizes import Shape, Size
from ..notation.tree import Constant, Expr, Product, map_children
from .indices import index_tree


def with_sizes(expr: Expr, lookup: Lookup) -> Expr:
    """I x → I_n x, x I → x I_n, for x with n rows (columns)."""
    expr = map_children(expr, lambda child: with_sizes(child, lookup))
    if not isinstance(expr, Product):
        return expr
    factors = list(expr.factors)
    for place, factor in enumerate(factors):
        if isinstance(factor, Constant) and factor.kind == "identity" and not factor.sizes:
            size = _neighbour(factors, place, lookup)
            if size is not None:
                factors[place] = replace(factor, sizes=(index_tree(size),))
    return replace(expr, factors=tuple(factors))


def _neighbour(factors: list[Expr], place: int, lookup: Lookup) -> Size | None:
    """The rows of the next factor that is no scalar, or else the columns of the one before."""
    after = [shape.rows for factor in factors[place + 1 :] if (shape := _shape(factor, lookup))]
    before = [shape.columns for factor in factors[:place] if (shape := _shape(factor, lookup))]
    candidates = after[:1] or before[-1:]
    return candidates[0] if candidates else None


def _shape(factor: Expr, lookup: Lookup) -> Shape | None:
    try:
        shape = shape_of(factor, lookup)
    except ShapeError:
        return None
    return None if shape is None or shape.is_scalar else shape
