"""Proof for every T, by induction over the steps.

A closed form gives adjoints δ by a recurrence and a gradient as a sum over steps. A sequence of T
steps is a first step and a sequence of T − 1 steps from the state that it leaves. So the form holds
for every T if it holds term by term at the last steps, and if the first step is right whatever
comes back from the steps after it: there the adjoints of later steps are replaced by free random
values, in the formula and in the graph alike. Both are decided in GF(p), for generic states.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import numpy as np

from ..derivation.staged import Point, sweep, sweep_with
from ..evaluation.budget import LINE_LIMIT, Budget
from ..evaluation.domains.domain import zeros
from ..evaluation.errors import EvaluationError
from ..evaluation.evaluator import evaluate
from ..evaluation.graph import Graph, Key
from ..evaluation.integers import integer
from ..evaluation.reading import Reading
from ..evaluation.value import Value, resolve
from ..model.losses import loss_slots
from ..model.model import Model
from ..model.steps import LinearStep, offset, step_expr
from ..notation.tree import (
    Add,
    BigOperator,
    Expr,
    Neg,
    Node,
    Product,
    Quotient,
    Symbol,
    children,
    walk,
)
from .comparison import Claim
from .definitions import Definitions
from .environment import ClaimEnvironment
from .laboratory import Laboratory

LENGTHS = (3,)
LENGTHS_WITH_T = (3, 4, 5, 6)
"""Where T is also used as a number (1/T), a rational function of low degree in T is compared."""


@dataclass(frozen=True)
class Proposition:
    """∂loss/∂parameter = Σ_t summand + rest, with adjoints and the variables they belong to."""

    parameter: str
    sums: tuple[BigOperator, ...]
    rest: tuple[Expr, ...]
    definitions: Definitions
    adjoints: Mapping[str, str]
    reading: Reading

    @property
    def written(self) -> Iterator[Expr]:
        """Every expression that the proposition is made of."""
        yield from (*self.sums, *self.rest)
        for name in self.adjoints:
            for one in self.definitions.by_name.get(name, ()):
                yield one.body


def proposition(
    claim: Claim,
    parameter: str,
    definitions: Definitions,
    adjoints: Mapping[str, str],
    reading: Reading,
) -> Proposition:
    """The right side of a claim about ∂loss/∂parameter, divided into its sums and the rest."""
    terms = claim.right.terms if isinstance(claim.right, Add) else (claim.right,)
    sums, rest = [], []
    for term in terms:
        found = _as_sum(term)
        if found is None:
            rest.append(term)
        else:
            sums.append(found)
    return Proposition(parameter, tuple(sums), tuple(rest), definitions, adjoints, reading)


def _as_sum(term: Expr) -> BigOperator | None:
    """The term as Σ_t, with what multiplies a sum (1/T, a sign) moved inside it."""
    match term:
        case BigOperator(kind="sum", ranges=(_,)):
            return term
        case Neg(operand=operand) if (inner := _as_sum(operand)) is not None:
            return replace(inner, body=Neg(inner.body))
        case Product(factors=factors):
            for position, factor in enumerate(factors):
                if (inner := _as_sum(factor)) is not None:
                    before, after = factors[:position], factors[position + 1 :]
                    return replace(inner, body=Product((*before, inner.body, *after)))
        case Quotient(numerator=top, denominator=below) if (inner := _as_sum(top)) is not None:
            return replace(inner, body=Quotient(inner.body, below))
    return None


def holds_for_every_T(
    laboratory: Laboratory, goal: Proposition, budget: Budget | None = None
) -> bool | None:
    """True if the induction goes through, False if one of its steps is false.

    None where it does not apply: a model without steps, a quantity that crosses between steps
    and has no adjoint, a loss that mixes steps, an index used as a number; and where the budget
    does not suffice.
    """
    budget = budget or Budget(LINE_LIMIT)
    model, written = laboratory.model, list(goal.written)
    bodies = [equation.body for equation in model.equations]
    indices = {model.time.index, *_bound_letters([*bodies, *written])}
    if model.literal_length is not None or _numbers(bodies + written) & indices:
        return None
    lengths = LENGTHS_WITH_T if "T" in _numbers(bodies + written) else LENGTHS
    free = tuple(replace(state, zero=False) for state in model.initial)
    bench = Laboratory(replace(model, initial=free), laboratory.seed, laboratory.blocks)
    counts = [length + _reach(model) for length in lengths]
    try:
        points = [bench.field_point(bench.instance(count)) for count in counts]
        if not all(_covered(at.graph, goal) for at in points):
            return None
        return all(
            _base(at, goal, budget) and _first_step(at, goal, bench.seed, budget) for at in points
        )
    except EvaluationError:
        return None


def _bound_letters(exprs: list[Expr]) -> set[str]:
    return {
        span.index
        for expr in exprs
        for node in walk(expr)
        if isinstance(node, BigOperator)
        for span in node.ranges
    }


def _numbers(nodes: list[Expr]) -> set[str]:
    """Plain letters used as values: neither in the step of a symbol nor in a range."""
    found: set[str] = set()
    pending: list[Node] = list(nodes)
    while pending:
        node = pending.pop()
        if isinstance(node, Symbol):
            found |= set() if node.indices else {node.name}
        elif isinstance(node, BigOperator):
            pending.append(node.body)
        else:
            pending.extend(children(node))
    return found


def _reach(model: Model) -> int:
    """How many steps back or ahead the equations look."""
    distances = [
        abs(offset(node.indices[0], model.time.index) or 0)
        for equation in model.equations
        for node in walk(equation.body)
        if isinstance(node, Symbol) and node.indices
    ]
    return max(distances, default=0)


def _covered(graph: Graph, goal: Proposition) -> bool:
    """Whether everything that comes back to the first step comes through an adjoint of the form."""
    first, last = graph.steps[0], graph.steps[-1]
    fixed = set(goal.adjoints.values())
    bodies = {(e.target, e.timed or e.step is not None): e.body for e in graph.model.equations}
    sums = loss_slots(bodies, graph.model.loss)
    relevant = _depending_on(graph, goal)
    pending, seen = [graph.loss], {graph.loss}
    while pending:
        key = pending.pop()
        name, step = key
        for read in graph.nodes[key].reads:
            behind = read[1] is not None and read[1] < (last if step is None else step)
            is_sum = step is None and (name, False) in sums
            through = name in fixed and step is not None and step > first
            computed = graph.nodes[read].equation is not None and read in relevant
            if behind and computed and not is_sum and not through:
                return False
            if read not in seen and not through:
                seen.add(read)
                pending.append(read)
    return True


def _depending_on(graph: Graph, goal: Proposition) -> set[Key]:
    """The quantities through which the parameter acts, and the variables with an adjoint."""
    found: set[Key] = {(goal.parameter, None)}
    for key, node in graph.nodes.items():
        if key[0] in goal.adjoints.values() or any(read in found for read in node.reads):
            found.add(key)
    return found


def _base(at: Point, goal: Proposition, budget: Budget) -> bool:
    """Adjoints and summands of every step after the first; at the last, with what is no sum."""
    true = sweep(at, at.graph.loss)
    environment = ClaimEnvironment(at, goal.definitions, goal.reading, {}, budget=budget)
    last = at.graph.steps[-1]
    return all(
        _agree(environment, goal, true, step, goal.rest if step == last else ())
        for step in at.graph.steps[1:]
    )


def _first_step(at: Point, goal: Proposition, seed: int, budget: Budget) -> bool:
    """The first step, with free values for the adjoints of all later ones."""
    first, generator = at.graph.steps[0], Random(seed)
    fixed: dict[Key, Any] = {}
    values: dict[Any, Value] = {}
    for name, variable in goal.adjoints.items():
        for step in at.graph.steps[1:]:
            key: Key = (variable, step)
            if key in at.graph.nodes:
                array = zeros(at.domain, at.graph.nodes[key].shape)
                array.ravel()[:] = [at.domain.draw(generator) for _ in range(array.size)]
                fixed[key] = array.reshape(1, -1)
                values[name, (step,)] = Value(array)
    environment = ClaimEnvironment(
        at, goal.definitions, goal.reading, {}, budget=budget, values=values
    )
    true = sweep_with(at, at.graph.loss, fixed)
    return _agree(environment, goal, true, first, ())


def _agree(
    environment: ClaimEnvironment,
    goal: Proposition,
    true: Mapping[Key, Any],
    step: int,
    rest: tuple[Expr, ...],
) -> bool:
    """Whether the adjoints at a step, and what the step adds to the gradient, are the true ones."""
    at = environment.point

    def value(expr: Expr, key: Key, around: ClaimEnvironment) -> Any:
        shape = at.graph.nodes[key].shape
        return resolve(at.domain, evaluate(expr, around, goal.reading, shape), shape).array

    def expected(key: Key, shape_of: Key) -> Any:
        shape = at.graph.nodes[shape_of].shape
        return true[key].reshape(shape) if key in true else zeros(at.domain, shape)

    for name, variable in goal.adjoints.items():
        key: Key = (variable, step)
        if key in at.graph.nodes and _is_defined(environment, name, step):
            symbol = Symbol(name, (step_expr(LinearStep(step), ""),))
            if np.any(value(symbol, key, environment) != expected(key, key)):
                return False
    whole: Key = (goal.parameter, None)
    total = zeros(at.domain, at.graph.nodes[whole].shape)
    for operator in goal.sums:
        inner = environment.bind(operator.ranges[0].index, step)
        if _within(operator, environment, step):
            total = total + value(operator.body, whole, inner)
    for term in rest:
        total = total + value(term, whole, environment)
    return not np.any(total != expected((goal.parameter, step), whole))


def _is_defined(environment: ClaimEnvironment, name: str, step: int) -> bool:
    """Adjoints of quantities that do not reach the loss at a step have no equation there."""
    try:
        environment.symbol(Symbol(name, (step_expr(LinearStep(step), ""),)), (step,))
    except EvaluationError:
        return False
    return True


def _within(operator: BigOperator, environment: ClaimEnvironment, step: int) -> bool:
    span = operator.ranges[0]
    low = None if span.lower is None else integer(span.lower, environment)
    high = None if span.upper is None else integer(span.upper, environment)
    return (low is None or low <= step) and (high is None or step <= high)
