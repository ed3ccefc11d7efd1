"""Everything that a model admits at once: its given quantities in the domain of bounds."""

from __future__ import annotations

import numpy as np

from .domains.domain import Array
from .domains.enclosing import IntervalDomain
from .graph import Graph, Key
from .instance import draw_point


def admitted(graph: Graph, domain: IntervalDomain) -> dict[Key, Array]:
    """Parameters, inputs and initial states as independent variables.

    Any real numbers; 0 for a state that is declared zero; for targets any numbers that sum to one,
    or any mean of one-hot vectors, where the model says so.
    """
    values = draw_point(graph, domain, 0)
    for node in graph.given:
        if node.constraint == "one-hot":
            entries = np.empty(node.shape, dtype=object)
            entries.ravel()[:] = domain.simplex(entries.size)
            values[node.key] = entries
    return values
