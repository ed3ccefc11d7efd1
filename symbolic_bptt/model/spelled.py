"""One spelling, one quantity: the declarations of a model file as they are written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ..notation.printer.text import text
from ..notation.tree import Symbol
from .model import TimeAxis
from .steps import LinearStep, linear_step


@dataclass(frozen=True)
class Spelled:
    """A key of a section, its scripts read as steps: h_0, whether a parameter or a state's value.

    `role` says in words what it is declared as.
    """

    key: str
    symbol: Symbol
    role: str

    @cached_property
    def text(self) -> str:
        """Its symbol as it is printed."""
        return text(self.symbol)

    def meets(self, other: Spelled, time: TimeAxis) -> bool:
        """Whether some formula may mean both: h_0 and h_0, x_1 and x_t."""
        if self.text == other.text:
            return True
        mine, its = self.symbol, other.symbol
        if (mine.name, mine.layout) != (its.name, its.layout):
            return False
        steps = [_step(symbol, time) for symbol in (mine, its)]
        return any(
            general == LinearStep(0, 1) and literal is not None and _is_inside(literal, time)
            for general, literal in (steps, steps[::-1])
        )


def _step(symbol: Symbol, time: TimeAxis) -> LinearStep | None:
    return linear_step(symbol.indices[0], time.index) if len(symbol.indices) == 1 else None


def _is_inside(step: LinearStep, time: TimeAxis) -> bool:
    """Whether it is a literal step of the axis: 1, 2, …, or T, T-1, … where T is the last."""
    if step.t_multiple or step.T_multiple not in (0, 1):
        return False
    return time.has(step.constant, from_last=bool(step.T_multiple))
