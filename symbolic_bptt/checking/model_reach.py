"""At how many steps near an end a model may not do what it does elsewhere.

Each equation singles out steps by its literals (Σ_{k=1}^{t-9}, 𝟙[t > 8n]), and is seen from the
steps of another: what they reach around a step adds up. What one name hands to the next takes a
step each beside, for a state is 0 until something arrives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import reduce

from ..model.model import Equation
from ..model.steps import linear_step
from ..notation.tree import Expr, Symbol, map_children
from .reach import NOWHERE, Reach, reach


def model_reach(
    equations: Iterable[Equation], handed: int, sizes: Mapping[str, int], time_index: str
) -> int:
    """The reach of all equations together, at these sizes; `handed` is what names hand on."""
    literals = (reach(_at_own_step(one.body, time_index), sizes) for one in equations)
    return handed + reduce(Reach.through, literals, NOWHERE).total


def _at_own_step(expr: Expr, time_index: str) -> Expr:
    """The expression with s_{t-1} written s_t: such offsets are what names hand on."""
    if isinstance(expr, Symbol) and expr.indices:
        step = linear_step(expr.indices[0], time_index)
        if step is not None and step.t_multiple == 1 and not step.T_multiple:
            return replace(expr, indices=(Symbol(time_index), *expr.indices[1:]))
    return map_children(expr, lambda part: _at_own_step(part, time_index))
