"""The search for a point at which a relation is false, through all magnitudes.

It climbs: a point of exact decimals is changed in one given quantity at a time, and a change is
kept if the sides move the wrong way. Floating point shows the way; what it finds is believed only
where balls confirm it. One seed makes one search.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Protocol

import numpy as np

from ..derivation.prepared import Prepared
from ..derivation.staged import Point, point
from ..evaluation.domains.ball import BallDomain
from ..evaluation.domains.domain import Array, Domain, entrywise, sixteenths
from ..evaluation.domains.floating import FLOAT64
from ..evaluation.errors import EvaluationError
from ..evaluation.graph import Graph, GraphNode, Key
from ..notation.tree import Number, walk
from .comparison import Claim, Place, first_difference

WORK = 12_000
"""Quantities computed, and a tenth of the places compared, while one instance is searched."""

ROUNDS = (20, 600)
"""At least and at most so many points are looked at."""

IN_BALLS = 60
"""So many of them may be judged in balls, because floating point has no value there."""

APART = 10
"""The first of them are drawn one without the other."""

PRECISIONS = (128, 512)
"""Bits of the balls that confirm a violation."""

SMALLEST, LARGEST = -2, 3
"""Magnitudes of a number, as powers of ten; larger ones where the claim names larger numbers."""

Draft = dict[Key, Array]
"""An exact point: fractions for every given quantity."""


class Sides(Protocol):
    """A claim that can be evaluated at points."""

    @property
    def claim(self) -> Claim: ...

    def places(self, at: Point) -> list[Place]:
        """Both sides at a point, for every value of the free letters."""


@dataclass(frozen=True)
class Witness:
    """A point in balls at which the claim is surely violated, and where."""

    at: Point
    place: Place
    entry: tuple[int, int]


def violation(sides: Sides, prepared: Prepared, seed: int, count: int) -> Witness | None:
    """A point at which the claim is false, if the search meets one.

    `count` is the number of places at which the claim is compared.
    """
    graph, random = prepared.graph, Random(seed)
    largest = LARGEST + _digits(sides.claim)
    fewest, most = ROUNDS
    best, height, in_balls = _zeros(graph), -np.inf, 0
    for turn in range(min(most, max(fewest, WORK // (len(graph.nodes) + 10 * count)))):
        draft = best
        if 0 < turn <= APART:
            draft = {node.key: _drawn(node, random, largest) for node in graph.given}
        elif turn:
            draft = _changed(graph, best, random, largest)
        reached = _height(sides, prepared, draft, FLOAT64)
        if reached is None and in_balls < IN_BALLS:
            in_balls += 1
            reached = _height(sides, prepared, draft, BallDomain(PRECISIONS[0]))
        if reached is None or reached < height:
            continue
        if reached >= 0 and reached > height:
            found = witness(sides, prepared, draft)
            if found is not None:
                return found
        best, height = draft, reached
    return None


def witness(sides: Sides, prepared: Prepared, draft: Draft) -> Witness | None:
    """Where the claim is violated at an exact point, if balls prove that it is."""
    for precision in PRECISIONS:
        domain = BallDomain(precision)
        try:
            at = _at(prepared, domain, draft)
            with domain.scope():
                for place in sides.places(at):
                    entry = violated(place, sides.claim)
                    if entry is not None:
                        return Witness(at, place, entry)
        except EvaluationError:
            continue
    return None


def violated(place: Place, claim: Claim) -> tuple[int, int] | None:
    """An entry at which the relation is surely false; a ≠ b is, where all entries are equal."""
    if claim.op == "!=" and not np.all(place.left == place.right):
        return None
    return first_difference(place, claim.op)


def _at(prepared: Prepared, domain: Domain, draft: Draft) -> Point:
    with domain.scope():
        given = {key: entrywise(domain.number, array) for key, array in draft.items()}
        return point(prepared, domain, {k: a.astype(domain.dtype) for k, a in given.items()})


def _height(sides: Sides, prepared: Prepared, draft: Draft, domain: Domain) -> float | None:
    """How far the relation is from being true, positive where it is false; None for no value."""
    try:
        found = sides.places(_at(prepared, domain, draft))
        with domain.scope():
            heights = [_excess(place, sides.claim) for place in found]
    except (EvaluationError, ArithmeticError):
        return None
    return max(heights, default=None)


def _excess(place: Place, claim: Claim) -> float:
    match claim.op:
        case "<" | "<=":
            return max(float(d) for d in (place.left - place.right).flat)
        case ">" | ">=":
            return max(float(d) for d in (place.right - place.left).flat)
    return -max(abs(float(d)) for d in (place.left - place.right).flat)


def _digits(claim: Claim) -> int:
    """Decimal digits of the largest whole number that the claim names."""
    numbers = [
        node.value
        for side in (claim.left, claim.right)
        for node in walk(side)
        if isinstance(node, Number)
    ]
    return len(str(int(max(numbers, default=Fraction(0)))))


def _zeros(graph: Graph) -> Draft:
    """Everything 0, but for targets."""
    random = Random(0)
    return {
        node.key: _drawn(node, random, 0)
        if node.constraint
        else np.full(node.shape, Fraction(0), dtype=object)
        for node in graph.given
    }


def _changed(graph: Graph, draft: Draft, random: Random, largest: int) -> Draft:
    """The point with one quantity drawn anew, or one entry of it, or all of it times a power."""
    node = random.choice(graph.given)
    old, fresh = draft[node.key], _drawn(node, random, largest)
    move = random.randrange(3) if not node.constraint else 0
    if move == 1:
        entry = random.randrange(old.size)
        return {**draft, node.key: _replaced(old, entry, fresh.flat[entry])}
    if move == 2:
        scaled = old * Fraction(10) ** random.choice((-1, 1, 2))
        fresh = scaled if _is_short(scaled, largest) else fresh
    return {**draft, node.key: fresh}


def _replaced(array: Array, entry: int, value: Fraction) -> Array:
    changed = array.copy()
    changed.flat[entry] = value
    return changed


def _is_short(array: Array, largest: int) -> bool:
    """Whether its numbers can be written down: six digits behind the point, not many before it."""
    return all(
        (value * 10**6).denominator == 1 and abs(value) < 10 ** (largest + 1)
        for value in array.flat
    )


def _drawn(node: GraphNode, random: Random, largest: int) -> Array:
    """Admitted values of one magnitude."""
    array = np.full(node.shape, Fraction(0), dtype=object)
    if node.zero:
        return array
    if node.constraint == "one-hot":
        array.flat[random.randrange(array.size)] = Fraction(1)
        return array
    scale = Fraction(10) ** random.randint(SMALLEST, largest)
    array.ravel()[:] = [sixteenths(random) * scale for _ in range(array.size)]
    if node.constraint == "sums to one":
        array.flat[-1] = 1 - sum(array.flat[:-1])
    return array
