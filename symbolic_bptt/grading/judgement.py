"""Each step of a derivation, judged as a careful teacher would: what follows from what.

A step that is false may still be right given an earlier mistake; a step that is true may be said
without being derived. The judgement says for every line which of these it is, and which line is
the first wrong one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ..checking.claims import HOLDING, Judged, judge
from ..checking.comparison import Claim
from ..checking.definitions import Definitions
from ..checking.letters import claimed_ranges
from ..checking.reports import VERDICT_OF
from ..checking.sheet import Posed, Sheet
from ..checking.verdict import Verdict
from ..model.model import Model
from ..notation.tree import Derivative, Expr, Statement, Symbol, walk
from .quantities import canonical, derivatives_in, match, replaced

Relation = Literal[
    "follows",
    "restates",
    "irrelevant",
    "first wrong step",
    "wrong",
    "follows from an earlier mistake",
    "repairs an earlier mistake",
    "defines",
    "not settled",
    "not read",
]


@dataclass(frozen=True)
class Step:
    """One relation of a submission, judged.

    `judged` is None for a definition and for a line that could not be read. `because_of` is the
    number of the step whose mistake it carries on or repairs.
    """

    number: int
    line: int
    column: int
    latex: str
    relation: Relation
    verdict: Verdict
    posed: Posed | None = None
    judged: Judged | None = None
    message: str = ""
    because_of: int | None = None


@dataclass(frozen=True)
class Judgement:
    """All steps of one submission. `first_wrong` is a step's number; None if no step is wrong."""

    sheet: Sheet
    steps: tuple[Step, ...]

    @property
    def first_wrong(self) -> Step | None:
        """The step where the derivation goes wrong."""
        return next((step for step in self.steps if step.relation == "first wrong step"), None)

    @property
    def unsettled(self) -> tuple[Step, ...]:
        """Steps that a person must look at: not read, undefined, undecided."""
        return tuple(s for s in self.steps if s.relation in ("not read", "not settled"))


def judge_steps(sheet: Sheet) -> Judgement:
    """The relation of every step to the model and to the steps before it."""
    found: list[Step] = []
    for step in _raw(sheet):
        found.append(_related(step, found, sheet))
    return Judgement(sheet, tuple(_blamed_definitions(found, sheet)))


def _raw(sheet: Sheet) -> Iterator[Step]:
    number = 0
    for line in sheet.bound.lines:
        formula = line.formula
        place = (formula.line, formula.column, formula.latex)
        for problem in line.problems:
            number += 1
            undecided = problem.kind == "limit"
            verdict: Verdict = "undecided" if undecided else "unreadable"
            yield Step(number, *place, "not read", verdict, message=str(problem))
        if line.defines or line.assumes:
            number += 1
            yield Step(number, *place, "defines", "definition")
        for posed, judged in sheet.of(line):
            number += 1
            verdict = VERDICT_OF[judged.finding.outcome]
            yield Step(number, *place, "not settled", verdict, posed, judged)
    for problem in sheet.extraction.problems:
        number += 1
        row, column = problem.source.line_and_column(problem.span.start)
        yield Step(number, row, column, "", "not read", "unreadable", message=str(problem))


def _related(step: Step, before: Sequence[Step], sheet: Sheet) -> Step:
    if step.posed is None or step.judged is None:
        return step
    if step.verdict in ("undefined", "undecided"):
        return step
    if step.verdict == "holds":
        repaired = _repaired(step, before, sheet)
        if repaired is not None:
            return replace(step, relation="repairs an earlier mistake", because_of=repaired.number)
        return replace(step, relation=_true_relation(step, before, sheet.bench.model))
    wrong = [one for one in before if one.relation in ("first wrong step", "wrong")]
    for mistake in reversed(wrong):
        if _carried(step, mistake, sheet):
            return replace(
                step, relation="follows from an earlier mistake", because_of=mistake.number
            )
    return replace(step, relation="wrong" if wrong else "first wrong step")


def _true_relation(step: Step, before: Sequence[Step], model: Model) -> Relation:
    assert step.posed is not None
    claim = step.posed.claim
    names = {node.name for side in (claim.left, claim.right) for node in _symbols(side)}
    if not names:
        return "irrelevant"
    same = any(
        one.posed is not None
        and (one.posed.claim.left, one.posed.claim.right) == (claim.left, claim.right)
        for one in before
    )
    equations = any(
        isinstance(claim.left, Symbol) and equation.target == claim.left.name
        for equation in model.equations
    )
    is_equation = equations and not any(
        isinstance(node, Derivative) for side in (claim.left, claim.right) for node in walk(side)
    )
    return "restates" if same or is_equation else "follows"


def _symbols(expr: Expr) -> Iterator[Symbol]:
    return (node for node in walk(expr) if isinstance(node, Symbol))


def _repaired(step: Step, before: Sequence[Step], sheet: Sheet) -> Step | None:
    """The wrong step about the same quantity which this true one puts right."""
    assert step.posed is not None
    quantity = canonical(step.posed.claim.left, sheet.bench.model, sheet.bound.definitions)
    for one in reversed(before):
        if one.relation in ("first wrong step", "wrong") and one.posed is not None:
            left = canonical(one.posed.claim.left, sheet.bench.model, sheet.bound.definitions)
            if left == quantity:
                return one
    return None


def _carried(step: Step, mistake: Step, sheet: Sheet) -> bool:
    """Whether the step is right once the mistaken equation is taken for true."""
    assert step.posed is not None
    if mistake.posed is None:
        return False
    wrong, claim = mistake.posed.claim, step.posed.claim
    if holds(replace(claim, left=wrong.right), sheet) and claim.left == wrong.left:
        return True
    right = replaced(claim.right, wrong.left, wrong.right)
    return right != claim.right and holds(replace(claim, right=right), sheet)


def holds(claim: Claim, sheet: Sheet) -> bool:
    """Whether a claim holds in some reading, for every value of its free letters."""
    bench, bound = sheet.bench, sheet.bound
    statement = Statement((claim.left, claim.right), (claim.op,), ())
    known = frozenset({*bound.vocabulary.names, *bound.definitions.by_name})
    numbers = frozenset({"T", *bench.model.sizes})
    ranges = claimed_ranges(statement, numbers, known, bench.model.time.index)
    judged = judge(bench, bound.definitions, replace(claim, ranges=claim.ranges or ranges))
    return judged.finding.outcome in HOLDING


def _blamed_definitions(steps: list[Step], sheet: Sheet) -> list[Step]:
    """A wrong recurrence is a definition, and so no claim; but it is where the mistake is made.

    Where a gradient fails and would hold if a defined δ were the true ∂E/∂v of some variable v,
    the definition of δ is the first wrong step, and the gradient follows from it.
    """
    first = next((one for one in steps if one.relation == "first wrong step"), None)
    if first is None or first.posed is None:
        return steps
    culprit = _wrong_adjoint(first.posed.claim, sheet)
    if culprit is None:
        return steps
    name, variable = culprit
    for position, one in enumerate(steps):
        line = next((x for x in sheet.bound.lines if x.formula.latex == one.latex), None)
        defines = line.defines if line is not None and one.relation == "defines" else None
        if defines is None or defines.symbol.name != name or one.number > first.number:
            continue
        message = f"{name} is used as the derivative of the loss by {variable}, and is not that"
        changed = [
            replace(other, relation="follows from an earlier mistake", because_of=one.number)
            if other.number == first.number
            else other
            for other in steps
        ]
        changed[position] = replace(one, relation="first wrong step", message=message)
        return changed
    return steps


def _wrong_adjoint(claim: Claim, sheet: Sheet) -> tuple[str, str] | None:
    """(δ, v) where the claim would hold if δ_t were ∂E/∂v_t."""
    model, definitions = sheet.bench.model, sheet.bound.definitions
    used = {node.name for node in _symbols(claim.right)}
    names = [name for name in sorted(used) if definitions.family(name, 1)]
    variables = [
        (name, item) for (name, timed), item in model.declarations.items()
        if timed and item.role == "defined"
    ]  # fmt: skip
    for name in names:
        for variable, item in variables:
            layout = item.layout
            index = Symbol(model.time.index)
            true = Derivative("partial", Symbol(model.loss), Symbol(variable, (index,), layout))
            right = replaced(claim.right, _pattern(name, definitions, index), true)
            if right != claim.right and holds(replace(claim, right=right), sheet):
                return name, variable
    return None


def _pattern(name: str, definitions: Definitions, index: Symbol) -> Symbol:
    return Symbol(name, (index,), definitions.family(name, 1)[0].symbol.layout)


def answers(step: Step, quantity: Expr, sheet: Sheet) -> Claim | None:
    """quantity = what this step says it is, where that is what the step is about.

    In a chain ∂E/∂W = a = b every step is about ∂E/∂W.
    """
    if step.posed is None or step.posed.line.statement is None:
        return None
    model, definitions = sheet.bench.model, sheet.bound.definitions
    first = step.posed.line.statement.operands[0]
    wanted = canonical(quantity, model, definitions)
    for left in (step.posed.claim.left, first):
        if canonical(left, model, definitions) == wanted:
            return replace(step.posed.claim, left=quantity)
    return None


def is_worked_out(right: Expr, allowed: Sequence[Expr], sheet: Sheet) -> bool:
    """Whether an answer, with the names it uses, contains no derivatives but the allowed ones."""
    model, definitions = sheet.bench.model, sheet.bound.definitions
    permitted = [canonical(one, model, definitions) for one in allowed]
    written = [canonical(one, model, definitions) for one in derivatives_in(right, definitions)]
    return all(any(match(one, other, {}) for one in permitted) for other in written)
