"""Sound instances (notation, section 7): different sizes, generic numbers, nothing vacuous."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations
from random import Random
from typing import Literal

import numpy as np

from ..model.model import Constraint, Model
from ..notation.sizes import ONE, Size
from .domains.domain import Array, Domain, filled, zeros
from .graph import Graph, GraphNode, Key

Targets = Literal["as declared", "one-hot", "sums to one", "free"]


def sound_sizes(model: Model, variant: int = 0) -> dict[str, int]:
    """A number for every size letter: all at least 2 and different, composites like n+m included.

    Sizes of constrained targets are at least 3. `variant` 0, 1, 2, … gives further choices, larger
    ones later. A model with fixed sizes keeps them, even where they coincide.
    """
    letters = _by_importance(model)
    composite = _sizes_of(model)
    targets = {*_target_sizes(model), *(Size.letter(k) for k in model.sizes if k == "K")}
    best: dict[str, int] | None = None
    found = 0
    for sizes in _assignments(letters):
        if any(size.value(sizes) < 3 for size in targets if size.letters):
            continue
        values = [size.value(sizes) for size in composite]
        if len(set(values)) < len(values) or min(values, default=2) < 2:
            best = best or sizes
            continue
        if found == variant:
            return sizes
        found += 1
    return best or dict.fromkeys(letters, 2)


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
    seed: int,
    targets: Targets = "as declared",
    *,
    spread: bool = False,
) -> dict[Key, Array]:
    """Generic values for every parameter, input and initial state; states declared zero are zero.

    One seed gives one point: in the numeric domains the same short decimals in each. `spread`
    multiplies each quantity by its own power of 8, so that no bound holds for all of them.
    """
    generator = Random(seed)
    point = {node.key: _drawn(node, domain, generator, targets) for node in graph.given}
    if spread:
        for node in graph.given:
            factor = domain.number(Fraction(8) ** generator.choice((-1, 0, 1, 2, 3)))
            if not node.constraint:
                point[node.key] = point[node.key] * factor
    return point


def _drawn(node: GraphNode, domain: Domain, generator: Random, targets: Targets) -> Array:
    constraint: Constraint | None = node.constraint
    if constraint and targets != "as declared":
        constraint = None if targets == "free" else targets
    if node.zero:
        return zeros(domain, node.shape)
    if constraint == "one-hot":
        return _one_hot(domain, node.shape, generator.randrange(node.shape[0] * node.shape[1]))
    array = np.empty(node.shape, dtype=domain.dtype)
    array.ravel()[:] = [domain.draw(generator) for _ in range(array.size)]
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
