"""What a derivation in denominator layout says: its ∂a/∂b is (∂a/∂b)ᵀ in the layout of the rest.

Row i, column j of ∂a/∂b is ∂a_i/∂b_j everywhere else in the program. Derivatives of a number, and
by a number, are written alike in both layouts.
"""

from __future__ import annotations

from dataclasses import replace

from ..model.model import Model
from ..notation.tree import (
    Derivative,
    Entry,
    Expr,
    Held,
    Statement,
    Symbol,
    Transpose,
    map_children,
)


def from_denominator_layout(statement: Statement, model: Model) -> Statement:
    """The statement with the same meaning in numerator layout."""
    return replace(statement, operands=tuple(_turned(one, model) for one in statement.operands))


def _turned(expr: Expr, model: Model) -> Expr:
    derivative = expr.body if isinstance(expr, Held) else expr
    if isinstance(derivative, Derivative):
        sides = (derivative.of, derivative.wrt)
        return expr if any(_is_number(side, model) for side in sides) else Transpose(expr)
    return map_children(expr, lambda part: _turned(part, model))


def _is_number(side: Expr, model: Model) -> bool:
    """Whether a quantity of the model has one entry."""
    if isinstance(side, Entry):
        return True
    if not isinstance(side, Symbol):
        return False
    slots = ((side.name, bool(side.indices)), (side.name, False))
    item = next((model.declarations[slot] for slot in slots if slot in model.declarations), None)
    return item is not None and item.shape.is_scalar
