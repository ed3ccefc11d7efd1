r"""In which direction a list of steps runs: `t = T, \dots, 1` downwards, `t = 1, 2` by ones."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from .tree import Expr, Neg, Number, Symbol, walk


def descends(first: Expr, last: Expr) -> bool:
    """From T, or from a larger literal, down to a literal."""
    low, high = _literal(last), _literal(first)
    if low is None:
        return False
    if high is None:
        return any(node == Symbol("T") for node in walk(first))
    return high > low


def consecutive(values: Sequence[Expr]) -> bool:
    """Whether these are literal steps that follow one another: 1, 2, 3 or 3, 2, 1."""
    literals = [literal for value in values if (literal := _literal(value)) is not None]
    gaps = {after - before for before, after in pairwise(literals)}
    return len(literals) == len(values) and gaps in ({1}, {-1})


def _literal(expr: Expr) -> Fraction | None:
    match expr:
        case Number(value):
            return value
        case Neg(Number(value)):
            return -value
        case _:
            return None
