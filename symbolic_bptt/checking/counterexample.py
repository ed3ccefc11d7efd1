"""The smallest counterexample to a claim that fails: few and short numbers, for a hand."""

from __future__ import annotations

from collections.abc import Iterator

from ..evaluation.errors import EvaluationError
from ..evaluation.unroll import UnrollError
from ..model.model import Model
from .claims import Judged
from .definitions import Definitions
from .laboratory import Laboratory
from .refutation import refuted_at
from .verdict import Counterexample, Instance

LENGTHS = (1, 2, 3)


def smallest_counterexample(
    laboratory: Laboratory, definitions: Definitions, judged: Judged
) -> Counterexample | None:
    """A counterexample at the smallest of a few small instances, or the one found before.

    It illustrates a verdict that rests on sound instances; it is never what a verdict rests on.
    """
    found = judged.finding.counterexample
    if found is None:
        return None
    trial = judged.trial(laboratory, definitions)
    for instance in _small_instances(laboratory.model):
        is_larger = (instance.T, sum(instance.sizes.values())) >= (
            found.T,
            sum(found.sizes.values()),
        )
        if is_larger or not judged.means(instance.T):
            continue
        try:
            smaller = refuted_at(trial, instance)
        except (EvaluationError, UnrollError):
            continue
        if smaller is not None:
            return smaller
    return found


def _small_instances(model: Model) -> Iterator[Instance]:
    """Sizes of 1, but 2 where a target sums to one; then sizes of 2; each at T = 1, 2, 3."""
    constrained = {
        letter
        for item in model.declarations.values()
        if item.constraint is not None
        for side in (item.shape.rows, item.shape.columns)
        for letter in side.letters
    }
    lengths = LENGTHS if model.literal_length is None else (model.literal_length,)
    for count in lengths:
        yield Instance(count, {one: 2 if one in constrained else 1 for one in model.sizes})
        yield Instance(count, dict.fromkeys(model.sizes, 2))
