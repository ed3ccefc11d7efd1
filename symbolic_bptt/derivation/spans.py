"""Spans of steps low, …, high, whose ends may be counted from T."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cmp_to_key
from itertools import pairwise

from ..notation.sizes import Size
from ..notation.tree import Range
from .indices import compare, index_tree


@dataclass(frozen=True)
class Steps:
    """The steps low, low + 1, …, high."""

    low: Size
    high: Size

    @property
    def is_empty(self) -> bool:
        return compare(self.low, self.high) > 0

    @property
    def single(self) -> bool:
        """Whether it is one step, for every T."""
        return self.low == self.high

    def shifted(self, by: int) -> Steps:
        """Every step later by so many."""
        return Steps(self.low + Size(by), self.high + Size(by))

    def meet(self, other: Steps) -> Steps:
        """The steps in both."""
        return Steps(latest(self.low, other.low), earliest(self.high, other.high))

    def hull(self, other: Steps) -> Steps:
        """The steps in either, and those between."""
        return Steps(earliest(self.low, other.low), latest(self.high, other.high))

    def covers(self, other: Steps) -> bool:
        """Whether all steps of the other are among these."""
        return compare(self.low, other.low) <= 0 and compare(other.high, self.high) <= 0

    def range(self, index: str) -> Range:
        """low ≤ index ≤ high."""
        return Range(index, index_tree(self.low), index_tree(self.high))


def earliest(left: Size, right: Size) -> Size:
    """min, for T large enough."""
    return left if compare(left, right) <= 0 else right


def latest(left: Size, right: Size) -> Size:
    """max, for T large enough."""
    return left if compare(left, right) >= 0 else right


def pieces(spans: list[Steps]) -> list[Steps]:
    """The coarsest division of their hull such that each piece is inside or outside each span."""
    starts = {span.low for span in spans} | {span.high + Size(1) for span in spans}
    cuts = sorted(starts, key=cmp_to_key(compare))
    found = [Steps(low, high - Size(1)) for low, high in pairwise(cuts)]
    return [piece for piece in found if not piece.is_empty]
