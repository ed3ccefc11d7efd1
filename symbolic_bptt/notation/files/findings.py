"""What the reading of one text has found so far: regions, definitions, problems, notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..errors import Kind as ProblemKind
from ..errors import Problem
from ..limits import MAX_DISPLAY_CHARACTERS, MAX_FORMULAS, MAX_PROBLEMS
from ..source import Source
from ..tree import Span
from .region import Region, RegionKind, Stretch

MAX_STRETCHES = 10 * MAX_FORMULAS
"""Regions that are no prose, formulas that only name something among them."""

_RELATIONS = "=<>≤≥≠≈≡∈∝→←≔"


@dataclass
class Findings:
    """Collected while a text is read; everything that is dropped is dropped with a problem."""

    source: Source
    regions: list[Region] = field(default_factory=list)
    definitions: list[Stretch] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)
    formulas: int = 0
    is_full: bool = False
    """Whether a bound was reached: readers stop there."""

    def add(self, kind: RegionKind, start: int, end: int) -> None:
        """A region without delimiters."""
        self._append(Region.of(kind, start, end))
        if kind == "macro":
            self.definitions.append((start, end))

    def add_mathematics(self, region: Region) -> None:
        """A display or an inline formula; beyond the bounds it stays prose, with a problem."""
        if region.inner_end - region.inner_start > MAX_DISPLAY_CHARACTERS:
            message = f"a display of more than {MAX_DISPLAY_CHARACTERS} characters is not read"
            self.problem(message, region.start, region.inner_start, "part it", "limit")
            return
        self.formulas += self._may_judge(region)
        if self.formulas > MAX_FORMULAS:
            message = f"no more than {MAX_FORMULAS} formulas are read"
            self._stop(message, region.start, region.inner_end)
        else:
            self._append(region)

    def _append(self, region: Region) -> None:
        if len(self.regions) < MAX_STRETCHES:
            self.regions.append(region)
        elif not self.is_full:
            message = f"formulas and other text change places more than {MAX_STRETCHES} times"
            self._stop(f"{message}; the rest is not read", region.start, region.inner_end)

    def _stop(self, message: str, start: int, end: int) -> None:
        self.is_full = True
        self.problem(message, start, end, "cut the file in parts", "limit")

    def _may_judge(self, region: Region) -> bool:
        if region.kind == "display":
            return True
        inner = self.source.text[region.inner_start : region.inner_end]
        return any(sign in inner for sign in _RELATIONS)

    def mathematics(self) -> Iterator[Region]:
        """The formulas found so far."""
        return (region for region in self.regions if region.is_mathematics)

    def note(self, text: str) -> None:
        """Something to be told once."""
        self.notes[text] = None

    def problem(
        self, message: str, start: int, end: int, hint: str = "", kind: ProblemKind = "unreadable"
    ) -> None:
        """Something that is wrong at a place. Behind the last of `MAX_PROBLEMS` nothing is read."""
        if kind != "limit" and len(self.problems) == MAX_PROBLEMS:
            if not self.is_full:
                message = f"{MAX_PROBLEMS} things are wrong before this place; the rest is not read"
                self._stop(message, start, end)
            return
        self.problems.append(Problem(message, self.source, Span(start, end), hint, kind))
