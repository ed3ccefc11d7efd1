"""A statement with one letter for another, in its operands and its clauses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from ..surface.nodes import Name, Node
from ..surface.renaming import renamed
from .statement import Bounds, Clause, Condition, Statement

N = TypeVar("N", bound=Node)


def with_last_step(statement: Statement, letter: str) -> Statement:
    """The statement in which T stands for the last step, where `letter` does."""
    return statement if letter == "T" else reindexed(statement, {letter: "T"}, [])


def reindexed(statement: Statement, texts: Mapping[str, str], found: list[Name]) -> Statement:
    """The statement with other letters for steps and indices; what was replaced goes to `found`."""

    def of(node: N) -> N:
        return renamed(node, texts, found, indices=True)

    def bounds(one: Bounds) -> Bounds:
        return replace(
            one,
            letter=of(one.letter),
            lower=one.lower and of(one.lower),
            upper=one.upper and of(one.upper),
            unequal=tuple(map(of, one.unequal)),
            values=tuple(map(of, one.values)),
        )

    def condition(one: Condition) -> Condition:
        return replace(one, left=of(one.left), right=of(one.right))

    def clause(one: Clause) -> Clause:
        conditions = tuple(map(condition, one.conditions))
        return replace(one, bounds=tuple(map(bounds, one.bounds)), conditions=conditions)

    operands, clauses = map(of, statement.operands), map(clause, statement.clauses)
    return replace(statement, operands=tuple(operands), clauses=tuple(clauses))
