"""What a model's equations mean together: nothing twice, nothing missing, in order, with shapes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from graphlib import CycleError, TopologicalSorter

from ..notation.errors import Problem
from ..notation.printer.text import text
from ..notation.sizes import Shape
from ..notation.tree import (
    BigOperator,
    Cases,
    Expr,
    Symbol,
    children,
    map_children,
    walk,
)
from .declared import Declared
from .equations import Written
from .model import Declaration, Equation, TimeAxis
from .spelled import Spelled
from .steps import LinearStep, linear_step, offset, step_expr


def analyse(
    written: list[Written], declared: Declared, loss: str
) -> tuple[list[Equation], dict[tuple[str, bool], Declaration], list[Problem]]:
    """The equations in order of computation, with the declarations of what they define."""
    problems = consistent(written, declared)
    written = _without_copies(written, declared)
    problems += _missing_states(written, declared)
    order = _ordered(written, declared)
    if isinstance(order, Problem):
        problems.append(order)
    if problems or isinstance(order, Problem):
        return [], {}, problems
    return _shaped(order, declared, loss)


def consistent(
    written: list[Written],
    declared: Declared,
    also: Iterable[str] = (),
) -> list[Problem]:
    """What is defined twice or never. `also` are names whose equations could not be read."""
    names = {(name, timed) for name in also for timed in (True, False)}
    return [*_duplicates(written, declared), *_undefined(written, declared, names)]


def _duplicates(written: list[Written], declared: Declared) -> Iterator[Problem]:
    seen: dict[tuple[str, bool], list[Expr | None]] = {}
    for one in written:
        steps = seen.setdefault(one.slot, [])
        target = one.target if one.step is None else replace(one.target, indices=(one.step,))
        own = Spelled(text(target), target, "")
        known = [old for old in declared.spelled if old.meets(own, declared.time)]
        if known:
            message = f"{text(target)} is already declared as {known[0].role} ({known[0].key})"
            yield one.problem(message, one.target.span)
        elif one.slot in declared.names:
            role = declared.names[one.slot].role
            yield one.problem(f"{text(one.target)} is already declared as {role}", one.target.span)
        elif any(_overlap(one.step, step, declared.time) for step in steps):
            yield one.problem(f"{text(one.target)} is defined twice", one.target.span)
        steps.append(one.step)


def _overlap(one: Expr | None, other: Expr | None, time: TimeAxis) -> bool:
    """Whether two equations for one name meet; one for a step before the first meets no other."""
    if one is None and other is None:
        return True
    literal = linear_step(one or other or Symbol(time.index), time.index)
    if one is None or other is None:
        return literal is None or bool(literal.T_multiple) or literal.constant >= time.first
    return literal == linear_step(other, time.index)


def symbols(
    expr: Expr, bound: frozenset[str] = frozenset()
) -> Iterator[tuple[Symbol, frozenset[str]]]:
    """Every symbol that an expression reads, with the index letters bound around it."""
    if isinstance(expr, Symbol):
        yield expr, bound
    elif isinstance(expr, BigOperator):
        inner = bound | {span.index for span in expr.ranges}
        yield from symbols(expr.body, inner)
    else:
        for child in children(expr):
            if isinstance(child, Expr):
                yield from symbols(child, bound)


def _undefined(
    written: list[Written],
    declared: Declared,
    also: set[tuple[str, bool]],
) -> Iterator[Problem]:
    slots = {*declared.names, *(one.slot for one in written), *also}
    slots |= {(state.name, True) for state in declared.initial}
    numbers = {*declared.sizes, "T"}
    for one in written:
        local = {declared.time.index} if one.timed else set()
        for symbol, bound in symbols(one.body):
            plain = not symbol.indices
            known = (
                (plain and symbol.name in numbers | bound | local)
                or (symbol.name, not plain) in slots
                or (not plain and (symbol.name, False) in slots)
            )
            if not known:
                near = get_close_matches(text(symbol), sorted({name for name, _ in slots}), 2, 0.5)
                hint = (
                    f"did you mean {' or '.join(near)}?"
                    if near
                    else ("declare it under [parameters] or [inputs], or define it by an equation")
                )
                yield one.problem(f"{text(symbol)} is never defined", symbol.span, hint)


def _without_copies(written: list[Written], declared: Declared) -> list[Written]:
    """With `u_t` of a parameter u, the copy that step t uses, read as u itself.

    Where there is a variable u_t, that is meant.
    """
    variables = {name for name, timed in declared.names if timed}
    variables |= {one.target.name for one in written if one.target.indices}
    copied = set(declared.parameters) - variables

    def plain(expr: Expr) -> Expr:
        match expr:
            case Symbol(name=name, indices=(step, *_)) if name in copied:
                if offset(step, declared.time.index) == 0:
                    return Symbol(name, span=expr.span)
        return map_children(expr, plain)

    return [replace(one, body=plain(one.body)) for one in written]


def _missing_states(written: list[Written], declared: Declared) -> list[Problem]:
    """A state that is read outside the axis needs a value there."""
    given = {(state.name, state.step, state.from_last) for state in declared.initial}
    for one in written:
        literal = linear_step(one.step, declared.time.index) if one.step is not None else None
        if literal is not None:
            given.add((one.target.name, literal.constant, bool(literal.T_multiple)))
    defined = {one.target.name for one in written if one.timed}
    problems = []
    for one in written:
        for symbol, _ in symbols(one.body):
            if not one.timed or not symbol.indices or symbol.name not in defined:
                continue
            distance = offset(symbol.indices[0], declared.time.index) or 0
            for step, from_last in _steps_outside(distance, declared.time):
                if (symbol.name, step, from_last) in given:
                    continue
                given.add((symbol.name, step, from_last))
                place = step_expr(LinearStep(step, 0, int(from_last)), declared.time.index)
                missing = text(Symbol(symbol.name, (place,), symbol.layout))
                message = f"{text(symbol)} is read where no equation gives it"
                problems.append(
                    one.problem(message, symbol.span, f"declare {missing} under [initial]")
                )
    return problems


def _steps_outside(distance: int, time: TimeAxis) -> list[tuple[int, bool]]:
    """The steps beyond the axis that reading `distance` steps away reaches, and if from its end."""
    if distance < 0:
        return [(time.first - k, False) for k in range(1, -distance + 1)]
    return [(time.last_offset + k, True) for k in range(1, distance + 1)]


def _ordered(written: list[Written], declared: Declared) -> list[Written] | Problem:
    """Each equation after those it reads within its own step."""
    by_slot: dict[tuple[str, bool], list[int]] = {}
    for index, one in enumerate(written):
        by_slot.setdefault(one.slot, []).append(index)
    sorter: TopologicalSorter[int] = TopologicalSorter()
    for index, one in enumerate(written):
        sorter.add(index)
        for symbol, _ in symbols(one.body):
            for other in by_slot.get((symbol.name, bool(symbol.indices)), ()):
                if _reads_now(one, symbol, written[other], declared.time):
                    sorter.add(index, other)
    try:
        return [written[index] for index in sorter.static_order()]
    except CycleError as error:
        circle: list[int] = error.args[1]
        cycle = [written[index] for index in circle]
        names = " → ".join(text(one.target) for one in reversed(cycle))
        first: Written = cycle[0]
        return first.problem(
            f"circular definition within one step: {names}",
            hint=f"a state of the step before is written with {declared.time.index}-1",
        )


def _reads_now(one: Written, symbol: Symbol, other: Written, time: TimeAxis) -> bool:
    if one.timed and symbol.indices and other.step is not None:
        return True
    if not symbol.indices or not other.timed:
        return other.step is None or (
            bool(symbol.indices)
            and linear_step(symbol.indices[0], time.index) == linear_step(other.step, time.index)
        )
    if not one.timed or offset(symbol.indices[0], time.index) == 0:
        return True
    return _is_on_axis(symbol, time) and not any(isinstance(n, Cases) for n in walk(one.body))


def _is_on_axis(symbol: Symbol, time: TimeAxis) -> bool:
    """Whether it names one fixed step of the axis, which is t when the equation is at that step.

    Under a case distinction it may be read at other steps alone.
    """
    step = linear_step(symbol.indices[0], time.index)
    if step is None or step.t_multiple or step.T_multiple not in (0, 1):
        return False
    return step.constant <= time.last_offset if step.T_multiple else step.constant >= time.first


def _shaped(
    order: list[Written], declared: Declared, loss: str
) -> tuple[list[Equation], dict[tuple[str, bool], Declaration], list[Problem]]:
    shapes: dict[tuple[str, bool], Shape] = {k: item.shape for k, item in declared.names.items()}
    shapes |= {(state.name, True): state.shape for state in declared.initial}
    equations: list[Equation] = []
    names: dict[tuple[str, bool], Declaration] = {}
    problems: list[Problem] = []
    for one in order:
        if one.shape is None:
            problems += [] if one.error is None else [_untyped(one, one.error)]
            continue
        known = shapes.setdefault(one.slot, one.shape)
        if known != one.shape:
            message = (
                f"the right side has shape {one.shape}, but {text(one.target)} has shape {known}"
            )
            problems.append(one.problem(message))
        target, timed = one.target.name, one.slot[1]
        names[one.slot] = Declaration(target, "defined", one.shape, timed, one.target.layout)
        equations.append(Equation(target, one.body, one.timed, one.step, one.latex, one.shape))
    problems.extend(_loss_problems(order, shapes, loss) if not problems else ())
    return equations, names, problems


def _untyped(one: Written, error: Problem) -> Problem:
    return one.problem(error.message, error.span, error.hint)


def _loss_problems(
    order: list[Written], shapes: Mapping[tuple[str, bool], Shape], loss: str
) -> Iterator[Problem]:
    for one in order:
        if one.slot == (loss, False) and not shapes[one.slot].is_scalar:
            yield one.problem(
                f"the loss {loss} has shape {shapes[one.slot]}; it must be a scalar",
                hint="write a^\\top b for an inner product, or \\lVert a \\rVert^2",
            )
