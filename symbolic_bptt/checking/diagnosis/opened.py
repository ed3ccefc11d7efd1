"""A point at which some edges of the graph are closed, or local Jacobians are altered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ...derivation.block import Block
from ...derivation.staged import Point, local
from ...evaluation.domains.domain import Array, zeros
from ...evaluation.graph import Graph, GraphNode, Key

Edge = tuple[Key, Key]
"""(the node, what it reads)."""


@dataclass(frozen=True)
class EdgeKind:
    """All edges by which `reader` reads `read` from so many steps before; None across the axis."""

    reader: str
    read: str
    back: int | None


def edges(graph: Graph) -> list[Edge]:
    """Every edge between quantities that vary, parameters included."""
    return [
        (node.key, read)
        for node in graph.computed
        for read in node.reads
        if graph.nodes[read].role != "input"
    ]


def kind_of(edge: Edge) -> EdgeKind:
    """What the edges of all steps have in common."""
    (reader, at), (read, before) = edge
    return EdgeKind(reader, read, None if at is None or before is None else at - before)


def closing(at: Point, closed: Iterable[Edge]) -> dict[Key, Array]:
    """The local Jacobians of the nodes concerned, without what passes these edges."""
    zero = zeros(at.domain, (1, 1))[0, 0]
    by_reader: dict[Key, set[Key]] = {}
    for reader, read in closed:
        by_reader.setdefault(reader, set()).add(read)
    changed = {}
    for reader, reads in by_reader.items():
        node = at.graph.nodes[reader]
        targets = {node.reads.index(read) for read in reads}
        entries = local(at, reader).copy()
        for position, (_, target, _, _) in enumerate(at.prepared.block_of[reader].places):
            if target in targets:
                entries[position] = zero
        changed[reader] = entries
    return changed


def with_local(at: Point, changed: Mapping[Key, Array]) -> Point:
    """The point with other local Jacobians at some nodes; its values stay what they are."""
    for key in at.prepared.block_of:
        local(at, key)
    return replace(at, _local={**at._local, **changed}, _swept={}, claimed={})


def altered(
    at: Point, node: GraphNode, source: int, target: int, new: Callable[[Array], Array]
) -> Array:
    """The node's own Jacobian with one stage of it changed, given and returned as a matrix."""
    block: Block = at.prepared.block_of[node.key]
    entries = local(at, node.key).copy()
    for stage in block.stages:
        if (stage.source, stage.target) == (source, target):
            dense: Any = zeros(at.domain, (block.sizes[source], block.sizes[target]))
            dense[stage.rows, stage.columns] = entries[stage.entries]
            entries[stage.entries] = np.asarray(new(dense))[stage.rows, stage.columns]
    return entries
