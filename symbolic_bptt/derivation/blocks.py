"""Reverse accumulation through entries, slices and blocks: everything keeps its place."""

from __future__ import annotations

from ..notation.printer.text import text
from ..notation.sizes import Size
from ..notation.tree import Constant, Expr, Slice
from .algebra import Algebra
from .context import Pull
from .errors import NoRuleError
from .indices import affine, index_tree, whole_number
from .products import Ranges


def padded(a: Algebra, of: Expr, ranges: Ranges, g: Expr) -> Expr:
    """g at its place in an otherwise zero array: I[:, a:b] g I[c:d, :]."""
    shape = a.shape(of)
    if shape.is_row and len(ranges) == 1:
        ranges = ((None, None), *ranges)
    sides = (shape.rows, shape.columns)
    result = g
    for axis, (start, stop) in enumerate(ranges):
        if (start is None and stop is None) or sides[axis] == Size(1):
            continue
        identity = Constant("identity", (index_tree(sides[axis]),))
        whole: tuple[Expr | None, Expr | None] = (None, None)
        if axis == 0:
            result = a.matmul(Slice(identity, (whole, (start, stop))), result)
        else:
            result = a.matmul(result, Slice(identity, ((start, stop), whole)))
    return result


def unit_ranges(indices: tuple[Expr, ...], node: Expr) -> Ranges:
    """The slice that is one entry; 1-based indices become 0-based bounds."""
    ranges: list[tuple[Expr | None, Expr | None]] = []
    for index in indices:
        place = affine(index)
        if place is None or place.multiples:
            raise NoRuleError(f"{text(node)}: write it in matrix notation, without the free index")
        ranges.append((whole_number(place.constant - 1), whole_number(place.constant)))
    return tuple(ranges)


def rows_of(a: Algebra, parts: tuple[Expr, ...], separator: str) -> tuple[tuple[Expr, ...], ...]:
    """A concatenation as rows of blocks."""
    beside = separator == "," and not all(a.shape(part).columns == Size(1) for part in parts)
    return (parts,) if beside else tuple((part,) for part in parts)


def block_cotangents(a: Algebra, node: Expr, rows: tuple[tuple[Expr, ...], ...], g: Expr) -> Pull:
    """Each block has the same place in the cotangent as in the matrix."""
    whole = a.shape(node)
    top = Size()
    for row in rows:
        left, height = Size(), a.shape(row[0]).rows
        for block in row:
            width = a.shape(block).columns
            ranges = (
                _range(top, top + height, whole.rows),
                _range(left, left + width, whole.columns),
            )
            yield block, _block(a, g, ranges)
            left = left + width
        top = top + height


def _range(start: Size, stop: Size, side: Size) -> tuple[Expr | None, Expr | None]:
    return (
        None if start == Size() else index_tree(start),
        None if stop == side else index_tree(stop),
    )


def _block(a: Algebra, g: Expr, ranges: Ranges) -> Expr:
    kept = ranges if ranges[1] != (None, None) else ranges[:1]
    return g if all(bound == (None, None) for bound in ranges) else a.take(g, kept)
