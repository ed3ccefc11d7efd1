"""One submission graded: read, judged step by step, diagnosed, marked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from ..checking.laboratory import Laboratory, open_laboratory
from ..checking.sheet import examined
from ..checking.verdict import Diagnosis
from ..model import load_model
from ..notation.extract import Extraction, Formula, formulas
from ..notation.parser import parse_expression
from ..notation.source import Source
from .exercise import Exercise, model_path
from .judgement import Judgement, judge_steps
from .scoring import Mark, Quantity, mark

GIVEN = "<given>"
"""The name of the text that the exercise allows to be used without proof."""


@dataclass(frozen=True)
class Desk:
    """An exercise made ready: its model prepared, its targets parsed. Made once a worker."""

    exercise: Exercise
    laboratory: Laboratory
    quantities: tuple[Quantity, ...]
    given: tuple[Formula, ...]


@dataclass(frozen=True)
class Graded:
    """Everything about one submission."""

    judgement: Judgement
    diagnoses: dict[int, tuple[Diagnosis, ...]]
    mark: Mark


def prepare_desk(exercise: Exercise, file: Path) -> Desk:
    """The exercise at `file` ready for grading. Raises `ModelError`, `NotationError`."""
    model = load_model(model_path(exercise, file), exercise.let)
    laboratory = open_laboratory(model, exercise.seed)
    given = formulas(Source("\n\n".join(exercise.given), GIVEN), "txt").formulas
    vocabulary = model.vocabulary
    quantities = tuple(
        Quantity(
            target,
            parse_expression(target.quantity, vocabulary),
            tuple(parse_expression(one, vocabulary) for one in target.may_contain),
        )
        for target in exercise.targets
    )
    return Desk(exercise, laboratory, quantities, given)


def grade(desk: Desk, extraction: Extraction) -> Graded:
    """The judgement and the mark of one submission; nothing is raised for anything in it."""
    whole = replace(extraction, formulas=(*desk.given, *extraction.formulas))
    sheet = examined(desk.laboratory, whole, strict=desk.exercise.strict)
    judgement = _without_given(judge_steps(sheet))
    diagnoses = _diagnoses(judgement)
    return Graded(judgement, diagnoses, mark(judgement, desk.quantities, desk.exercise, diagnoses))


def _without_given(judgement: Judgement) -> Judgement:
    given = {
        line.formula.latex
        for line in judgement.sheet.bound.lines
        if line.formula.source.name == GIVEN
    }
    steps = tuple(step for step in judgement.steps if step.latex not in given)
    return replace(judgement, steps=steps)


def _diagnoses(judgement: Judgement) -> dict[int, tuple[Diagnosis, ...]]:
    return {}
