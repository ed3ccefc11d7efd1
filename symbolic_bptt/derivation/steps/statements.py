"""Statements over parts of the time axis."""

from __future__ import annotations

from ...notation.tree import Expr, RelationOp, Statement
from ..indices import substitute
from ..spans import Steps
from .trace import Trace


def chain(*operands: Expr) -> Statement:
    """a = b = c, repetitions left out."""
    kept = [one for i, one in enumerate(operands) if i == 0 or one != operands[i - 1]]
    equals: tuple[RelationOp, ...] = tuple("=" for _ in kept[1:])
    return Statement(tuple(kept), equals)


def on_steps(trace: Trace, statement: Statement, steps: Steps | None) -> Statement:
    """The statement, in terms of the step t, claimed at these steps: at one with its number."""
    if steps is None or steps == trace.system.axis:
        return statement
    if steps.single:
        values = {trace.system.index: steps.low}
        operands = tuple(substitute(operand, values) for operand in statement.operands)
        return Statement(operands, statement.operators)
    bounds = (steps.range(trace.system.index),)
    return Statement(statement.operands, statement.operators, bounds)
