"""From a judged submission to its record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..checking.claims import Judged
from ..checking.reports import claim_report
from ..checking.verdict import CheckedClaim, Counterexample, Diagnosis
from ..notation.printer.latex import latex
from ..notation.tree import Statement, Symbol, walk
from .carrying import reachable
from .exercise import Exercise
from .grade import Desk, Graded, grade
from .record import (
    CounterexampleRecord,
    DeductionRecord,
    DiagnosisRecord,
    PersonItem,
    Record,
    StepRecord,
    TargetRecord,
)
from .scoring import TargetResult
from .steps import MISTAKES, OPEN, Step
from .submissions import Submission

MAX_WRITTEN = 2_000
"""Longer lines are shown cut: a report is for reading."""


def graded_record(desk: Desk, submission: Submission) -> Record:
    """The submission graded, as its record."""
    text = submission.text()
    graded = grade(desk, text)
    exercise = desk.exercise
    items = [*_refused(submission), *_open_steps(graded), *_no_formula(submission, graded)]
    targets = tuple(_target(one, exercise, at) for at, one in enumerate(graded.mark.results))
    missed = any(one.points < one.full for one in targets)
    return Record(
        student=submission.student,
        identifier=submission.identifier,
        digest=submission.digest,
        files=tuple(part.name for part in submission.parts),
        points=graded.mark.points,
        full=graded.mark.full,
        provisional=graded.mark.needs_a_person or bool(items and missed),
        targets=targets,
        deductions=tuple(
            DeductionRecord(mistake=kind, points=points) for kind, points in graded.mark.deductions
        ),
        steps=tuple(_each_said_once(_step(one, graded) for one in graded.judgement.steps)),
        notes=(*text.notes, *graded.judgement.sheet.bound.assumptions),
        for_person=tuple(items),
    )


def _refused(submission: Submission) -> list[PersonItem]:
    return [PersonItem(reason=reason) for reason in submission.refused]


def _no_formula(submission: Submission, graded: Graded) -> Iterator[PersonItem]:
    if submission.parts and not graded.judgement.steps:
        yield PersonItem(reason="no formula was found in what was handed in")


def _open_steps(graded: Graded) -> Iterator[PersonItem]:
    for step in graded.judgement.steps:
        if step.relation in OPEN:
            first, _, rest = _message(step).partition("\n")
            first = first.removeprefix(f"{step.file}:{step.row}:").split(": ", 1)[-1]
            yield PersonItem(
                reason=first or f"this step is {step.verdict}",
                file=step.file,
                line=step.row,
                shown=rest or _cut(step.latex),
            )


def _target(result: TargetResult, exercise: Exercise, at: int) -> TargetRecord:
    target = result.target
    return TargetRecord(
        name=target.name or f"part {at + 1}",
        quantity=target.quantity,
        full=target.points,
        points=round(result.points, 4),
        status=result.status,
        step=result.step,
        reason=result.reason,
    )


def _step(step: Step, graded: Graded) -> StepRecord:
    judged = step.judged
    found = graded.diagnoses.get(step.number, ())
    report = _report(step) if step.relation in MISTAKES else None
    shown = report.counterexample if report is not None else None
    return StepRecord(
        number=step.number,
        file=step.file,
        line=step.row,
        column=step.column,
        written=_cut(step.latex),
        read=_cut(_read(step)),
        relation=step.relation,
        verdict=step.verdict,
        message=_message(step),
        because_of=step.because_of,
        meaning=step.meaning,
        reading=judged.read if judged is not None else (),
        assumptions=tuple(_assumptions(judged)) if judged is not None else (),
        diagnoses=tuple(_diagnosis(one) for one in found),
        counterexample=_counterexample(shown, step, graded) if shown is not None else None,
    )


def _each_said_once(steps: Iterable[StepRecord]) -> Iterator[StepRecord]:
    """What was taken for granted is said of the first step that needs it."""
    said: set[str] = set()
    for step in steps:
        fresh = tuple(one for one in step.assumptions if one not in said)
        said.update(fresh)
        yield step.model_copy(update={"assumptions": fresh})


def _message(step: Step) -> str:
    report = _report(step)
    if step.message or report is None or report.counterexample is not None:
        return step.message
    return "" if report.verdict == "holds" else report.message


def _report(step: Step) -> CheckedClaim | None:
    """What `bptt check` says of the step."""
    if step.judged is None or step.claim is None or step.line is None:
        return None
    return claim_report(step.file, step.line.formula, step.claim, step.judged, (), None)


def _assumptions(judged: Judged) -> Iterator[str]:
    for name in judged.finding.notes.boundaries:
        yield f"{name} is taken as 0, since nothing defines it"
    if judged.only_T is not None:
        yield f"T = {judged.only_T}"
    elif judged.said is not None:
        yield judged.said.words


def _read(step: Step) -> str:
    statement = step.line.statement if step.line is not None else None
    if statement is None:
        return ""
    pair = slice(step.part, step.part + 2)
    ranges = statement.ranges if step.part + 2 == len(statement.operands) else ()
    operators = statement.operators[step.part : step.part + 1]
    return latex(Statement(statement.operands[pair], operators, ranges))


def _diagnosis(found: Diagnosis) -> DiagnosisRecord:
    return DiagnosisRecord(
        kind=found.kind,
        message=found.message,
        category=found.category,
        wrong=found.subterm,
        right=found.repair,
        path=found.path,
    )


def _counterexample(found: Counterexample, step: Step, graded: Graded) -> CounterexampleRecord:
    names = _names(step, graded)
    return CounterexampleRecord(
        T=found.T,
        sizes=dict(found.sizes),
        at=found.at,
        lhs=found.lhs,
        rhs=found.rhs,
        values={key: value for key, value in found.values.items() if _base(key) in names},
    )


def _names(step: Step, graded: Graded) -> frozenset[str]:
    """The names that a claim rests on, through the equations of the model as well."""
    sheet = graded.judgement.sheet
    assert step.claim is not None
    definitions = step.definitions or sheet.bound.definitions
    names = set(reachable(step.claim.left, definitions) | reachable(step.claim.right, definitions))
    bodies = {equation.target: equation.body for equation in sheet.bench.model.equations}
    pending: Sequence[str] = sorted(names)
    while pending:
        read = {
            node.name
            for name in pending
            if name in bodies
            for node in walk(bodies[name])
            if isinstance(node, Symbol)
        }
        pending = sorted(read - names)
        names |= read
    return frozenset(names)


def _base(key: str) -> str:
    """s of s_{0}: the name without the step that was put to it."""
    return key.rpartition("_{")[0] if key.endswith("}") and "_{" in key else key


def _cut(text: str) -> str:
    return text if len(text) <= MAX_WRITTEN else text[:MAX_WRITTEN] + " …"
