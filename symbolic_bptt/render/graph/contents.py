"""What a picture of a model shows: which quantities, which arrows, what stands at them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ...derivation.flow import Flow, gradient_flow, paths_of, symbol_of
from ...evaluation.graph import Graph, Key
from ...notation.tree import Derivative, Expr, Statement, Symbol

Kind = Literal["computed", "given", "loss", "parameter"]
Direction = Literal["forward", "backward"]


@dataclass(frozen=True)
class Highlight:
    """A parameter whose paths to the loss stand out; with `step`, those of its copy there."""

    parameter: str
    step: int | None = None


@dataclass(frozen=True)
class Item:
    """A quantity to be drawn. `step` is its column; `bright` is False off the highlighted paths."""

    key: Key
    kind: Kind
    symbol: Symbol
    step: int
    reads: tuple[Key, ...]
    equation: Statement | None = None
    bright: bool = True


@dataclass(frozen=True)
class Link:
    """An arrow. Forward: from what is read to its reader. Backward: the other way, with `label`.

    `sort` is the same for arrows that are the same at every step.
    """

    start: Key
    end: Key
    direction: Direction
    label: Expr | None = None
    sort: tuple[object, ...] = ()
    bright: bool = True


@dataclass(frozen=True)
class Contents:
    """Everything in the picture, without places."""

    graph: Graph
    items: dict[Key, Item]
    links: tuple[Link, ...]


def contents(graph: Graph, highlight: Highlight | None = None) -> Contents:
    """The quantities but the parameters; of a highlighted one, the copies that the steps use."""
    if highlight is None:
        lit = frozenset(graph.nodes)
    else:
        lit = paths_of(graph, highlight.parameter, highlight.step)
    items = {item.key: item for item in _items(graph, highlight, lit)}
    links = (*_forward(items), *_backward(graph, items))
    return Contents(graph, items, links)


def _items(graph: Graph, highlight: Highlight | None, lit: frozenset[Key]) -> Iterator[Item]:
    read = {key for node in graph.computed for key in node.reads}
    for node in graph.nodes.values():
        if node.role == "parameter" or (node.role != "defined" and node.key not in read):
            continue
        kind: Kind = "computed" if node.role == "defined" else "given"
        if node.key == graph.loss:
            kind = "loss"
        equation = None
        if node.equation is not None:
            equation = Statement((symbol_of(graph, node.key), node.equation.body), ("=",))
        reads = node.reads
        if highlight is not None and (highlight.parameter, None) in reads:
            reads = (*reads, (_copied(highlight.parameter), node.used_at))
        yield Item(
            node.key,
            kind,
            symbol_of(graph, node.key),
            _column(graph, node.key),
            reads,
            equation,
            node.key in lit,
        )
    if highlight is not None:
        yield from _copies(graph, highlight)


def _copies(graph: Graph, highlight: Highlight) -> Iterator[Item]:
    """One item for each step that uses the parameter."""
    name = highlight.parameter
    used = [node.used_at for node in graph.computed if (name, None) in node.reads]
    for step in sorted({step for step in used if step is not None}):
        symbol = symbol_of(graph, (name, step))
        bright = highlight.step in (None, step)
        yield Item((_copied(name), step), "parameter", symbol, step, (), None, bright)


def _copied(name: str) -> str:
    """A name that no quantity of a model has: that of a parameter's copies."""
    return f"copy of {name}"


def _column(graph: Graph, key: Key) -> int:
    if key[1] is not None:
        return key[1]
    node = graph.nodes[key]
    if node.used_at is not None:
        return node.used_at
    readers = [n.used_at for n in graph.computed if key in n.reads and n.used_at is not None]
    return min(readers, default=graph.steps[-1])


def _forward(items: dict[Key, Item]) -> Iterator[Link]:
    for item in items.values():
        for read in item.reads:
            if read in items:
                bright = item.bright and items[read].bright
                yield Link(read, item.key, "forward", bright=bright)


def _backward(graph: Graph, items: dict[Key, Item]) -> Iterator[Link]:
    for flow in gradient_flow(graph):
        read = flow.read if flow.copy is None else (_copied(flow.read[0]), flow.copy)
        if read in items:
            bright = items[flow.reader].bright and items[read].bright
            label = flow.local
            if label is None:
                label = _unwritten(items[flow.reader].symbol, items[read].symbol)
            yield Link(flow.reader, read, "backward", label, _sort(flow, read), bright)


def _unwritten(of: Symbol, wrt: Symbol) -> Expr:
    """∂⁺of/∂wrt: a derivative that is no matrix stands for itself."""
    return Derivative("immediate", of, wrt)


def _sort(flow: Flow, read: Key) -> tuple[object, ...]:
    steps = (flow.reader[1], read[1])
    offset = None if None in steps else (steps[0] or 0) - (steps[1] or 0)
    return (flow.reader[0], read[0], offset)
