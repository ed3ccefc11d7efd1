"""The accumulation of a whole model, without what turns out to be zero."""

from __future__ import annotations

from collections.abc import Set

from ..notation.sizes import Size
from ..notation.tree import (
    Add,
    BigOperator,
    Concat,
    Expr,
    Neg,
    Operation,
    Product,
    Quotient,
    Slice,
    Symbol,
    Transpose,
)
from .accumulate import Accumulation, defined_name
from .indices import compare
from .monomial import ZERO
from .system import System


def accumulate(
    system: System, extra: frozenset[str] = frozenset(), inner: frozenset[str] = frozenset()
) -> Accumulation:
    """The system differentiated backwards; what cannot reach the loss is left out.

    Raises `NoRuleError` where a derivative cannot be written in matrix notation.
    """
    dead: frozenset[str] = frozenset()
    while True:
        found = Accumulation(system, extra, dead, inner)
        found.run()
        more = _vanishing(found)
        if not more:
            return found
        dead |= more


def least_horizon(system: System, found: Accumulation) -> tuple[str, ...]:
    """The assumption `T ≥ 2` where steps counted from the first would else pass those from T."""
    least = least_T(system, found)
    shortest = system.axis.low.constant - system.axis.high.constant
    return (f"T ≥ {least}",) if least > shortest else ()


def fewest_steps(system: System, found: Accumulation) -> int:
    """The number of steps from which on the forms hold."""
    return max(1, least_T(system, found) + system.axis.high.constant - system.axis.low.constant + 1)


def least_T(system: System, found: Accumulation) -> int:
    """The T from which on steps counted from the first do not pass those counted from T."""
    low, top = system.axis.low, system.axis.high
    least = 0
    for items in found.contributions.values():
        spans = [item.steps for item in items if item.steps is not None]
        ends = [end for span in spans for end in (span.low, span.high + Size(1))]
        fixed = [end.constant for end in ends if not end.multiples and compare(end, low) > 0]
        moving = [end.constant for end in ends if end.multiples and compare(end, top) <= 0]
        least = max([least, *(a - b for a in fixed for b in moving)])
    return least


def _vanishing(found: Accumulation) -> frozenset[str]:
    """Variables whose adjoint is zero, since no definition of it starts from the loss."""
    alive: frozenset[str] = frozenset()
    while True:
        zero = found.adjoints.keys() - alive
        more = {
            defined_name(statement)
            for statement in found.statements
            if not _is_zero(statement.operands[1], zero)
        }
        if more <= alive:
            return frozenset(found.adjoints[name].variable for name in zero)
        alive |= more


def _is_zero(value: Expr, zero: Set[str]) -> bool:
    """Whether the value is zero if these adjoints are."""
    match value:
        case Symbol(name=name):
            return name in zero
        case Add(terms=parts) | Concat(parts=parts):
            return all(_is_zero(part, zero) for part in parts)
        case Product(factors=parts):
            return any(_is_zero(part, zero) for part in parts)
        case Operation(left=left, right=right):
            return _is_zero(left, zero) or _is_zero(right, zero)
        case Neg(operand=inner) | Transpose(operand=inner) | Slice(of=inner):
            return _is_zero(inner, zero)
        case BigOperator(body=inner) | Quotient(numerator=inner):
            return _is_zero(inner, zero)
    return value == ZERO
