"""The values that the indices of Σ, Π and a case distinction run through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ..notation.tree import BigOperator, Entry, Expr, Range, Symbol, walk
from .environment import Environment
from .errors import EvaluationError, UnboundIndex
from .integers import integer
from .structure import entry_count
from .value import Value

Measure = Callable[[Expr, Environment], Value]
"""Evaluates an expression in which the index is not bound yet, to learn its shape."""


def assignments(
    operator: BigOperator, environment: Environment, measure: Measure
) -> Iterator[Environment]:
    """The environments of the terms, the last index varying fastest.

    The number of terms is counted against the budget before the first is looked at.
    """
    return _assignments(operator.ranges, operator.body, environment, measure)


def _assignments(
    ranges: Sequence[Range], body: Expr, environment: Environment, measure: Measure
) -> Iterator[Environment]:
    if not ranges:
        yield environment
        return
    first, *rest = ranges
    low, high = _bounds(first, body, environment, measure)
    down = environment.runs_down(first, low, high)
    run = range(low, high - 1, -1) if down else range(low, high + 1)
    environment.budget.spend(len(run))
    left_out = {integer(value, environment) for value in first.unequal}
    for index in run:
        if index not in left_out:
            yield from _assignments(rest, body, environment.bind(first.index, index), measure)


def _bounds(span: Range, body: Expr, environment: Environment, measure: Measure) -> tuple[int, int]:
    low = None if span.lower is None else integer(span.lower, environment)
    high = None if span.upper is None else integer(span.upper, environment)
    if low is not None and high is not None:
        return low, high
    own = _own_range(span.index, body, environment, measure)
    return (own[0] if low is None else low), (own[1] if high is None else high)


def _own_range(
    index: str, body: Expr, environment: Environment, measure: Measure
) -> tuple[int, int]:
    """1, …, size for an index of entries; else what the environment says, e.g. the steps."""
    size = entry_range(index, body, environment, measure)
    if size is not None:
        return 1, size
    own = environment.index_range(index, body)
    if own is None:
        raise UnboundIndex(index, body)
    return own


def entry_range(index: str, body: Expr, environment: Environment, measure: Measure) -> int | None:
    """How far an index runs that is one of entries in the body; None if it is none."""
    sizes = (
        _entry_size(node, index, environment, measure)
        for node in walk(body)
        if isinstance(node, Entry) and Symbol(index) in node.indices
    )
    return next((size for size in sizes if size is not None), None)


def _entry_size(node: Entry, index: str, environment: Environment, measure: Measure) -> int | None:
    try:
        whole = measure(node.of, environment)
    except EvaluationError:
        return None
    return entry_count(whole, node.indices.index(Symbol(index)))


def in_ranges(ranges: Sequence[Range], environment: Environment) -> bool:
    """Whether the bound indices lie within all the ranges; no range at all is *otherwise*."""
    for span in ranges:
        value = environment.number(span.index)
        if value is None:
            raise UnboundIndex(span.index)
        if span.lower is not None and value < integer(span.lower, environment):
            return False
        if span.upper is not None and value > integer(span.upper, environment):
            return False
        if any(value == integer(other, environment) for other in span.unequal):
            return False
    return True
