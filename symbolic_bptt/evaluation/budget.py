"""A bound on work: evaluation counts what it does and stops when the budget is spent."""

from __future__ import annotations

from dataclasses import dataclass

from .errors import LimitReached

DEFAULT_LIMIT = 600_000
"""Operations on entries and nodes in one evaluation: two or three seconds."""

LINE_LIMIT = 1_000_000
"""Operations on one line of a document: its readings, its evidence, and why it does not hold."""


@dataclass
class Budget:
    """What is left of the work allowed. `spend` raises `LimitReached` before the work is begun.

    What a share of another budget spends is spent of that one too. A budget that was asked for more
    than it had is spent: whatever draws from it next stops at once.
    """

    left: int = DEFAULT_LIMIT
    whole: Budget | None = None

    def spend(self, amount: int) -> None:
        if amount > self.left:
            self.left = 0
            raise LimitReached("this takes more work than is allowed for one line")
        if self.whole is not None:
            self.whole.spend(amount)
        self.left -= amount

    def share(self, limit: int) -> Budget:
        """A part of it for one purpose, at most `limit`."""
        return Budget(limit, self)
