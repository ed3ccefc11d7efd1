"""Summands: the terms of a written sum, each with its sign."""

from __future__ import annotations

from ..surface.nodes import Item, Operator, Sequence, meaningful


def summands(sequence: Sequence) -> tuple[Sequence, ...]:
    """The terms between the signs that stand in no bracket; a leading sign belongs to its term."""
    terms: list[list[Item]] = [[]]
    for item in meaningful(sequence):
        if is_sign(item) and terms[-1] and not is_sign(terms[-1][-1]):
            terms.append([])
        terms[-1].append(item)
    return tuple(Sequence(tuple(term), parts=tuple(term)) for term in terms if term)


def is_sign(item: Item) -> bool:
    """Whether it is a plus or a minus."""
    return isinstance(item, Operator) and item.sign in ("+", "-")
