"""The statements of a text with their places, as far as something can be claimed by them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..model.model import Model
from ..notation.displays import Display, Text
from ..notation.elaboration.indices import letter_text
from ..notation.elaboration.lines import nodes
from ..notation.statements.statement import ClauseAlone, Statement
from ..notation.surface.nodes import (
    Dots,
    Name,
    Number,
    Operator,
    Scripted,
    Separator,
    meaningful,
)
from ..notation.tree import Span
from .formula import Formula

BROKEN = "something in it could not be read"


def placed_statements(text: Text, model: Model) -> Iterator[tuple[Formula, Statement]]:
    """Every statement with its place, and clauses alone that claim something, in order."""
    indices = _index_letters(text) | {model.time.index}
    for display in text.displays:
        found: list[Statement] = [*display.read.statements]
        found += [
            alone.statement
            for alone in display.read.clauses_alone
            if alone.statement is not None
            and (_compares(alone, alone.statement) or _claims(alone.statement, indices, model))
        ]
        for statement in sorted(found, key=lambda one: one.start):
            yield _place(display, statement), _without_faults(display, statement)


def _place(display: Display, statement: Statement) -> Formula:
    start, end = statement.start, statement.end
    skipped = (gap for gap in display.region.skipped if start <= gap[0] and gap[1] <= end)
    return Formula(display.source, Span(start, end), tuple(skipped))


def _without_faults(display: Display, written: Statement) -> Statement:
    """A statement with a fault in it is not judged: the fault is told in its place."""
    starts = (problem.span.start for problem in display.problems)
    if any(written.start <= start < written.end for start in starts):
        return replace(written, unread=BROKEN)
    return written


def _index_letters(text: Text) -> set[str]:
    """The letters that stand in a script somewhere."""
    scripts = [
        script
        for display in text.displays
        for node in nodes(display.tree)
        if isinstance(node, Scripted)
        for script in node.scripts
    ]
    return {
        letter
        for script in scripts
        for node in nodes(script.body)
        if (letter := letter_text(node)) is not None
    }


def _compares(alone: ClauseAlone, statement: Statement) -> bool:
    """Whether it is no range of a letter: 1/T ≥ 0.03, T < 2^{10}, W ∈ ℝ^{n × m}."""
    if alone.clause.shapes:
        return True
    if alone.clause.conditions and not alone.clause.bounds:
        return True
    items = [item for one in statement.operands for item in meaningful(one)]
    return not all(isinstance(item, Name | Number | Operator | Dots | Separator) for item in items)


def _claims(statement: Statement, indices: set[str], model: Model) -> bool:
    """Whether a relation between letters is about a size or defines one, and is no range."""
    items = [item for one in statement.operands for item in meaningful(one)]
    letters = {text for item in items if (text := letter_text(item)) is not None}
    if letters & set(model.sizes):
        return letters <= {*model.sizes, "T", model.time.letter}
    return bool(letters) and not letters & (indices | {"T", model.time.letter})
