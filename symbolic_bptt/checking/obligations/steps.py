"""Which steps a formula names: letters, the last step, literals; and what no window stands for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...model.steps import LinearStep, linear_step
from ...notation.printer.text import text
from ...notation.tree import (
    BigOperator,
    Call,
    Derivative,
    Expr,
    Indicator,
    KroneckerDelta,
    Node,
    Range,
    Symbol,
    walk,
)
from ..reach import is_entry
from .errors import NotSettled


@dataclass(frozen=True)
class Named:
    """Whether the last step is named (s_T), and whether a literal one (s_0, x_3)."""

    last: bool = False
    literal: bool = False

    def __or__(self, other: Named) -> Named:
        return Named(self.last or other.last, self.literal or other.literal)


def named(exprs: Iterable[Expr], ranges: Iterable[Range], sizes: Iterable[str]) -> Named:
    """What is named beside letters. Raises `NotSettled` for t + k, T − t, 2t."""
    found, numbers = Named(), frozenset(sizes)
    for span in ranges:
        _bounds(span, numbers)
    for expr in exprs:
        for node in walk(expr):
            found |= _of(node, numbers)
    return found


def _of(node: Node, sizes: frozenset[str]) -> Named:
    found = Named()
    match node:
        case Symbol(indices=(index, *_)):
            return _kind(index)
        case BigOperator(ranges=ranges, body=body):
            for span in ranges:
                if is_entry(span.index, body):
                    continue
                kinds = _bounds(span, sizes)
                if node.kind == "product":
                    found |= kinds
        case Indicator(left=left, right=right) | KroneckerDelta(left=left, right=right):
            for side in (left, right):
                if not _is_value(side):
                    _kind(side)
    return found


def _is_value(expr: Expr) -> bool:
    """Whether something in it is no number."""
    return any(
        isinstance(node, Derivative | Call) or (isinstance(node, Symbol) and node.indices)
        for node in walk(expr)
    )


def _bounds(span: Range, sizes: frozenset[str]) -> Named:
    found = Named()
    for limit in (span.lower, span.upper, *span.unequal):
        if limit is not None and not (isinstance(limit, Symbol) and limit.name in sizes):
            found |= _alternatives(limit)
    return found


def _alternatives(limit: Expr) -> Named:
    if isinstance(limit, Call) and limit.function in ("max", "min"):
        found = Named()
        for one in limit.arguments:
            found |= _alternatives(one)
        return found
    return _kind(limit)


def _kind(index: Expr) -> Named:
    names = {n.name for n in walk(index) if isinstance(n, Symbol) and n.name != "T"}
    step = linear_step(index, next(iter(names), ""))
    if step is None or len(names) > 1:
        raise NotSettled(f"{text(index)} is no step beside another one")
    match step:
        case LinearStep(t_multiple=1, T_multiple=0):
            return Named()
        case LinearStep(t_multiple=0, T_multiple=1):
            return Named(last=True)
        case LinearStep(t_multiple=0, T_multiple=0):
            return Named(literal=True)
    raise NotSettled(f"{text(index)} is no step beside another one")
