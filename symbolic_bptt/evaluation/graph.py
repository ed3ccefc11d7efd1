"""The unrolled graph of a model: every quantity at every step, in an order of computation."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ..model.losses import Slot, losses_of
from ..model.model import Constraint, Equation, Model

Key = tuple[str, int | None]
"""A quantity of the graph: its name and its step, None for what has no step."""


@dataclass(frozen=True)
class Copy:
    """The copy of a parameter that one step uses, u_t; never equal to the key (u, t) of a variable.

    It is computed from the parameter alone: u_t = u.
    """

    name: str
    step: int

    @property
    def whole(self) -> Key:
        """The parameter that it is a copy of."""
        return self.name, None


Target = Key | Copy
"""What can be differentiated, or differentiated by."""

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
    """Letters (t, T, a size) that decide what the equation is (t < 3, x^T), with their values."""
    letters: tuple[tuple[str, int], ...] = ()
    """Letters that the equation uses as numbers, like something that it reads (1/T, t x_t)."""

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
    def extent(self) -> range:
        """The steps with those of the initial states."""
        found = {step for _, step in self.nodes if step is not None} | set(self.steps)
        return range(min(found), max(found) + 1)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The letters that stand for numbers everywhere: T and the sizes."""
        return {"T": self.model.time.letter_T(self.count), **self.sizes}

    @cached_property
    def losses(self) -> Set[Slot]:
        """The loss and the quantities that it adds up."""
        return losses_of(self.model)

    @cached_property
    def given(self) -> tuple[GraphNode, ...]:
        """Parameters, inputs and initial states."""
        return tuple(node for node in self.nodes.values() if node.equation is None)

    @cached_property
    def computed(self) -> tuple[GraphNode, ...]:
        """The nodes that an equation defines, in order of computation."""
        return tuple(node for node in self.nodes.values() if node.equation is not None)

    @cached_property
    def timed(self) -> frozenset[str]:
        """The names that have a value at some step: of these, q_t is never a parameter's copy."""
        return frozenset(name for name, step in self.nodes if step is not None)

    def target_of(self, name: str, indices: tuple[int, ...]) -> Target | None:
        """What a symbol with these indices names: a node, or the copy that a step uses."""
        key = (name, indices[0] if indices else None)
        if len(indices) <= 1 and key in self.nodes:
            return key
        whole = self.nodes.get((name, None))
        copied = whole is not None and whole.role == "parameter" and name not in self.timed
        return Copy(name, indices[0]) if copied and len(indices) == 1 else None

    def key_of(self, name: str, indices: tuple[int, ...]) -> Key | None:
        """The node whose value a symbol with these indices has: of a copy u_t, u itself."""
        target = self.target_of(name, indices)
        return target.whole if isinstance(target, Copy) else target

    def shape_of(self, target: Target) -> tuple[int, int]:
        """Rows and columns. Raises `KeyError` for a quantity that the graph does not have."""
        return self.nodes[target.whole if isinstance(target, Copy) else target].shape


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
