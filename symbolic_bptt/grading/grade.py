"""One submission graded: read, judged step by step, diagnosed, marked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from ..checking.account import problems_in
from ..checking.laboratory import Laboratory, close_laboratory, open_laboratory
from ..checking.quantities import quantity
from ..checking.sheet import examined
from ..checking.verdict import Diagnosis
from ..model import load_model
from ..notation.displays import Display, Text, read_text
from ..notation.errors import NotationError
from ..notation.source import Source
from ..notation.tree import Derivative, Expr
from .candidates import Sampler
from .exercise import Exercise, Target, model_path
from .explaining import Explanations
from .judgement import judge_steps
from .proof import Prover
from .scoring import Mark, Quantity, mark
from .steps import Judgement

GIVEN = "<given>"
"""The name of the text that the exercise allows to be used without proof."""

RENEWED_AFTER = 200
"""Submissions after which a worker draws its random points anew, so that its memory stays flat."""


@dataclass
class Desk:
    """An exercise made ready: its model prepared, its targets parsed. Made once a worker.

    Random points, and values that were computed at them, are shared by the submissions that are
    graded one after another, and dropped after `RENEWED_AFTER` of them.
    """

    exercise: Exercise
    laboratory: Laboratory
    quantities: tuple[Quantity, ...]
    given: tuple[Display, ...]
    graded: int = 0
    samplers: dict[int, Sampler] = field(default_factory=dict)
    explanations: Explanations = field(default_factory=Explanations)

    def renew(self) -> None:
        """Forget everything but what was prepared from the model."""
        old = self.laboratory
        self.laboratory = Laboratory(
            old.model,
            old.seed,
            old.blocks,
            old.content,
            old.hung,
            _prepared=old._prepared,
        )
        self.samplers = {}
        self.graded = 0

    def sampler(self, laboratory: Laboratory) -> Sampler:
        """The sampler of the model as a submission takes it."""
        key = id(laboratory)
        if key not in self.samplers or self.samplers[key].laboratory is not laboratory:
            self.samplers[key] = Sampler(laboratory)
        return self.samplers[key]


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
    given = read_text(Source("\n\n".join(exercise.given), GIVEN), "txt")
    if problems := problems_in(given):
        raise NotationError(*problems)
    known = _known_results(laboratory, given)
    quantities = tuple(_quantity(target, laboratory, known) for target in exercise.targets)
    desk = Desk(exercise, laboratory, quantities, given.displays)
    grade(desk, Text(()))  # every derivative is made before the first submission
    close_laboratory(laboratory)
    return desk


def _quantity(target: Target, laboratory: Laboratory, known: tuple[Expr, ...]) -> Quantity:
    """The target parsed; a ∂ of a state by a parameter in it is total unless it is written ∂⁺."""
    expr = quantity(laboratory.model, target.quantity)
    allowed = tuple(quantity(laboratory.model, one) for one in target.may_contain)
    return Quantity(target, expr, (*allowed, *(one for one in known if one != expr)))


def _known_results(laboratory: Laboratory, given: Text) -> tuple[Expr, ...]:
    """Derivatives that the exercise gives: they need not be worked out in an answer."""
    lines = examined(laboratory, given).bound.lines
    heads = [line.statement.operands[0] for line in lines if line.statement is not None]
    return tuple(head for head in heads if isinstance(head, Derivative))


def grade(desk: Desk, text: Text) -> Graded:
    """The judgement and the mark of one submission; nothing is raised for anything in it."""
    if desk.graded >= RENEWED_AFTER:
        desk.renew()
    desk.graded += 1
    exercise = desk.exercise
    whole = replace(text, displays=(*desk.given, *text.displays))
    sheet = examined(desk.laboratory, whole, strict=not exercise.readings)
    prover = Prover(sheet, frozenset(exercise.readings))
    judgement = judge_steps(prover, desk.sampler(sheet.bench), GIVEN)
    diagnoses = desk.explanations.of(judgement)
    result = mark(judgement, prover, desk.quantities, exercise, diagnoses)
    return Graded(_with_jumps(judgement, result), diagnoses, result)


def _with_jumps(judgement: Judgement, result: Mark) -> Judgement:
    """The judgement, with the steps that reach a target too far from what was shown before."""
    far = {one.step for one in result.results if one.jumped}
    steps = tuple(
        replace(one, relation="jumps") if one.number in far and one.relation == "follows" else one
        for one in judgement.steps
    )
    return replace(judgement, steps=steps)
