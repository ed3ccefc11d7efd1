"""A statement with the letter of a step written otherwise, in its operands and its clauses."""

from __future__ import annotations

from dataclasses import replace

from ..surface.nodes import Sequence
from ..surface.renaming import renamed_indices
from .statement import Bounds, Clause, Condition, Statement


def with_last_step(statement: Statement, letter: str) -> Statement:
    """The statement in which T stands for the last step, where `letter` does."""
    if letter == "T":
        return statement
    texts = {letter: "T"}
    return replace(
        statement,
        operands=tuple(renamed_indices(one, texts) for one in statement.operands),
        clauses=tuple(_clause(one, texts) for one in statement.clauses),
    )


def _clause(clause: Clause, texts: dict[str, str]) -> Clause:
    return replace(
        clause,
        bounds=tuple(_bounds(one, texts) for one in clause.bounds),
        conditions=tuple(_condition(one, texts) for one in clause.conditions),
    )


def _bounds(bounds: Bounds, texts: dict[str, str]) -> Bounds:
    return replace(
        bounds,
        letter=renamed_indices(bounds.letter, texts),
        lower=_if_any(bounds.lower, texts),
        upper=_if_any(bounds.upper, texts),
        unequal=tuple(renamed_indices(one, texts) for one in bounds.unequal),
        values=tuple(renamed_indices(one, texts) for one in bounds.values),
    )


def _if_any(limit: Sequence | None, texts: dict[str, str]) -> Sequence | None:
    return None if limit is None else renamed_indices(limit, texts)


def _condition(condition: Condition, texts: dict[str, str]) -> Condition:
    left, right = (renamed_indices(one, texts) for one in (condition.left, condition.right))
    return replace(condition, left=left, right=right)
