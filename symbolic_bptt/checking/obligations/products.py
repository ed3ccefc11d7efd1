"""Rules P and C: a product of Jacobians from step to step is the Jacobian from end to end.

Π_{j=k+1}^t J_j = ∂v_t/∂v_k for k ≤ t, if J_j = ∂v_j/∂v_{j-1} at every step j (an obligation), and
if every path from v_t to v_k passes v_j for each step j in between (a *cut*, which is read off the
graph): it satisfies P_k = P_{k+1} J_{k+1} with P_t = I, as the product does. With the factors in
the opposite order, J_jᵀ and the transpose. An empty product is the identity, also where k > t.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from ...evaluation.domains.domain import Array
from ...evaluation.errors import EvaluationError
from ...evaluation.evaluator import evaluate
from ...evaluation.graph import Graph, is_cut
from ...evaluation.integers import integer
from ...evaluation.value import Value
from ...model.steps import linear_step, step_expr
from ...notation.printer.text import text
from ...notation.tree import (
    BigOperator,
    Constant,
    Derivative,
    Expr,
    Symbol,
    Transpose,
    map_children,
    walk,
)
from ..decide import Trial
from ..environment import ClaimEnvironment
from ..verdict import Instance
from .errors import NotSettled
from .gathered import put, step

IDENTITY = Constant("identity")


@dataclass(frozen=True)
class Chain:
    """A product as ∂name_high/∂name_{low−1}, perhaps transposed. downward: its range begins at
    its high end. letter, body: what it multiplies.
    """

    name: str
    transposed: bool
    downward: bool
    letter: str
    body: Expr

    def written(self, low: int, high: int) -> Expr:
        """The product between two steps."""
        if self.downward:
            low, high = high, low
        if high < low:
            return IDENTITY
        return self._turned(jacobian(self.name, high, low - 1))

    @property
    def lemma(self) -> tuple[Expr, Expr]:
        """The claim of one step that it rests on, whatever its letter is called."""
        return self.obligation(0)

    def obligation(self, at: int) -> tuple[Expr, Expr]:
        """Its factor and the Jacobian of one step."""
        factor = put(self.body, self.letter, step(at))
        return factor, self._turned(jacobian(self.name, at, at - 1))

    def _turned(self, expr: Expr) -> Expr:
        return Transpose(expr) if self.transposed else expr


def with_jacobians(expr: Expr, chains: Mapping[str, Chain]) -> Expr:
    """The expression with its products as Jacobians from end to end."""
    if isinstance(expr, BigOperator) and expr.ranges[0].index in chains:
        span, made = expr.ranges[0], chains[expr.ranges[0].index]
        ends = (span.upper, span.lower) if made.downward else (span.lower, span.upper)
        assert ends[0] is not None
        assert ends[1] is not None
        low = _before(ends[0])
        return Derivative("partial", Symbol(made.name, (ends[1],)), Symbol(made.name, (low,)))
    return map_children(expr, lambda part: with_jacobians(part, chains))


def _before(index: Expr) -> Expr:
    """The step before one."""
    names = [n.name for n in walk(index) if isinstance(n, Symbol) and n.name != "T"]
    at = linear_step(index, names[0] if names else "")
    if at is None:
        return index
    return step_expr(replace(at, constant=at.constant - 1), names[0] if names else "")


def jacobian(name: str, of: int, wrt: int) -> Expr:
    """∂name_of/∂name_wrt."""
    return Derivative("partial", Symbol(name, (step(of),)), Symbol(name, (step(wrt),)))


def chain(
    trial: Trial, written: BigOperator, named: BigOperator, instance: Instance, graph: Graph
) -> Chain:
    """Which Jacobian a product is; `named` is the same with a letter of its own.

    graph: one that is longer than any way past a state by the others.

    Raises `NotSettled` where it is none, or where there is no cut.
    """
    at = trial.laboratory.field_point(instance)
    environment = trial.environment(at)
    found = _ends(environment, written)
    if found is None:
        raise NotSettled(f"{text(written)} is a product that is not understood")
    bound, low, high, downward = found
    letter, body = named.ranges[0].index, named.body
    factors = [_value(put(body, letter, step(j)), bound) for j in (low, high)]
    whole = _value(written, bound)
    for name in _carried(at.graph):
        for transposed in (False, True):
            made = Chain(name, transposed, downward, letter, body)
            sides = [_value(made.obligation(j)[1], bound) for j in (low, high)]
            ends = (high, low) if downward else (low, high)
            if _same(factors, sides) and _same([whole], [_value(made.written(*ends), bound)]):
                _check_cut(graph, name)
                return made
    raise NotSettled(f"{text(written)} is no product of the Jacobians of a state")


def _ends(
    environment: ClaimEnvironment, written: BigOperator
) -> tuple[ClaimEnvironment, int, int, bool] | None:
    """The letters bound so that the product has two factors, of steps that exist."""
    span, first = written.ranges[0], environment.point.graph.steps[0]
    if len(written.ranges) != 1 or span.lower is None or span.upper is None or span.unequal:
        return None
    downward = environment.runs_down(span, 0, 0)
    last = environment.point.graph.steps[-1]
    wanted = (last, last - 1) if downward else (last - 1, last)
    for limit, value in zip((span.lower, span.upper), wanted, strict=True):
        names = [n.name for n in walk(limit) if isinstance(n, Symbol) and not n.indices]
        letters = [name for name in names if environment.number(name) is None]
        if letters:
            at = linear_step(limit, letters[0])
            if at is None or at.t_multiple != 1 or len(letters) > 1:
                return None
            constant = at.at(0, environment.point.graph.numbers["T"])
            environment = environment.bind(letters[0], value - constant)
    try:
        low, high = (integer(limit, environment) for limit in (span.lower, span.upper))
    except EvaluationError:
        return None
    if downward:
        low, high = high, low
    return (environment, low, high, downward) if first < low + 1 == high else None


def _carried(graph: Graph) -> Iterator[str]:
    return (name for name in dict.fromkeys(key[0] for key in graph.nodes if key[1] is not None))


def _value(expr: Expr, environment: ClaimEnvironment) -> Value | None:
    try:
        return evaluate(expr, environment)
    except EvaluationError:
        return None


def _same(left: list[Value | None], right: list[Value | None]) -> bool:
    return all(
        one is not None
        and other is not None
        and one.shape == other.shape
        and not one.flexible
        and _equal(one.array, other.array)
        for one, other in zip(left, right, strict=True)
    )


def _equal(left: Array, right: Array) -> bool:
    return bool(np.all(left == right))


def _check_cut(graph: Graph, name: str) -> None:
    """Every path from a step to an earlier one passes the step before."""
    for at in graph.steps[2:]:
        for before in graph.steps[: at - 1 - graph.steps[0]]:
            if not is_cut(graph, (name, at), (name, at - 1), (name, before)):
                raise NotSettled(f"there is a path past {name} from step to step")
