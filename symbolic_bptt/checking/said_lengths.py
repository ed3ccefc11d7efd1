"""The numbers of steps that a claim says it is about: `for T = 2`, `T ≥ 3`, `2 ≤ T ≤ 5`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..evaluation.errors import LimitReached
from ..model.model import Model
from ..model.steps import linear_step
from ..notation.tree import Expr
from .comparison import Claim
from .verdict import Instance


@dataclass(frozen=True)
class SaidLengths:
    """least ≤ steps ≤ most, without some; `offset` is T where there are no steps."""

    least: int = 1
    most: int | None = None
    without: frozenset[int] = frozenset()
    offset: int = 0

    def __contains__(self, count: int) -> bool:
        below = self.most is None or count <= self.most
        return self.least <= count and below and count not in self.without

    @property
    def only(self) -> int | None:
        """The one number of steps, if it is one."""
        return self.least if self.least == self.most else None

    @property
    def words(self) -> str:
        """`T ≥ 3`, `2 ≤ T ≤ 5`, `T ≠ 1`."""
        least = self.least + self.offset if self.least > 1 else None
        most = None if self.most is None else self.most + self.offset
        if self.only is not None:
            said = [f"T = {most}"]
        elif least is not None and most is not None:
            said = [f"{least} ≤ T ≤ {most}"]
        else:
            said = [f"T ≥ {least}"] if least is not None else [f"T ≤ {most}"] if most else []
        return ", ".join([*said, *(f"T ≠ {n + self.offset}" for n in sorted(self.without))])

    def instances(self, planned: Iterable[Instance]) -> tuple[Instance, ...]:
        """The planned instances, moved to the next length that is meant; every size stays."""
        found: list[Instance] = []
        for one in planned:
            count = self._nearest(one.T + self.least - 1)
            moved = None if count is None else replace(one, T=count)
            if moved is not None and moved not in found:
                found.append(moved)
        return tuple(found)

    def _nearest(self, count: int) -> int | None:
        """The next length that is meant, or where there is none, the last before it."""
        above = range(count, count + len(self.without) + 1)
        below = range(min(count, self.most or count), self.least - 1, -1)
        return next((one for one in (*above, *below) if one in self), None)


def said_lengths(claim: Claim, model: Model) -> SaidLengths | None:
    """What a claim says about T; None if nothing. Raises `LimitReached` if that is no number."""
    offset = model.time.letter_T(0)
    found = SaidLengths(offset=offset)
    spans = [span for span in claim.ranges if span.index == "T"]
    for span in spans:
        least = max(found.least, _count(span.lower, offset) if span.lower else 1)
        most = _count(span.upper, offset) if span.upper else found.most
        without = found.without | {_count(one, offset) for one in span.unequal}
        found = SaidLengths(least, most, without, offset)
    return found if found != SaidLengths(offset=offset) else None


def _count(bound: Expr, offset: int) -> int:
    step = linear_step(bound, "")
    if step is None or step.T_multiple:
        raise LimitReached("what is said about T is no number")
    return step.constant - offset
