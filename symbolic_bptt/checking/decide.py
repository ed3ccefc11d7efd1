"""One claim, one reading: does it hold, and what is the evidence?

First in GF(p): agreement at random points at several lengths proves the claim but for a stated
chance. Disagreement there may only mean that an identity is hidden by the atoms, so it is settled
in ball arithmetic with rising precision: disjoint balls are a counterexample.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from ..derivation.staged import Point
from ..evaluation.domains.ball import agreeing_digits
from ..evaluation.domains.degree import Degree, DegreeDomain, error_bound_log2
from ..evaluation.domains.field import PRIME
from ..evaluation.errors import (
    BeyondTheAxis,
    EvaluationError,
    LimitReached,
    OutOfRange,
    ShapeMismatch,
    Undecidable,
    UndefinedSymbol,
    UndefinedValue,
)
from ..evaluation.instance import Targets
from ..evaluation.reading import Reading
from ..evaluation.unroll import UnrollError
from ..model.model import Constraint
from ..notation.functions import FUNCTIONS
from ..notation.tree import Call, Indicator, Range, walk
from .comparison import Claim, Place, first_difference, number, places
from .definitions import Definitions
from .environment import ClaimEnvironment, Notes
from .inequalities import PROVES, decide_inequality
from .laboratory import Laboratory, given_values
from .letters import downward_ranges
from .readings import Noting
from .verdict import Counterexample, Instance

Outcome = Literal[
    "equal", "proved", "different", "numeric", "open", "mismatch", "undefined", "nowhere", "limit"
]
"""Of an equation: `equal`, `numeric`. Of an inequality: `proved`, `open`."""

PRECISIONS = (128, 512, 2048)
"""Bits of the balls; each is tried only if the one before could not tell the sides apart."""

SAMPLES = 12
"""Points at which an inequality is looked at."""

TRIALS = 1
"""Random points for each instance. One is enough: the chance of error is in the evidence."""

TRIALS_WITH_SIGNS = 3
"""Where signs decide something, each of them is one random bit of a point."""

FAR_TRIALS = 12
"""Points far from 0 at which max, min and indicators must agree where GF(p) could not tell."""


@dataclass(frozen=True)
class Finding:
    """What came out of one claim under one reading."""

    outcome: Outcome
    asked: frozenset[str] = frozenset()
    notes: Notes = field(default_factory=Notes)
    counterexample: Counterexample | None = None
    error: EvaluationError | None = None
    digits: int | None = None
    vanishes: bool = False


@dataclass
class Trial:
    """A claim at one instance, with what is shared by its evaluations."""

    laboratory: Laboratory
    definitions: Definitions
    claim: Claim
    reading: Reading
    asked: set[str] = field(default_factory=set)
    notes: Notes = field(default_factory=Notes)

    def environment(self, at: Point) -> ClaimEnvironment:
        """Where its symbols get their values at a point; its reading notes what is asked."""
        return ClaimEnvironment(
            at,
            self.definitions,
            Noting(self.reading, self.asked),
            self.laboratory.blocks,
            notes=self.notes,
            downward=self.downward,
        )

    def places(self, at: Point) -> list[Place]:
        """Both sides at a point, for every value of the free letters."""
        environment = self.environment(at)
        with at.domain.scope():
            return list(places(self.claim, environment, environment.reading))

    @cached_property
    def downward(self) -> frozenset[Range]:
        """The ranges that are written from their high end."""
        bodies = [one.body for family in self.definitions.by_name.values() for one in family]
        index = self.laboratory.model.time.index
        return downward_ranges([self.claim.left, self.claim.right, *bodies], index)


def decide(trial: Trial, instances: Sequence[Instance]) -> Finding:
    """Whether the claim holds at all instances under the trial's reading."""
    try:
        finding = _inequality(trial, instances) if trial.claim.op in PROVES else None
        finding = finding or _exact(trial, instances)
        if finding.outcome == "different" and finding.counterexample is None:
            finding = _numeric(trial, instances)
            if finding.outcome == "numeric" and _has_kinks(trial):
                finding = _far(trial, instances[0]) or finding
        elif finding.outcome == "equal" and _has_kinks(trial):
            refuted = _numeric(trial, instances)
            finding = refuted if refuted.outcome == "different" else finding
    except EvaluationError as error:
        finding = Finding(_outcome(error), error=error)
    except (UnrollError, MemoryError, RecursionError) as error:
        finding = Finding("limit", error=LimitReached(str(error) or type(error).__name__))
    return replace(finding, asked=frozenset(trial.asked), notes=trial.notes)


def _outcome(error: EvaluationError) -> Outcome:
    match error:
        case ShapeMismatch():
            return "mismatch"
        case UndefinedSymbol():
            return "undefined"
        case OutOfRange():
            return "nowhere"
        case BeyondTheAxis():
            return "different"
        case _:
            return "limit"


def _exact(trial: Trial, instances: Sequence[Instance]) -> Finding:
    seen, vanishes = 0, True
    trials = TRIALS_WITH_SIGNS if _has_kinks(trial) else TRIALS
    for instance in instances:
        for number_of_trial in range(trials):
            found = _at_field_point(trial, instance, number_of_trial)
            seen += len(found)
            vanishes = vanishes and all(place.vanishes for place in found)
            if any(first_difference(place, trial.claim.op) is not None for place in found):
                return Finding("different")
    return Finding("equal" if seen else "nowhere", vanishes=vanishes)


def constraint_needed(trial: Trial, instance: Instance) -> Constraint | None:
    """What a claim that holds needs of the targets: nothing, that they sum to one, or one-hot."""
    if not any(item.constraint for item in trial.laboratory.model.declarations.values()):
        return None
    wanted: tuple[tuple[Targets, Constraint], ...] = (
        ("free", "sums to one"),
        ("sums to one", "one-hot"),
    )
    needed: Constraint | None = None
    for targets, constraint in wanted:
        try:
            found = _at_field_point(trial, instance, 0, targets)
        except EvaluationError:
            return needed
        if all(first_difference(place, trial.claim.op) is None for place in found):
            return needed
        needed = constraint
    return needed


def _at_field_point(
    trial: Trial, instance: Instance, number_of_trial: int, targets: Targets = "as declared"
) -> list[Place]:
    """Both sides at a random point; another one where a division by zero happens to arise."""
    last: UndefinedValue | None = None
    for attempt in range(3):
        at = trial.laboratory.field_point(instance, number_of_trial + 100 * attempt, targets)
        try:
            return trial.places(at)
        except UndefinedValue as error:
            last = error
    assert last is not None
    raise last


def _inequality(trial: Trial, instances: Sequence[Instance]) -> Finding:
    """What is known of a relation that is no equation."""
    found = decide_inequality(trial, instances)
    if found.outcome != "refuted":
        return Finding(found.outcome)
    assert found.instance is not None
    assert found.witness is not None
    at, place, entry = found.witness.at, found.witness.place, found.witness.entry
    shown = _counterexample(trial, found.instance, at, place, entry)
    return Finding("different", counterexample=shown)


def _numeric(trial: Trial, instances: Sequence[Instance], point: int = 0) -> Finding:
    digits, seen = 10_000, 0
    for instance in instances:
        for precision in PRECISIONS:
            at = trial.laboratory.ball_point(instance, point, precision)
            try:
                found = trial.places(at)
            except (Undecidable, UndefinedValue):
                at = trial.laboratory.ball_point(instance, point + SAMPLES, precision)
                found = trial.places(at)
            with at.domain.scope():
                for place in found:
                    entry = first_difference(place, trial.claim.op)
                    if entry is not None:
                        shown = _counterexample(trial, instance, at, place, entry)
                        return Finding("different", counterexample=shown)
                reached = [_digits(place) for place in found]
            seen += len(found)
            if trial.claim.op != "=" or min(reached, default=0) > 100:
                break
        digits = min([digits, *reached])
    return Finding("numeric" if seen else "nowhere", digits=digits)


def _far(trial: Trial, instance: Instance) -> Finding | None:
    """A counterexample far from 0: max(-5, min(5, x)) is x near 0 and only there."""
    for number_of_trial in range(FAR_TRIALS):
        at = trial.laboratory.far_point(instance, number_of_trial)
        try:
            found = trial.places(at)
        except (Undecidable, UndefinedValue):
            continue
        with at.domain.scope():
            for place in found:
                entry = first_difference(place, trial.claim.op)
                if entry is not None:
                    shown = _counterexample(trial, instance, at, place, entry)
                    return Finding("different", counterexample=shown)
    return None


def refuted_at(trial: Trial, instance: Instance) -> Counterexample | None:
    """A counterexample at one point of an instance; None if there is none there.

    Raises `EvaluationError` where the sides have no value.
    """
    at = trial.laboratory.ball_point(instance, 0, PRECISIONS[0])
    with at.domain.scope():
        for place in trial.places(at):
            entry = first_difference(place, trial.claim.op)
            if entry is not None:
                return _counterexample(trial, instance, at, place, entry)
    return None


def _digits(place: Place) -> int:
    pairs = zip(place.left.flat, place.right.flat, strict=True)
    return min((agreeing_digits(left, right) for left, right in pairs), default=0)


def _counterexample(
    trial: Trial, instance: Instance, at: Point, place: Place, entry: tuple[int, int]
) -> Counterexample:
    where = [f"{name} = {value}" for name, value in place.letters.items()]
    rows, columns = place.left.shape
    if min(rows, columns) > 1:
        where.append(f"entry ({entry[0] + 1},{entry[1] + 1})")
    elif max(rows, columns) > 1:
        where.append(f"entry {max(entry) + 1}")
    return Counterexample(
        instance.T,
        instance.sizes,
        ", ".join(where),
        number(place.left[entry]),
        number(place.right[entry]),
        trial.laboratory.seed,
        given_values(at),
    )


def error_bound(trial: Trial, instances: Sequence[Instance]) -> int | None:
    """log₂ of the chance that GF(p) hid a difference between the two sides, at one random point."""
    instance = max(instances, key=lambda one: one.T)
    domain = DegreeDomain()
    at = trial.laboratory.degree_point(instance, domain)
    try:
        found = trial.places(at)
    except EvaluationError:
        return None
    differences = [
        left - right
        for place in found
        for left, right in zip(place.left.flat, place.right.flat, strict=True)
    ]
    largest = max(differences, key=lambda degree: degree.top, default=Degree())
    return error_bound_log2(largest, domain.atoms, PRIME.bit_length())


def _has_kinks(trial: Trial) -> bool:
    """Whether signs decide something, so that agreement in GF(p) needs a second opinion."""
    bodies = [equation.body for equation in trial.laboratory.model.equations]
    return any(
        isinstance(node, Indicator)
        or (
            isinstance(node, Call)
            and node.function in FUNCTIONS
            and FUNCTIONS[node.function].kind == "kinked"
        )
        for body in (*bodies, trial.claim.left, trial.claim.right)
        for node in walk(body)
    )
