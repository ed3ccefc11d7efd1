"""The forward pass of an unrolled graph in any domain."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any

from .budget import Budget
from .domains.domain import Array, Domain
from .evaluator import evaluate
from .graph import Graph, GraphNode, Key
from .surroundings import GraphEnvironment
from .value import resolve

FORWARD_LIMIT = 20_000_000


def forward(
    graph: Graph,
    domain: Domain,
    given: Mapping[Key, Array],
    added: Mapping[Key, Array] | None = None,
    outputs: MutableMapping[Key, Array] | None = None,
    limit: int = FORWARD_LIMIT,
) -> dict[Key, Array]:
    """The value of every node, from those of parameters, inputs and initial states.

    With SymPy symbols as `given` this is the unrolling. To some nodes something may be `added`;
    `outputs` then receives what their equations gave. Raises `EvaluationError`, `KeyError` for
    a given node that is missing, `LimitReached` when the work exceeds `limit`.
    """
    values: dict[Key, Array] = {node.key: given[node.key] for node in graph.given}
    budget = Budget(limit)
    for node in graph.computed:
        values[node.key] = value = forward_step(graph, domain, values, node, budget)
        if added and outputs is not None and node.key in added:
            outputs[node.key] = value
            values[node.key] = value + added[node.key]
    return values


def forward_step(
    graph: Graph,
    domain: Domain,
    values: Mapping[Key, Array],
    node: GraphNode,
    budget: Budget | None = None,
) -> Array:
    """The value of one node, from those of what it reads."""
    assert node.equation is not None
    bound = {} if node.step is None else {graph.model.time.index: node.step}
    environment = GraphEnvironment(graph, domain, values, bound, budget or Budget(FORWARD_LIMIT))
    value = evaluate(node.equation.body, environment)
    return resolve(domain, value, node.shape).array


def letter_inputs(node: GraphNode, graph: Graph, domain: Domain) -> list[Any]:
    """What the letters are that an equation uses as numbers."""
    index = graph.model.time.index
    return [domain.letter(name, value, index=name == index) for name, value in node.letters]
