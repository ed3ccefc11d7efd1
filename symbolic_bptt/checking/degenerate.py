"""Parameters that the loss does not depend on: about them any formula may pass."""

from __future__ import annotations

import numpy as np

from ..derivation.staged import gradient
from ..evaluation.unroll import UnrollError
from .laboratory import Laboratory


def degenerate_parameters(laboratory: Laboratory) -> tuple[str, ...]:
    """The parameters whose gradient is zero at random points of two lengths, with free signs."""
    fixed = laboratory.model.literal_length
    counts = (fixed,) if fixed else (2, 3)
    found: set[str] | None = None
    for count in counts:
        try:
            at = laboratory.field_point(laboratory.instance(count))
        except UnrollError:  # a loss that names a step, E = E_3, has no shorter instance
            continue
        zero = {name for name, array in gradient(at).items() if not np.any(array != 0)}
        found = zero if found is None else found & zero
    return tuple(name for name in laboratory.model.parameters if found and name in found)
