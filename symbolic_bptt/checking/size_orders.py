"""Which sizes a formula holds against each other, and all the orders in which they can stand.

𝟙[n > m] 𝟙[m > K] is 0 in every order but one, δ_{nm} but where two are equal, det(V Vᵀ) where V is
tall. Where one of these can be, every order is looked at, ties included, with sizes so far apart
that the largest is beyond the sum of the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import product
from typing import Literal

from ..notation.tree import (
    Add,
    Call,
    Expr,
    Indicator,
    KroneckerDelta,
    Neg,
    Node,
    Number,
    Power,
    Range,
    Symbol,
    walk,
)
from .reach import magnitude, multiples

MOST_LETTERS = 3
"""So many sizes are put in every order."""

Compared = Literal["not", "by rank", "in order", "otherwise"]
"""Sizes are not compared; a rank may hide their order; n with m; in another way."""


WAYS: tuple[Compared, ...] = ("not", "by rank", "in order", "otherwise")


def compared_sizes(
    nodes: Iterable[Node], sizes: Collection[str], *, inverses: bool = True
) -> Compared:
    """In which way the sizes decide, the hardest that is found; with or without inverses."""
    parts = (part for node in nodes for part in walk(node) if inverses or not _is_inverse(part))
    found = {_way(part, frozenset(sizes)) for part in parts}
    return max(found, key=WAYS.index, default="not")


def _way(node: Node, sizes: frozenset[str]) -> Compared:
    match node:
        case Call(function="det"):
            return "by rank"
        case Power(base=base) if _is_inverse(node) and not _is_of_numbers(base, sizes):
            return "by rank"
        case Power(base=base, exponent=exponent) if _is_of_numbers(base, sizes):
            return "otherwise" if _names(exponent) & sizes else "not"
        case Indicator(left=left, right=right) | KroneckerDelta(left=left, right=right):
            return _order(Add((left, Neg(right))), sizes, 0)
        case Range():
            return _range(node, sizes)
    return "not"


def _is_inverse(node: Node) -> bool:
    return isinstance(node, Power) and isinstance(node.exponent, Neg)


def _range(span: Range, sizes: frozenset[str]) -> Compared:
    if span.lower is None or span.upper is None:
        return "not"
    return _order(Add((span.upper, Neg(span.lower))), sizes, 1)


def _order(difference: Expr, sizes: frozenset[str], literal: int) -> Compared:
    """How a difference compares sizes; it may have so large a literal."""
    found = multiples(difference)
    if found is None:
        names = _names(difference)
        return "otherwise" if len(names) > 1 and names <= sizes else "not"
    if len(found) < 2 or not found.keys() <= sizes:
        return "not"
    plain = sorted(found.values()) == [-1, 1] and magnitude(difference, {}) <= literal
    return "in order" if plain else "otherwise"


def _names(expr: Expr) -> set[str]:
    return {part.name for part in walk(expr) if isinstance(part, Symbol)}


def _is_of_numbers(expr: Expr, sizes: frozenset[str]) -> bool:
    return _names(expr) <= sizes | {"T"} and any(isinstance(p, Number) for p in walk(expr))


def every_order(letters: Collection[str], least: int) -> Iterator[dict[str, int]]:
    """Every order of the sizes, ties included, the largest beyond the sum of the others."""
    names, values = sorted(letters), [least]
    while len(values) < len(names):
        values.append(sum(values) + 2)
    for ranks in product(range(len(names)), repeat=len(names)):
        if set(ranks) == set(range(len(set(ranks)))):
            yield {name: values[rank] for name, rank in zip(names, ranks, strict=True)}
