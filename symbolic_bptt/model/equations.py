"""The written half of a model: its equations as they stand in the file, and what they define."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..notation.displays import Display, Text, read_text
from ..notation.elaboration.lines import may_define
from ..notation.errors import Problem
from ..notation.names.key import ONE_SYMBOL, symbol_of
from ..notation.printer.text import text
from ..notation.sizes import Shape
from ..notation.source import Source
from ..notation.statements.renaming import with_last_step
from ..notation.statements.statement import Statement
from ..notation.surface.nodes import Group, Sequence, meaningful
from ..notation.tokens.plain import Dialect
from ..notation.tree import Expr, Span, Symbol
from .steps import linear_step, shifted

ONE_EQUATION = "a model equation is one symbol = one expression, for every step"
_POWER = re.compile(r"(.+)\^(?:\d|\{\d+\})")


@dataclass(frozen=True)
class LeftSide:
    """One equation as it stands in the file, and the symbol that its left side is.

    entries: how many letters behind the step say of which entry it is said.
    """

    statement: Statement
    target: Symbol
    entries: int = 0

    @property
    def span(self) -> Span:
        """Where the equation stands."""
        return Span(self.statement.start, self.statement.end)

    @property
    def slot(self) -> tuple[str, bool]:
        """The key of its target among the declarations."""
        return self.target.name, bool(self.target.indices)

    def step(self, time_index: str) -> Expr | None:
        """The step on the left side; None where it is none that holds once."""
        index = self.target.indices[0] if self.target.indices else None
        step = None if index is None else linear_step(index, time_index)
        return None if step is None or step.t_multiple else index


@dataclass(frozen=True)
class Written:
    """One equation as written, with the time index of its left side moved to t.

    `shape` is that of its body. `error`: why it has none; its body then tells what it reads.
    """

    target: Symbol
    body: Expr
    source: Source
    span: Span
    timed: bool = False
    step: Expr | None = None
    shape: Shape | None = None
    error: Problem | None = None

    @property
    def slot(self) -> tuple[str, bool]:
        """The key of its target among the declarations."""
        return self.target.name, bool(self.target.indices)

    @property
    def latex(self) -> str:
        """The equation as it stands in the file."""
        return self.source.text[self.span.start : self.span.end]

    def problem(self, message: str, span: Span | None = None, hint: str = "") -> Problem:
        """A problem with this equation, which the message names."""
        where = span or self.span
        return Problem(
            f"in the equation of {text(self.target)}: {message}", self.source, where, hint, "model"
        )


def left_sides(
    equations: Source, time_index: str, dialect: Dialect, last: str = "T"
) -> tuple[list[LeftSide], list[Problem]]:
    """Every equation with what it defines; every problem found on the way.

    last: the letter that stands for T.
    """
    read = read_text(equations, "txt", dialect)
    lefts: list[LeftSide] = []
    problems = [*read.problems, *_prose(equations, read)]
    for display in read.displays:
        problems += [*display.problems, *_leftovers(display)]
        for statement in _statements(display):
            if any(statement.start <= one.span.start < statement.end for one in display.problems):
                continue
            one = _left_side(with_last_step(statement, last), display.source, time_index)
            lefts.append(one) if isinstance(one, LeftSide) else problems.append(one)
    return lefts, problems


def _prose(equations: Source, read: Text) -> Iterator[Problem]:
    for region in read.prose:
        words = equations.text[region.start : region.end]
        if words.strip():
            start = region.start + len(words) - len(words.lstrip())
            span = Span(start, start + len(words.strip()))
            yield Problem(ONE_EQUATION, equations, span, "put words behind a % sign", "model")


def _leftovers(display: Display) -> Iterator[Problem]:
    """What of a display says nothing; where something in it is broken, that alone is told."""
    if display.problems:
        return
    for rest in display.read.leftovers:
        span = Span(rest.start, rest.end)
        hint = "" if rest.mention else rest.why
        yield Problem(ONE_EQUATION, display.source, span, hint, "model")


def _statements(display: Display) -> list[Statement]:
    alone = (clause.statement for clause in display.read.clauses_alone)
    found = [*display.read.statements, *(one for one in alone if one is not None)]
    return sorted(found, key=lambda one: one.start)


def _left_side(statement: Statement, source: Source, time_index: str) -> LeftSide | Problem:
    whole = Span(statement.start, statement.end)
    if statement.unread:
        return Problem(statement.unread, source, whole, kind="model")
    one_relation = len(statement.relations) == 1 and may_define(statement)
    if not one_relation or statement.clauses:
        return Problem(ONE_EQUATION, source, whole, kind="model")
    statement = _without_arguments(statement, time_index)
    left = statement.operands[0]
    target = symbol_of(left, time_index)
    if isinstance(target, Symbol):
        behind = target.indices[1:]
        letters = [one for one in behind if isinstance(one, Symbol) and one.name != time_index]
        if letters and len(letters) == len(behind):
            return LeftSide(statement, replace(target, indices=target.indices[:1]), len(letters))
        return LeftSide(statement, target)
    span = Span(left.start, left.end) if left.start < left.end else whole
    shown = source.text[span.start : span.end]
    if target != ONE_SYMBOL:
        return Problem(f"the left side is no symbol, {shown}: {target}", source, span, kind="model")
    message = f"the left side must be one symbol, not {shown}"
    return Problem(message, source, span, "define the whole vector or matrix", "model")


def _without_arguments(statement: Statement, time_index: str) -> Statement:
    r"""E(y, \hat y) = …: the arguments of a name only remind the reader."""
    left = statement.operands[0]
    items = meaningful(left)
    called = len(items) == 2 and isinstance(items[1], Group) and items[1].opening == "("
    if not called or isinstance(symbol_of(left, time_index), Symbol):
        return statement
    name = Sequence(items[:1], parts=items[:1])
    return replace(statement, operands=(name, *statement.operands[1:]))


def powers(lefts: Iterable[LeftSide], known: Iterable[str], source: Source) -> Iterator[Problem]:
    """Left sides that are a power of a name that the model has: A^2."""
    lefts = tuple(lefts)
    names = {*known, *(one.target.name for one in lefts)}
    for one in lefts:
        found = _POWER.fullmatch(one.target.name)
        if found is not None and found[1] in names:
            message = "the left side is a power, not a symbol"
            yield Problem(message, source, one.target.span or one.span, kind="model")


def placed(written: Written, time_index: str) -> Written | Problem:
    """The equation with its left side moved to t."""
    target = written.target
    if not target.indices:
        return written
    index = target.indices[0]
    step = linear_step(index, time_index)
    if len(target.indices) > 1:
        message = f"the left side must be one symbol, not {text(target)}"
        hint = "define the whole vector or matrix"
        return Problem(message, written.source, target.span or written.span, hint, "model")
    if step is None or step.t_multiple not in (0, 1):
        message = f"the step of {text(target)} must be {time_index}, or a number"
        return Problem(message, written.source, target.span or written.span, kind="model")
    if not step.t_multiple:
        return replace(written, step=index)
    if step.constant:
        target = replace(target, indices=(Symbol(time_index),))
        body = shifted(written.body, time_index, -step.constant)
        written = replace(written, target=target, body=body)
    return replace(written, timed=True)
