"""The derivative of the loss with respect to every parameter: its copies, then their sum."""

from __future__ import annotations

from collections.abc import Iterator

from ...notation.tree import BigOperator, Expr, Symbol
from ..contributions import copies, total_use
from ..indices import affine
from ..monomial import ZERO
from ..spans import Steps
from .statements import chain, on_steps
from .step import Prose, Stage, Step
from .trace import Trace


def gradient_stage(trace: Trace) -> Stage:
    """One stage a parameter."""
    parts = tuple(_parameter(trace, Symbol(name)) for name in trace.model.parameters)
    return Stage("gradients", ("Gradients of the parameters",), parts=parts)


def _parameter(trace: Trace, symbol: Symbol) -> Stage:
    title: Prose = ("Gradient with respect to ", symbol)
    key = f"gradient of {symbol.name}"
    return Stage(key, title, (), symbol, tuple(_steps(trace, symbol)))


def _steps(trace: Trace, symbol: Symbol) -> Iterator[Step]:
    uses = trace.found.uses.get(symbol.name, [])
    left = trace.adjoint(symbol)
    whole = trace.finished(total_use(trace.algebra, symbol, uses))
    if whole == ZERO:
        yield Step("no effect", chain(left, ZERO), ("No path leads from ", symbol, " to the loss."))
        return
    copy = _copy(trace, symbol)
    if copy is None:
        rule = "sum over the steps" if isinstance(whole, BigOperator) else "use of a parameter"
        yield Step(rule, chain(left, whole), _where(trace, symbol))  # type: ignore[arg-type]
        return
    steps, value = copy
    single = trace.adjoint(_at(trace, symbol))
    total = BigOperator("sum", (steps.range(trace.system.index),), single)
    where = _where(trace, symbol)
    because: Prose = (
        *(_at(trace, symbol), " is the copy of ", symbol, " that step ", _t(trace), " uses."),
        *((" ", *where) if where else ()),
    )
    yield Step("use of a parameter", on_steps(trace, chain(single, value), steps), because)
    yield Step("sum over the steps", chain(left, total, whole))


def _t(trace: Trace) -> Symbol:
    return Symbol(trace.system.index)


def _at(trace: Trace, symbol: Symbol) -> Symbol:
    return Symbol(symbol.name, (_t(trace),))


def _copy(trace: Trace, symbol: Symbol) -> tuple[Steps, Expr] | None:
    """The steps that use a copy, and ∂loss/∂(the copy of step t), if it is the same everywhere."""
    uses = trace.found.uses[symbol.name]
    scopes = {use.scope for use in uses}
    index = trace.system.index
    if len(scopes) != 1 or any(use.copy != affine(_t(trace)) for use in uses):
        return None
    if (symbol.name, True) in trace.model.declarations:
        return None
    (scope,) = scopes
    if len(scope) != 1 or scope[0].index != index or scope[0].steps.single:
        return None
    step = affine(_t(trace))
    assert step is not None
    value = total_use(trace.algebra, symbol, copies(uses, step))
    return scope[0].steps, trace.finished(value)


def _where(trace: Trace, symbol: Symbol) -> Prose:
    """`W is read in the equation of s_t.`"""
    readers = [
        trace.symbol(quantity)
        for quantity, body in trace.system.bodies.items()
        if any(
            read.name == symbol.name and trace.system.is_parameter(read)
            for read, _ in trace.system.reads(body, ())
        )
    ]
    if not readers:
        return ()
    words: list[str | Expr] = [symbol, " is read in the equation of ", readers[0]]
    for reader in readers[1:]:
        words += [" and in that of ", reader]
    return (*words, ".")
