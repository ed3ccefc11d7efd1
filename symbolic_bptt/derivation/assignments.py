"""The staged derivative as formulas: a list of assignments with every intermediate kept by name.

Its length grows linearly with the number of steps, where the substituted loss grows exponentially.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy

from ..evaluation.domains.domain import Array
from ..evaluation.domains.symbolic import SymbolicDomain
from ..evaluation.forward import forward_step
from ..evaluation.graph import Graph, Key
from ..notation.tree import Entry, Expr, Symbol
from .prepared import Blocks, prepare
from .staged import Point, through
from .symbols import Names, name_entries, ranks

Assignment = tuple[Any, Any]
"""A SymPy symbol and the expression it stands for, over symbols assigned before and given ones."""


@dataclass(frozen=True)
class Staged:
    """Forward assignments, then adjoints from the loss back, then each parameter's derivative."""

    graph: Graph
    names: Names
    forward: tuple[Assignment, ...]
    adjoints: tuple[Assignment, ...]
    gradients: dict[str, Array]

    @property
    def assignments(self) -> tuple[Assignment, ...]:
        """Everything but the gradients, in order of computation."""
        return self.forward + self.adjoints


def staged_assignments(graph: Graph, blocks: Blocks | None = None) -> Staged:
    """s_{3,1} = …, then the adjoint ∂(loss)/∂s_{3,1} = …, then each parameter's gradient."""
    names = name_entries(graph)
    domain = SymbolicDomain()
    at = Point(prepare(graph, blocks), domain, names.arrays)
    ahead: list[Assignment] = []
    for node in graph.computed:
        computed = forward_step(graph, domain, names.arrays, node)
        ahead.extend(zip(names.arrays[node.key].flat, computed.flat, strict=True))
    trees: dict[Any, Expr] = dict(names.tree)
    behind: list[Assignment] = []
    arriving: dict[Key, list[Array]] = {graph.loss: [np.array([[sympy.Integer(1)]], dtype=object)]}
    for node in reversed(graph.computed):
        if node.key not in arriving:
            continue
        arrived = domain.total(arriving.pop(node.key))
        adjoint = _named(arrived, names.arrays[node.key], trees, behind)
        for read, passed in through(at, node, adjoint):
            arriving.setdefault(read, []).append(passed)
    gradients = {}
    for name in graph.model.parameters:
        shape = graph.nodes[(name, None)].shape
        terms = arriving.get((name, None), [np.full((1, shape[0] * shape[1]), sympy.Integer(0))])
        gradients[name] = domain.total(terms).reshape(shape)
    whole = Names(names.arrays, trees, ranks(graph, trees))
    return Staged(graph, whole, tuple(ahead), tuple(behind), gradients)


def _named(
    adjoint: Array, quantity: Array, trees: dict[Any, Expr], assignments: list[Assignment]
) -> Array:
    """A symbol for each entry of an adjoint that is not a number, with its assignment noted."""
    result = adjoint.copy()
    for column, (expression, symbol) in enumerate(zip(adjoint.flat, quantity.flat, strict=True)):
        if expression.is_Number:
            continue
        name = sympy.Symbol("bar " + symbol.name)
        trees[name] = _barred(trees[symbol])
        assignments.append((name, expression))
        result[0, column] = name
    return result


def _barred(tree: Expr) -> Expr:
    match tree:
        case Entry(of=Symbol() as of):
            return Entry(_barred_symbol(of), tree.indices)
        case Symbol():
            return _barred_symbol(tree)
    raise TypeError(f"no adjoint of {type(tree).__name__}")


def _barred_symbol(symbol: Symbol) -> Symbol:
    return Symbol(rf"\bar {symbol.name}", symbol.indices, symbol.layout)
