"""The staged derivative: SymPy's local Jacobians, composed along the graph in any domain.

This is the truth behind every verdict. It grows linearly with the number of steps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

import numpy as np

from ..evaluation.domains.domain import Array, Domain, zeros
from ..evaluation.forward import forward, letter_inputs
from ..evaluation.graph import Copy, Graph, GraphNode, Key, Target
from .prepared import Prepared
from .program import run

Kind = Literal["total", "immediate"]


@dataclass(frozen=True)
class Point:
    """One point of a prepared model: the value of every node, and what was derived there so far.

    `outputs` are the values of equations to which something was added. `claimed` is for whoever
    evaluates further names there. `swept_by` gives total derivatives where steps are missing
    through which they pass.
    """

    prepared: Prepared
    domain: Domain
    values: Mapping[Key, Array]
    outputs: Mapping[Key, Array] = field(default_factory=dict)
    _local: dict[Key, Array] = field(default_factory=dict, repr=False, compare=False)
    _swept: dict[Any, dict[Target, Array]] = field(default_factory=dict, repr=False, compare=False)
    claimed: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)
    swept_by: Callable[[Target], dict[Target, Array]] | None = field(
        default=None, repr=False, compare=False
    )

    @property
    def graph(self) -> Graph:
        return self.prepared.graph


def point(
    prepared: Prepared,
    domain: Domain,
    given: Mapping[Key, Array],
    added: Mapping[Key, Array] | None = None,
) -> Point:
    """The forward pass at given parameters, inputs and initial states. Raises `EvaluationError`.

    `added` is added to the values of some nodes, as an input of its own would be: it changes what
    follows, and no derivative.
    """
    disturbed = added or {}
    outputs: dict[Key, Array] = {}
    values = forward(prepared.graph, domain, given, disturbed, outputs)
    return Point(prepared, domain, values, outputs)


def gradient(at: Point, of: Key | None = None) -> dict[str, Array]:
    """∂of/∂p in the shape of p, for every parameter p; of the loss unless said otherwise."""
    source = at.graph.loss if of is None else of
    shapes = {name: at.graph.nodes[(name, None)].shape for name in at.graph.model.parameters}
    return {
        name: jacobian(at, source, (name, None)).reshape(shape) for name, shape in shapes.items()
    }


def jacobian(
    at: Point, of: Target, wrt: Target, kind: Kind = "total", held: frozenset[Target] = frozenset()
) -> Array:
    """∂of/∂wrt as a matrix: entries of `of` row by row against entries of `wrt` row by row.

    `held` are taken as constants. `immediate` follows only paths inside the step of `of`, whatever
    it reads from other steps held fixed; where `of` has no step, only paths inside the step of
    `wrt`. Raises `KeyError` for a quantity the graph does not have.
    """
    size = _size(at.graph, wrt)
    step = _confined_to(of, wrt) if kind == "immediate" else None
    found = sweep(at, of, step, held).get(wrt)
    return zeros(at.domain, (_size(at.graph, of), size)) if found is None else found


def _confined_to(of: Target, wrt: Target) -> int | None:
    """The step that an immediate derivative stays in; None if it may pass anywhere."""
    if isinstance(of, Copy) or isinstance(wrt, Copy):
        return None if isinstance(of, Copy) else of[1]
    return wrt[1] if of[1] is None else of[1]


def sweep(
    at: Point, of: Target, step: int | None = None, held: frozenset[Target] = frozenset()
) -> dict[Target, Array]:
    """∂of/∂(everything it depends on), by one pass backwards; copies of parameters included.

    With `step`, paths run only through nodes of that step and those without one.
    """
    memo = (of, step, held)
    if memo not in at._swept:
        with at.domain.scope():
            if at.swept_by is not None and step is None and not held:
                at._swept[memo] = at.swept_by(of)
            else:
                at._swept[memo] = _swept(at, of, step, held)
    return at._swept[memo]


def sweep_with(at: Point, of: Key, fixed: Mapping[Key, Array]) -> dict[Target, Array]:
    """The same pass, with the derivatives by some nodes replaced by given rows.

    What comes back through a fixed node does not depend on what lies behind it.
    """
    with at.domain.scope():
        return _swept(at, of, None, frozenset(), fixed)


def _swept(
    at: Point,
    of: Target,
    step: int | None,
    held: frozenset[Target],
    fixed: Mapping[Key, Array] | None = None,
) -> dict[Target, Array]:
    nodes = at.graph.nodes
    adjoints: dict[Target, Array] = {of: _identity(at.domain, _size(at.graph, of))}
    if isinstance(of, Copy):
        return adjoints | {of.whole: adjoints[of]}
    for key in reversed(list(nodes)):
        node = nodes[key]
        if fixed is not None and key in fixed:
            adjoints[key] = fixed[key]
        if node.equation is None or key not in adjoints or (key in held and key != of):
            continue
        if step is not None and key != of and key[1] not in (None, step):
            continue
        for read, passed in through(at, node, adjoints[key]):
            if nodes[read].role == "parameter":
                assert node.used_at is not None
                copy = Copy(read[0], node.used_at)
                _accumulate(adjoints, copy, passed)
                if copy in held:
                    continue
            _accumulate(adjoints, read, passed)
    return adjoints


def through(
    at: Point,
    node: GraphNode,
    adjoint: Array,
    is_wanted: Callable[[Key], bool] = lambda _: True,
) -> list[tuple[Key, Array]]:
    """adjoint · (the node's own Jacobian), for everything it reads that is wanted."""
    block = at.prepared.block_of[node.key]
    entries = local(at, node.key)
    groups: dict[int, Array] = {len(block.sizes) - 1: adjoint}
    for stage in block.stages:
        if stage.source not in groups:
            continue  # what cancels, as in f(z) - f(z), passes nothing on
        if stage.target < len(node.reads) and not is_wanted(node.reads[stage.target]):
            continue
        if stage.target not in groups:
            shape = (len(adjoint), block.sizes[stage.target])
            groups[stage.target] = zeros(at.domain, shape)
        terms = groups[stage.source][:, stage.rows] * entries[stage.entries]
        np.add.at(groups[stage.target].T, stage.columns, terms.T)
    return [(read, groups[i]) for i, read in enumerate(node.reads) if i in groups]


def _accumulate(adjoints: dict[Target, Array], target: Target, passed: Array) -> None:
    adjoints[target] = adjoints[target] + passed if target in adjoints else passed


def local(at: Point, key: Key) -> Array:
    """The entries of a node's own Jacobian, as its block places them."""
    known = at._local.get(key)
    if known is None:
        node = at.graph.nodes[key]
        inputs = [element for read in node.reads for element in at.values[read].flat]
        inputs.extend(letter_inputs(node, at.graph, at.domain))
        inputs.extend(at.outputs.get(key, at.values[key]).flat)
        outputs = run(at.prepared.block_of[key].program, at.domain, inputs)
        known = np.empty(len(outputs), dtype=at.domain.dtype)
        known[:] = outputs
        at._local[key] = known
    return known


def _size(graph: Graph, target: Target) -> int:
    rows, columns = graph.shape_of(target)
    return rows * columns


def _identity(domain: Domain, size: int) -> Array:
    array = zeros(domain, (size, size))
    array[np.arange(size), np.arange(size)] = domain.number(Fraction(1))
    return array
