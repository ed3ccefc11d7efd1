"""The written half of a model: its equations as they stand in the file."""

from __future__ import annotations

from dataclasses import dataclass

from ..notation.errors import NotationError, Problem
from ..notation.parser import parse_statement, parse_target, split_statements
from ..notation.printer.text import text
from ..notation.source import Source
from ..notation.tree import Expr, Span, Symbol
from ..notation.vocabulary import NameRecord, Vocabulary
from .steps import linear_step, shifted


@dataclass(frozen=True)
class Written:
    """One equation as written, with the time index of its left side moved to t."""

    target: Symbol
    body: Expr
    timed: bool
    step: Expr | None
    source: Source
    span: Span

    @property
    def slot(self) -> tuple[str, bool]:
        """The key of its target among the declarations."""
        return self.target.name, bool(self.target.indices)

    def problem(self, message: str, span: Span | None = None, hint: str = "") -> Problem:
        """A problem with this equation, which the message names."""
        where = span or self.span
        return Problem(
            f"in the equation of {text(self.target)}: {message}", self.source, where, hint, "model"
        )


def targets(equations: Source, vocabulary: Vocabulary) -> tuple[list[NameRecord], list[Problem]]:
    """The names that the left sides introduce, so that the equations can be read in any order."""
    records: dict[str, NameRecord] = {}
    problems: list[Problem] = []
    for piece in split_statements(equations):
        left = piece.text.split("=", 1)[0]
        try:
            target = parse_target(
                Source(left, piece.name, piece.first_line, piece.first_column), vocabulary
            )
        except NotationError as error:
            problems.extend(error.problems)
            continue
        old = records.get(target.name)
        timed = bool(target.indices) or bool(old and old.timed)
        layout = target.layout if target.indices or old is None else old.layout
        records[target.name] = NameRecord(target.name, timed, layout, None, int(timed))
    return list(records.values()), problems


def read_equations(
    equations: Source, vocabulary: Vocabulary, time_index: str
) -> tuple[list[Written], list[Problem]]:
    """Every equation, parsed; every problem found on the way."""
    written: list[Written] = []
    problems: list[Problem] = []
    for piece in split_statements(equations):
        try:
            statement = parse_statement(piece, vocabulary)
        except NotationError as error:
            problems.extend(error.problems)
            continue
        whole = Span(0, len(piece.text))
        if len(statement.operands) != 2 or statement.operators != ("=",) or statement.ranges:
            message = "a model equation is one symbol = one expression, for every step"
            problems.append(Problem(message, piece, whole, kind="model"))
            continue
        target, body = statement.operands
        if not isinstance(target, Symbol):
            message = f"the left side must be one symbol, not {text(target)}"
            hint = "define the whole vector or matrix"
            problems.append(Problem(message, piece, target.span or whole, hint, "model"))
            continue
        one = _written(target, body, piece, time_index)
        written.append(one) if isinstance(one, Written) else problems.append(one)
    return written, problems


def _written(target: Symbol, body: Expr, piece: Source, time_index: str) -> Written | Problem:
    whole = Span(0, len(piece.text))
    if not target.indices:
        return Written(target, body, False, None, piece, whole)
    index = target.indices[0]
    step = linear_step(index, time_index)
    if len(target.indices) > 1 or step is None or step.t_multiple not in (0, 1):
        message = f"the step of {text(target)} must be {time_index}, or a number"
        return Problem(message, piece, target.span or whole, kind="model")
    if not step.t_multiple:
        return Written(target, body, False, index, piece, whole)
    if step.constant:
        body = shifted(body, time_index, -step.constant)
        target = Symbol(target.name, (Symbol(time_index),), target.layout, span=target.span)
    return Written(target, body, True, None, piece, whole)
