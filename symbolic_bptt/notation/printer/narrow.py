"""LaTeX for a narrow column: what is too wide for a line is written so that it can be broken."""

from __future__ import annotations

from ..tree import Expr, Node, Quotient
from .latex import TRANSPOSE, LatexPrinter
from .pieces import Pieces, joined
from .precedence import Level
from .widths import width


class NarrowPrinter(LatexPrinter):
    """A fraction wider than `room` points is `a / b`, and such a matrix `[a, b; c, d]`."""

    def __init__(self, room: float, transpose: str = TRANSPOSE) -> None:
        super().__init__(transpose)
        self._room = room

    def level(self, node: Node) -> Level:
        """As in LaTeX, except for the fractions that are written with a slash."""
        match node:
            case Quotient(numerator, denominator):
                barred = super().quotient(numerator, denominator)
                return Level.FACTOR if self._fits(barred) else Level.OPERATION
            case _:
                return super().level(node)

    def quotient(self, numerator: Expr, denominator: Expr) -> Pieces:
        barred = super().quotient(numerator, denominator)
        return barred if self._fits(barred) else self.slashed(numerator, denominator)

    def matrix(self, rows: tuple[tuple[Expr, ...], ...]) -> Pieces:
        table = super().matrix(rows)
        return table if self._fits(table) else self.bracketed(rows)

    def _fits(self, pieces: Pieces) -> bool:
        return width(joined(pieces)) <= self._room
