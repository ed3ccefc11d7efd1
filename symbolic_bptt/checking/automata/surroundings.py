"""What the rules of profiles read: the surroundings of a formula, and the reader of its parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from ...model.model import Model
from ...notation.sizes import Shape
from ...notation.tree import Expr, Range
from ..definitions import Definitions
from ..memory import Memory
from ..reach import is_step
from .profile import Profile, Size


class NoDimension(ValueError):  # noqa: N818  (a finding, not a defect)
    """An expression that no automaton of a known size computes; says which."""


@dataclass(frozen=True)
class Surroundings:
    """What the dimension of a formula hangs on.

    disturbed: whether the names that `memory` lists are free, or remember. free_letters: whether
    T and the steps are variables where they are numbers. entries: how many entries a name that the
    file defines has at one step. downward: the ranges that are written from their high end.
    """

    model: Model
    memory: Memory
    definitions: Definitions
    sizes: Mapping[str, int]
    entries: Callable[[str], int]
    disturbed: bool
    free_letters: bool
    downward: frozenset[Range] = frozenset()

    @cached_property
    def widest(self) -> int:
        """The largest size of an axis of a quantity of the model."""
        shapes = [item.shape for item in self.model.declarations.values()]
        axes = [size.value(self.sizes) for one in shapes for size in (one.rows, one.columns)]
        return max([*self.sizes.values(), *axes], default=1)

    def size(self, shape: Shape) -> Size:
        """How many entries there are along both axes of a declared shape."""
        return shape.rows.value(self.sizes), shape.columns.value(self.sizes)

    def lengths(self, part: Profile) -> tuple[int, int]:
        """Bounds on how many entries there are along both axes."""
        rows, columns = part.shape
        return rows or self.widest, columns or self.widest

    def is_step(self, index: str, body: Expr) -> bool:
        """Whether an index runs over steps; else it runs over entries."""
        return index == self.model.time.index or is_step(index, body)


class Reader(Protocol):
    """What the rules ask: the profile of a part, and what is known of names.

    known: the profiles of names that were read. open: the names that are being read.
    """

    around: Surroundings
    known: dict[str, Profile]
    open: list[str]

    def profile(self, expr: Expr, letters: Mapping[str, str]) -> Profile:
        """The profile of an expression; `letters` are the step letters with their marks."""
