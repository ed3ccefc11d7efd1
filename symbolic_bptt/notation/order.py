"""Whether a list of steps runs downwards: `t = T, \\dots, 1`."""

from __future__ import annotations

from fractions import Fraction

from .tree import Expr, Neg, Number, Symbol, walk


def descends(first: Expr, last: Expr) -> bool:
    """From T, or from a larger literal, down to a literal."""
    low, high = _literal(last), _literal(first)
    if low is None:
        return False
    if high is None:
        return any(node == Symbol("T") for node in walk(first))
    return high > low


def _literal(expr: Expr) -> Fraction | None:
    match expr:
        case Number(value):
            return value
        case Neg(Number(value)):
            return -value
        case _:
            return None
