"""The mark: each target's points by the exercise's rules, with the sum written out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..checking.verdict import Diagnosis
from ..notation.tree import Expr
from .exercise import Exercise, Target
from .judgement import Judgement, Step, answers, holds, is_worked_out

Status = Literal["reached", "carried", "partly", "wrong", "missing", "for a person"]


@dataclass(frozen=True)
class Quantity:
    """A target with its quantity, and the derivatives that may stand in its answer, parsed."""

    target: Target
    expr: Expr
    allowed: tuple[Expr, ...]


@dataclass(frozen=True)
class TargetResult:
    """What a submission gets for one target. `step` is the step that decided it."""

    target: Target
    status: Status
    points: float
    step: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Mark:
    """The final mark, and how it adds up."""

    results: tuple[TargetResult, ...]
    deductions: tuple[tuple[str, float], ...]
    full: float

    @property
    def points(self) -> float:
        """The sum of the targets' points less the deductions, never below 0."""
        total = sum(one.points for one in self.results) - sum(off for _, off in self.deductions)
        return round(max(0.0, total), 4)

    @property
    def needs_a_person(self) -> bool:
        """Whether some target is left to a person; its 0 points are then provisional."""
        return any(one.status == "for a person" for one in self.results)


def mark(
    judgement: Judgement,
    quantities: Sequence[Quantity],
    exercise: Exercise,
    diagnoses: dict[int, tuple[Diagnosis, ...]],
) -> Mark:
    """The mark of a judged submission. `diagnoses` are the named mistakes of its wrong steps."""
    results = tuple(_target(judgement, one, exercise, diagnoses) for one in quantities)
    kinds = {item.kind for found in diagnoses.values() for item in found[:1]}
    deductions = tuple(
        (kind, points) for kind, points in exercise.penalties.items() if kind in kinds
    )
    return Mark(results, deductions, exercise.points)


def _target(
    judgement: Judgement,
    quantity: Quantity,
    exercise: Exercise,
    diagnoses: dict[int, tuple[Diagnosis, ...]],
) -> TargetResult:
    target, sheet = quantity.target, judgement.sheet
    best: TargetResult | None = None
    for step in judgement.steps:
        claim = answers(step, quantity.expr, sheet)
        if claim is None:
            continue
        if target.explicit and not is_worked_out(claim.right, quantity.allowed, sheet):
            found = TargetResult(target, "missing", 0.0, step.number, "not worked out")
        elif step.verdict == "holds" and (
            claim.left == step.posed.claim.left if step.posed else False
        ):
            found = _reached(target, step, judgement, exercise)
        elif step.verdict in ("undefined", "undecided", "unreadable"):
            found = TargetResult(target, "for a person", 0.0, step.number, step.message)
        elif holds(claim, sheet):
            found = _reached(target, step, judgement, exercise)
        else:
            found = _wrong(target, step, exercise, diagnoses.get(step.number, ()))
        best = found if best is None or found.points > best.points else best
    if best is not None and (best.points or best.status == "for a person"):
        return best
    if judgement.unsettled and (best is None or best.status == "missing"):
        reason = "some lines could not be read or decided; the answer may be among them"
        return TargetResult(target, "for a person", 0.0, None, reason)
    return best or TargetResult(target, "missing", 0.0, None, "no step says what it is")


def _reached(target: Target, step: Step, judgement: Judgement, exercise: Exercise) -> TargetResult:
    shown = sum(1 for one in judgement.steps if one.number <= step.number)
    if shown < exercise.steps.at_least:
        points = target.points * exercise.steps.jump
        reason = f"true, but in {shown} of at least {exercise.steps.at_least} steps"
        return TargetResult(target, "reached", points, step.number, reason)
    return TargetResult(target, "reached", target.points, step.number, "proved equal to the truth")


def _wrong(
    target: Target, step: Step, exercise: Exercise, found: Sequence[Diagnosis]
) -> TargetResult:
    if step.relation == "follows from an earlier mistake":
        points = target.points * exercise.credit.carried
        reason = f"right given the mistake in step {step.because_of}"
        return TargetResult(target, "carried", points, step.number, reason)
    for diagnosis in found[:1]:
        share = exercise.credit.mistakes.get(diagnosis.kind, 0.0)
        status: Status = "partly" if share else "wrong"
        points = target.points * share
        return TargetResult(target, status, points, step.number, diagnosis.message)
    return TargetResult(target, "wrong", 0.0, step.number, "not equal to the truth")
