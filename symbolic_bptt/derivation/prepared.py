"""A model prepared for derivatives: its graph, and a program for each equation's local Jacobian."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..evaluation.graph import Graph, GraphNode, Key
from .block import Block
from .tested import trusted

if TYPE_CHECKING:
    from .jacobians import LocalJacobian

Signature = str
"""What decides a local Jacobian: the equation, its sizes, and how its reads lie around the step."""


@dataclass(frozen=True)
class Prepared:
    """The graph, and for each computed node the block of its equation."""

    graph: Graph
    block_of: Mapping[Key, Block]


Blocks = MutableMapping[Signature, Block]


class StoredBlocks(dict[Signature, Block]):
    """Blocks that are known, and what an earlier run `stored`: data that is not believed untested.

    `renewed` says that a block was derived which the store did not have, or had wrong.
    """

    def __init__(self, stored: Mapping[Signature, Any]) -> None:
        super().__init__()
        self.stored = dict(stored)
        self.renewed = False

    def recall(self, name: Signature, graph: Graph, node: GraphNode) -> Block | None:
        """The stored block of a node, if it passes its test; it is looked at only once."""
        data = self.stored.pop(name, None)
        block = None if data is None else trusted(data, graph, node)
        self.renewed = self.renewed or block is None
        return block


def prepare(graph: Graph, blocks: Blocks | None = None) -> Prepared:
    """Local Jacobians for every node. `blocks` holds those known already, and receives new ones.

    SymPy is imported only if a block is missing: graphs of one model that differ in the number of
    steps share theirs.
    """
    known: Blocks = {} if blocks is None else blocks
    block_of: dict[Key, Block] = {}
    for node in graph.computed:
        name = signature(graph, node)
        if name not in known:
            stored = known.recall(name, graph, node) if isinstance(known, StoredBlocks) else None
            known[name] = stored or _block(graph, node)
        block_of[node.key] = known[name]
    return Prepared(graph, block_of)


def signature(graph: Graph, node: GraphNode) -> Signature:
    """One string for all nodes that share a local Jacobian."""
    names = [name for name, _ in node.letters]
    index = next(i for i, e in enumerate(graph.model.equations) if e is node.equation)
    reads = []
    for name, step in node.reads:
        relative = step if node.step is None or step is None else step - node.step
        reads.append((name, relative, graph.nodes[(name, step)].shape))
    return repr((index, node.key[0], node.step is None, node.literals, names, node.shape, reads))


def _block(graph: Graph, node: GraphNode) -> Block:
    from .jacobians import differentiate

    return block_of(differentiate(graph, node))


def block_of(local: LocalJacobian) -> Block:
    """A local Jacobian as data."""
    from .compile import compile_expressions

    inputs = {symbol: position for position, symbol in enumerate(local.inputs)}
    derivatives = [entry.derivative for entry in local.entries]
    program = compile_expressions(derivatives, inputs, dict(local.cuts))
    places = tuple((e.source, e.target, e.row, e.column) for e in local.entries)
    return Block(program, places, local.sizes)
