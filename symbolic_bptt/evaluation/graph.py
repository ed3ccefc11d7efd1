"""The unrolled graph of a model: every quantity at every step, in an order of computation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ..model.model import Constraint, Equation, Model

Key = tuple[str, int | None]
"""A quantity of the graph: its name and its step, None for what has no step."""

NodeRole = Literal["parameter", "input", "initial", "defined"]


@dataclass(frozen=True)
class GraphNode:
    """One quantity: given, or computed by an equation from what it reads.

    `step` is what the time index stands for in its equation. `used_at` is the step whose copy of a
    parameter it uses: its own, or for a quantity without a step the last step that it looks at.
    """

    key: Key
    role: NodeRole
    shape: tuple[int, int]
    equation: Equation | None = None
    reads: tuple[Key, ...] = ()
    constraint: Constraint | None = None
    zero: bool = False
    used_at: int | None = None
    literals: tuple[tuple[str, int], ...] = ()
    """Letters (t, T, a size) that the equation uses as numbers, with their values."""

    @property
    def step(self) -> int | None:
        return self.key[1]


@dataclass(frozen=True)
class Graph:
    """The nodes of `count` steps at given sizes, each after everything it reads."""

    model: Model
    count: int
    sizes: Mapping[str, int]
    nodes: Mapping[Key, GraphNode]

    @property
    def loss(self) -> Key:
        return (self.model.loss, None)

    @property
    def steps(self) -> range:
        return self.model.time.steps(self.count)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The letters that stand for numbers everywhere: T and the sizes."""
        return {"T": self.model.time.letter_T(self.count), **self.sizes}

    @cached_property
    def given(self) -> tuple[GraphNode, ...]:
        """Parameters, inputs and initial states."""
        return tuple(node for node in self.nodes.values() if node.equation is None)

    @cached_property
    def computed(self) -> tuple[GraphNode, ...]:
        """The nodes that an equation defines, in order of computation."""
        return tuple(node for node in self.nodes.values() if node.equation is not None)

    def key_of(self, name: str, indices: tuple[int, ...]) -> Key | None:
        """The node that a symbol with these indices names; u_t of a parameter u is u itself."""
        key = (name, indices[0] if indices else None)
        if len(indices) <= 1 and key in self.nodes:
            return key
        whole = self.nodes.get((name, None))
        is_copy = len(indices) == 1 and whole is not None and whole.role == "parameter"
        return (name, None) if is_copy else None


def is_cut(graph: Graph, of: Key, through: Key, wrt: Key) -> bool:
    """Whether every path from one node to another passes a third; not if none passes it."""
    pending, seen, passed = [of], set[Key](), False
    while pending:
        key = pending.pop()
        if key == wrt or wrt not in graph.nodes:
            return False
        passed = passed or key == through
        if key != through and key not in seen:
            seen.add(key)
            pending.extend(graph.nodes[key].reads)
    return passed
