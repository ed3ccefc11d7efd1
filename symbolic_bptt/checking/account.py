"""The account of a text: its displays, which of them were read, which are about the model."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from ..notation.displays import Display, Text
from ..notation.errors import Problem
from ..notation.files import Region
from ..notation.statements.statement import Leftover
from ..notation.tree import Span
from .formula import Formula
from .typed import Examination
from .verdict import Displays

ILL_FORMED = frozenset(("unreadable", "limit"))
"""The kinds of problems that keep a display from being read; ill-shaped is read, and wrong."""


def displays_of(examination: Examination, problems: Sequence[Problem]) -> Displays:
    """How many displays say something, were read to the end, and speak of the model."""
    own = [examination.formulas[line] for line in _about_the_model(examination)]
    bad = [one for one in problems if one.kind in ILL_FORMED]
    counted = _counted(examination.text.displays, (*problems, *examination.formulas))
    unread, about = _marked(counted, bad), _marked(counted, own)
    return Displays(len(counted), len(counted) - len(unread), len(about))


def problems_in(text: Text) -> tuple[Problem, ...]:
    """What is wrong with a text whatever it means, in order of kind.

    The same fault again on a line is one fault.
    """
    inside = (problem for display in text.displays for problem in display.problems)
    found: dict[tuple[int, int, str], Problem] = {}
    for one in (*text.problems, *inside, *_leftovers(text)):
        line, _ = one.source.line_and_column(one.span.start)
        found.setdefault((id(one.source), line, one.message), one)
    return tuple(found.values())


def _leftovers(text: Text) -> list[Problem]:
    """Mathematics that is neither a relation, nor a clause, nor harmless, and has no fault told."""
    return [
        _leftover(display, one)
        for display in text.displays
        for one in display.read.leftovers
        if not one.mention and not any(_stands_in(fault, one) for fault in display.problems)
    ]


def _stands_in(fault: Problem, leftover: Leftover) -> bool:
    return leftover.start <= fault.span.start < leftover.end


def _leftover(display: Display, one: Leftover) -> Problem:
    return Problem(one.why, display.source, Span(one.start, one.end))


def _marked(displays: Sequence[Display], places: Sequence[Problem | Formula]) -> set[int]:
    """The displays in which one of the places is."""
    starts: dict[int, list[int]] = defaultdict(list)
    for place in places:
        starts[id(place.source)].append(place.span.start)
    for several in starts.values():
        several.sort()
    return {n for n, one in enumerate(displays) if _any_within(starts[id(one.source)], one.region)}


def _any_within(starts: Sequence[int], region: Region) -> bool:
    place = bisect_left(starts, region.start)
    return place < len(starts) and starts[place] < region.end


def _counted(displays: Sequence[Display], places: Sequence[Problem | Formula]) -> list[Display]:
    """Every display; a formula in a line if it is a statement, or wrong."""
    says = _marked(displays, places)
    return [
        one for number, one in enumerate(displays) if one.region.kind == "display" or number in says
    ]


def _about_the_model(examination: Examination) -> set[int]:
    """The statements in which a name of the model occurs."""
    document = examination.document
    types = document.given.types
    rows = [row for row in document.signature.table() if (row.key, row.slots) in types]
    return {line for row in rows for line in row.lines}
