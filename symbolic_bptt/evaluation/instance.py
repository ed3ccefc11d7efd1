"""Sound instances (notation, section 7): different sizes, generic numbers, nothing vacuous."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations, permutations
from random import Random
from typing import Literal

import numpy as np

from ..model.model import Constraint, Model
from ..notation.sizes import ONE, Size
from .domains.domain import Array, Domain, filled, zeros
from .graph import Graph, GraphNode, Key

Targets = Literal["as declared", "sums to one", "free"]
"""Constrained data as the model declares them, or where they only sum to one, or anywhere."""


def sound_sizes(model: Model, variant: int = 0) -> dict[str, int]:
    """A number for every size letter: all at least 2 and different, composites like n+m included.

    Sizes of constrained targets are at least 3. `variant` 0, 1, 2, … gives further choices, larger
    ones later. A model with fixed sizes keeps them, even where they coincide.
    """
    best: dict[str, int] | None = None
    found = 0
    for sizes in all_sizes(model):
        if not _differ(model, sizes):
            best = best or sizes
            continue
        if found == variant:
            return sizes
        found += 1
    return best or dict.fromkeys(model.sizes, 2)


def ordered_sizes(model: Model, least: int, *, falling: bool) -> dict[str, int]:
    """Different sizes of at least `least`, in one order of the letters or in the opposite one.

    What a wrong formula needs of the sizes, such as n < m, holds in just one of the two.
    """
    letters = _by_importance(model)
    if falling:
        letters.reverse()
    chosen = (
        dict(zip(letters, values, strict=True))
        for values in combinations(range(least, least + len(letters) + 4), len(letters))
    )
    ranked = sorted(chosen, key=lambda sizes: sum(sizes.values()))
    return next((sizes for sizes in ranked if _differ(model, sizes)), ranked[0])


def all_sizes(model: Model) -> Iterator[dict[str, int]]:
    """Different small sizes for the letters, smallest sum first, targets of at least 3."""
    targets = {*_target_sizes(model), *(Size.letter(k) for k in model.sizes if k == "K")}
    for sizes in _assignments(_by_importance(model)):
        if all(size.value(sizes) >= 3 for size in targets if size.letters):
            yield sizes


def _differ(model: Model, sizes: dict[str, int]) -> bool:
    values = [size.value(sizes) for size in _sizes_of(model)]
    return len(set(values)) == len(values) and min(values, default=2) >= 2


def _assignments(letters: list[str]) -> Iterator[dict[str, int]]:
    """Different small numbers for the letters, smallest sum first."""
    span = range(2, len(letters) + 6)
    ranked = sorted(permutations(span, len(letters)), key=lambda p: (sum(p), p))
    for values in ranked:
        yield dict(zip(letters, values, strict=True))


def _by_importance(model: Model) -> list[str]:
    """Letters in the order of their first parameter dimension read from the right: m before n."""
    return sorted(model.sizes, key=lambda letter: (-_uses(model, letter), letter))[::-1]


def _uses(model: Model, letter: str) -> int:
    shapes = [item.shape for item in model.declarations.values()]
    return sum((letter in s.rows.letters) + (letter in s.columns.letters) for s in shapes)


def _sizes_of(model: Model) -> list[Size]:
    found: dict[Size, None] = {Size.letter(letter): None for letter in model.sizes}
    for item in model.declarations.values():
        for size in (item.shape.rows, item.shape.columns):
            if size != ONE and (size.letters or size.constant > 1):
                found[size] = None
    return list(found)


def _target_sizes(model: Model) -> list[Size]:
    constrained = [item for item in model.declarations.values() if item.constraint]
    return [s for item in constrained for s in (item.shape.rows, item.shape.columns) if s != ONE]


def draw_point(
    graph: Graph,
    domain: Domain,
    seed: int | str,
    targets: Targets = "as declared",
    vertices: Mapping[Key, int] | None = None,
) -> dict[Key, Array]:
    """Generic values for every parameter, input and initial state; states declared zero are zero.

    One seed gives one point: in the numeric domains the same short decimals in each. `vertices`
    says at which entry a one-hot array has its 1; elsewhere that is drawn.
    """
    generator = Random(seed)
    fixed = vertices or {}
    return {
        node.key: _drawn(node, domain, generator, targets, fixed.get(node.key))
        for node in graph.given
    }


def _drawn(
    node: GraphNode, domain: Domain, generator: Random, targets: Targets, vertex: int | None
) -> Array:
    constraint: Constraint | None = node.constraint
    if constraint and targets != "as declared":
        constraint = None if targets == "free" else targets
    if node.zero:
        return zeros(domain, node.shape)
    if constraint == "one-hot":
        drawn = generator.randrange(node.shape[0] * node.shape[1])
        return _one_hot(domain, node.shape, drawn if vertex is None else vertex)
    array = np.empty(node.shape, dtype=domain.dtype)
    array.ravel()[:] = [domain.draw(generator) for _ in range(array.size)]
    if vertex is not None:
        return _one_hot(domain, node.shape, vertex)
    if constraint == "sums to one":
        rest = domain.number(Fraction(1))
        for element in array.ravel()[:-1]:
            rest = rest - element
        array.ravel()[-1] = rest
    return array


def _one_hot(domain: Domain, shape: tuple[int, int], position: int) -> Array:
    array = filled(domain, shape, domain.number(Fraction(0)))
    array.ravel()[position] = domain.number(Fraction(1))
    return array
