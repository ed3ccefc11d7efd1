"""Whether a local Jacobian is that of its equation: tested at a random point, not believed.

The equation is evaluated in dual numbers over a finite field, at a random point and along a random
direction v; the block's entries are evaluated at the same point and multiplied by v. The block may
ask for no function value that the equation and its derivative do not ask for. One that is not the
derivative passes with a chance of about degree/2^126 (2^-16 if only the sign of a root √(x²) tells
the difference); one that passes equals the derivative wherever both are defined.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import prod
from random import Random
from typing import Any

import numpy as np

from ..evaluation.domains.domain import Array
from ..evaluation.domains.dual import Dual, DualDomain
from ..evaluation.domains.opaque import OpaqueDomain
from ..evaluation.errors import UndefinedValue
from ..evaluation.forward import forward_step, letter_inputs
from ..evaluation.graph import Graph, GraphNode
from .block import Block, block_from_json
from .program import run

POINTS_WITH_ROOTS = 16
TRIES = 100
"""Points drawn until so many have a value; nested roots have none at half of them."""


def trusted(data: Any, graph: Graph, node: GraphNode) -> Block | None:
    """The block that the data are, if it is the local Jacobian of the node. Never raises."""
    reads = [prod(graph.nodes[key].shape) for key in node.reads]
    functions = {name: one.arguments for name, one in graph.model.functions.items()}
    try:
        block = block_from_json(data, reads, len(node.letters), prod(node.shape), functions)
        return block if is_derivative(block, graph, node) else None
    except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError, MemoryError):
        return None


def is_derivative(block: Block, graph: Graph, node: GraphNode) -> bool:
    """Whether J v, by the block, is the slope of the equation along v, at random points.

    Raises an `EvaluationError` or `ArithmeticError` where the block has no value at one.
    """
    passed, free = 0, frozenset(name for name, _ in node.letters)
    for _ in range(TRIES):
        field = OpaqueDomain(free_letters=free)
        try:
            reads, outputs = _evaluated(graph, node, DualDomain(field))
        except UndefinedValue:
            continue
        letters = letter_inputs(node, graph, field)
        if not _agrees(block, reads, letters, outputs, field.sealed()):
            return False
        passed += 1
        if passed == POINTS_WITH_ROOTS or not any(name == "sqrt" for name, *_ in field.atoms):
            return True
    return False


def _evaluated(
    graph: Graph, node: GraphNode, domain: DualDomain
) -> tuple[list[list[Dual]], list[Dual]]:
    """What the equation reads, drawn at random, and what it gives."""
    reads = {key: _drawn(domain, graph.nodes[key].shape) for key in node.reads}
    outputs = forward_step(graph, domain, reads, node)
    return [list(array.flat) for array in reads.values()], list(outputs.flat)


def _agrees(
    block: Block,
    reads: list[list[Dual]],
    letters: list[Any],
    outputs: list[Dual],
    field: OpaqueDomain,
) -> bool:
    read = [dual.value for group in reads for dual in group]
    inputs = [*read, *letters, *(dual.value for dual in outputs)]
    entries = run(block.program, field, inputs)
    directions = [[dual.slope for dual in group] for group in reads]
    return _pushed(block, entries, directions, field) == [dual.slope for dual in outputs]


def _drawn(domain: DualDomain, shape: tuple[int, int]) -> Array:
    array, random = np.empty(shape, dtype=object), Random()
    array.ravel()[:] = [domain.draw(random) for _ in range(array.size)]
    return array


def _pushed(
    block: Block, entries: Sequence[Any], directions: Sequence[list[Any]], field: OpaqueDomain
) -> list[Any]:
    """J v, stage by stage from the reads to the outputs."""
    zero = field.number(Fraction(0))
    along = [*directions, *([zero] * size for size in block.sizes[len(directions) :])]
    for stage in reversed(block.stages):
        for entry, row, column in zip(stage.entries, stage.rows, stage.columns, strict=True):
            passed = entries[entry] * along[stage.target][column]
            along[stage.source][row] = along[stage.source][row] + passed
    return along[-1]
