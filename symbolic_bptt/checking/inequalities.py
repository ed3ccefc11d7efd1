"""a < b, a ≤ b, a > b, a ≥ b, a ≠ b: proved for everything that the model admits, or refuted.

A proof evaluates both sides in the domain of bounds, once for each instance, with every given
quantity a variable: if the difference cannot have the wrong sign there, it has it nowhere. It has
no chance of error. What it does not see is a dependence between quantities that are no linear
forms of one another, so that much that is true stays open. A refutation is a point, confirmed in
balls. That no such point was found proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import ge, gt, le, lt, ne
from typing import Any, Literal, Protocol

from ..derivation.staged import Point, point
from ..evaluation.admitted import admitted
from ..evaluation.domains.domain import Array
from ..evaluation.domains.enclosing import IntervalDomain
from ..evaluation.errors import EvaluationError, Undecidable, UndefinedValue
from .comparison import Claim, Place
from .environment import ClaimEnvironment
from .laboratory import Laboratory
from .magnitudes import upper_bounds
from .search import Sides, Witness, violated, violation
from .verdict import Instance

PROVES: dict[str, Callable[[Any, Any], Any]] = {"<": lt, "<=": le, ">": gt, ">=": ge, "!=": ne}
"""Of bounds these are true only if the relation holds at every admitted point."""

POINTS = 3
"""Points of order one that are looked at before a proof is tried: most false claims end there."""


class Posed(Sides, Protocol):
    """A claim, with the model that it is about."""

    @property
    def laboratory(self) -> Laboratory: ...

    def environment(self, at: Point) -> ClaimEnvironment:
        """Where its symbols get their values at a point."""


@dataclass(frozen=True)
class Settled:
    """`proved` at all instances, `refuted` by a witness at one, `open`, or `nowhere` a value."""

    outcome: Literal["proved", "refuted", "open", "nowhere"]
    instance: Instance | None = None
    witness: Witness | None = None


def decide_inequality(posed: Posed, instances: Sequence[Instance]) -> Settled:
    """What is known of an inequality at the instances.

    Raises the `EvaluationError` for which a side has no value at ordinary points.
    """
    for look in (_at_ordinary_points, _at_all_points):
        outcomes = []
        for instance in instances:
            found = look(posed, instance)
            if found.outcome == "refuted":
                return found
            outcomes.append(found.outcome)
        if set(outcomes) == {"nowhere"}:
            return Settled("nowhere")
    return Settled("open" if "open" in outcomes else "proved")


def _at_ordinary_points(posed: Posed, instance: Instance) -> Settled:
    points = _ordinary(posed, instance)
    for at, places in points:
        with at.domain.scope():
            for place in places:
                entry = violated(place, posed.claim)
                if entry is not None:
                    return Settled("refuted", instance, Witness(at, place, entry))
    return Settled("open" if any(places for _, places in points) else "nowhere")


def _ordinary(posed: Posed, instance: Instance) -> list[tuple[Point, list[Place]]]:
    """Both sides at a few points of order one. Raises if they have a value at none of them."""
    found, last = [], None
    for trial in range(POINTS):
        at = posed.laboratory.ball_point(instance, trial)
        try:
            found.append((at, posed.places(at)))
        except (Undecidable, UndefinedValue) as error:
            last = error
    if last is not None and not found:
        raise last
    return found


def _at_all_points(posed: Posed, instance: Instance) -> Settled:
    """By bounds, or by a search for a point where they do not show the relation."""
    prepared, seed = posed.laboratory.prepared(instance), posed.laboratory.seed
    domain, count = IntervalDomain(), 1
    try:
        everywhere = point(prepared, domain, admitted(prepared.graph, domain))
        places = posed.places(everywhere)
        environment, count = posed.environment(everywhere), len(places)
        if all(_shown(posed.claim, place, environment) for place in places):
            return Settled("proved")
        witness = _identity(posed, instance, places)
    except (EvaluationError, RecursionError):
        witness = None
    witness = witness or violation(posed, prepared, seed, count)
    return Settled("open") if witness is None else Settled("refuted", instance, witness)


def _identity(posed: Posed, instance: Instance, everywhere: list[Place]) -> Witness | None:
    """Any point, where a ≠ b is claimed of what is the same everywhere."""
    if posed.claim.op != "!=":
        return None
    same = [
        place.letters
        for place in everywhere
        if all(a == b for a, b in _pairs(place.left, place.right))
    ]
    for at, places in _ordinary(posed, instance):
        for place in places:
            if place.letters in same:
                return Witness(at, place, (0, 0))
    return None


def _shown(claim: Claim, place: Place, environment: ClaimEnvironment) -> bool:
    """Whether the bounds of both sides, or of what the rules put for the smaller, show it."""
    relation = PROVES[claim.op]
    if claim.op == "!=":
        return any(relation(a, b) for a, b in _pairs(place.left, place.right))
    if all(relation(a, b) for a, b in _pairs(place.left, place.right)):
        return True
    rising = claim.op in ("<", "<=")
    smaller, larger = (claim.left, place.right) if rising else (claim.right, place.left)
    relation = PROVES["<" if claim.op in ("<", ">") else "<="]
    here = replace(environment, bound={**environment.bound, **place.letters})
    bounds = upper_bounds(smaller, here)
    return any(
        bound.shape == larger.shape and all(relation(a, b) for a, b in _pairs(bound.array, larger))
        for bound in bounds
    )


def _pairs(left: Array, right: Array) -> Iterator[tuple[Any, Any]]:
    return zip(left.flat, right.flat, strict=True)
