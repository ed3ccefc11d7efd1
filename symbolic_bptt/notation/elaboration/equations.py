"""Equations: both sides of a relation in one type, and for which letters it is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ...core.axes import Axis
from ...core.binding import free_letters
from ...core.terms import Condition, Term
from ..statements.statement import Clause
from ..surface.nodes import Sequence
from .choices import Oracle
from .clauses import conditions
from .context import Context, Elaboration
from .errors import ElaborationError
from .explicit import check_partials
from .expressions import read
from .lines import names_last_step
from .repeated import summed
from .sums import equated


@dataclass(frozen=True)
class Equation:
    """left = right for all values of the letters that meet the conditions; both have one type.

    `letters` are those without a value, with what they range over.
    """

    left: Term
    right: Term
    letters: Mapping[str, Axis]
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class Sides:
    """What is written: two sides of a relation on one line, and the clauses behind it.

    `head` is the left side of the whole chain: its letters count for every link.
    """

    line: int
    left: Sequence
    right: Sequence
    clauses: tuple[Clause, ...] = ()
    head: Sequence | None = None


def opened(context: Context, oracle: Oracle, line: int) -> Elaboration:
    """A new elaboration."""
    return Elaboration(context, oracle, line, read)


def equation(context: Context, oracle: Oracle, sides: Sides) -> Equation:
    """The equation that two sides are. Raises `ElaborationError`."""
    e = opened(context, oracle, sides.line)
    e.names_last_step = any(map(names_last_step, (sides.left, sides.right)))
    found = _conditions(e, sides)
    e.side = "left"
    chained = sides.head is not None and sides.head is not sides.left
    if sides.head is not None and chained:
        e.expression(sides.head)
    introduced = set(e.free)
    left = e.expression(sides.left)
    if chained:
        left = _without_repeated(e, left, introduced, sides.left, strict=False)
    introduced |= (
        {letter for letter in e.free if _is_free(left, letter)} if chained else set(e.free)
    )
    e.side = "right"
    right = e.expression(sides.right)
    check_partials(oracle, left, right, sides.right)
    right = _without_repeated(e, right, introduced, sides.right)
    left, right = equated(e, left, right, sides.right)
    return _settled(e, left, right, found)


def _conditions(e: Elaboration, sides: Sides) -> list[Condition]:
    return [one for clause in sides.clauses for one in conditions(e, clause, sides.right)]


def _without_repeated(
    e: Elaboration, term: Term, introduced: set[str], item: Sequence, *, strict: bool = True
) -> Term:
    """A side with every letter that is not introduced summed over, where it is repeated.

    In the middle of a chain a letter that is not repeated is left, unless `strict`.
    """
    for letter in tuple(e.free):
        if letter in introduced:
            continue
        try:
            term = summed(e, term, letter, item)
        except ElaborationError:
            if strict:
                raise
    return term


def _is_free(term: Term, letter: str) -> bool:
    return letter in free_letters(term)


def _settled(e: Elaboration, left: Term, right: Term, found: list[Condition]) -> Equation:
    made = e.settled(left, right)
    used = {**free_letters(made[0]), **free_letters(made[1])}
    letters = {name: e.sizes.find(axis) for name, axis in e.free.items() if name in used}
    kept = tuple(
        replace(one, letter=e.settled(one.letter)[0]) for one in found if one.letter is not None
    )
    return Equation(made[0], made[1], letters, kept)
