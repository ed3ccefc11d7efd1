"""Where the sides of a claim agree in the prime field: at a random point, but for a stated chance.

A view says what is more general at that point than in the claim; agreement there is agreement here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..derivation.staged import Point
from ..evaluation.domains.field import PRIME_BITS
from ..evaluation.errors import UndefinedValue
from ..model.model import Constraint
from .comparison import Place
from .laboratory import View
from .verdict import Instance

if TYPE_CHECKING:
    from .decide import Trial

LEAST_BOUND = -60
"""log₂ of the largest chance of error that is printed; above it the prime is too small."""


@dataclass(frozen=True)
class Agreed:
    """The sides agree at an instance: in a view, so surely, with what is needed of the targets.

    Without a bound they do not agree.
    """

    view: View | None
    bound: int | None = None
    vanishes: bool = False
    needs: Constraint | None = None


def first_agreed(trial: Trial, instance: Instance, views: tuple[View, ...]) -> Agreed | None:
    """The first view in which the sides agree, if there is one; None where nothing is said."""
    for view in views:
        try:
            at, found = _at_field_point(trial, instance, view)
        except UndefinedValue:
            if view is views[-1]:
                raise
            continue
        if not found:
            return None
        bound = _bound(trial, instance, view, at, found)
        if bound is not None:
            return Agreed(view, bound, all(place.vanishes for place in found))
    return Agreed(None)


def _bound(
    trial: Trial, instance: Instance, view: View, at: Point, found: list[Place]
) -> int | None:
    """log₂ of the chance that sides which agree here differ; None if they do not agree.

    Where the usual prime would leave more than 2^−60, they are compared over a larger one.
    """
    bits = PRIME_BITS
    while True:
        differences = [difference for place in found for difference in place.differences]
        if any(differences):
            return None
        domain: Any = at.domain
        bound = int(domain.error_bound_log2(differences))
        if bound <= LEAST_BOUND:
            return bound
        bits += 64 * ((bound - LEAST_BOUND + 63) // 64)
        at = trial.laboratory.fresh_point(instance, 0, view, bits=bits)
        found = trial.places(at)


def _at_field_point(trial: Trial, instance: Instance, view: View) -> tuple[Point, list[Place]]:
    """A random point and both sides there; another where a division by zero happens to arise."""
    last: UndefinedValue | None = None
    for attempt in range(3):
        at = trial.laboratory.field_point(instance, 100 * attempt, view)
        try:
            return at, trial.places(at)
        except UndefinedValue as error:
            last = error
    assert last is not None
    raise last


def narrowest(views: list[View | None]) -> View | None:
    """One view in which all agree: general only if all are, normal if any is."""
    if any(view is None for view in views):
        return None
    known = [view for view in views if view is not None]
    return View(
        all(view.disturbed for view in known),
        all(view.free_letters for view in known),
        any(view.normal for view in known),
    )


def as_normal(view: View) -> View:
    """The same view with the identities of elementary functions seen."""
    return replace(view, normal=True)
