"""From a model to its graph over a given number of steps and sizes.

What an equation reads is found by evaluating it once with dummy numbers of the declared shapes,
so that reading and computing can never disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ..model.model import Equation, Model
from ..notation.tree import (
    BigOperator,
    Constant,
    Indicator,
    KroneckerDelta,
    Node,
    Power,
    Range,
    Slice,
    Symbol,
    children,
    walk,
)
from .domains.counting import CountingDomain, OperationCount
from .errors import EvaluationError
from .evaluator import evaluate
from .graph import Graph, GraphNode, Key
from .integers import integer
from .surroundings import GraphEnvironment
from .value import Value, describe, fits

MAX_NODES = 50_000


class UnrollError(ValueError):
    """A number of steps or sizes for which the model has no graph; says which would do."""


def unroll(model: Model, count: int, sizes: Mapping[str, int]) -> Graph:
    """The graph of `count` steps with every size letter given a number.

    Raises `UnrollError` for a count below 1 or too large, a missing size, or a quantity that does
    not exist at the step at which an equation wants it.
    """
    _check(model, count, sizes)
    bare = Graph(model, count, dict(sizes), _given(model, count, sizes))
    every = dict(bare.nodes)
    for equation, step in _instances(model, bare):
        every[(equation.target, step)] = GraphNode(
            (equation.target, step), "defined", _size(equation, sizes), equation
        )
    whole = replace(bare, nodes=every)
    read = {key: _with_reads(whole, node) for key, node in every.items()}
    return _with_uses(replace(whole, nodes=_ordered(model, read)))


def _check(model: Model, count: int, sizes: Mapping[str, int]) -> None:
    if count < 1:
        raise UnrollError(f"the number of steps must be at least 1, not {count}")
    if count * max(1, len(model.equations)) > MAX_NODES:
        largest = MAX_NODES // max(1, len(model.equations))
        raise UnrollError(f"{count} steps are too many for {model.name}; at most {largest}")
    fixed = model.literal_length
    if fixed is not None and count != fixed:
        raise UnrollError(f"{model.name} is written out for {fixed} steps, not {count}")
    missing = [letter for letter in model.sizes if letter not in sizes]
    if missing:
        raise UnrollError(f"no value for the size {', '.join(missing)}")
    wrong = [f"{letter} = {value}" for letter, value in sizes.items() if value < 1]
    if wrong:
        raise UnrollError(f"a size must be at least 1: {', '.join(wrong)}")


def _size(item: Any, sizes: Mapping[str, int]) -> tuple[int, int]:
    return item.shape.rows.value(sizes), item.shape.columns.value(sizes)


def _given(model: Model, count: int, sizes: Mapping[str, int]) -> dict[Key, GraphNode]:
    nodes: dict[Key, GraphNode] = {}
    for state in model.initial:
        key: Key = (state.name, state.at(model.time, count))
        nodes[key] = GraphNode(key, "initial", _size(state, sizes), zero=state.zero)
    for (name, timed), item in model.declarations.items():
        if item.role not in ("parameter", "input"):
            continue
        for step in model.time.steps(count) if timed else (None,):
            nodes[(name, step)] = GraphNode(
                (name, step), item.role, _size(item, sizes), constraint=item.constraint
            )
    return nodes


def _instances(model: Model, graph: Graph) -> list[tuple[Equation, int | None]]:
    """Every equation at every step it holds; one for a literal step wins over the general one."""
    environment = _recorder(graph, None)
    general = [
        (equation, step) for step in graph.steps for equation in model.equations if equation.timed
    ]
    special = []
    for equation in model.equations:
        if not equation.timed:
            step = None if equation.step is None else integer(equation.step, environment)
            special.append((equation, step))
    taken = {(equation.target, step) for equation, step in special}
    return [one for one in general if (one[0].target, one[1]) not in taken] + special


@dataclass(frozen=True)
class _Recorder(GraphEnvironment):
    """Dummy values of the declared shapes, and a note of what was asked for."""

    asked: dict[Key, None] = field(default_factory=dict)

    def symbol(self, node: Symbol, indices: tuple[int, ...]) -> Value:
        value = super().symbol(node, indices)
        key = self.graph.key_of(node.name, indices)
        if key is not None:
            self.asked[key] = None
        return value


def _recorder(graph: Graph, step: int | None) -> _Recorder:
    bound = {} if step is None else {graph.model.time.index: step}
    return _Recorder(graph, CountingDomain(), _Dummies(graph), bound)


class _Dummies(dict[Key, Any]):
    """An array of the right shape for every node, made when it is looked up."""

    def __init__(self, graph: Graph) -> None:
        super().__init__()
        self.graph = graph

    def __contains__(self, key: object) -> bool:
        return key in self.graph.nodes

    def __missing__(self, key: Key) -> Any:
        array = self[key] = np.full(self.graph.nodes[key].shape, OperationCount(), dtype=object)
        return array


def _with_reads(graph: Graph, node: GraphNode) -> GraphNode:
    if node.equation is None:
        return node
    try:
        value, read = measured(graph, node)
    except EvaluationError as error:
        raise UnrollError(f"{_named(node.key)} with {graph.count} steps: {error.message}") from None
    if not fits(value, node.shape):
        raise UnrollError(f"{_named(node.key)} has shape {value}, not {describe(node.shape)}")
    return read


def measured(graph: Graph, node: GraphNode) -> tuple[Value, GraphNode]:
    """A dummy value of the node's equation, and the node with what it reads filled in."""
    assert node.equation is not None
    body = node.equation.body
    recorder = _recorder(graph, node.step)
    value = evaluate(body, recorder)
    as_values, as_integers = _letters(body, frozenset())
    known = {name: recorder.number(name) for name in ("T", graph.model.time.index, *graph.sizes)}

    def with_values(names: set[str]) -> tuple[tuple[str, int], ...]:
        return tuple((k, v) for k, v in known.items() if k in names and v is not None)

    letters, literals = with_values(as_values), with_values(as_integers)
    reads = tuple(recorder.asked)
    return value, replace(node, reads=reads, literals=literals, letters=letters)


def _named(key: Key) -> str:
    return key[0] if key[1] is None else f"{key[0]} at step {key[1]}"


def _letters(node: Node, bound: frozenset[str]) -> tuple[set[str], set[str]]:
    """Plain letters used as numbers, and those that are whole numbers: exponents, ranges, tests.

    The indices of symbols are neither.
    """
    match node:
        case Symbol(name=name, indices=indices):
            return (set() if indices or name in bound else {name}), set()
        case Indicator():
            inner = set().union(*(_letters(child, bound)[0] for child in children(node)))
            return inner, inner
        case Power(base=base, exponent=exponent):
            values, integers = _letters(base, bound)
            return values | _letters(exponent, bound)[0], integers | _plain(exponent)
        case KroneckerDelta() | Range() | Constant() | Slice():
            below = [_letters(node.of, bound)] if isinstance(node, Slice) else []
            own = _plain(node) | ({node.index} if isinstance(node, Range) else set())
            return set().union(*(v for v, _ in below)), own.union(*(i for _, i in below))
        case BigOperator(ranges=ranges):
            bound = bound | {span.index for span in ranges}
    found = [_letters(child, bound) for child in children(node)]
    return set().union(*(v for v, _ in found)), set().union(*(i for _, i in found))


def _plain(node: Node) -> set[str]:
    return {part.name for part in walk(node) if isinstance(part, Symbol) and not part.indices}


def _ordered(model: Model, nodes: Mapping[Key, GraphNode]) -> dict[Key, GraphNode]:
    """The nodes so that each comes after what it reads. Raises `UnrollError` for a circle."""
    ordered: dict[Key, GraphNode] = {}
    waiting: set[Key] = set()
    for start in nodes:
        stack = [start]
        while stack:
            key = stack[-1]
            open_reads = [read for read in nodes[key].reads if read not in ordered]
            if key in ordered or not open_reads:
                ordered.setdefault(key, nodes[key])
                waiting.discard(stack.pop())
                continue
            circular = [read for read in open_reads if read in waiting or read == key]
            if circular:
                raise UnrollError(
                    f"{model.name}: {_named(key)} and {_named(circular[0])} define each other"
                )
            waiting.add(key)
            stack.extend(reversed(open_reads))
    return ordered


def _with_uses(graph: Graph) -> Graph:
    """With `used_at` filled in: a quantity without a step belongs to the last step it looks at."""
    used: dict[Key, int | None] = {}
    for key, node in graph.nodes.items():
        looked_at = [step for read in node.reads if (step := used[read]) is not None]
        used[key] = key[1] if key[1] is not None else max(looked_at, default=None)
    last = graph.steps[-1]
    nodes = {
        key: node if node.equation is None else replace(node, used_at=_or(used[key], last))
        for key, node in graph.nodes.items()
    }
    return replace(graph, nodes=nodes)


def _or(step: int | None, last: int) -> int:
    return last if step is None else step
