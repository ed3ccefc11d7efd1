"""Parameters that the loss does not depend on: about them any formula may pass."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..derivation.staged import gradient
from ..evaluation.unroll import UnrollError
from ..model.model import Model
from ..notation.tree import Expr, Node, Number, children
from .constant import Constants
from .definitions import Definitions
from .laboratory import Laboratory
from .reach import NUMERIC, magnitude

SHORT = (2, 3)
"""The lengths at which a gradient that is not 0 is seen, but for what a model does late."""

FARTHEST = 64
"""What a model may do later than this is not looked at: nothing is said of it."""


def degenerate_parameters(laboratory: Laboratory) -> tuple[str, ...]:
    """The parameters whose gradient is zero with free signs, also beyond all numbers named."""
    fixed = laboratory.model.literal_length
    found = _without_effect(laboratory, (fixed,) if fixed else SHORT)
    if found and not fixed:
        found &= _without_effect(laboratory, _late(laboratory))
    return tuple(name for name in laboratory.model.parameters if name in found)


def _without_effect(laboratory: Laboratory, counts: tuple[int, ...]) -> set[str]:
    """The parameters whose gradient is zero at random points of all these lengths."""
    found: set[str] | None = None
    for count in counts:
        try:
            at = laboratory.field_point(laboratory.instance(count))
        except UnrollError:  # a loss that names a step, E = E_3, has no shorter instance
            continue
        zero = {name for name, array in gradient(at).items() if not np.any(array != 0)}
        found = zero if found is None else found & zero
    return found or set()


def _late(laboratory: Laboratory) -> tuple[int, ...]:
    """A length beyond every reach of the model, and all its numbers; none where that is too far."""
    model = laboratory.model
    numbers = sum(magnitude(one, {}) for e in model.equations for one in _numbers(e.body))
    late = laboratory.memory.reach(laboratory.instance(SHORT[0]).sizes) + numbers + 2
    return (late,) if late <= FARTHEST and not _counts(model) else ()


def _counts(model: Model) -> bool:
    bodies = [equation.body for equation in model.equations]
    return bool(Constants(model, Definitions()).memory(bodies, equations=True))


def _numbers(node: Node) -> Iterator[Expr]:
    """The largest parts that are made of literals alone: 3 · 3 · 3 as one."""
    if isinstance(node, NUMERIC) and _is_literal(node):
        yield node
    else:
        for child in children(node):
            yield from _numbers(child)


def _is_literal(node: Node) -> bool:
    if not isinstance(node, NUMERIC):
        return False
    return isinstance(node, Number) or all(map(_is_literal, children(node)))
