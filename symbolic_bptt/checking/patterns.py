"""Signs and one-hot targets one by one, where free ones tell the sides of a claim apart.

A sign is 0 or 1, and a one-hot array one of its vertices: finitely many cases. Only those on which
the difference of the sides depends are set, which is found by drawing each of them anew. A sign
pattern that no real point has costs completeness, never soundness.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TYPE_CHECKING, TypeVar

from ..derivation.staged import Point
from ..evaluation.domains.field import FieldDomain
from ..evaluation.domains.signs import Sign, Signs
from ..evaluation.errors import Unsupported
from ..evaluation.graph import Key
from .laboratory import View
from .verdict import Instance

if TYPE_CHECKING:
    from .decide import Trial

MOST_CASES = 4096
"""Patterns of signs, or choices of vertices, that are evaluated."""

MOST_SIGNS = 64
"""Signs of one evaluation that are looked at."""

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class SignPatterns:
    """What became of the signs.

    bound: log₂ of the chance that patterns which all agree hide a difference; None if they do not.
    asked: the signs in the order of the evaluation. pattern: one in which the sides differ.
    """

    bound: int | None = None
    asked: tuple[Sign, ...] = ()
    pattern: Mapping[int, int] | None = None


def equal_in_patterns(trial: Trial, instance: Instance, view: View) -> SignPatterns:
    """Whether the sides agree for every pattern of the signs that their difference depends on."""
    record = Signs()
    base, _ = _with_signs(trial, instance, view, record)
    asked, count = tuple(record.asked), len(record.classes)
    if not count or count > MOST_SIGNS:
        return SignPatterns(asked=asked)
    changed = {
        number: _with_signs(trial, instance, view, Signs(asked, redrawn=frozenset({number})))[0]
        for number in range(count)
    }
    bounds = []
    for settings in _cases(base, changed, dict.fromkeys(range(count), 2)):
        if settings is None:
            return SignPatterns(asked=asked)
        found, bound = _with_signs(trial, instance, view, Signs(asked, settings))
        bounds.append(bound)
        if any(now for now, before in zip(found, base, strict=True) if before):
            return SignPatterns(None, asked, settings)
    return SignPatterns(_union(bounds), asked)


def _with_signs(
    trial: Trial, instance: Instance, view: View, signs: Signs
) -> tuple[list[int], int]:
    """The differences under these signs, at the same point and in the same order each time."""
    at = trial.laboratory.fresh_point(instance, 0, view, signs=signs)
    try:
        return _differences(trial, at)
    except LookupError:
        raise Unsupported("signs that hang on other signs") from None


def _differences(trial: Trial, at: Point) -> tuple[list[int], int]:
    """The residues of the differences, and log₂ of the chance that one hides a difference."""
    found, domain = trial.differences(at), at.domain
    assert isinstance(domain, FieldDomain)
    return [int(difference) for difference in found], domain.error_bound_log2(found)


def _union(bounds: Sequence[int]) -> int:
    """log₂ of a bound on the chance that any of these errors happens."""
    return max(bounds) + (len(bounds) - 1).bit_length()


def equal_at_vertices(trial: Trial, instance: Instance, view: View) -> int | None:
    """The bound, as for signs, if all choices of one-hot targets agree; else None."""
    graph = trial.laboratory.prepared(instance).graph
    sizes = {
        node.key: node.shape[0] * node.shape[1]
        for node in graph.given
        if node.constraint == "one-hot"
    }
    if not sizes:
        return None
    base, _ = _at_vertices(trial, instance, view, {})
    changed = {key: _at_vertices(trial, instance, view, {key: 0})[0] for key in sizes}
    bounds = []
    for vertices in _cases(base, changed, sizes):
        if vertices is None:
            return None
        found, bound = _at_vertices(trial, instance, view, vertices)
        bounds.append(bound)
        if any(now for now, before in zip(found, base, strict=True) if before):
            return None
    return _union(bounds)


def _at_vertices(
    trial: Trial, instance: Instance, view: View, vertices: Mapping[Key, int]
) -> tuple[list[int], int]:
    at = trial.laboratory.fresh_point(instance, 0, view, vertices=vertices)
    return _differences(trial, at)


def _cases(
    base: Sequence[int], changed: Mapping[K, Sequence[int]], sizes: Mapping[K, int]
) -> Iterator[dict[K, int] | None]:
    """Settings that take every entry that is not 0 through all the cases it depends on.

    `changed` is what the entries are when one of them is drawn anew. None alone where an entry
    depends on none of them, or the cases are too many.
    """
    groups = [
        {key for key in changed if changed[key][entry] != value}
        for entry, value in enumerate(base)
        if value
    ]
    colours = _coloured(groups)
    choices = [
        max(sizes[key] for key, colour in colours.items() if colour == own)
        for own in range(max(colours.values(), default=-1) + 1)
    ]
    if not all(groups) or prod(choices) > MOST_CASES:
        yield None
        return
    for chosen in product(*map(range, choices)):
        yield {key: chosen[colour] % sizes[key] for key, colour in colours.items()}


def _coloured(groups: Sequence[set[K]]) -> dict[K, int]:
    """A colour for each member, different for members of one group."""
    colours: dict[K, int] = {}
    for member in dict.fromkeys(member for group in groups for member in group):
        near = set[K]().union(*(group for group in groups if member in group))
        taken = {colours[other] for other in near if other in colours}
        colours[member] = next(c for c in range(len(near) + 1) if c not in taken)
    return colours
