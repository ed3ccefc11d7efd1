"""An exercise tried out before a class sees it: its model answer, and every wrong one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from random import Random
from typing import Literal

import numpy as np

from ..checking.claims import HOLDING
from ..checking.definitions import Definitions
from ..checking.diagnosis import catalogue
from ..notation.displays import Text, read_text
from ..notation.errors import NotationError, Problem
from ..notation.printer.latex import latex
from ..notation.source import Source
from ..notation.tree import Statement
from .exercise import Exercise
from .generator import Workshop
from .generator.planting import mutants
from .grade import Desk, Graded, grade, prepare_desk
from .model_answer import as_text, model_answer
from .quantities import index_letters

MUTANTS = 40
"""Wrong answers tried for each target."""

Level = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Remark:
    """Something to know about an exercise. An error makes it unfit to be given out."""

    level: Level
    message: str


@dataclass(frozen=True)
class Lint:
    """What came out. `tried` counts the wrong answers, `lost` those that lost what they should."""

    remarks: tuple[Remark, ...]
    answer: str
    tried: int
    lost: int

    @property
    def ok(self) -> bool:
        """Whether nothing speaks against giving the exercise out."""
        return not any(one.level == "error" for one in self.remarks)


def lint(exercise: Exercise, file: Path) -> Lint:
    """The exercise against its model answer and against wrong ones made from it.

    Raises `ModelError` and `NotationError` for an exercise that cannot be used.
    """
    try:
        desk = prepare_desk(exercise, file)
    except NotationError as error:
        if any(problem.kind != "undefined" for problem in error.problems):
            raise
        return Lint(tuple(map(_without_value, error.problems)), "", 0, 0)
    remarks = [*_names(exercise), *_targets(desk), *_given(desk)]
    statements = model_answer(desk.laboratory.model, desk.quantities)
    right = _graded(desk, statements)
    remarks += _right_answer(desk, right)
    tried = lost = 0
    for remark, fine in _wrong_answers(desk, statements):
        tried += 1
        lost += fine
        if remark is not None:
            remarks.append(remark)
    return Lint(tuple(remarks), as_text(statements), tried, lost)


def _without_value(problem: Problem) -> Remark:
    written = problem.source.text
    return Remark("error", f"{written} has no value in this model: {problem.message}")


def _names(exercise: Exercise) -> Iterator[Remark]:
    known = catalogue()
    for key, names in (
        ("credit.mistakes", exercise.credit.mistakes),
        ("penalties", exercise.penalties),
    ):
        for name in names:
            if name not in known:
                yield Remark("error", f"{key}: no mistake is called {name!r}; "
                             f"there are {', '.join(sorted(known))}")  # fmt: skip
    for name, share in exercise.credit.mistakes.items():
        if share >= 1:
            yield Remark("warning", f"credit.mistakes.{name} = 1 gives full points for a mistake")
    quantities = [one.quantity for one in exercise.targets]
    for quantity in sorted({one for one in quantities if quantities.count(one) > 1}):
        yield Remark("warning", f"{quantity} is asked for twice")


def _targets(desk: Desk) -> Iterator[Remark]:
    """Each target must have a value: it must be about this model."""
    sampler = desk.sampler(desk.laboratory)
    for one in desk.quantities:
        table = sampler.table(one.expr, index_letters(one.expr), Definitions())
        if not table:
            yield Remark("error", f"{one.target.quantity} has no value in this model")
        elif not any(np.any(value != 0) for value in table.values()):
            yield Remark("warning", f"{one.target.quantity} is 0 in this model: any 0 reaches it")


def _given(desk: Desk) -> Iterator[Remark]:
    graded = grade(desk, Text(()))
    sheet = graded.judgement.sheet
    for posed, judged in sheet.results:
        if judged.finding.outcome not in HOLDING:
            shown = posed.line.formula.latex
            yield Remark("error", f"given: {shown!r} does not hold in this model")
    for line in sheet.bound.lines:
        for problem in line.problems:
            yield Remark("error", f"given: {problem.message}: {line.formula.latex!r}")


def _right_answer(desk: Desk, graded: Graded) -> Iterator[Remark]:
    for result in graded.mark.results:
        if result.status == "missing" and result.step is None:
            yield Remark(
                "note", f"{result.target.quantity}: no closed form is known to try it with"
            )
        elif result.points < result.target.points:
            yield Remark(
                "error",
                f"{result.target.quantity}: the model answer gets {result.points:g} of "
                f"{result.target.points:g} points ({result.reason})",
            )


def _wrong_answers(
    desk: Desk, statements: Sequence[Statement]
) -> Iterator[tuple[Remark | None, bool]]:
    """Each equation of the model answer with one mistake in it, the rest as it should be."""
    workshop = Workshop.of(desk.laboratory)
    context = workshop.context()
    by_quantity = {one.expr: at for at, one in enumerate(desk.quantities)}
    for position, statement in enumerate(statements):
        at = by_quantity.get(statement.operands[0])
        if at is None:
            continue
        random = Random(f"{desk.exercise.seed} {position}")
        right = statement.operands[1]
        every = mutants(right, (), context, random)
        wrongs = (one for one in every if workshop.differs(statement, one.expr))
        for mutant in islice(wrongs, MUTANTS):
            wrong = replace(statement, operands=(statement.operands[0], mutant.expr))
            changed = [*statements[:position], wrong, *statements[position + 1 :]]
            yield _one_wrong(desk, changed, at, latex(wrong))


def _one_wrong(
    desk: Desk, statements: Sequence[Statement], at: int, shown: str
) -> tuple[Remark | None, bool]:
    graded = _graded(desk, statements)
    result = graded.mark.results[at]
    if result.status == "reached":
        step = graded.judgement.step(result.step) if result.step else None
        reading = step.judged.read if step and step.judged else ()
        level: Level = "warning" if reading else "error"
        how = f" (read with {', '.join(reading)})" if reading else ""
        return Remark(level, f"full points for a wrong answer{how}: {shown}"), False
    kinds = [found[0].kind for found in graded.diagnoses.values() if found]
    share = max((desk.exercise.credit.mistakes.get(kind, 0.0) for kind in kinds), default=0.0)
    should = result.target.points * share
    if result.points > should + 1e-9:
        return Remark("warning", f"{result.points:g} points for a wrong answer: {shown}"), False
    return None, True


def _graded(desk: Desk, statements: Sequence[Statement]) -> Graded:
    return grade(desk, read_text(Source(as_text(list(statements)), "model answer"), "tex"))
