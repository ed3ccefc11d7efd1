"""How far two gradients in floating point are apart, relative to their size."""

from __future__ import annotations

from typing import Any

import numpy as np

CANCELLED = 2.0**-10
"""A gradient below this share of its summands has lost so many bits of its own to rounding."""

SMALLEST = 1e-200
"""What an exact zero without summands counts as, so that any number beside it is far off."""


def relative_error(found: Any, expected: Any, summands: Any) -> float:
    """max |found − expected| / max |expected|, over all entries that are not masked.

    Where the summands of `expected` cancel, their size counts instead: max |expected| is taken to
    be at least 2^-10 max |summands|. Infinite where a number is not finite.
    """
    difference = np.ma.compressed(np.ma.abs(np.ma.asarray(found) - expected))
    largest = max(
        float(np.max(np.abs(expected), initial=0.0)),
        CANCELLED * float(np.max(np.abs(summands), initial=0.0)),
        SMALLEST,
    )
    if not (np.isfinite(difference).all() and np.isfinite(largest)):
        return float("inf")
    return float(np.max(difference, initial=0.0)) / largest
