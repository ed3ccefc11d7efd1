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
from ..evaluation.graph import Copy, Graph, Key, Target
from .symbols import Names, name_entries


@dataclass(frozen=True)
class SubstitutedLoss:
    """The loss, and for each target the symbols of its entries."""

    graph: Graph
    names: Names
    loss: Any
    targets: Mapping[Target, Array]


def substitute(graph: Graph, targets: Iterable[Target]) -> SubstitutedLoss:
    """The loss over symbols, those of the targets among them."""
    names = name_entries(graph)
    symbols: dict[Target, Array] = {}
    tree, rank = dict(names.tree), dict(names.rank)
    for target in targets:
        if not isinstance(target, Copy):
            symbols[target] = names.arrays[target]
            continue
        whole = names.arrays[target.whole]
        symbols[target] = copies = np.empty_like(whole)
        for place, symbol in np.ndenumerate(whole):
            copies[place] = copy = sympy.Symbol(f"{symbol.name}|used at {target.step}")
            tree[copy], rank[copy] = tree[symbol], rank[symbol]
    loss = _loss(graph, SymbolicDomain(), names.arrays, symbols)
    return SubstitutedLoss(graph, Names(names.arrays, tree, rank), loss, symbols)


def derivative_size(graph: Graph, target: Target) -> int:
    """Operations of ∂(loss)/∂(first entry of the target) as plain differentiation writes it.

    Computed without building it. An upper estimate: it knows no zeros and gathers no equal terms.
    """
    shapes = {key: node.shape for key, node in graph.nodes.items()}
    given = {key: np.full(shape, OperationCount(), object) for key, shape in shapes.items()}
    varied = np.full(graph.shape_of(target), OperationCount(), object)
    varied[0, 0] = OperationCount(0, slope=0)
    slope = _loss(graph, CountingDomain(), given, {target: varied}).slope
    return 0 if slope is None else int(slope)


def _loss(
    graph: Graph, domain: Domain, given: Mapping[Key, Array], varied: Mapping[Target, Array]
) -> Any:
    """The value of the loss when what is varied keeps its given values."""
    nodes = {key: array for key, array in varied.items() if not isinstance(key, Copy)}
    values = {node.key: given[node.key] for node in graph.given} | nodes
    for node in graph.computed:
        if node.key not in nodes:
            here = {
                target.whole: array
                for target, array in varied.items()
                if isinstance(target, Copy) and target.step == node.used_at
            }
            values[node.key] = forward_step(graph, domain, {**values, **here}, node)
    return values[graph.loss][0, 0]
