r"""Dots: `a_1 + a_2 + \cdots + a_T` and `A_t A_{t-1} \cdots A_{k+1}` as a sum and a product.

The terms before the dots and the one behind them must be one term at different indices. With two
terms before the dots, the second must be a step of one from the first.
"""

from __future__ import annotations

from collections.abc import Sequence as Many
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, takewhile

from ...core.axes import STEP
from ...core.binding import closed
from ...core.linear import difference, moved
from ...core.terms import Big, BigKind, Letter, Symbol, Term
from ...core.traversal import FIELDS, walk, with_fields
from ...core.types import SCALAR
from ..surface.nodes import Item
from .context import Elaboration
from .errors import unreadable

HINT = "write the sum or product with its range"


@dataclass(frozen=True)
class _Place:
    """Where two terms differ: the fields on the way there, and the index on both sides."""

    path: tuple[str | int, ...]
    first: Term
    other: Term


def dotted_sum(e: Elaboration, before: Many[Term], last: Term, item: Item) -> Term:
    """The sum whose first terms and last term are given."""
    first, step = _checked(before, last, item)
    places = _differences(first, last) or []
    low, high = places[0].first, places[0].other
    if step < 0:
        low, high = high, low
    return _big(e, "sum", first, places, (low, high))


def dotted_product(e: Elaboration, before: Many[Term], last: Term, item: Item) -> tuple[Term, int]:
    """The product, and how many of the factors before the dots belong to it."""
    count = going_on(before)
    first, _ = _checked(before[-count:], last, item)
    places = _differences(first, last) or []
    return _big(e, "product", first, places, (places[0].first, places[0].other)), count


def going_on(before: Many[Term]) -> int:
    """How many terms before the dots go on by one step each, counted from the dots."""
    steps = [_step(a, b) for a, b in pairwise(before)]
    if not steps or steps[-1] not in (1, -1):
        return 1
    same = takewhile(lambda step: step == steps[-1], reversed(steps))
    return 1 + len(list(same))


def _checked(before: Many[Term], last: Term, item: Item) -> tuple[Term, int]:
    first = before[0]
    steps = {_step(a, b) for a, b in pairwise(before)}
    if len(steps) > 1 or not steps <= {Fraction(1), Fraction(-1)}:
        raise unreadable("the terms before the dots are not a step apart", item, HINT)
    places = _differences(first, last)
    if not places:
        raise unreadable("the term behind the dots is none of their kind", item, HINT)
    apart = {difference(place.other, places[0].other) for place in places}
    base = {difference(place.first, places[0].first) for place in places}
    if None in apart or (len(places) > 1 and not _alike(places)):
        raise unreadable("the term behind the dots is none of their kind", item, HINT)
    assert base
    return first, int(next(iter(steps), Fraction(1)) or 1)


def _alike(places: Many[_Place]) -> bool:
    """Whether all indices move by the same from the first term to the last."""
    offsets = [
        (difference(one.first, places[0].first), difference(one.other, places[0].other))
        for one in places
    ]
    return all(a is not None and a == b for a, b in offsets)


def _step(left: Term, right: Term) -> Fraction | None:
    """How far the indices of the second term are from those of the first, if all alike."""
    places = _differences(left, right)
    if not places:
        return None
    found = {difference(place.other, place.first) for place in places}
    return found.pop() if len(found) == 1 else None


def _differences(left: Term, right: Term) -> list[_Place] | None:
    """Where two terms differ in their indices; None if they differ in anything else."""
    found: list[_Place] = []
    return found if _compare(left, right, (), found) else None


def _compare(left: object, right: object, path: tuple[str | int, ...], found: list[_Place]) -> bool:
    if left == right:
        return True
    if isinstance(left, Term) and isinstance(right, Term):
        inside_index = bool(path) and path[-2:-1] == ("indices",)
        if inside_index:
            found.append(_Place(path, left, right))
            return True
        if type(left) is not type(right):
            return False
        return all(
            _compare(getattr(left, name), getattr(right, name), (*path, name), found)
            for name in FIELDS[type(left)]
        )
    if isinstance(left, tuple) and isinstance(right, tuple) and len(left) == len(right):
        pairs = enumerate(zip(left, right, strict=True))
        return all(_compare(a, b, (*path, place), found) for place, (a, b) in pairs)
    return False


def _big(
    e: Elaboration, kind: BigKind, first: Term, places: Many[_Place], bounds: tuple[Term, Term]
) -> Term:
    letter = Letter(SCALAR, _spare(e, first), STEP)
    body = first
    for place in places:
        offset = difference(place.first, places[0].first) or Fraction(0)
        body = _put(body, place.path, moved(letter, offset))
    made = closed(body, letter.name)
    low, high = bounds
    return Big(first.type.plain, kind, letter.name, STEP, low, high, (), made)


def _put(term: object, path: tuple[str | int, ...], new: Term) -> Term:
    made = _inserted(term, path, new)
    assert isinstance(made, Term)
    return made


def _inserted(value: object, path: tuple[str | int, ...], new: Term) -> object:
    if not path:
        return new
    head, *rest = path
    if isinstance(head, str):
        assert isinstance(value, Term)
        return with_fields(value, {head: _inserted(getattr(value, head), tuple(rest), new)})
    assert isinstance(value, tuple)
    return (*value[:head], _inserted(value[head], tuple(rest), new), *value[head + 1 :])


def _spare(e: Elaboration, term: Term) -> str:
    used = {node.name for node in walk(term) if isinstance(node, Letter | Symbol)}
    taken = used | set(e.scope) | set(e.free)
    return next(name for name in ("j", "k", "i", "l", "r", "j'", "k'", "j''") if name not in taken)
