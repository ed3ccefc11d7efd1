"""One claim, at every length and size at which it must be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..evaluation.budget import LINE_LIMIT, Budget
from ..evaluation.errors import EvaluationError, LimitReached
from ..notation.printer.text import text
from ..notation.tree import Symbol
from .comparison import Claim
from .counters import Looked, looked_beyond
from .decide import Finding, Trial, constraint_needed, decide, decide_both
from .definitions import Definitions
from .guessing import unguessable
from .laboratory import ACTUAL, Laboratory
from .lengths import LONGEST as LONGEST_IN_A_ROW
from .lengths import EveryT, Plan, every_T, plan
from .planned import only_length, planned
from .said_lengths import SaidLengths, said_lengths
from .shield import shielded
from .verdict import Instance

HOLDING = ("equal", "proved")
WRONG = ("different", "mismatch")
OPEN = ("numeric", "open", "limit")


@dataclass(frozen=True)
class Meaning:
    """A relation read in one way: the claim that it is, with the definitions that it uses."""

    claim: Claim
    definitions: Definitions


@dataclass
class Judged:
    """A claim with what came out, and where it was looked at.

    `only_T` is the one length that the claim is about, where its steps are literal or it says so;
    `said`, whatever it says about T. `numbers_decide`: where it holds, the sign of a number is
    asked. Whatever is asked about the claim later draws from the same `budget`. `read` is how it
    was read, in words, where a text was; `departed` names the kinds of choices in which that is not
    the plainest way, and `others` are its other readings.
    """

    claim: Claim
    plan: Plan
    finding: Finding
    only_T: int | None = None
    said: SaidLengths | None = None
    numbers_decide: bool = False
    read: tuple[str, ...] = ()
    departed: frozenset[str] = frozenset()
    others: tuple[Meaning, ...] = ()
    budget: Budget = field(default_factory=lambda: Budget(LINE_LIMIT))

    @property
    def instances(self) -> tuple[Instance, ...]:
        """Where the claim was looked at."""
        return self.plan.instances

    def means(self, count: int) -> bool:
        """Whether the claim is about that number of steps."""
        return self.only_T in (None, count) and (self.said is None or count in self.said)

    def trial(self, laboratory: Laboratory, definitions: Definitions) -> Trial:
        """The claim, ready to be looked at."""
        claim = replace(self.claim, ranges=tuple(s for s in self.claim.ranges if s.index != "T"))
        return Trial(laboratory, definitions, claim, self.plan.short, budget=self.budget)


def judge(
    laboratory: Laboratory,
    definitions: Definitions,
    claim: Claim,
    *,
    only: Sequence[int] = (),
    also: Sequence[int] = (),
    budget: Budget | None = None,
) -> Judged:
    """The claim looked at wherever `plan` says, and at the lengths of `also`; or of `only` alone.

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
    return Judged(claim, nowhere, Finding("limit", error=error), budget=budget)


def _judged(
    laboratory: Laboratory,
    definitions: Definitions,
    claim: Claim,
    only: Sequence[int],
    also: Sequence[int],
    budget: Budget,
) -> Judged:
    laboratory = unguessable(laboratory, definitions, claim)
    where = planned(laboratory, definitions, claim, only, also)
    open_finding = Finding("limit", error=LimitReached(where.reason))
    judged = Judged(claim, where, open_finding, budget=budget)
    judged.only_T = only_length(laboratory, definitions, claim)
    judged.said = said_lengths(claim, laboratory.model)
    if not judged.instances:
        return judged
    judged.finding = shielded(
        lambda: decide_both(judged.trial(laboratory, definitions), judged.instances),
        lambda error: Finding("limit", error=error),
    )
    _look_beyond(laboratory, definitions, judged)
    if judged.only_T is not None and judged.finding.outcome in HOLDING:
        _widen(laboratory, definitions, judged)
    return judged


def _look_beyond(laboratory: Laboratory, definitions: Definitions, judged: Judged) -> None:
    """What the instances of a claim that holds say of other lengths and sizes."""
    finding = judged.finding
    fixed = laboratory.model.literal_length is not None or judged.only_T is not None
    if finding.outcome not in HOLDING or fixed:
        return
    trial, plan = judged.trial(laboratory, definitions), judged.plan

    def every() -> EveryT:
        return every_T(laboratory, definitions, judged.claim, finding.view or ACTUAL, plan)

    looked = shielded(
        lambda: looked_beyond(trial, finding, plan.instances, judged.means, every),
        lambda error: Looked(Finding("limit", error=error)),
    )
    judged.plan = replace(plan, instances=(*plan.instances, *looked.more))
    judged.numbers_decide = judged.numbers_decide or looked.numbers
    judged.finding = looked.finding


def _widen(laboratory: Laboratory, definitions: Definitions, judged: Judged) -> None:
    """A claim that names its last step may hold for more steps as well; then nothing is assumed."""
    if any(span.index == "T" for span in judged.claim.ranges) or judged.only_T is None:
        return
    if laboratory.model.literal_length is not None or judged.only_T > LONGEST_IN_A_ROW:
        return
    where = plan(laboratory, definitions, judged.claim)
    if not where.instances:
        return
    wider = replace(judged, plan=where)
    finding = decide(wider.trial(laboratory, definitions), wider.instances)
    if finding.outcome not in HOLDING:
        return
    narrow = judged.plan, judged.only_T, judged.finding
    judged.plan, judged.only_T, judged.finding = where, None, finding
    _look_beyond(laboratory, definitions, judged)
    if judged.finding.outcome not in HOLDING:  # beyond sight; at its own length it holds
        judged.plan, judged.only_T, judged.finding = narrow


def needed_constraints(
    laboratory: Laboratory, definitions: Definitions, judged: Judged
) -> tuple[str, ...]:
    """What a claim that holds exactly needs of the model's targets: `y_t sums to one`."""
    if judged.finding.outcome != "equal":
        return ()
    laboratory = unguessable(laboratory, definitions, judged.claim)
    trial = judged.trial(laboratory, definitions)
    whole = (one for one in judged.instances if judged.plan.short <= one.T)
    needed = constraint_needed(trial, next(whole, judged.instances[0]), judged.finding)
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
