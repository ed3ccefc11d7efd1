"""The environment of a model's own equations: symbols are nodes of its graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..notation.tree import BigOperator, Derivative, Entry, Expr, Range, Symbol, walk
from .budget import Budget
from .domains.domain import Array, Domain
from .errors import OutOfRange, UndefinedSymbol, Unsupported
from .graph import Graph, Key
from .value import Value


@dataclass(frozen=True)
class GraphEnvironment:
    """Values of graph nodes so far, and the letters bound to numbers.

    Subclass it, or wrap it, to give derivatives and further symbols a value.
    """

    graph: Graph
    domain: Domain
    values: Mapping[Key, Array]
    bound: Mapping[str, int] = field(default_factory=dict)
    budget: Budget = field(default_factory=Budget)

    def number(self, name: str) -> int | None:
        return self.bound.get(name, self.graph.numbers.get(name))

    def letter(self, name: str) -> Any:
        return letter(name, self.bound, self.graph, self.domain)

    def bind(self, name: str, value: int) -> GraphEnvironment:
        return replace(self, bound={**self.bound, name: value})

    def symbol(self, node: Symbol, indices: tuple[int, ...]) -> Value:
        key = self.graph.key_of(node.name, indices)
        if key is None or key not in self.values:
            if indices and node.name in self.graph.timed:
                raise OutOfRange(node.name, indices[0], node)
            raise UndefinedSymbol(node.name, node)
        return Value(self.values[key])

    def entry(self, node: Entry, indices: tuple[int, ...]) -> Value | None:
        return None

    def runs_down(self, span: Range, low: int, high: int) -> bool:
        return False

    def leaves_out(self, operator: BigOperator, error: OutOfRange) -> bool:
        return False

    def with_zeros(self) -> None:
        return None

    def derivative(self, node: Derivative) -> Value:
        raise Unsupported("a derivative inside a model equation", node)

    def holding(self, fixed: tuple[Expr, ...]) -> GraphEnvironment:
        return self

    def index_range(self, index: str, body: Expr) -> tuple[int, int] | None:
        steps = self.graph.steps
        if index == self.graph.model.time.index or indexes_a_step(index, body):
            return steps[0], steps[-1]
        return None


def letter(name: str, bound: Mapping[str, int], graph: Graph, domain: Domain) -> Any:
    """T, a size or a bound index as a number; None if the name is none of them."""
    if name in bound:
        return domain.letter(name, bound[name], index=True)
    number = graph.numbers.get(name)
    return None if number is None else domain.letter(name, number, index=False)


def indexes_a_step(index: str, body: Expr) -> bool:
    """Whether the letter occurs within the step index of a symbol in the body."""
    return any(
        Symbol(index) == part
        for node in walk(body)
        if isinstance(node, Symbol)
        for position in node.indices
        for part in walk(position)
    )
