"""One claim through all its readings, at every length and size at which it must be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..evaluation.budget import LINE_LIMIT, Budget
from ..evaluation.errors import EvaluationError, LimitReached
from ..evaluation.reading import STRICT, Reading
from ..evaluation.surroundings import indexes_a_step
from ..model.steps import linear_step
from ..notation.printer.text import text
from ..notation.tree import BigOperator, Expr, Range, Symbol, walk
from .comparison import Claim
from .counters import LONGEST, BeyondSight, Looked, looked_beyond
from .decide import Finding, Trial, constraint_needed, decide
from .definitions import Definitions, literal_steps
from .guessing import unguessable
from .laboratory import ACTUAL, Laboratory
from .lengths import LONGEST as LONGEST_IN_A_ROW
from .lengths import EveryT, Plan, every_T, plan, plan_at
from .readings import candidates, restricted
from .said_lengths import SaidLengths, said_lengths
from .shield import shielded
from .verdict import Instance

HOLDING = ("equal", "proved")
WRONG = ("different", "mismatch")
OPEN = ("numeric", "open", "limit")


@dataclass
class Judged:
    """A claim with what came out under each reading tried, and where it was looked at.

    `reading` is the one that the verdict is about. `only_T` is the one length that the claim is
    about, where its steps are literal or it says so; `said`, whatever it says about T.
    `numbers_decide`: where it holds, the sign of a number is asked. Whatever is asked about the
    claim later draws from the same `budget`.
    """

    claim: Claim
    plan: Plan
    findings: dict[Reading, Finding] = field(default_factory=dict)
    reading: Reading = STRICT
    only_T: int | None = None
    said: SaidLengths | None = None
    numbers_decide: bool = False
    budget: Budget = field(default_factory=lambda: Budget(LINE_LIMIT))

    @property
    def instances(self) -> tuple[Instance, ...]:
        """Where the claim was looked at."""
        return self.plan.instances

    @property
    def finding(self) -> Finding:
        """What came out under the reading chosen."""
        return self.findings[self.reading]

    @property
    def weightiest(self) -> tuple[Reading, Finding]:
        """What is said of a claim: `holds`, else what one reading leaves open, else `fails`.

        `fails` is said only if every reading with shapes is refuted, and wins over `ill-shaped`.
        """
        if self.finding.outcome in WRONG:
            for outcomes in (OPEN, ("different",)):
                for reading, other in self.findings.items():
                    if other.outcome in outcomes:
                        return reading, other
        return self.reading, self.finding

    def means(self, count: int) -> bool:
        """Whether the claim is about that number of steps."""
        return self.only_T in (None, count) and (self.said is None or count in self.said)

    def trial(self, laboratory: Laboratory, definitions: Definitions, reading: Reading) -> Trial:
        """The claim under a reading, ready to be looked at."""
        claim = replace(self.claim, ranges=tuple(s for s in self.claim.ranges if s.index != "T"))
        short, budget = self.plan.short, self.budget
        return Trial(laboratory, definitions, claim, reading, short, budget=budget)

    @property
    def asked(self) -> frozenset[str]:
        """Every field of a reading that any evaluation asked for."""
        return frozenset().union(*(one.asked for one in self.findings.values()))


def judge(
    laboratory: Laboratory,
    definitions: Definitions,
    claim: Claim,
    *,
    only: Sequence[int] = (),
    also: Sequence[int] = (),
    budget: Budget | None = None,
) -> Judged:
    """The claim in its strict reading; where it does not hold, also in every other that matters.

    It is looked at wherever `plan` says, and at the lengths of `also`; or at those of `only` alone.
    Never raises: a defect of the program, like a limit that is reached, leaves the claim open.
    `budget` is that of its line.
    """
    allowed = budget or Budget(LINE_LIMIT)
    return shielded(
        lambda: _judged(laboratory, definitions, claim, only, also, allowed),
        lambda error: _open(claim, error, allowed),
    )


def _open(claim: Claim, error: EvaluationError, budget: Budget) -> Judged:
    nowhere = Plan((), 0, {}, error.message)
    return Judged(claim, nowhere, {STRICT: Finding("limit", error=error)}, budget=budget)


def _judged(
    laboratory: Laboratory,
    definitions: Definitions,
    claim: Claim,
    only: Sequence[int],
    also: Sequence[int],
    budget: Budget,
) -> Judged:
    laboratory = unguessable(laboratory, definitions, claim)
    judged = Judged(claim, _planned(laboratory, definitions, claim, only, also), budget=budget)
    judged.only_T = _only_length(laboratory, definitions, claim)
    judged.said = said_lengths(claim, laboratory.model)
    if not judged.instances:
        error = LimitReached(judged.plan.reason)
        judged.findings[STRICT] = Finding("limit", error=error)
        return judged
    under(laboratory, definitions, judged, STRICT)
    beyond = isinstance(judged.finding.error, BeyondSight)
    if judged.finding.outcome not in HOLDING and not beyond:
        _seek(laboratory, definitions, judged)
    if judged.only_T is not None and judged.finding.outcome in HOLDING:
        _widen(laboratory, definitions, judged)
    return judged


def _look_beyond(
    laboratory: Laboratory, definitions: Definitions, judged: Judged, reading: Reading
) -> None:
    """What the instances of a claim that holds say of other lengths and sizes."""
    finding = judged.findings[reading]
    fixed = laboratory.model.literal_length is not None or judged.only_T is not None
    if finding.outcome not in HOLDING or fixed:
        return
    trial, plan = judged.trial(laboratory, definitions, reading), judged.plan

    def every() -> EveryT:
        view = finding.view or ACTUAL
        return every_T(laboratory, definitions, judged.claim, reading, view, plan)

    looked = shielded(
        lambda: looked_beyond(trial, finding, plan.instances, judged.means, every),
        lambda error: Looked(Finding("limit", error=error)),
    )
    judged.plan = replace(plan, instances=(*plan.instances, *looked.more))
    judged.numbers_decide = judged.numbers_decide or looked.numbers
    judged.findings[reading] = looked.finding


def _widen(laboratory: Laboratory, definitions: Definitions, judged: Judged) -> None:
    """A claim that names its last step may hold for more steps as well; then nothing is assumed."""
    if any(span.index == "T" for span in judged.claim.ranges) or judged.only_T is None:
        return
    if laboratory.model.literal_length is not None or judged.only_T > LONGEST_IN_A_ROW:
        return
    wider = Judged(judged.claim, plan(laboratory, definitions, judged.claim), budget=judged.budget)
    if not wider.instances:
        return
    finding = decide(wider.trial(laboratory, definitions, judged.reading), wider.instances)
    if finding.outcome in HOLDING:
        judged.plan, judged.only_T = wider.plan, None
        judged.findings = {**judged.findings, judged.reading: finding}
        _look_beyond(laboratory, definitions, judged, judged.reading)


def _planned(
    laboratory: Laboratory,
    definitions: Definitions,
    claim: Claim,
    only: Sequence[int],
    also: Sequence[int],
) -> Plan:
    fixed = laboratory.model.literal_length
    said = said_lengths(claim, laboratory.model)
    single = _only_length(laboratory, definitions, claim)
    if only:
        first = laboratory.instance(only[0] if fixed is None else fixed)
        return Plan((first,), 0, first.sizes)
    count = single if fixed is None else fixed
    if count is not None and count > LONGEST:
        return Plan((), 0, {}, f"a step beyond {LONGEST} is named")
    if count is not None:
        return plan_at(laboratory, definitions, claim, count)
    found = plan(laboratory, definitions, claim)
    more = tuple(laboratory.instance(count) for count in also)
    if not found.instances:
        return found
    meant = (*more, *found.instances)
    if said is not None:
        meant = said.instances(meant)
        if max((one.T for one in meant), default=0) > LONGEST:
            return Plan((), 0, {}, f"a step beyond {LONGEST} is named")
    reason = "" if meant else "what is said about T is true of no number of steps looked at"
    return Plan(meant, found.short, found.sizes, reason)


def _only_length(laboratory: Laboratory, definitions: Definitions, claim: Claim) -> int | None:
    """The number of steps that a claim says, or whose last step it names literally.

    Sums over all steps name none, unless the other side writes out every step.
    """
    time, said = laboratory.model.time, said_lengths(claim, laboratory.model)
    if said is not None:
        return said.only
    exprs, sides = _with_definitions(claim, definitions), (claim.left, claim.right)
    is_free = any(indexes_a_step(span.index, side) for span in claim.ranges for side in sides)
    if is_free or any(Symbol("T") in walk(expr) for expr in exprs):
        return None
    inside = [step for step in literal_steps(exprs, time.index) if step >= time.first]
    every = set(range(time.first, max(inside, default=0) + 1))
    written_out = any(
        len(every) > 1
        and every <= literal_steps([side], time.index)
        and not _has_open_steps(side, definitions)
        for side in sides
    )
    if any(_has_open_steps(side, definitions) for side in sides) and not written_out:
        return None
    return max(inside) - time.first + 1 if inside else None


def _has_open_steps(side: Expr, definitions: Definitions) -> bool:
    """Whether a step runs over all there are, of what is not defined step by step."""
    return any(
        isinstance(node, BigOperator)
        and any(_is_open(span) and indexes_a_step(span.index, node.body) for span in node.ranges)
        and not _step_by_step(node.body, definitions)
        for node in walk(side)
    )


def _is_open(span: Range) -> bool:
    limits = (span.lower, span.upper)
    return any(limit is None or linear_step(limit, "") is None for limit in limits)


def _step_by_step(expr: Expr, definitions: Definitions) -> bool:
    """Whether it reads a name that is defined for literal steps alone."""
    return any(
        isinstance(node, Symbol)
        and node.name in definitions.by_name
        and all(one.literal_indices for one in definitions.by_name[node.name])
        for node in walk(expr)
    )


def _with_definitions(claim: Claim, definitions: Definitions) -> list[Expr]:
    pending, seen, found = [claim.left, claim.right], set(), []
    while pending:
        expr = pending.pop()
        found.append(expr)
        for node in walk(expr):
            if isinstance(node, Symbol) and node.name not in seen:
                seen.add(node.name)
                for one in definitions.by_name.get(node.name, ()):
                    pending.extend([one.symbol, one.body])
    return found


def under(
    laboratory: Laboratory, definitions: Definitions, judged: Judged, reading: Reading
) -> Finding:
    """What comes out under a reading; fields that never mattered are ignored."""
    reading = restricted(reading, judged.asked)
    laboratory = unguessable(laboratory, definitions, judged.claim)
    if not judged.instances:
        return judged.finding
    if reading not in judged.findings:
        trial = judged.trial(laboratory, definitions, reading)
        judged.findings[reading] = shielded(
            lambda: decide(trial, judged.instances),
            lambda error: Finding("limit", error=error),
        )
        _look_beyond(laboratory, definitions, judged, reading)
    return judged.findings[reading]


def _seek(laboratory: Laboratory, definitions: Definitions, judged: Judged) -> None:
    """Try other readings, the nearest first, until one makes the claim true."""
    tried: set[Reading] = set()
    while True:
        fresh = [one for one in candidates(judged.asked) if one not in tried]
        if not fresh:
            return
        for reading in fresh:
            tried.add(reading)
            before = judged.asked
            if under(laboratory, definitions, judged, reading).outcome in HOLDING:
                judged.reading = reading
                return
            if judged.asked != before:
                break


def needed_constraints(
    laboratory: Laboratory, definitions: Definitions, judged: Judged
) -> tuple[str, ...]:
    """What a claim that holds exactly needs of the model's targets: `y_t sums to one`."""
    if judged.finding.outcome != "equal":
        return ()
    laboratory = unguessable(laboratory, definitions, judged.claim)
    trial = judged.trial(laboratory, definitions, judged.reading)
    needed = constraint_needed(trial, judged.instances[0], judged.finding)
    if needed is None:
        return ()
    index = (Symbol(laboratory.model.time.index),)
    words = "sums to one" if needed == "sums to one" else "is one-hot"
    return tuple(
        f"{text(Symbol(item.name, index if item.timed else (), item.layout))} {words}"
        for item in laboratory.model.declarations.values()
        if item.constraint is not None
    )


def lengths_of(judged: Judged) -> tuple[int, ...]:
    """The numbers of steps at which the claim was looked at."""
    return tuple(sorted({instance.T for instance in judged.instances}))
