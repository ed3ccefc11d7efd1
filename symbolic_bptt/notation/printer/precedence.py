"""How tightly each form of expression binds when it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from ..tree import (
    Add,
    BigOperator,
    Call,
    Cases,
    Concat,
    Constant,
    Derivative,
    Entry,
    Held,
    Indicator,
    KroneckerDelta,
    Matrix,
    Neg,
    Node,
    Number,
    Operation,
    Power,
    Product,
    Quotient,
    Range,
    Slice,
    Statement,
    Symbol,
    Transpose,
)


class Level(IntEnum):
    """From loosest to tightest: an operand of a looser level than its place needs parentheses."""

    STATEMENT = 0
    CASES = 1
    SUM = 2
    OPERATION = 3
    PRODUCT = 4
    FACTOR = 5
    SCRIPTED = 6
    ATOM = 7


PRECEDENCE: Mapping[type[Node], Level] = {
    Statement: Level.STATEMENT,
    Range: Level.STATEMENT,
    Cases: Level.CASES,
    Add: Level.SUM,
    Neg: Level.SUM,
    Operation: Level.OPERATION,
    BigOperator: Level.OPERATION,
    Product: Level.PRODUCT,
    Quotient: Level.FACTOR,
    Derivative: Level.FACTOR,
    Held: Level.FACTOR,
    Indicator: Level.FACTOR,
    Power: Level.SCRIPTED,
    Transpose: Level.SCRIPTED,
    Call: Level.ATOM,
    Slice: Level.ATOM,
    Number: Level.ATOM,
    Symbol: Level.ATOM,
    Entry: Level.ATOM,
    Constant: Level.ATOM,
    KroneckerDelta: Level.ATOM,
    Concat: Level.ATOM,
    Matrix: Level.ATOM,
}
"""Two-dimensional writing. A fraction has its own bar and needs no parentheses among factors."""

LINEAR_PRECEDENCE: Mapping[type[Node], Level] = {
    **PRECEDENCE,
    Quotient: Level.OPERATION,
    Derivative: Level.OPERATION,
}
"""Writing on one line, where a fraction is `a / b` and a derivative ∂a/∂b."""
