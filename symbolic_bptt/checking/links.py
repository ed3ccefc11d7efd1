"""The links of a chain set again from their typed terms, each in its plainest reading."""

from __future__ import annotations

from ..core.axes import STEP, Axis, Hole
from ..notation.elaboration.choices import Reading, readings
from ..notation.elaboration.equations import Equation
from ..notation.elaboration.errors import ElaborationError
from ..notation.elaboration.lower import NotLowered, lowered, ranges_of
from ..notation.errors import Problem
from ..notation.tree import Statement
from .answers import OPS
from .chosen import chosen
from .shield import shielded
from .typed import Examination
from .understanding import Link
from .unread import problem_of


def links_of(examination: Examination, number: int) -> tuple[Link | Problem, ...]:
    """Every link of a statement, in order: set again, or why it has no meaning."""
    count = len(examination.document.statements[number].relations)
    return tuple(_shielded(examination, number, link) for link in range(count))


def _shielded(examination: Examination, number: int, link: int) -> Link | Problem:
    formula = examination.formulas[number]
    return shielded(
        lambda: _link(examination, number, link),
        lambda error: Problem(error.message, formula.source, formula.span, kind="limit"),
    )


def _link(examination: Examination, number: int, link: int) -> Link | Problem:
    """A link in the first reading in which it has a meaning."""
    formula = examination.formulas[number]
    relation = examination.document.statements[number].relations[link]
    if relation.sign not in OPS:
        why = ElaborationError(
            "unreadable", f"the relation {relation.sign} is not in the notation", relation
        )
        return problem_of(why, formula.source, formula.span)
    reading = _plainest(examination, number, link)
    if reading.meaning is None:
        found = _error(examination, number, link, reading)
        return problem_of(found, formula.source, formula.span)
    try:
        return _set_again(examination, number, link, reading, reading.meaning)
    except NotLowered as missing:
        whole = formula.span
        return Problem(f"{missing} is understood, but cannot be printed", formula.source, whole)


def _plainest(examination: Examination, number: int, link: int) -> Reading[Equation]:
    found = list[Reading[Equation]]()
    document = examination.document
    for reading in readings(lambda oracle: document.equation(number, link, oracle)):
        if reading.meaning is not None:
            return reading
        found.append(reading)
    return found[0]


def _error(
    examination: Examination, number: int, link: int, reading: Reading[Equation]
) -> ElaborationError:
    """Why it has no meaning; of what would define a name, why that has no type."""
    behind = examination.document.errors.get(number) if link == 0 else None
    error = behind or reading.error
    assert error is not None
    return error


def _set_again(
    examination: Examination, number: int, link: int, reading: Reading[Equation], found: Equation
) -> Link:
    formula = examination.formulas[number]
    written = examination.document.statements[number]
    op, operands = OPS[written.relations[link].sign], written.operands[link : link + 2]
    sides = lowered(found.left), lowered(found.right)
    said = Statement(sides, (op,), ranges_of(found.conditions))
    letters = tuple((name, _range(axis)) for name, axis in found.letters.items())
    choices = chosen(reading.oracle, formula.source, operands)
    return Link(link + 1, said, found.left.type, found.right.type, letters, choices)


def _range(axis: Axis) -> str:
    """What a letter ranges over: `step`, a size, or `?` where that is open."""
    if axis == STEP:
        return "step"
    return "?" if isinstance(axis, Hole) else str(axis)
