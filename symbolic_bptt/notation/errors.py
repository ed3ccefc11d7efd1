"""The one exception that bad input raises, and the list of them that a whole file gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .source import Source
from .tree import Span

Kind = Literal["unreadable", "undefined", "shape", "model", "limit"]


@dataclass(frozen=True)
class Problem:
    """What is wrong, where, and what to write instead."""

    message: str
    source: Source
    span: Span
    hint: str = ""
    kind: Kind = "unreadable"

    def __str__(self) -> str:
        line, column = self.source.line_and_column(self.span.start)
        excerpt = "\n".join("    " + row for row in self.source.excerpt(self.span).splitlines())
        hint = f"\n  {self.hint}" if self.hint else ""
        return f"{self.source.name}:{line}:{column}: {self.message}\n{excerpt}{hint}"


class NotationError(ValueError):
    """Input that cannot be used, with every problem found in it."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))
