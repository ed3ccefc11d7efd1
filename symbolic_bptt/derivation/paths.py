"""How much each step back through time contributes to a gradient.

∂E/∂θ is a sum over pairs: what step j adds to the loss, and the copy of θ that step i uses. The
gradient between them passes through |j − i| steps; how its norm depends on that length is what
vanishing and exploding gradients mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..evaluation.domains.domain import Array
from ..evaluation.domains.floating import FLOAT64
from ..evaluation.graph import Copy, Key, Target
from ..evaluation.unroll import unroll
from ..model.model import Model
from .prepared import prepare
from .staged import Point, point, sweep

Given = Mapping[Key, Array]


@dataclass(frozen=True)
class Contribution:
    """‖(∂E/∂source) (∂source/∂θ_copy)‖, through `length` steps, in the Frobenius norm.

    `source` is the step whose quantities the loss reads, `copy` the step that uses the parameter.
    """

    parameter: str
    source: int
    copy: int
    norm: float

    @property
    def length(self) -> int:
        """|source − copy|."""
        return abs(self.source - self.copy)


def contributions(
    model: Model, count: int, sizes: Mapping[str, int], given: Given
) -> tuple[Contribution, ...]:
    """All pairs with a path between them. Their matrices, not their norms, add up to ∂E/∂θ.

    `given` are float64 arrays for every parameter, input and initial state. Raises `UnrollError`,
    `EvaluationError`.
    """
    graph = unroll(model, count, sizes)
    at = point(prepare(graph), FLOAT64, dict(given))
    return tuple(
        Contribution(parameter, source, copy, float(np.linalg.norm(matrix)))
        for parameter, source, copy, matrix in pairs(at)
    )


def pairs(at: Point) -> Iterator[tuple[str, int, int, Any]]:
    """(θ, j, i, what step j adds to ∂E/∂θ through the copy of step i), in float64."""
    graph = at.graph
    timed = frozenset(node.key for node in graph.computed if node.step is not None)
    direct = sweep(at, graph.loss, held=timed)
    yield from _copies(at, direct, None, None)
    for source, row in direct.items():
        if source in timed:
            yield from _copies(at, sweep(at, source), source[1], row)


def _copies(
    at: Point, found: Mapping[Target, Array], source: int | None, row: Array | None
) -> Iterator[tuple[str, int, int, Any]]:
    for name in at.graph.model.parameters:
        for copy in at.graph.steps:
            matrix = found.get(Copy(name, copy))
            if matrix is not None:
                whole = np.asarray(matrix if row is None else row @ matrix, dtype=float)
                yield name, copy if source is None else source, copy, whole
