"""Axes: how long a vector is, as far as that is known; and their unification.

An axis is a size (`n`, `n+m`, 3) or a hole that a later place fills. The letters of sums and of
entries range over axes too; those of steps over `STEP`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from ..notation.sizes import Size


@dataclass(frozen=True)
class Hole:
    """An axis that is not known yet."""

    number: int


Axis: TypeAlias = "Size | Hole"

STEP = Size.letter("step")
"""What the letters of steps range over: no size, and equal to none."""

ONE = Size(1)


@dataclass
class Unifier:
    """What the holes are known to be. Of two axes only equal ones unify; a hole with any."""

    known: dict[int, Axis] = field(default_factory=dict)
    count: int = 0

    def hole(self) -> Hole:
        """A new axis that is not known yet."""
        self.count += 1
        return Hole(self.count)

    def find(self, axis: Axis) -> Axis:
        """What an axis is known to be."""
        while isinstance(axis, Hole) and axis.number in self.known:
            axis = self.known[axis.number]
        return axis

    def unify(self, left: Axis, right: Axis) -> bool:
        """Make two axes one; False, and nothing changed, if they are different sizes."""
        left, right = self.find(left), self.find(right)
        if left == right:
            return True
        if isinstance(left, Hole):
            self.known[left.number] = right
        elif isinstance(right, Hole):
            self.known[right.number] = left
        else:
            return False
        return True

    def unify_all(self, left: tuple[Axis, ...], right: tuple[Axis, ...]) -> bool:
        """Make two lists of axes one, or change nothing."""
        if len(left) != len(right):
            return False
        before = dict(self.known)
        if all(self.unify(a, b) for a, b in zip(left, right, strict=True)):
            return True
        self.known = before
        return False
