"""Contributions to the adjoint of one variable, gathered, and cut where their steps end."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..notation.sizes import Shape, Size
from ..notation.tree import BigOperator, Concat, Expr, Neg, Product
from .algebra import Algebra
from .blocks import padded
from .indices import HORIZON, affine, at, letters, substitute
from .monomial import Monomial, joined, product
from .products import Ranges
from .spans import Steps, pieces
from .system import Scope


@dataclass(frozen=True)
class Contribution:
    """What one reading adds to an adjoint: `value`, in terms of the step t, at these steps.

    A quantity without steps has `steps` None. `offset` is how many steps later it was read, and
    `reader` the distance of the reading equation from the loss, and its place among the equations.
    """

    value: Expr
    steps: Steps | None = None
    slice: Ranges | None = None
    offset: int = 0
    reader: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Use:
    """What one use of a parameter adds to its gradient, summed over `scope`.

    `copy` is the step whose copy of the parameter it uses, in terms of the scope's indices.
    """

    value: Expr
    scope: Scope
    slice: Ranges | None = None
    copy: Size | None = None


def gathered(algebra: Algebra, like: Expr, found: list[Contribution]) -> Expr:
    """The sum of contributions to `like`, slices put together.

    Those of the same step come first, nearest to the loss; then those of other steps in the order
    of the equations.
    """
    ordered = sorted(
        found,
        key=lambda item: (abs(item.offset), 0 if item.offset else item.reader[0], item.reader[1]),
    )
    whole = [item.value for item in ordered if item.slice is None]
    parts: dict[Ranges, list[Expr]] = {}
    for item in ordered:
        if item.slice is not None:
            parts.setdefault(item.slice, []).append(item.value)
    sliced = {ranges: algebra.add(*values) for ranges, values in parts.items()}
    stacked = _stacked(algebra.shape(like), sliced)
    if stacked is not None:
        return algebra.add(*whole, stacked)
    loose = [padded(algebra, like, ranges, value) for ranges, value in sliced.items()]
    return algebra.add(*whole, *loose)


def _stacked(shape: Shape, sliced: dict[Ranges, Expr]) -> Expr | None:
    """[a; b; …] where the slices fill a column without gaps."""
    if not shape.is_column:
        return None
    ends: dict[Size, tuple[Size, Expr]] = {}
    for ranges, value in sliced.items():
        (start, stop), *_ = ranges
        low = Size() if start is None else affine(start)
        high = shape.rows if stop is None else affine(stop)
        if low is None or high is None:
            return None
        ends[low] = (high, value)
    place, parts = Size(), []
    while place in ends:
        place, value = ends.pop(place)
        parts.append(value)
    return Concat(tuple(parts)) if parts and not ends and place == shape.rows else None


def cut(found: list[Contribution]) -> list[tuple[Steps, list[Contribution]]]:
    """The steps divided so that in each piece the same contributions count; latest first.

    Where all recurrence runs from earlier steps, the earliest comes first.
    """
    timed = [(item.steps, item) for item in found if item.steps is not None]
    divided = [
        (piece, [item for steps, item in timed if steps.covers(piece)])
        for piece in pieces([steps for steps, _ in timed])
    ]
    backwards = all(item.offset <= 0 for item in found) and any(item.offset < 0 for item in found)
    return divided if backwards else divided[::-1]


def summed(algebra: Algebra, value: Expr, scope: Scope) -> Expr:
    """Σ value over the scope, with what does not depend on the index in front."""
    for binder in scope:
        if binder.steps.single and not binder.unequal:
            value = substitute(value, {binder.index: binder.steps.low})
    scope = tuple(b for b in scope if not b.steps.single or b.unequal)
    if not scope:
        return value
    indices = frozenset(binder.index for binder in scope)
    one = algebra.split(value)

    def outside(factors: tuple[Expr, ...], out: bool) -> tuple[Expr, ...]:
        return tuple(factor for factor in factors if bool(letters(factor) & indices) != out)

    left, core, right = _fixed_ends(one.core, indices)
    sign = Fraction(-1 if one.coefficient < 0 else 1)
    body = joined(Monomial(sign, outside(one.scalars, False), outside(one.over, False), core))
    sign = Fraction(-1 if isinstance(body, Neg) else 1)
    body = body.operand if isinstance(body, Neg) else body
    ranges = tuple(binder.range for binder in scope)
    total: Expr = BigOperator("sum", ranges, body)
    for factor in reversed(left):
        total = algebra.matmul(factor, total)
    for factor in right:
        total = algebra.matmul(total, factor)
    whole = algebra.split(total)
    coefficient = sign * abs(one.coefficient)
    scalars = Monomial(coefficient, outside(one.scalars, True), outside(one.over, True))
    return joined(scalars.times(whole, whole.core))


def _fixed_ends(
    core: Expr | None, indices: frozenset[str]
) -> tuple[tuple[Expr, ...], Expr | None, tuple[Expr, ...]]:
    """The first and last factors of a matrix product that do not depend on the indices."""
    if not isinstance(core, Product):
        return (), core, ()
    moving = [bool(letters(factor) & indices) for factor in core.factors]
    if True not in moving:
        return (), core, ()
    first, last = moving.index(True), len(moving) - moving[::-1].index(True)
    return core.factors[:first], product(core.factors[first:last]), core.factors[last:]


def total_use(algebra: Algebra, like: Expr, found: list[Use]) -> Expr:
    """The gradient of a parameter: all its uses, those over the same steps under one Σ."""
    groups: dict[Scope, list[Contribution]] = {}
    for use in found:
        groups.setdefault(use.scope, []).append(Contribution(use.value, None, use.slice))
    return algebra.add(
        *(summed(algebra, gathered(algebra, like, group), scope) for scope, group in groups.items())
    )


def copies(found: list[Use], step: Size) -> list[Use]:
    """The uses of the copy of a parameter that belongs to one step."""
    return [one for use in found if (one := _at_copy(use, step)) is not None]


def _at_copy(use: Use, step: Size) -> Use | None:
    moving = [b for b in use.scope if use.copy is not None and b.index in use.copy.letters]
    if not moving:
        return use if use.copy == step else None
    binder = moving[0]
    assert use.copy is not None
    value = step - at(use.copy, binder.index, Size())
    settled = not value.letters - {HORIZON}
    if settled and not binder.steps.covers(Steps(value, value)):
        return None
    rest = tuple(other for other in use.scope if other is not binder)
    return Use(substitute(use.value, {binder.index: value}), rest, use.slice, step)
