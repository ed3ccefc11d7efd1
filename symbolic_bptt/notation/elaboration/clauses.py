"""Clauses and conditions: for which values of an index something is said."""

from __future__ import annotations

from itertools import pairwise

from ...core.linear import difference, linear
from ...core.terms import Add, Condition, Letter, Negative, Scale, Term, scalar
from ...core.types import SCALAR
from ..statements.statement import Bounds, Clause
from ..surface.nodes import Item, Sequence
from .context import Elaboration
from .errors import unreadable
from .indices import beyond, index, letter_text, limit_of

FLIPPED = {"<": ">", ">": "<", r"\le": r"\ge", r"\ge": r"\le", "=": "=", r"\ne": r"\ne"}


def conditions(e: Elaboration, clause: Clause, item: Item) -> tuple[Condition, ...]:
    """The conditions of a clause as terms."""
    ranges = (condition(e, bounds) for bounds in clause.bounds)
    isolated = (_isolated(e, one.left, one.relation, one.right, item) for one in clause.conditions)
    return (*ranges, *isolated)


def condition(e: Elaboration, bounds: Bounds) -> Condition:
    """lower ≤ letter ≤ upper."""
    letter = letter_text(bounds.letter)
    if letter is None:
        raise unreadable("a clause about something that is no letter", bounds.letter)
    if len(bounds.values) > 1:
        return _listed(e, letter, [index(e, value) for value in bounds.values], bounds)
    value = index(e, bounds.values[0]) if bounds.values else None
    lower = value or limit_of(e, bounds.lower, int(bounds.lower_strict))
    upper = value or limit_of(e, bounds.upper, -int(bounds.upper_strict))
    if bounds.falling or (bounds.dots and _falls(e, lower, upper)):
        lower, upper = upper, lower
    unequal = tuple(index(e, other) for other in bounds.unequal)
    return Condition(e.letter(letter), lower, upper, unequal)


def _falls(e: Elaboration, first: Term | None, last: Term | None) -> bool:
    r"""Whether first, …, last runs downwards: `T, \dots, 1`, `t - 1, \dots, 1`, `t, \dots, k`."""
    start, end = (None if one is None else linear(one) for one in (first, last))
    if start is None or end is None:
        return False
    (low, above), (high, below) = start, end
    if above == below:
        return low > high
    if not above or not below:
        return not below
    later = ("T", e.context.time_index)
    return next((one in above for one in later if (one in above) != (one in below)), False)


def _listed(e: Elaboration, letter: str, values: list[Term], bounds: Bounds) -> Condition:
    """t = 1, 2, 3, which are consecutive, up or down."""
    steps = {difference(b, a) for a, b in pairwise(values)}
    if steps not in ({1}, {-1}):
        raise unreadable("a clause that lists values which are not consecutive", bounds.letter)
    low, high = (values[0], values[-1]) if steps == {1} else (values[-1], values[0])
    return Condition(e.letter(letter), low, high)


def _isolated(e: Elaboration, left: Sequence, sign: str, right: Sequence, item: Item) -> Condition:
    """A relation between index expressions, solved for one of its letters: t - k > 3."""
    parts = linear(Add(SCALAR, (index(e, left), Negative(SCALAR, index(e, right)))))
    if parts is None or sign not in FLIPPED:
        raise unreadable("this condition on the indices", item)
    constant, multiples = parts
    wanted = [name for name, multiple in multiples.items() if abs(multiple) == 1 and name != "T"]
    if not wanted:
        raise unreadable("this condition on the indices", item)
    name = wanted[-1]
    multiple = multiples[name]
    rest: list[Term] = [scalar(-constant * multiple)]
    for other, factor in multiples.items():
        if other != name:
            rest.append(Scale(SCALAR, scalar(-factor * multiple), e.letter(other)))
    limit = Add(SCALAR, tuple(rest)) if len(rest) > 1 else rest[0]
    return _bounded(e.letter(name), sign if multiple > 0 else FLIPPED[sign], limit)


def _bounded(letter: Letter, sign: str, limit: Term) -> Condition:
    match sign:
        case "=":
            return Condition(letter, limit, limit)
        case "<":
            return Condition(letter, None, beyond(limit, -1))
        case r"\le":
            return Condition(letter, None, limit)
        case ">":
            return Condition(letter, beyond(limit, 1), None)
        case r"\ge":
            return Condition(letter, limit, None)
    return Condition(letter, None, None, (limit,))
