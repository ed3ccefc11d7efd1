"""Each step of a derivation, judged as a careful teacher would: what follows from what.

A step that is false may still be right given an earlier mistake; a step that is true may repair
one. The judgement says for every line which of these it is, and which line is the first wrong one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ..checking.account import ILL_FORMED
from ..checking.binding import Line
from ..checking.definitions import Definition
from ..checking.reports import VERDICT_OF, problem_verdict
from ..checking.sheet import Sheet
from ..checking.shield import shielded
from ..evaluation.errors import EvaluationError
from ..model.model import Model
from ..notation.errors import Problem
from ..notation.tree import Derivative, Symbol, walk
from .candidates import Sampler
from .carrying import REPAIRED, Carrying, reachable
from .meanings import Meanings, case_claim, find_meanings
from .proof import Prover
from .quantities import canonical
from .steps import FALSE, MISTAKES, Judgement, Relation, Step


def judge_steps(prover: Prover, sampler: Sampler, given: str = "") -> Judgement:
    """The relation of every step to the model and to the steps before it.

    Formulas of the source called `given` bind their names and are no steps.
    """
    sheet = prover.sheet
    judge = _Judge(prover, find_meanings(sheet, prover, sampler))
    found: list[Step] = []
    for step in _raw(sheet, prover, given):
        related = partial(_related, judge, step, tuple(found))
        found.append(shielded(related, partial(_open, step)))
    return Judgement(sheet, tuple(found))


def _related(judge: _Judge, step: Step, before: Sequence[Step]) -> Step:
    """The relation of a step, within what the judgement of its line has left of its budget."""
    judge.prover.budget = None if step.judged is None else step.judged.budget
    try:
        return judge.related(step, before)
    finally:
        judge.prover.budget = None


def _open(step: Step, error: EvaluationError) -> Step:
    return replace(step, relation="not settled", verdict="undecided", message=error.message)


def _raw(sheet: Sheet, prover: Prover, given: str) -> Iterator[Step]:
    number = 0
    pending = list(sheet.problems)
    for line in sheet.bound.lines:
        if line.formula.source.name == given:
            continue
        while pending and _before(pending[0], line):
            number += 1
            yield _unread(number, pending.pop(0))
        for step in _of_line(line, sheet, prover):
            number += 1
            yield replace(step, number=number)
    for problem in pending:
        number += 1
        yield _unread(number, problem)


def _of_line(line: Line, sheet: Sheet, prover: Prover) -> Iterator[Step]:
    formula = line.formula
    place = (formula.source.name, formula.line, formula.column, formula.latex)
    for problem in line.problems:
        unread: Relation = "not read" if problem.kind in ILL_FORMED else "not settled"
        yield Step(0, *place, unread, problem_verdict(problem), line, message=str(problem))
    part = 0
    if line.defines or line.assumes:
        yield Step(0, *place, "defines", "definition", line)
        part = 1
    for offset, (posed, judged) in enumerate(sheet.of(line)):
        verdict = VERDICT_OF[judged.finding.outcome]
        message = ""
        if verdict == "holds" and not prover.proves(judged):
            verdict, message = "fails", "it holds only in a reading that the exercise rules out"
        yield Step(
            0, *place, "not settled", verdict, line, part + offset, posed.claim, judged,
            posed.definitions, message=message,
        )  # fmt: skip


def _before(problem: Problem, line: Line) -> bool:
    if problem.source.name != line.formula.source.name:
        return False
    return problem.source.line_and_column(problem.span.start)[0] <= line.formula.line


def _unread(number: int, problem: Problem) -> Step:
    row, column = problem.source.line_and_column(problem.span.start)
    verdict = problem_verdict(problem)
    return Step(
        number, problem.source.name, row, column, "", "not read", verdict, message=str(problem)
    )


_BOUNDARY = "each equation is right where it applies, but the beginning or end is not"


@dataclass(frozen=True)
class _Judge:
    prover: Prover
    meanings: Meanings

    @property
    def carrying(self) -> Carrying:
        return Carrying(self.prover, self.meanings)

    def related(self, step: Step, before: Sequence[Step]) -> Step:
        if step.relation == "not read":
            return step
        if step.defines:
            return self._definition(step, before)
        step = self._as_meant(step, before)
        if step.claim is None or step.verdict in ("undefined", "undecided"):
            return step
        if step.verdict != "holds":
            return self._false(step, before)
        return self._true(step, before)

    def _as_meant(self, step: Step, before: Sequence[Step]) -> Step:
        """A second equation for a name that is defined wrongly is about what it is meant as."""
        if step.claim is None or not isinstance(step.claim.left, Symbol) or step.part:
            return step
        left = step.claim.left
        meaning = self.meanings.found.get((left.name, len(left.indices)))
        if meaning is None or meaning.right:
            return step
        corrected = {one.defines for one in before if self._is_corrected(one, before)}
        definitions = self.meanings.with_names_as_meant({left.name, *corrected})
        stated = step.line.statement.ranges if step.line and step.line.statement else ()
        claim = self.prover.claim(meaning.candidate.at(left.indices), step.claim.right, stated)
        judged = self.prover.judged(claim, definitions)
        verdict = VERDICT_OF[judged.finding.outcome]
        words = meaning.candidate.words
        return replace(
            step,
            claim=claim,
            judged=judged,
            verdict=verdict,
            definitions=definitions,
            meaning=words,
        )

    def _is_corrected(self, step: Step, before: Sequence[Step]) -> bool:
        return step.relation in FALSE and any(
            one.relation == "repairs an earlier mistake" and one.because_of == step.number
            for one in before
        )

    def _definition(self, step: Step, before: Sequence[Step]) -> Step:
        assert step.line is not None
        assert step.line.defines is not None
        definition = step.line.defines
        meaning = self.meanings.of(definition)
        if meaning is None:
            return step
        claim = case_claim(definition, meaning.candidate, self.prover)
        known = replace(step, claim=claim, meaning=meaning.candidate.words)
        if meaning.right:
            return replace(known, relation="follows")
        rests_on = reachable(definition.body, self.prover.sheet.bound.definitions)
        culprits = [one.number for one in before if _is_wrong_definition(one, rests_on, step)]
        meant = self.meanings.meant
        judged = self.prover.judged(claim, meant)
        verdict = VERDICT_OF[judged.finding.outcome]
        known = replace(known, judged=judged, definitions=meant)
        if self.prover.proves(judged):
            if not meaning.sound and self._closes(definition, before):
                return self._false(replace(known, verdict="fails", message=_BOUNDARY), before)
            relation: Relation = "follows from an earlier mistake" if culprits else "follows"
            return replace(known, relation=relation, because_of=next(iter(culprits), None))
        if verdict in ("undefined", "undecided"):
            return step
        return self._false(replace(known, verdict=verdict), before)

    def _closes(self, definition: Definition, before: Sequence[Step]) -> bool:
        """Whether it is the last equation of its name, and all of them are right one by one."""
        family = self.prover.sheet.bound.definitions.family(
            definition.symbol.name, len(definition.patterns)
        )
        own = [one for one in before if one.defines == definition.symbol.name]
        last = max(family, key=lambda one: one.line)
        return definition is last and not any(one.relation in FALSE for one in own)

    def _false(self, step: Step, before: Sequence[Step]) -> Step:
        origin = self.carrying.origin(step, before)
        if origin == REPAIRED:
            meant = self.meanings.meant
            return replace(step, relation="follows", verdict="holds", definitions=meant)
        if origin is not None:
            return replace(step, relation="follows from an earlier mistake", because_of=origin)
        wrong = any(one.relation in MISTAKES for one in before)
        return replace(step, relation="wrong" if wrong else "first wrong step")

    def _true(self, step: Step, before: Sequence[Step]) -> Step:
        chained = [one for one in before if one.line is step.line and one.relation in FALSE]
        if chained:
            origin = chained[0].because_of or chained[0].number
            return replace(step, relation="follows from an earlier mistake", because_of=origin)
        repaired = self._repaired(step, before)
        if repaired is not None:
            return replace(step, relation="repairs an earlier mistake", because_of=repaired.number)
        return replace(step, relation=_true_relation(step, before, self.prover.sheet.bench.model))

    def _repaired(self, step: Step, before: Sequence[Step]) -> Step | None:
        """The false step about the same quantity which this true one puts right."""
        assert step.claim is not None
        quantity = self._canonical(step)
        about = [one for one in before if one.claim is not None and one.line is not step.line]
        same = [one for one in about if self._canonical(one) == quantity]
        latest = same[-1] if same else None
        if latest is None or latest.relation not in FALSE or isinstance(step.claim.right, Symbol):
            return None
        return latest

    def _canonical(self, step: Step) -> object:
        assert step.claim is not None
        sheet = self.prover.sheet
        return canonical(step.claim.left, sheet.bench.model, sheet.bound.definitions)


def _is_wrong_definition(one: Step, names: frozenset[str], step: Step) -> bool:
    return one.relation in MISTAKES and one.defines in names and one.defines != step.defines


def _true_relation(step: Step, before: Sequence[Step], model: Model) -> Relation:
    assert step.claim is not None
    claim = step.claim
    nodes = [node for side in (claim.left, claim.right) for node in walk(side)]
    if claim.left == claim.right or not any(isinstance(node, Symbol) for node in nodes):
        return "irrelevant"
    same = any(
        one.claim is not None and (one.claim.left, one.claim.right) == (claim.left, claim.right)
        for one in before
    )
    differentiates = any(isinstance(node, Derivative) for node in nodes)
    equation = isinstance(claim.left, Symbol) and any(
        one.target == claim.left.name for one in model.equations
    )
    return "restates" if same or (equation and not differentiates) else "follows"
