"""A few steps of a model that stand for any steps of any length: what is outside is a variable.

What happens at a step t depends on the steps before through the values of the states, and on the
steps after through the derivatives of the loss by the states. In a window both are variables:

* every function is a fresh variable of its argument (`evaluation.domains.field`) and what remembers
  is disturbed (`memory`), so states are free; where the window lies behind the first step, the
  initial states are free too, though the model may set them to 0;
* the derivative of the loss by a state outside the `region` around t is a row of variables.

A window with a `gap` has two clusters of steps, which are as far apart as one likes: the Jacobian
of the first states of the later one by the last states of the earlier one is a matrix of variables.
The loss then counts the steps of the `region`, and one `far` step of the other cluster, times a
variable θ: a claim that is linear in what the steps add to the loss holds if it does for each far
one alone.

What holds in the window for all values of these variables holds at step t of every word, at the
values that they have there. `far_end`: T is beyond every step, so that no step is near it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from random import Random
from typing import Any

import numpy as np

from ...derivation.prepared import Prepared
from ...derivation.staged import Point, through
from ...evaluation.domains.domain import Array, zeros
from ...evaluation.domains.field import FieldDomain, prime_of
from ...evaluation.forward import forward
from ...evaluation.graph import Copy, Graph, GraphNode, Key, Target
from ..laboratory import Laboratory, View
from ..verdict import Instance
from .counted import CountedField
from .errors import NotSettled

FAR = 10**6
"""What T stands for where no step is near it."""


@dataclass(frozen=True)
class Window:
    """count: steps that are unrolled. region: steps around the one looked at, whose states have
    their derivatives computed. start: the first step is the model's, with its initial states.
    gap: the last step before it. far: the step of the other cluster.
    """

    count: int
    region: range
    far_end: bool
    start: bool
    gap: int | None = None
    far: int | None = None


class Excerpt(Graph):
    """A graph whose last step is not the last one: T is far away."""

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        return {**self.sizes, "T": FAR}


def states(graph: Graph) -> dict[Key, GraphNode]:
    """What a step computes and another step reads."""
    read = {
        key
        for node in graph.nodes.values()
        for key in node.reads
        if node.step is not None and key[1] is not None and key[1] != node.step
    }
    return {key: node for key, node in graph.nodes.items() if key in read and node.equation}


class Swept(dict[Target, Array]):
    """The derivatives of one quantity by all others; by parameters and inputs once they are asked.

    nodes: what was passed on the way.
    """

    def __init__(self, at: Placed, found: Mapping[Target, Array]) -> None:
        super().__init__(found)
        self.at = at
        self.nodes: list[GraphNode] = []

    def add(self, key: Target, row: Array) -> None:
        """One more path to a quantity."""
        self[key] = self[key] + row if key in self else row

    def get(self, key: Target, default: Any = None) -> Any:
        """The derivative by a quantity; nothing where it does not depend on it."""
        if key not in self:
            self._ask(key)
        return super().get(key, default)

    def _ask(self, key: Target) -> None:
        read = key.whole if isinstance(key, Copy) else key
        node = self.at.graph.nodes.get(read)
        if node is None or node.equation is not None:
            return
        for reader in self.nodes:
            if read not in reader.reads or (isinstance(key, Copy) and reader.used_at != key.step):
                continue
            for _, passed in self.at.passed(reader, self[reader.key], lambda one: one == read):
                self.add(key, passed)


@dataclass
class Placed:
    """A window at a random point of the field. theta: the weight of the far step. known: what
    was computed there.
    """

    window: Window
    point: Point
    theta: int
    carried: Mapping[Key, GraphNode]
    random: Random
    drawn: dict[Any, Array] = field(default_factory=dict)
    known: dict[Any, object] = field(default_factory=dict)

    @property
    def field(self) -> FieldDomain:
        found = self.point.domain
        assert isinstance(found, FieldDomain)
        return found

    @property
    def graph(self) -> Graph:
        return self.point.graph

    def swept(self, of: Target) -> dict[Target, Array]:
        """∂of/∂(everything): within the region as computed, beyond it and over the gap as drawn."""
        size = int(np.prod(self.graph.shape_of(of)))
        start = zeros(self.field, (size, size))
        for i in range(size):
            start[i, i] = self.field.number(Fraction(1))
        found = Swept(self, {of: start})
        if isinstance(of, Copy):
            found[of.whole] = start
            return found
        gap = self.window.gap
        if gap is not None and of[1] == gap + 1 and of not in self.carried:
            raise NotSettled("something beside the states is asked at the edge of a gap")
        for key in reversed(list(self.graph.nodes)):
            if of[1] is None and self._is_beyond(key):
                found[key] = self._row(of, key, found)
            node = self.graph.nodes[key]
            if node.equation is None or key not in found:
                continue
            found.nodes.append(node)
            for read, passed in self.passed(node, found[key], self._is_computed):
                found.add(read, passed)
            for below in self._below(key):
                found.add(below, found[key] @ self._drawn(key, below))
        return found

    def _is_computed(self, key: Key) -> bool:
        return self.graph.nodes[key].equation is not None

    def passed(
        self, node: GraphNode, row: Array, is_wanted: Callable[[Key], bool]
    ) -> Iterator[tuple[Key, Array]]:
        """What a node passes on to what it reads, but for what the window leaves out."""
        gap = self.window.gap
        for read, passed in through(self.point, node, row, is_wanted):
            if read[1] is None:
                yield read, passed
            elif node.step is None and self.window.far is not None:
                near = read[1] in self.window.region
                weight = 1 if near else self.theta if read[1] == self.window.far else 0
                yield read, passed * self.field.number(Fraction(weight))
            elif gap is None or node.step is None or not node.step > gap >= read[1]:
                yield read, passed

    def _is_beyond(self, key: Key) -> bool:
        return self.window.far is None and key in self.carried and key[1] not in self.window.region

    def _row(self, of: Key, key: Key, found: Mapping[Target, Array]) -> Array:
        """∂of/∂state for a state beyond the region, by way of what reads the steps directly."""
        rows = [found[root] @ self._drawn(root, key) for root in self._roots if root in found]
        if not rows:
            raise NotSettled("a quantity without a step does not depend on the steps")
        return sum(rows[1:], rows[0])

    @cached_property
    def _roots(self) -> list[Key]:
        nodes = self.graph.nodes.values()
        return [n.key for n in nodes if n.step is None and any(k[1] is not None for k in n.reads)]

    def _below(self, key: Key) -> Iterator[Key]:
        gap = self.window.gap
        if gap is not None and key in self.carried and key[1] == gap + 1:
            yield from (other for other in self.carried if other[1] == gap)

    def _drawn(self, of: Key, wrt: Key) -> Array:
        """A Jacobian of variables."""
        memo = (of, wrt)
        if memo not in self.drawn:
            above, below = self.graph.shape_of(of), self.graph.shape_of(wrt)
            array = np.empty((int(np.prod(above)), int(np.prod(below))), dtype=object)
            for i, row in enumerate(np.ndindex(*above)):
                for j, column in enumerate(np.ndindex(*below)):
                    made = array[i, j] = self.field.draw(self.random)
                    if isinstance(self.field, CountedField):
                        places = self.field.place_of(above, row), self.field.place_of(below, column)
                        self.field.label(made, places[0] | places[1])
            self.drawn[memo] = array
        return self.drawn[memo]


def placed(
    laboratory: Laboratory,
    window: Window,
    sizes: Mapping[str, int],
    view: View,
    *,
    counted: bool,
    attempt: int = 0,
) -> Placed:
    """The window at a random point, made once. Raises `EvaluationError`, `UnrollError`.

    counted: whether values say how many letters they have.
    """
    at = tuple(sorted(sizes.items()))
    key = (window, at, view, counted, attempt)
    if key not in laboratory.windows:
        exact = window.region if laboratory.memory.disturbed and not view.disturbed else None
        ground = _Ground(window.count, window.far_end, window.start, exact)
        under = (ground, at, counted, attempt)
        if under not in laboratory.windows:
            laboratory.windows[under] = _point(laboratory, ground, sizes, counted, attempt)
        point = laboratory.windows[under]
        assert isinstance(point, Point)
        laboratory.windows[key] = _placed(point, window)
    found = laboratory.windows[key]
    assert isinstance(found, Placed)
    return found


@dataclass(frozen=True)
class _Ground:
    """What the values in a window hang on. exact: the steps at which nothing is disturbed."""

    count: int
    far_end: bool
    start: bool
    exact: range | None


def _point(
    laboratory: Laboratory,
    ground: _Ground,
    sizes: Mapping[str, int],
    counted: bool,
    attempt: int,
) -> Point:
    prepared = laboratory.prepared(Instance(ground.count, sizes))
    secret = f"{laboratory.seed}|{laboratory.content}|{ground}|{attempt}"
    prime = prime_of(secret)
    domain = (
        CountedField(secret, prime, sizes)
        if counted
        else FieldDomain(secret, prime, free_letters=True)
    )
    random = Random(secret)
    last = prepared.graph.steps[-1]
    given = {node.key: _given(node, ground, domain, random, last) for node in prepared.graph.given}
    added = {
        node.key: _variables(node, domain, random)
        for node in prepared.graph.computed
        if node.key[0] in laboratory.memory.disturbed
        and (ground.exact is None or node.step not in ground.exact)
    }
    outputs: dict[Key, Array] = {}
    values = forward(prepared.graph, domain, given, added, outputs)
    if ground.far_end:
        whole = prepared.graph
        excerpt = Excerpt(whole.model, whole.count, whole.sizes, whole.nodes)
        prepared = Prepared(excerpt, prepared.block_of)
    return Point(prepared, domain, values, outputs)


def _placed(point: Point, window: Window) -> Placed:
    """The values with the derivatives of the window."""
    assert isinstance(point.domain, FieldDomain)
    random = Random(f"{point.domain.seed}|{window}")
    theta = random.getrandbits(120)
    made: list[Placed] = []
    alone = Point(
        point.prepared,
        point.domain,
        point.values,
        point.outputs,
        point._local,
        swept_by=lambda of: made[0].swept(of),
    )
    made.append(Placed(window, alone, theta, states(point.graph), random))
    return made[0]


def _given(
    node: GraphNode, ground: _Ground, domain: FieldDomain, random: Random, last: int
) -> Array:
    """Variables; targets are divided by their sum, which is a point of their hull."""
    late = node.step is not None and node.step > last
    if node.zero and (not ground.far_end if late else ground.start):
        return zeros(domain, node.shape)
    array = _variables(node, domain, random)
    if node.constraint is None:
        return array
    whole = array.ravel()[0]
    for entry in array.ravel()[1:]:
        whole = whole + entry
    found: Array = array / whole
    return found


def _variables(node: GraphNode, domain: FieldDomain, random: Random) -> Array:
    """Variables with the indices of their places."""
    array = np.empty(node.shape, dtype=object)
    for position in np.ndindex(*node.shape):
        made = array[position] = domain.draw(random)
        if isinstance(domain, CountedField):
            domain.label(made, domain.place_of(node.shape, position))
    return array
