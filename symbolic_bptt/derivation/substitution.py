"""The fully substituted loss: one SymPy expression in parameters, inputs and initial states.

What it is differentiated by stays a symbol: a variable at a step, or the copy of a parameter that
one step uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy

from ..evaluation.domains.counting import CountingDomain, OperationCount
from ..evaluation.domains.domain import Array, Domain
from ..evaluation.domains.symbolic import SymbolicDomain
from ..evaluation.forward import forward_step
from ..evaluation.graph import Graph, Key
from .symbols import Names, name_entries


@dataclass(frozen=True)
class SubstitutedLoss:
    """The loss, and for each target the symbols of its entries."""

    graph: Graph
    names: Names
    loss: Any
    targets: Mapping[Key, Array]


def substitute(graph: Graph, targets: Iterable[Key]) -> SubstitutedLoss:
    """The loss over symbols. A target is a node, or (u, t) for the copy of a parameter u."""
    wanted = tuple(targets)
    names = name_entries(graph)
    symbols = {key: names.arrays[key] for key in wanted if key in graph.nodes}
    tree, rank = dict(names.tree), dict(names.rank)
    for name, step in wanted:
        if (name, step) not in symbols:
            whole = names.arrays[(name, None)]
            symbols[(name, step)] = copies = np.empty_like(whole)
            for place, symbol in np.ndenumerate(whole):
                copies[place] = copy = sympy.Symbol(f"{symbol.name}|used at {step}")
                tree[copy], rank[copy] = tree[symbol], rank[symbol]
    loss = _loss(graph, SymbolicDomain(), {**names.arrays, **symbols}, wanted)
    return SubstitutedLoss(graph, Names(names.arrays, tree, rank), loss, symbols)


def derivative_size(graph: Graph, target: Key) -> int:
    """Operations of ∂(loss)/∂(first entry of the target) as plain differentiation writes it.

    Computed without building it. An upper estimate: it knows no zeros and gathers no equal terms.
    """
    shapes = {key: node.shape for key, node in graph.nodes.items()}
    given = {key: np.full(shape, OperationCount(), object) for key, shape in shapes.items()}
    varied = np.full(_shape(graph, target), OperationCount(), object)
    varied[0, 0] = OperationCount(0, slope=0)
    slope = _loss(graph, CountingDomain(), {**given, target: varied}, (target,)).slope
    return 0 if slope is None else int(slope)


def _shape(graph: Graph, target: Key) -> tuple[int, int]:
    return graph.nodes[target if target in graph.nodes else (target[0], None)].shape


def _loss(
    graph: Graph, domain: Domain, given: Mapping[Key, Array], targets: tuple[Key, ...]
) -> Any:
    """The value of the loss when the targets keep their given values."""
    values = {node.key: given[node.key] for node in graph.given}
    for node in graph.computed:
        if node.key in targets:
            values[node.key] = given[node.key]
            continue
        here: dict[Key, Array] = {
            (u, None): given[(u, t)] for u, t in _copies(graph, targets) if t == node.used_at
        }
        values[node.key] = forward_step(graph, domain, {**values, **here}, node)
    return values[graph.loss][0, 0]


def _copies(graph: Graph, targets: tuple[Key, ...]) -> list[Key]:
    return [target for target in targets if target not in graph.nodes]
