"""Chains: operands with relations between them."""

from __future__ import annotations

from collections.abc import Iterable

from ..surface.nodes import Item, Relation
from ..surface.table import listed
from .letters import Items

IMPLICATIONS = listed(
    r"""
    \Rightarrow \Leftrightarrow \Leftarrow \Longrightarrow \Longleftarrow \Longleftrightarrow
    \implies \impliedby \iff
    """
)
"""Relations between claims, not between quantities."""


def parted(
    items: Iterable[Item], signs: frozenset[str] | None = None
) -> tuple[list[Items], list[Relation]]:
    """The operands and the relations between them; with `signs`, only at those relations."""
    operands: list[list[Item]] = [[]]
    relations: list[Relation] = []
    for item in items:
        if isinstance(item, Relation) and (signs is None or item.sign in signs):
            relations.append(item)
            operands.append([])
        else:
            operands[-1].append(item)
    return [tuple(operand) for operand in operands], relations


def has_relation(items: Iterable[Item]) -> bool:
    """Whether a relation stands among the items."""
    return any(isinstance(item, Relation) for item in items)
