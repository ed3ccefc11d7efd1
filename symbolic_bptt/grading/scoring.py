"""The mark: each target's points by the exercise's rules, with the sum written out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ..checking.reports import VERDICT_OF
from ..checking.verdict import Diagnosis
from ..notation.printer.text import text
from ..notation.tree import Expr
from .answers import Answer, Quest
from .carrying import reachable
from .exercise import Exercise, Target
from .proof import Prover
from .steps import FALSE, Judgement, Step

Status = Literal["reached", "carried", "partly", "wrong", "missing", "for a person"]

Diagnoses = Mapping[int, Sequence[Diagnosis]]
"""The named mistakes of a wrong step, by its number, the likeliest first."""


@dataclass(frozen=True)
class Quantity:
    """A target with its quantity, and the derivatives that may stand in its answer, parsed."""

    target: Target
    expr: Expr
    allowed: tuple[Expr, ...] = ()


@dataclass(frozen=True)
class TargetResult:
    """What a submission gets for one target. `step` is the step that decided it.

    `jumped`: it was reached in fewer steps than the exercise asks for.
    """

    target: Target
    status: Status
    points: float
    step: int | None = None
    reason: str = ""
    jumped: bool = False


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
    prover: Prover,
    quantities: Sequence[Quantity],
    exercise: Exercise,
    diagnoses: Diagnoses,
) -> Mark:
    """The mark of a judged submission."""
    scorer = _Scorer(judgement, prover, exercise, diagnoses)
    results = tuple(scorer.target(one) for one in quantities)
    kinds = {item.kind for found in diagnoses.values() for item in found[:1]}
    deductions = tuple(
        (kind, points) for kind, points in exercise.penalties.items() if kind in kinds
    )
    return Mark(results, deductions, exercise.points)


@dataclass(frozen=True)
class _Scorer:
    judgement: Judgement
    prover: Prover
    exercise: Exercise
    diagnoses: Diagnoses

    def target(self, quantity: Quantity) -> TargetResult:
        """The last answer decides, unless an earlier one was right and it contradicts that."""
        quest = Quest(self.judgement, self.prover, quantity.expr, quantity.allowed)
        answers = list(quest.answers())
        general = [one for one in answers if one.general]
        found = [(one, self._one(quest, one, answers, quantity.target)) for one in general]
        worked = [result for _, result in found if result.status != "missing"]
        if not worked:
            return self._nothing(quantity.target, [result for _, result in found])
        last = worked[-1]
        right = next((one for one in worked if one.status == "reached"), None)
        if last.status in ("wrong", "carried", "partly") and right is not None:
            points = max(last.points, right.points * self.exercise.credit.contradicted)
            reason = f"right in step {right.step}, but step {last.step} says something else"
            return TargetResult(quantity.target, "partly", points, last.step, reason)
        if last.status == "reached" and any(one.status == "wrong" for one in worked):
            reason = f"{last.reason}; it puts right what was said before"
            return TargetResult(quantity.target, "reached", last.points, last.step, reason)
        return last

    def _nothing(self, target: Target, unfinished: Sequence[TargetResult]) -> TargetResult:
        if self.judgement.unsettled:
            reason = "some lines could not be read or decided; the answer may be among them"
            return TargetResult(target, "for a person", 0.0, None, reason)
        if unfinished:
            return unfinished[-1]
        return TargetResult(target, "missing", 0.0, None, "no step says what it is")

    def _one(
        self, quest: Quest, answer: Answer, answers: Sequence[Answer], target: Target
    ) -> TargetResult:
        step = answer.step
        judged = quest.judged(answer, answers)
        verdict = VERDICT_OF[judged.finding.outcome]
        if verdict in ("undefined", "undecided"):
            reason = step.message or "it could not be decided whether this is right"
            return TargetResult(target, "for a person", 0.0, step.number, reason)
        if judged.only_T is not None and judged.only_T != self.exercise.T:
            reason = f"this is for T = {judged.only_T}, and T = {self.exercise.T} is asked for"
            return TargetResult(target, "wrong", 0.0, step.number, reason)
        if target.explicit:
            left = quest.unfinished(answer)
            mistaken = [one for _, one in left if one is not None]
            if mistaken and len(mistaken) == len(left) and self.prover.proves(judged):
                return self._carried(target, step, mistaken[0].because_of or mistaken[0].number)
            if left:
                names = ", ".join(dict.fromkeys(text(one) for one, _ in left))
                reason = f"still to be worked out: {names}"
                return TargetResult(target, "missing", 0.0, step.number, reason)
        if self.prover.proves(judged):
            return self._reached(target, step, answer)
        return self._wrong(target, step)

    def _reached(self, target: Target, step: Step, answer: Answer) -> TargetResult:
        needed = self.exercise.steps.at_least
        shown = len(self._shown(step, answer))
        if shown < needed:
            points = target.points * self.exercise.steps.jump
            reason = f"proved equal to the truth, but reached in {shown} of {needed} steps"
            return TargetResult(target, "reached", points, step.number, reason, jumped=True)
        reason = "proved equal to the truth"
        return TargetResult(target, "reached", target.points, step.number, reason)

    def _shown(self, step: Step, answer: Answer) -> set[int]:
        """The steps that lead to an answer: the names it uses, and what was said of it before."""
        names = reachable(answer.body, self.prover.sheet.bound.definitions)
        shown = {step.number}
        for one in self.judgement.steps:
            if one.number >= step.number or one.relation in ("restates", "irrelevant", *FALSE):
                continue
            same = (
                one.claim is not None
                and step.claim is not None
                and one.claim.left in (step.claim.left, answer.body)
            )
            if one.defines in names or same or one.line is step.line:
                shown.add(one.number)
        return shown

    def _carried(self, target: Target, step: Step, origin: int | None) -> TargetResult:
        points = target.points * self.exercise.credit.carried
        reason = f"right given the mistake in step {origin}"
        return TargetResult(target, "carried", points, step.number, reason)

    def _wrong(self, target: Target, step: Step) -> TargetResult:
        if step.relation == "follows from an earlier mistake":
            origin = self.judgement.step(step.because_of) if step.because_of else None
            if origin is None or not self._is_answer_itself(origin, step):
                return self._carried(target, step, step.because_of)
            return self._wrong(target, origin)
        for diagnosis in self.diagnoses.get(step.number, ())[:1]:
            share = self.exercise.credit.mistakes.get(diagnosis.kind, 0.0)
            status: Status = "partly" if share else "wrong"
            points = target.points * share
            return TargetResult(target, status, points, step.number, diagnosis.message)
        return TargetResult(target, "wrong", 0.0, step.number, "not equal to the truth")

    def _is_answer_itself(self, origin: Step, step: Step) -> bool:
        """Whether the mistake was made in this very quantity: rewriting it earns nothing more."""
        if origin.claim is None or step.claim is None:
            return False
        first = step.line.statement.operands[0] if step.line and step.line.statement else None
        return origin.claim.left in (step.claim.left, first)
