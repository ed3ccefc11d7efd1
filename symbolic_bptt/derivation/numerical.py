"""Numerical witnesses that know nothing of derivatives: differences and the complex step.

Each entry costs forward passes, so a long graph gets a random sample of the entries of each
parameter; the others are masked.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import numpy as np

from ..evaluation.domains.domain import Array
from ..evaluation.domains.floating import COMPLEX128, FLOAT64
from ..evaluation.forward import forward
from ..evaluation.graph import Key
from .staged import Point, gradient, local

RELATIVE_STEP = 2.0**-17
"""Near the cube root of the rounding unit, where truncation and rounding balance."""

COMPLEX_STEP = 1e-30
"""No difference is taken, so it may be far below the rounding unit."""


MAX_PASSES = 400
"""Forward passes of one step spent on one parameter."""


def central_differences(at: Point, seed: int = 0) -> dict[str, Array]:
    """(E(p + h) − E(p − h)) / 2h for each entry of each parameter p; error about 1e-10.

    `at` is a float64 point. Wrong across a kink that lies within h.
    """

    def slope(key: Key, place: tuple[int, ...]) -> float:
        h = RELATIVE_STEP * max(1.0, abs(at.values[key][place]))
        ahead, behind = (_loss(at, key, place, shift, FLOAT64, float)[0, 0] for shift in (h, -h))
        return float((ahead - behind) / (2 * h))

    return _each(at, slope, seed)


def complex_step(at: Point, seed: int = 0) -> dict[str, Array]:
    """Im E(p + ih) / h for each entry of each parameter p: exact to rounding.

    Martins, Sturdza and Alonso, The complex-step derivative approximation (2003).
    """

    def slope(key: Key, place: tuple[int, ...]) -> float:
        shifted = _loss(at, key, place, 1j * COMPLEX_STEP, COMPLEX128, complex)
        return float(shifted[0, 0].imag / COMPLEX_STEP)

    return _each(at, slope, seed)


def summands(at: Point) -> dict[str, Array]:
    """Σ over all paths of |Π local derivatives|, for each entry of each parameter.

    It is what the gradient would be if nothing cancelled, so rounding errors are relative to it.
    Cancellation inside one local derivative, as in 1 − s² near s = 1, is not seen.
    """
    absolute = {node.key: np.abs(local(at, node.key)) for node in at.graph.computed}
    return gradient(Point(at.prepared, at.domain, at.values, absolute))


def _each(at: Point, slope: Callable[[Key, tuple[int, ...]], float], seed: int) -> dict[str, Array]:
    result: dict[str, Array] = {}
    allowed = max(1, MAX_PASSES // at.graph.count)
    for name in at.graph.model.parameters:
        key: Key = (name, None)
        array = np.ma.MaskedArray(np.zeros(at.values[key].shape), mask=True)
        places = list(np.ndindex(*array.shape))
        if len(places) > allowed:
            places = Random(seed).sample(places, allowed)
        for place in places:
            array[place] = slope(key, place)
        result[name] = array
    return result


def _loss(
    at: Point, key: Key, place: tuple[int, ...], shift: complex, domain: Any, dtype: type
) -> Array:
    """The loss with one entry of one parameter shifted."""
    given: dict[Key, Array] = {
        node.key: at.values[node.key].astype(dtype) for node in at.graph.given
    }
    given[key][place] += shift
    return forward(at.graph, domain, given)[at.graph.loss]
