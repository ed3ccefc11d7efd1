"""Real points at which balls prove that the sides of a claim differ, and what is told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..derivation.staged import Point
from ..evaluation.domains.ball import agreeing_digits
from ..evaluation.errors import Undecidable, UndefinedValue
from .comparison import Place, first_difference, number
from .laboratory import given_values
from .verdict import Counterexample, Instance

if TYPE_CHECKING:
    from .decide import Trial

PRECISIONS = (128, 512, 2048)
"""Bits of the balls; each is tried only if the one before could not tell the sides apart."""


def refuted(trial: Trial, instance: Instance, precision: int) -> Counterexample | None:
    """A real point of short decimals at which the sides surely differ."""
    for attempt in range(2):
        try:
            at = trial.laboratory.ball_point(instance, attempt, precision)
            return difference_at(trial, instance, at)
        except (Undecidable, UndefinedValue):
            continue
    return None


def refuted_at(trial: Trial, instance: Instance) -> Counterexample | None:
    """A counterexample at one point of an instance; None if there is none there.

    Raises `EvaluationError` where the sides have no value.
    """
    at = trial.laboratory.ball_point(instance, 0, PRECISIONS[0])
    return difference_at(trial, instance, at)


def difference_at(trial: Trial, instance: Instance, at: Point) -> Counterexample | None:
    """The first entry of the first place at which the sides surely differ, if there is one."""
    found = trial.places(at)
    with at.domain.scope():
        for place in found:
            entry = first_difference(place, trial.claim.op)
            if entry is not None:
                return counterexample(trial, instance, at, place, entry)
    return None


def common_digits(trial: Trial, instance: Instance) -> int:
    """To how many digits the sides agree at one point of the highest precision."""
    at = trial.laboratory.ball_point(instance, 0, PRECISIONS[-1])
    found = trial.places(at)
    with at.domain.scope():
        digits = [_digits(place) for place in found]
    return min(digits, default=0)


def _digits(place: Place) -> int:
    pairs = zip(place.left.flat, place.right.flat, strict=True)
    return min((agreeing_digits(left, right) for left, right in pairs), default=0)


def counterexample(
    trial: Trial, instance: Instance, at: Point, place: Place, entry: tuple[int, int]
) -> Counterexample:
    """What the sides are at an entry of a numeric point."""
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
