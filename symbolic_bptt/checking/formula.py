"""Formulas: one written statement in its file, by its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

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
    """One written statement in its file."""

    source: Source
    span: Span

    @property
    def latex(self) -> str:
        """The formula as written, white space collapsed."""
        return " ".join(self.source.text[self.span.start : self.span.end].split())

    @property
    def line(self) -> int:
        return self.source.line_and_column(self.span.start)[0]

    @property
    def column(self) -> int:
        return self.source.line_and_column(self.span.start)[1]
