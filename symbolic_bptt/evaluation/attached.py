"""An expression as one more node of a graph, so that it can be differentiated like any other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from ..model.model import Equation
from ..notation.sizes import SCALAR
from ..notation.tree import BigOperator, Expr, Neg, Number, Symbol, map_children
from .graph import Graph, GraphNode, Key
from .unroll import measured


def with_letters(expr: Expr, letters: Mapping[str, int]) -> Expr:
    """The expression with index letters replaced by their values, except where they are bound."""
    if isinstance(expr, Symbol) and not expr.indices and expr.name in letters:
        value = letters[expr.name]
        number = Number(Fraction(abs(value)))
        return Neg(number) if value < 0 else number
    if isinstance(expr, BigOperator):
        bound = {span.index for span in expr.ranges}
        letters = {name: value for name, value in letters.items() if name not in bound}
    return map_children(expr, lambda child: with_letters(child, letters))


def attach(graph: Graph, name: str, expr: Expr) -> tuple[Graph, Key]:
    """The graph with a node `name` that computes the expression; nothing else reads it.

    The expression must be closed: index letters replaced by numbers. Raises `EvaluationError`.
    """
    key: Key = (name, None)
    equation = Equation(name, expr, False, None, "", SCALAR)
    model = replace(graph.model, equations=(*graph.model.equations, equation))
    bare = replace(graph, model=model)
    value, node = measured(bare, GraphNode(key, "defined", (1, 1), equation))
    shape = (1, 1) if value.flexible else value.shape
    node = replace(node, shape=shape, used_at=graph.steps[-1])
    return replace(bare, nodes={**graph.nodes, key: node}), key
