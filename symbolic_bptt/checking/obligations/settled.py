"""Whether a claim that holds for every number of steps holds at every size too, and why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...evaluation.errors import EvaluationError
from ...evaluation.unroll import UnrollError
from ..decide import Trial
from ..laboratory import Laboratory, View
from ..verdict import Instance
from .bench import Bench
from .errors import NotSettled
from .prove import prove
from .tasks import task

LEAST = 3
"""The smallest size that is looked at."""

LARGEST = 8
"""The largest size at which the obligations of a claim are looked at."""


@dataclass(frozen=True)
class EverySize:
    """Proved for every length and size, but for a chance of 2^bound; or why not."""

    proved: bool
    reason: str = ""
    bound: int | None = None


def every_size(
    trial: Trial, instance: Instance, view: View, ground: Laboratory | None = None
) -> EverySize:
    """Whether obligations of one step prove the claim, which holds for every T.

    instance: one at which it was looked at. view: the widest in which it was seen to hold. ground:
    where definitions are looked at, if not where the claim is.
    """
    try:
        if not view.free_letters or view.normal:
            raise NotSettled("it hangs on a number, or on an identity of functions")
        return EverySize(True, bound=_proved(trial, instance, view, ground))
    except NotSettled as reason:
        return EverySize(False, str(reason))
    except (EvaluationError, UnrollError) as error:
        return EverySize(False, f"its steps cannot be looked at alone ({error})")
    except RecursionError:
        return EverySize(False, "it is too deeply nested")


def _proved(trial: Trial, instance: Instance, view: View, ground: Laboratory | None) -> int:
    """The obligations at as many sizes, and as large ones, as they need."""
    made = task(trial, instance, view)
    letters = trial.laboratory.model.sizes
    small = {letter: LEAST + place for place, letter in enumerate(letters)}
    counted = Bench.at(trial, small, view, ground, counted=True)
    prove(counted, made)
    most, cancels = counted.needs.letters, counted.needs.cancels
    if max(most.values(), default=0) > LARGEST:
        raise NotSettled(f"sizes of {max(most.values())} would have to be looked at")
    bounds = [counted.needs.bound]
    for sizes in _sizes(most, cancels, max(cancels.values(), default=0) + 1):
        if sizes != small:
            bench = Bench.at(trial, sizes, view, ground, counted=False)
            prove(bench, made)
            bounds.append(bench.needs.bound)
    return max(bounds)


def _sizes(
    letters: Mapping[str, int], cancels: Mapping[str, int], count: int
) -> Iterator[Mapping[str, int]]:
    """So many choices of sizes, none smaller than its letters, all different in each.

    The sizes of which powers may occur change from one to the next.
    """
    taken: dict[str, set[int]] = {name: set() for name in letters}
    for _ in range(count):
        sizes: dict[str, int] = {}
        for name in sorted(letters, key=lambda name: (-letters[name], name)):
            size = max(LEAST, letters[name])
            while size in sizes.values() or (cancels.get(name) and size in taken[name]):
                size += 1
            sizes[name] = size
            taken[name].add(size)
        yield {name: sizes[name] for name in letters}
