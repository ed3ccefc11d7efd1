"""One claim: does it hold, and what is the evidence?

At each instance both sides are compared at a random point in a prime field: agreement proves the
claim there but for a stated chance, and so does agreement of anything more general (`View`).
Disagreement may only mean that an identity is hidden by the atoms, or that signs or one-hot
targets have relations of their own: then the normal form, the patterns of the signs and the
vertices of the targets are looked at. `different` is said only with a real point at which balls
prove that the sides differ; sides that agree to many digits and are not proved equal are
`numeric`, which is no verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

from ..derivation.staged import Point
from ..evaluation.budget import DEFAULT_LIMIT, LINE_LIMIT, Budget
from ..evaluation.errors import (
    BeyondTheAxis,
    EvaluationError,
    LimitReached,
    OutOfRange,
    ShapeMismatch,
    Undecidable,
    UndefinedSymbol,
    UndefinedValue,
    Unsupported,
)
from ..evaluation.unroll import UnrollError
from ..model.model import Constraint
from ..notation.tree import Range
from .agreement import Agreed, as_normal, first_agreed, narrowest
from .comparison import Claim, Place, first_difference, places
from .definitions import Definitions
from .environment import ClaimEnvironment
from .inequalities import PROVES, decide_inequality
from .known import Missing, Notes, known_at
from .laboratory import ACTUAL, GENERAL, Laboratory, View
from .letters import downward_ranges
from .patterns import equal_at_vertices, equal_in_patterns
from .realization import realized
from .refutation import PRECISIONS, common_digits, counterexample, difference_at, refuted
from .verdict import Counterexample, Instance

Outcome = Literal[
    "equal", "proved", "different", "numeric", "open", "mismatch", "undefined", "nowhere", "limit"
]
"""Of an equation: `equal`, `numeric`. Of an inequality: `proved`, `open`."""


@dataclass(frozen=True)
class Finding:
    """What came out of one claim.

    view: the widest in which the sides agree at every instance; None if they agree only with signs
    or targets set one by one. bound: log₂ of the chance that a difference was hidden. needs: what
    agreement needs of the targets beside what holds for any.
    """

    outcome: Outcome
    notes: Notes = field(default_factory=Notes)
    counterexample: Counterexample | None = None
    error: EvaluationError | None = None
    digits: int | None = None
    vanishes: bool = False
    view: View | None = None
    bound: int | None = None
    needs: Constraint | None = None


Look = Callable[["Trial", Instance], Agreed | Finding | None]
"""What may see that both sides agree, or differ, where a plain point says nothing."""


@dataclass
class Trial:
    """A claim with what is shared by its evaluations.

    short: the largest number of steps at which it may be that not everything in it exists.
    views, looks: in the order in which they are tried; what one instance needed comes first at the
    next.
    """

    laboratory: Laboratory
    definitions: Definitions
    claim: Claim
    short: int = 0
    notes: Notes = field(default_factory=Notes)
    budget: Budget = field(default_factory=lambda: Budget(LINE_LIMIT))
    missing: Missing = "left out"
    views: tuple[View, ...] = (GENERAL, ACTUAL)
    looks: tuple[Look, ...] = field(default_factory=lambda: LOOKS)

    def environment(self, at: Point) -> ClaimEnvironment:
        """Where its symbols get their values at a point."""
        return ClaimEnvironment(
            at,
            self.definitions,
            self.laboratory.blocks,
            known=known_at(at, self.definitions, self.missing),
            budget=self.budget.share(DEFAULT_LIMIT),
            notes=self.notes,
            downward=self.downward,
            missing=self.missing,
        )

    def places(self, at: Point) -> list[Place]:
        """Both sides at a point, for every value of the free letters."""
        environment = self.environment(at)
        with at.domain.scope():
            return list(places(self.claim, environment))

    def differences(self, at: Point) -> list[Any]:
        """left − right, entry by entry, for every value of the free letters."""
        return [difference for place in self.places(at) for difference in place.differences]

    @cached_property
    def downward(self) -> frozenset[Range]:
        """The ranges that are written from their high end."""
        exprs = [self.claim.left, self.claim.right, *self.definitions.bodies]
        return downward_ranges(exprs, self.laboratory.model.time.index)


def decide(trial: Trial, instances: Sequence[Instance]) -> Finding:
    """Whether the claim holds at all instances."""
    try:
        equation = trial.claim.op not in PROVES
        finding = _decided(trial, instances) if equation else _inequality(trial, instances)
    except EvaluationError as error:
        finding = Finding(_outcome(error), error=error)
    except (UnrollError, MemoryError, RecursionError) as error:
        finding = Finding("limit", error=LimitReached(str(error) or type(error).__name__))
    return replace(finding, notes=trial.notes)


CLEAR = frozenset(("equal", "proved", "different"))
"""What is said of a claim without a doubt."""

SENSELESS = frozenset(("mismatch", "undefined", "nowhere"))
"""What comes out where 0 cannot stand in the place of what does not exist."""


def decide_both(trial: Trial, instances: Sequence[Instance]) -> Finding:
    """`decide`; where a sum leaves out what does not exist, 0 in its place must say the same.

    E_{t+1} at t = T is left out by some, and 0 for others. Where they do not come to one verdict,
    or one of them to none, nothing is said.
    """
    finding = decide(trial, instances)
    if not finding.notes.dropped or finding.outcome not in CLEAR:
        return finding
    other = decide(replace(trial, missing="zero", notes=Notes()), instances)
    if other.outcome == finding.outcome or other.outcome in SENSELESS:
        return finding
    what = next(iter(finding.notes.left_out))
    said = f"a sum reaches {what}: it is not said whether that is 0 or the term is left out"
    return Finding("limit", notes=finding.notes, error=Undecidable(said))


def agree(trial: Trial, instances: Sequence[Instance], *, normal: bool = False) -> bool:
    """Whether both sides agree in the field wherever the claim says something.

    False proves nothing: no point is sought, and nothing is set one by one.
    """
    views = (GENERAL, ACTUAL, *((as_normal(ACTUAL),) if normal else ()))
    seen = False
    try:
        for instance in instances:
            try:
                found = first_agreed(trial, instance, views)
            except (OutOfRange, BeyondTheAxis, UnrollError):
                if trial.short < instance.T:
                    return False
                continue
            if found is not None and found.bound is None:
                return False
            seen = seen or found is not None
    except (EvaluationError, RecursionError):
        return False
    return seen


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


def _decided(trial: Trial, instances: Sequence[Instance]) -> Finding:
    """What all instances come to: once only digits agree at one, digits are asked of the others."""
    agreed: list[Agreed] = []
    digits: list[int] = []
    for instance in instances:
        try:
            found = _looked_at(trial, instance, (_in_digits,)) if digits else _at(trial, instance)
        except (OutOfRange, BeyondTheAxis, UnrollError):
            if trial.short < instance.T:
                raise
            continue
        if isinstance(found, Finding) and found.digits is None:
            return found
        if isinstance(found, Finding):
            digits.append(found.digits or 0)
        elif found is not None:
            agreed.append(found)
    if digits:
        return Finding("numeric", digits=min(digits))
    if not agreed:
        return Finding("nowhere")
    views = [one.view for one in agreed]
    needs = next((one.needs for one in agreed if one.needs), None)
    vanishes = all(one.vanishes for one in agreed)
    bound = max(one.bound for one in agreed if one.bound is not None)
    return Finding("equal", vanishes=vanishes, view=narrowest(views), bound=bound, needs=needs)


def _at(trial: Trial, instance: Instance) -> Agreed | Finding | None:
    """What comes out at one instance; None where the claim says nothing."""
    plain = first_agreed(trial, instance, trial.views)
    if plain is None or plain.bound is not None:
        return _noted(trial, plain)
    shown = refuted(trial, instance, PRECISIONS[0])
    if shown is not None:
        return Finding("different", counterexample=shown)
    found = _looked_at(trial, instance, (*trial.looks, _in_digits))
    return _noted(trial, found) if isinstance(found, Agreed) else found


def _noted(trial: Trial, found: Agreed | None) -> Agreed | None:
    """The same; since the narrowest view of all instances counts, it is tried first from here."""
    if found is not None and found.view is not None and not found.view.disturbed:
        trial.views = (ACTUAL, GENERAL)
    return found


def _looked_at(trial: Trial, instance: Instance, looks: Sequence[Look]) -> Agreed | Finding:
    """What the first look that sees something sees; 0 digits if none does."""
    for look in looks:
        try:
            found = look(trial, instance)
        except (UndefinedValue, Undecidable, Unsupported):
            continue
        if isinstance(found, Agreed):
            trial.looks = (look, *(other for other in trial.looks if other is not look))
        if found is not None:
            return found
    return Finding("numeric", digits=0)


def _in_normal_form(trial: Trial, instance: Instance) -> Agreed | None:
    found = first_agreed(trial, instance, tuple(map(as_normal, trial.views)))
    return None if found is None or found.bound is None else found


def _one_by_one(trial: Trial, instance: Instance, view: View = ACTUAL) -> Agreed | Finding | None:
    """Signs and targets set one by one, and a real point with signs for which the sides differ."""
    signs = equal_in_patterns(trial, instance, view)
    if signs.bound is not None:
        return Agreed(None, signs.bound)
    vertices = equal_at_vertices(trial, instance, view)
    if vertices is not None:
        return Agreed(None, vertices, needs="one-hot")
    at = realized(trial, instance, signs)
    shown = None if at is None else difference_at(trial, instance, at)
    return None if shown is None else Finding("different", counterexample=shown)


def _one_by_one_in_normal_form(trial: Trial, instance: Instance) -> Agreed | Finding | None:
    return _one_by_one(trial, instance, as_normal(ACTUAL))


LOOKS: tuple[Look, ...] = (_one_by_one, _in_normal_form, _one_by_one_in_normal_form)


def _in_digits(trial: Trial, instance: Instance) -> Finding:
    """A real point at which the sides differ in some digit, or to how many they agree."""
    for precision in PRECISIONS[1:]:
        shown = refuted(trial, instance, precision)
        if shown is not None:
            return Finding("different", counterexample=shown)
    return Finding("numeric", digits=common_digits(trial, instance))


def _inequality(trial: Trial, instances: Sequence[Instance]) -> Finding:
    """What is known of a relation that is no equation."""
    found = decide_inequality(trial, instances)
    if found.outcome != "refuted":
        return Finding(found.outcome)
    assert found.instance is not None
    assert found.witness is not None
    at, place, entry = found.witness.at, found.witness.place, found.witness.entry
    return Finding(
        "different", counterexample=counterexample(trial, found.instance, at, place, entry)
    )


def constraint_needed(trial: Trial, instance: Instance, finding: Finding) -> Constraint | None:
    """What a claim that holds needs of the targets: nothing, that they sum to one, or one-hot."""
    if finding.needs is not None or finding.view is None:
        return finding.needs
    if not any(item.constraint for item in trial.laboratory.model.declarations.values()):
        return None
    try:
        at = trial.laboratory.field_point(instance, 0, finding.view, "free")
        found = trial.places(at)
    except EvaluationError:
        return "sums to one"
    agrees = all(first_difference(place, "=") is None for place in found)
    return None if agrees else "sums to one"
