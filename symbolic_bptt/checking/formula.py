"""Formulas: one written statement in its file, by its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ..notation.files import Stretch
from ..notation.source import Source
from ..notation.tree import Span


class Placed(Protocol):
    """What is said of a formula by its place: it can be shown, whatever else it is."""

    @property
    def source(self) -> Source: ...

    @property
    def span(self) -> Span: ...

    @property
    def latex(self) -> str: ...

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


@dataclass(frozen=True)
class Formula:
    """One written statement in its file.

    skipped: stretches that do not belong to it, `$ = $` but for the sign.
    """

    source: Source
    span: Span
    skipped: tuple[Stretch, ...] = ()

    @property
    def latex(self) -> str:
        """The formula as written, white space collapsed."""
        ends = [self.span.start, *(end for _, end in self.skipped), self.span.end]
        starts = [*(start for start, _ in self.skipped), self.span.end]
        kept = (self.source.text[start:end] for start, end in zip(ends, starts, strict=False))
        return " ".join(" ".join(kept).split())

    @property
    def line(self) -> int:
        return self.source.line_and_column(self.span.start)[0]

    @property
    def column(self) -> int:
        return self.source.line_and_column(self.span.start)[1]
