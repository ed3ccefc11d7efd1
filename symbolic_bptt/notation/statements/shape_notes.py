r"""Lines of shapes: `(1 \times n) = (1 \times m) \times (m \times n)` says what fits, no number.

Only a line that is right as one is one: a product in it whose inner sizes meet, and both sides of
one shape. Anything else is a relation between numbers.
"""

from __future__ import annotations

from itertools import pairwise

from ..surface.nodes import Group, Item, Name, Number, Operator
from .chains import parted
from .letters import Items, bare

Shape = tuple[str, str]

_TIMES = frozenset((r"\times", "*"))
_JOINING = _TIMES | {r"\cdot"}


def is_shape_note(items: Items) -> bool:
    """Whether a relation is between shapes, with a product of some in it."""
    operands, relations = parted(bare(items))
    if not relations or any(one.sign != "=" for one in relations):
        return False
    factors = [_factors(term) for operand in operands for term in _terms(operand)]
    if not any(one is not None and len(one) > 1 for one in factors):
        return False
    shapes = {None if one is None else _product(one) for one in factors}
    return len(shapes) == 1 and None not in shapes


def _terms(items: Items) -> list[Items]:
    """What stands between the plus signs."""
    terms: list[list[Item]] = [[]]
    for item in bare(items):
        if item == Operator("+"):
            terms.append([])
        else:
            terms[-1].append(item)
    return [tuple(term) for term in terms]


def _factors(items: Items) -> list[Shape] | None:
    """The shapes side by side; None if anything else stands there."""
    found: list[Shape] = []
    for item in items:
        if isinstance(item, Operator) and item.sign in _JOINING and found:
            continue
        shape = _shape(item)
        if shape is None:
            return None
        found.append(shape)
    return found


def _shape(item: Item) -> Shape | None:
    r"""`(n \times m)`: two sizes, and a sign between them."""
    if not isinstance(item, Group) or item.opening not in ("(", "["):
        return None
    match bare(item.body.items):
        case ((Name() | Number()) as rows, Operator(sign=sign), (Name() | Number()) as columns):
            return (rows.text, columns.text) if sign in _TIMES else None
    return None


def _product(factors: list[Shape]) -> Shape | None:
    """The shape of a product; None where inner sizes do not meet."""
    meets = all(left[1] == right[0] for left, right in pairwise(factors))
    return (factors[0][0], factors[-1][1]) if factors and meets else None
