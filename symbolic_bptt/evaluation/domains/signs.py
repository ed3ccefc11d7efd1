"""Signs as variables: what is equal for free signs is equal under every pattern of them.

Theorem. Let L and R be values in which step(a) is a variable σ_a of the field, with step(−a)
written 1 − σ_a and step(c a), c > 0, written σ_a. If L = R with σ free, it holds in all patterns
σ ∈ {0, 1}, hence at every real point at which no a is 0. *Proof.* Substitute 0 and 1. ∎

So one evaluation decides what k signs would need 2^k for. Where L and R differ with σ free, only
σ² = σ can still make them equal: then the signs of the difference are set to each pattern in turn.
A sign is known by the order in which it is asked, since its argument changes with other signs: a
record of one evaluation steers the next one of the same expressions at the same point.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Sign:
    """step of an argument: known (`value` 0 or 1), or the variable of a class, perhaps 1 − it."""

    number: int | None
    value: int = 0
    flipped: bool = False


@dataclass
class Signs:
    """The signs of one evaluation, in the order in which they were asked.

    given: the record of an earlier evaluation that this one repeats. settings: 0 or 1 for the
    classes that are set. redrawn: classes whose variable gets another random value.
    """

    given: Sequence[Sign] | None = None
    settings: Mapping[int, int] = field(default_factory=dict)
    redrawn: frozenset[int] = frozenset()
    asked: list[Sign] = field(default_factory=list)
    classes: dict[Any, int] = field(default_factory=dict)

    def next(self, classify: Callable[[], Sign]) -> Sign:
        """The sign that is asked now: as in the given record, else as its argument says.

        Raises `LookupError` where the evaluation asks for more signs than the record has.
        """
        sign = classify() if self.given is None else self.given[len(self.asked)]
        self.asked.append(sign)
        return sign

    def of_class(self, key: Any, *, flipped: bool) -> Sign:
        """The sign of an argument, known by what stands for it and its positive multiples."""
        return Sign(self.classes.setdefault(key, len(self.classes)), flipped=flipped)
