"""Profiles of matrices made of matrices: contractions, blocks and outer products."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

from .profile import MIXED, ONE, Profile, added, contracted, same, scaled
from .surroundings import Surroundings


def contraction(around: Surroundings, factors: list[Profile]) -> Profile:
    """A product of matrices, one contraction after the other."""
    return reduce(lambda left, right: contracted(left, right, around.widest), factors)


def block_matrix(
    around: Surroundings, blocks: list[list[Profile]], *, beside: bool = False
) -> Profile:
    """One matrix of many, its rows of blocks one under the other, or it may be beside."""
    found = added([part for row in blocks for part in row])
    sizes = [[around.lengths(part) for part in row] for row in blocks]
    rows = sum(max(size[0] for size in row) for row in sizes)
    widths = [sum(size[1] for size in row) for row in sizes]
    return replace(found, shape=(rows, sum(widths) if beside else max(widths)))


def outer(around: Surroundings, left: Profile, right: Profile) -> Profile:
    """a bᵀ of vectors, or the Kronecker product of matrices."""
    found = scaled(left, right)
    if ONE in (left.shape, right.shape):
        return found
    (a, b), (c, d) = around.lengths(left), around.lengths(right)
    if 1 in left.shape and 1 in right.shape:
        rows, columns = same((left.rows, left.columns)), same((right.rows, right.columns))
        return Profile(found.states, rows, columns, (a * b, c * d))
    return Profile(found.states, MIXED, MIXED, (a * max(b, c), d * max(b, c)))
