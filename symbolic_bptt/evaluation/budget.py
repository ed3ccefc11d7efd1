"""A bound on work: evaluation counts what it does and stops when the budget is spent."""

from __future__ import annotations

from dataclasses import dataclass

from .errors import LimitReached

DEFAULT_LIMIT = 400_000
"""Operations on entries and nodes: one or two seconds."""


@dataclass
class Budget:
    """What is left of the work allowed. `spend` raises `LimitReached` before the work is begun."""

    left: int = DEFAULT_LIMIT

    def spend(self, amount: int) -> None:
        if amount > self.left:
            raise LimitReached(f"more than the allowed work: {amount} further operations asked for")
        self.left -= amount
