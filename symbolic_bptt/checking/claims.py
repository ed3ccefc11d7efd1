"""One claim through all its readings, at the lengths at which it makes sense."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..evaluation.errors import LimitReached
from ..evaluation.reading import STRICT, Reading
from ..notation.printer.text import text
from ..notation.tree import Expr, Symbol, walk
from .comparison import Claim
from .decide import Finding, Trial, constraint_needed, decide, error_bound
from .definitions import Definitions, literal_steps
from .laboratory import Laboratory
from .readings import candidates, restricted
from .verdict import Instance

LENGTHS = (3, 4)
"""The numbers of steps at which a claim is tested: shorter ones hide the commonest errors."""

LONGEST = 200
"""A formula that names a later step is left undecided."""

HOLDING = ("equal", "proved", "numeric")
WRONG = ("different", "mismatch")


@dataclass
class Judged:
    """A claim with what came out under each reading tried, and the lengths it was tried at.

    `reading` is the one that the verdict is about. `only_T` is set where a formula that names
    literal steps holds at exactly the length whose last step it names.
    """

    claim: Claim
    instances: tuple[Instance, ...]
    findings: dict[Reading, Finding] = field(default_factory=dict)
    reading: Reading = STRICT
    only_T: int | None = None

    @property
    def finding(self) -> Finding:
        """What came out under the reading chosen."""
        return self.findings[self.reading]

    @property
    def weightiest(self) -> tuple[Reading, Finding]:
        """Of the readings of a claim, `holds` wins over `fails`, and `fails` over `ill-shaped`."""
        if self.finding.outcome == "mismatch":
            for reading, other in self.findings.items():
                if other.outcome == "different":
                    return reading, other
        return self.reading, self.finding

    @property
    def asked(self) -> frozenset[str]:
        """Every field of a reading that any evaluation asked for."""
        return frozenset().union(*(one.asked for one in self.findings.values()))


def judge(
    laboratory: Laboratory,
    definitions: Definitions,
    claim: Claim,
    lengths: Sequence[int] | None = None,
) -> Judged:
    """The claim in its strict reading; where it does not hold, also in every other that matters.

    It is tried at `lengths`, or at those that suit the literal steps it names.
    """
    if lengths is not None and laboratory.model.literal_length is None:
        instances = tuple(laboratory.instance(count) for count in lengths)
    else:
        instances = _instances(laboratory, definitions, claim)
    judged = Judged(claim, instances)
    if not instances:
        error = LimitReached(f"a step beyond {LONGEST} is named")
        judged.findings[STRICT] = Finding("limit", error=error)
        return judged
    under(laboratory, definitions, judged, STRICT)
    if judged.finding.outcome in WRONG:
        _seek(laboratory, definitions, judged)
        if judged.finding.outcome not in HOLDING:
            _shortest(laboratory, definitions, judged)
    return judged


def under(
    laboratory: Laboratory, definitions: Definitions, judged: Judged, reading: Reading
) -> Finding:
    """What comes out under a reading; fields that never mattered are ignored."""
    reading = restricted(reading, judged.asked)
    if not judged.instances:
        return judged.finding
    if reading not in judged.findings:
        trial = Trial(laboratory, definitions, judged.claim, reading)
        judged.findings[reading] = decide(trial, judged.instances)
    return judged.findings[reading]


def needed_constraints(
    laboratory: Laboratory, definitions: Definitions, judged: Judged
) -> tuple[str, ...]:
    """What a claim that holds exactly needs of the model's targets: `y_t sums to one`."""
    if judged.finding.outcome != "equal":
        return ()
    trial = Trial(laboratory, definitions, judged.claim, judged.reading)
    needed = constraint_needed(trial, judged.instances[0])
    if needed is None:
        return ()
    index = (Symbol(laboratory.model.time.index),)
    words = "sums to one" if needed == "sums to one" else "is one-hot"
    return tuple(
        f"{text(Symbol(item.name, index if item.timed else (), item.layout))} {words}"
        for item in laboratory.model.declarations.values()
        if item.constraint is not None
    )


def bound_of(laboratory: Laboratory, definitions: Definitions, judged: Judged) -> int | None:
    """The error bound of an exact finding; None for any other."""
    if judged.finding.outcome != "equal":
        return None
    trial = Trial(laboratory, definitions, judged.claim, judged.reading)
    return error_bound(trial, judged.instances)


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


def _shortest(laboratory: Laboratory, definitions: Definitions, judged: Judged) -> None:
    """A derivation written out for T steps names step T: try the length at which it is the last.

    If it does not hold there either, that is still the length at which it is explained.
    """
    count = last_named(laboratory, definitions, judged.claim)
    if count is None or count < 2 or laboratory.model.literal_length is not None:
        return
    short = Judged(judged.claim, (laboratory.instance(count), laboratory.instance(count, 1)))
    under(laboratory, definitions, short, STRICT)
    if short.finding.outcome not in HOLDING:
        _seek(laboratory, definitions, short)
    if short.finding.outcome in (*HOLDING, *WRONG):
        judged.instances, judged.findings = short.instances, short.findings
        judged.reading = short.reading
        judged.only_T = count if short.finding.outcome in HOLDING else None


def last_named(laboratory: Laboratory, definitions: Definitions, claim: Claim) -> int | None:
    """The number of steps at which the highest literal step named is the last; None if none is."""
    time = laboratory.model.time
    named = literal_steps(_with_definitions(claim, definitions), time.index)
    inside = [step for step in named if step >= time.first]
    return max(inside) - time.first + 1 if inside else None


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


def _instances(
    laboratory: Laboratory, definitions: Definitions, claim: Claim
) -> tuple[Instance, ...]:
    fixed = laboratory.model.literal_length
    if fixed is not None:
        return (laboratory.instance(fixed), laboratory.instance(fixed, 1))
    named = last_named(laboratory, definitions, claim)
    lengths = LENGTHS if named is None or named <= min(LENGTHS) else (named, named + 1)
    return tuple(laboratory.instance(count) for count in lengths)


def lengths_of(judged: Judged) -> tuple[int, ...]:
    """The numbers of steps at which the claim was tried."""
    return tuple(instance.T for instance in judged.instances)
