"""Gradients from values alone: central differences and the complex step.

Two witnesses that know no rule of differentiation. The complex step Im f(x + ih)/h with a tiny h
has no cancellation, so it is right to the last digits (W. Squire and G. Trapp, SIAM Review 40,
1998).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

import numpy as np

from .domains.floating import COMPLEX128, FLOAT64
from .forward import forward
from .graph import Graph, Key

DIFFERENCE = 2.0**-17
"""Near the cube root of the machine precision, where truncation and rounding errors balance."""

STEP = 1e-40

MAX_PASSES = 400
"""Forward passes spent on one parameter of a short graph; longer graphs get fewer."""


def central_differences(graph: Graph, given: Mapping[Key, Any], seed: int = 0) -> dict[str, Any]:
    """(E(θ + h) − E(θ − h)) / 2h for every parameter θ; nan for entries left out to save time."""

    def loss(parameter: Key, values: Any) -> float:
        return float(forward(graph, FLOAT64, {**given, parameter: values})[graph.loss][0, 0])

    def slope(parameter: Key, entry: tuple[int, ...]) -> float:
        shifted = [np.array(given[parameter], dtype=float) for _ in range(2)]
        shifted[0][entry] += DIFFERENCE
        shifted[1][entry] -= DIFFERENCE
        above, below = (loss(parameter, values) for values in shifted)
        return (above - below) / (2 * DIFFERENCE)

    return _entry_by_entry(graph, slope, seed)


def complex_step(graph: Graph, given: Mapping[Key, Any], seed: int = 0) -> dict[str, Any]:
    """Im E(θ + ih) / h for every parameter θ; nan for entries left out to save time."""
    whole = {key: np.asarray(array, dtype=complex) for key, array in given.items()}

    def slope(parameter: Key, entry: tuple[int, ...]) -> float:
        values = whole[parameter].copy()
        values[entry] += 1j * STEP
        loss = forward(graph, COMPLEX128, {**whole, parameter: values})[graph.loss][0, 0]
        return float(loss.imag) / STEP

    return _entry_by_entry(graph, slope, seed)


def _entry_by_entry(
    graph: Graph, slope: Callable[[Key, tuple[int, ...]], float], seed: int
) -> dict[str, Any]:
    allowed = max(4, MAX_PASSES // max(1, graph.count))
    found = {}
    for name in graph.model.parameters:
        key: Key = (name, None)
        entries = list(np.ndindex(graph.nodes[key].shape))
        if len(entries) > allowed:
            entries = Random(seed).sample(entries, allowed)
        array = np.full(graph.nodes[key].shape, np.nan)
        for entry in entries:
            array[entry] = slope(key, entry)
        found[name] = array
    return found
