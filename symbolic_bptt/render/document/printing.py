"""How the formulas of one document are printed, in prose and in displays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ...notation.printer.latex import TRANSPOSE, LatexPrinter
from ...notation.printer.lines import aligned_rows
from ...notation.sizes import Shape
from ...notation.tree import Node, Statement
from ..notations.apply import dressed
from .structure import Inline, Reference, Text


@dataclass(frozen=True)
class Printing:
    """A LaTeX printer, and what words around the formulas become."""

    words: Callable[[str], str]
    refer: Callable[[Reference], str]
    left: str = "$"
    right: str = "$"
    transpose: str = TRANSPOSE
    bold: Mapping[str, str] = field(default_factory=dict)
    _printer: LatexPrinter = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_printer", LatexPrinter(self.transpose))

    def latex(self, node: Node) -> str:
        """One formula."""
        return self._printer.line(dressed(node, self.bold))

    def rows(self, statements: Sequence[Statement], column: float) -> list[list[str]]:
        """The rows of each statement of a display, aligned, none wider than the column."""
        shown = [dressed(statement, self.bold) for statement in statements]
        return aligned_rows(shown, column, self.transpose)

    def prose(self, text: Text) -> str:
        """Words and formulas in one line."""
        return "".join(map(self._inline, text))

    def _inline(self, part: Inline) -> str:
        match part:
            case str():
                return self.words(part)
            case Shape():
                return self.left + shape(part) + self.right
            case Reference():
                return self.refer(part)
            case _:
                return self.left + self.latex(part) + self.right


def shape(of: Shape) -> str:
    r"""`n \times m`, or the word scalar."""
    written = str(of)
    return r"\text{scalar}" if of.is_scalar else written.replace(" x ", r" \times ")
