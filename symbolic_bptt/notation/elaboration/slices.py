"""Slices, `a_t[n:2n]`, `W[:n, :]`: entries from one place to another."""

from __future__ import annotations

from ...core.axes import Axis
from ...core.linear import linear
from ...core.terms import Slice, Term
from ...core.types import Type, resolved, shown
from ..sizes import Size
from ..surface.nodes import Group, meaningful
from .context import Elaboration
from .errors import ill_shaped, unreadable
from .indices import index, split


def slice_of(e: Elaboration, body: Term, item: Group) -> Term:
    """body[a:b, c:d]."""
    ranges: list[tuple[Term | None, Term | None]] = []
    axes: list[Axis] = []
    kind = e.type_of(body)
    for part, axis in zip(split(item.body, ","), kind.axes, strict=False):
        bounds = split(part, ":")
        if len(bounds) != 2:
            raise unreadable("a slice is written a:b", item)
        low, high = (index(e, b) if meaningful(b) else None for b in bounds)
        ranges.append((low, high))
        axes.append(_length(e, low, high, axis))
    if len(axes) != len(kind.axes):
        raise ill_shaped(f"a slice of {shown(kind)}", item)
    made = Type(tuple(axes[: len(kind.out)]), tuple(axes[len(kind.out) :]))
    return Slice(resolved(made, e.sizes), body, tuple(ranges))


def _length(e: Elaboration, low: Term | None, high: Term | None, axis: Axis) -> Axis:
    """How many entries there are from one place to another; open where that is no size."""
    if low is None and high is None:
        return axis
    first = Size(0) if low is None else _size(e, low)
    last = axis if high is None else _size(e, high)
    if first is None or not isinstance(last, Size):
        return e.sizes.hole()
    length = last - first
    return length if length.multiples or length.constant > 0 else e.sizes.hole()


def _size(e: Elaboration, place: Term) -> Size | None:
    """A place as a sum of sizes, counted from the front."""
    parts = linear(place)
    if parts is None or not e.context.sizes.issuperset(parts[1]):
        return None
    if any(number.denominator != 1 for number in (parts[0], *parts[1].values())):
        return None
    letters = (Size.letter(name) * int(number) for name, number in parts[1].items())
    made = sum(letters, Size(int(parts[0])))
    return made if made.multiples or made.constant >= 0 else None
