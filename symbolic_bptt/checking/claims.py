"""One claim through all its readings, at every length and size at which it must be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..evaluation.budget import LINE_LIMIT, Budget
from ..evaluation.errors import EvaluationError, LimitReached
from ..evaluation.reading import STRICT, Reading
from ..notation.printer.text import text
from ..notation.tree import Symbol
from .comparison import Claim
from .counters import BeyondSight, Looked, looked_beyond
from .decide import Finding, Trial, constraint_needed, decide
from .definitions import Definitions
from .guessing import unguessable
from .laboratory import ACTUAL, Laboratory
from .lengths import LONGEST as LONGEST_IN_A_ROW
from .lengths import EveryT, Plan, every_T, plan
from .planned import only_length, planned
from .readings import candidates, restricted, words
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
    claim later draws from the same `budget`. `words` say how it was read where a text was, and
    `departed` names the kinds of choices in which that is not the plainest way.
    """

    claim: Claim
    plan: Plan
    findings: dict[Reading, Finding] = field(default_factory=dict)
    reading: Reading = STRICT
    only_T: int | None = None
    said: SaidLengths | None = None
    numbers_decide: bool = False
    words: tuple[str, ...] | None = None
    departed: frozenset[str] = frozenset()
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
    def read(self) -> tuple[str, ...]:
        """How it was read, in words, as far as that matters."""
        return words(self.reading, self.asked) if self.words is None else self.words

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
    reading: Reading = STRICT,
    alternatives: bool = True,
) -> Judged:
    """The claim in its strict reading; where it does not hold, also in every other that matters.

    It is looked at wherever `plan` says, and at the lengths of `also`; or at those of `only` alone.
    Never raises: a defect of the program, like a limit that is reached, leaves the claim open.
    `budget` is that of its line.
    """
    allowed = budget or Budget(LINE_LIMIT)
    return shielded(
        lambda: _judged(laboratory, definitions, claim, only, also, allowed, reading, alternatives),
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
    reading: Reading,
    alternatives: bool,
) -> Judged:
    laboratory = unguessable(laboratory, definitions, claim)
    judged = Judged(claim, planned(laboratory, definitions, claim, only, also), budget=budget)
    judged.only_T = only_length(laboratory, definitions, claim)
    judged.said = said_lengths(claim, laboratory.model)
    if not judged.instances:
        error = LimitReached(judged.plan.reason)
        judged.findings[STRICT] = Finding("limit", error=error)
        return judged
    under(laboratory, definitions, judged, reading)
    judged.reading = restricted(reading, judged.asked)
    if judged.reading not in judged.findings:
        under(laboratory, definitions, judged, judged.reading)
    beyond = isinstance(judged.finding.error, BeyondSight)
    if alternatives and judged.finding.outcome not in HOLDING and not beyond:
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
    if finding.outcome not in HOLDING:
        return
    narrow = judged.plan, judged.only_T, judged.findings
    judged.plan, judged.only_T = wider.plan, None
    judged.findings = {**judged.findings, judged.reading: finding}
    _look_beyond(laboratory, definitions, judged, judged.reading)
    if judged.finding.outcome not in HOLDING:  # beyond sight; at its own length it holds
        judged.plan, judged.only_T, judged.findings = narrow


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
