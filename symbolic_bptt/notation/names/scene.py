r"""One occurrence, and what is known where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from .facts import Facts
from .forms import Form
from .shape import Shape
from .written import Piece, Written


@dataclass(frozen=True)
class Scene:
    """One occurrence, and what is known where it stands."""

    facts: Facts
    line: int
    written: Written
    form: Form | None
    stem: str
    step: Piece | None
    timed: bool
    function: bool

    @property
    def steps(self) -> frozenset[str]:
        return self.facts.steps[self.line] if self.line < len(self.facts.steps) else frozenset()

    @property
    def every_step(self) -> frozenset[str]:
        """The letters that are steps here: the time index, and those of the line."""
        return self.steps | {self.facts.setting.time_index}

    @property
    def entries(self) -> frozenset[str]:
        inside = self.line < len(self.facts.entries)
        return self.facts.entries[self.line] if inside else frozenset()

    @property
    def indices(self) -> frozenset[str]:
        inside = self.line < len(self.facts.indices)
        return self.facts.indices[self.line] if inside else frozenset()

    def shape(self, piece: Piece) -> Shape:
        return self.facts.setting.shape(piece, self.steps | self.indices)

    def chosen(self, piece: Piece) -> str:
        return self.facts.chosen.get((self.stem, piece.slot), "")
