"""The recurrences and sums of a derivation, written out step by step."""

from __future__ import annotations

from collections.abc import Iterator

from ...notation.sizes import Size
from ...notation.tree import Add, BigOperator, Expr, Statement, Symbol, walk
from ..closed_form import Backward
from ..indices import affine, substitute
from ..monomial import ZERO
from .statements import chain
from .step import Stage, Step
from .trace import Trace


def expansion_stage(trace: Trace, count: int) -> Stage:
    """Every recurrence and every sum, written out for so many steps."""
    backward = Backward(trace.model, count, inner=trace.inner)
    steps = [*_recurrences(trace, backward.definitions, count)]
    for name in trace.model.parameters:
        partial = backward.partial(Symbol(name))
        forms = [_summed_out(form) for form in partial.forms]
        if forms != [ZERO]:
            statement = chain(partial.derivative, *forms[-1:] if len(forms) > 1 else forms)
            steps.append(Step("written out", statement, (), count))
    return Stage("expansion", (f"Written out for {count} steps",), parts=tuple(steps))


def _recurrences(trace: Trace, definitions: tuple[Statement, ...], count: int) -> Iterator[Step]:
    index = trace.system.index
    known: dict[Expr, Statement] = {}
    for statement in definitions:
        target = statement.operands[0]
        assert isinstance(target, Symbol)
        if Symbol(index) not in target.indices:
            known.setdefault(target, statement)
            continue
        for step in _steps_of(trace, statement, count):
            values = {index: step}
            one = Statement(
                tuple(substitute(o, values) for o in statement.operands), statement.operators
            )
            known.setdefault(one.operands[0], one)
    yield from (Step("written out", one, (), count) for one in _in_order(known))


def _steps_of(trace: Trace, statement: Statement, count: int) -> list[Size]:
    if statement.ranges:
        low, high = statement.ranges[0].lower, statement.ranges[0].upper
        first, last = affine(low), affine(high)  # type: ignore[arg-type]
        assert first is not None
        assert last is not None
        ends = first.constant, last.constant
    else:
        steps = trace.model.time.steps(count)
        ends = steps[0], steps[-1]
    return [Size(step) for step in range(ends[1], ends[0] - 1, -1)]


def _in_order(known: dict[Expr, Statement]) -> list[Statement]:
    """Each after those that its right side reads."""
    done: dict[Expr, Statement] = {}

    def visit(target: Expr) -> None:
        if target in done or target not in known:
            return
        for node in walk(known[target].operands[1]):
            if isinstance(node, Symbol) and node != target:
                visit(node)
        done[target] = known[target]

    for target in known:
        visit(target)
    return list(done.values())


def _summed_out(expr: Expr) -> Expr:
    """A sum over literal steps, term by term, the last step first."""
    if not isinstance(expr, BigOperator) or expr.kind != "sum" or len(expr.ranges) != 1:
        return expr
    (span,) = expr.ranges
    low = affine(span.lower) if span.lower is not None else None
    high = affine(span.upper) if span.upper is not None else None
    if low is None or high is None or low.letters or high.letters or span.unequal:
        return expr
    values = range(high.constant, low.constant - 1, -1)
    terms = [substitute(expr.body, {span.index: Size(value)}) for value in values]
    flat = [one for term in terms for one in (term.terms if isinstance(term, Add) else (term,))]
    return flat[0] if len(flat) == 1 else Add(tuple(flat))
