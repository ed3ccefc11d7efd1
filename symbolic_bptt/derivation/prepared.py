"""A model prepared for derivatives: its graph, and a program for each equation's local Jacobian."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from ..evaluation.graph import Graph, GraphNode, Key
from .program import Program, from_json, to_json

if TYPE_CHECKING:
    from .jacobians import LocalJacobian

Signature = str
"""What decides a local Jacobian: the equation, its sizes, and how its reads lie around the step."""


@dataclass(frozen=True)
class Stage:
    """∂(group `source`)/∂(group `target`): the program outputs `entries`, at rows and columns."""

    source: int
    target: int
    entries: Any
    rows: Any
    columns: Any


@dataclass(frozen=True)
class Block:
    """The local Jacobian of one equation, as data.

    Groups are the reads, then inner quantities, then the outputs; `sizes` are theirs. Output k of
    the program is the derivative of entry `places[k][2]` of group `places[k][0]` with respect to
    entry `places[k][3]` of group `places[k][1]`. Its inputs are the reads, the letters that are
    used as numbers, and the node itself.
    """

    program: Program
    places: tuple[tuple[int, int, int, int], ...]
    sizes: tuple[int, ...]

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The places gathered by pairs of groups, in the order of a pass backwards."""
        pairs: dict[tuple[int, int], list[int]] = {}
        for entry, (source, target, _, _) in enumerate(self.places):
            pairs.setdefault((source, target), []).append(entry)
        table = np.array(self.places, dtype=int).reshape(-1, 4)
        return tuple(
            Stage(*pair, np.array(pairs[pair]), table[pairs[pair], 2], table[pairs[pair], 3])
            for pair in sorted(pairs, reverse=True)
        )


@dataclass(frozen=True)
class Prepared:
    """The graph, and for each computed node the block of its equation."""

    graph: Graph
    block_of: Mapping[Key, Block]


Blocks = MutableMapping[Signature, Block]


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
            known[name] = _block(graph, node)
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


def block_to_json(block: Block) -> dict[str, Any]:
    """The block as lists, strings and whole numbers."""
    places = [list(place) for place in block.places]
    return {"program": to_json(block.program), "places": places, "sizes": list(block.sizes)}


def block_from_json(data: Any) -> Block:
    """The block written by `block_to_json`. Raises `ValueError` for anything else."""
    try:
        program = from_json(data["program"])
        places = tuple((int(s), int(t), int(r), int(c)) for s, t, r, c in data["places"])
        sizes = tuple(int(size) for size in data["sizes"])
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"not a block: {error}") from None
    inside = all(
        0 <= t < s < len(sizes) and 0 <= r < sizes[s] and 0 <= c < sizes[t] for s, t, r, c in places
    )
    if len(places) != len(program.outputs) or not inside:
        raise ValueError("a block whose entries do not match its program")
    return Block(program, places, sizes)
