"""The derivatives that get a name, because they are needed at more than one place."""

from __future__ import annotations

from collections.abc import Iterator

from ...notation.tree import Call, Expr, Symbol
from ..context import Context
from ..names import Adjoint
from ..rules import pull
from ..system import Quantity
from .statements import chain
from .step import Step
from .trace import Trace


def name_steps(trace: Trace, quantity: Quantity) -> Iterator[Step]:
    """δ = ∂loss/∂quantity, and the same for the argument of its outermost function."""
    symbol = trace.symbol(quantity)
    outer = trace.name_of(quantity, inner=False)
    if outer is not None:
        reason = (
            " is read at another step as well: its derivative is a recurrence over the steps."
            if trace.crosses(quantity)
            else " is read at more than one place."
        )
        yield Step("definition", chain(outer, trace.adjoint(symbol)), (symbol, reason))
    inner = trace.name_of(quantity, inner=True)
    if inner is None:
        return
    value = _inside(trace, quantity, symbol)
    if value is not None:
        because = ("It comes back to an argument inside the equation of ", symbol, ".")
        yield Step("definition", chain(inner, value), because)


def _inside(trace: Trace, quantity: Quantity, symbol: Symbol) -> Expr | None:
    body = trace.system.bodies[quantity]
    if isinstance(body, Call) and quantity.name not in trace.found.deeper:
        return through(trace, body, trace.pending(symbol), symbol)
    placeholder = Adjoint(quantity.name, inner=True).placeholder
    for statement in trace.found.statements:
        target, value = statement.operands
        if isinstance(target, Symbol) and target.name == placeholder:
            return trace.finished(value)
    return None


def through(trace: Trace, body: Call, cotangent: Expr, output: Symbol) -> Expr:
    """The cotangent of the argument of a call, from that of its value."""
    context = Context(trace.algebra, trace.sums_to_one)
    ((_, inside),) = pull(context, body, cotangent, output)
    return trace.finished(inside)
