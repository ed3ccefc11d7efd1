"""Equations broken over lines, so that none is wider than the column it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from ..tree import Statement
from .latex import TRANSPOSE, latex
from .narrow import NarrowPrinter
from .pieces import Piece, Pieces, joined
from .widths import width

COLUMN = 345.0
"""Width in points of the text of a one-column article at 10pt."""

_QUAD = 10.0
_MARGIN = 4.0


@dataclass
class _Rows:
    """Rows being filled: the first `first` points wide, the others `rest`."""

    first: float
    rest: float
    rows: list[list[Piece]] = field(default_factory=lambda: [[]])

    def place(self, pieces: Sequence[Piece]) -> None:
        """Add the pieces, broken at the outermost places that make them fit."""
        depths = [piece.depth for piece in pieces[1:] if piece.depth is not None]
        if self._fits(pieces) or not depths:
            self.rows[-1].extend(pieces)
            return
        for position, part in enumerate(_split(pieces, min(depths))):
            if not self._fits(part) and position and self._is_worth_a_row(part):
                self.rows.append([])
            self.place(part)

    def _fits(self, pieces: Iterable[Piece]) -> bool:
        room = self.first if len(self.rows) == 1 else self.rest
        return width(joined((*self.rows[-1], *pieces))) <= room

    def _is_worth_a_row(self, part: Sequence[Piece]) -> bool:
        """A part that a whole row cannot hold may as well begin on a row that is half empty."""
        return width(joined(part)) <= self.rest or width(joined(self.rows[-1])) > self.rest / 2


def break_lines(statement: Statement, column: float = COLUMN) -> str:
    """The statement as an `align*` block in which no line is wider than `column` points."""
    return align([statement], column)


def align(
    statements: Sequence[Statement],
    column: float = COLUMN,
    environment: str = "align*",
    transpose: str = TRANSPOSE,
) -> str:
    """The statements as one `align*` block, aligned at their first relations.

    A line is broken at a relation first, then before + and −, before ⊙, between factors, and only
    then inside parentheses; a fraction or matrix that is itself too wide is written on the line.
    Read again, the block gives the same statements, except that such a matrix of one column is
    then a concatenation. Cases and scripts are not broken.
    """
    rows = [row for rows in aligned_rows(statements, column, transpose) for row in rows]
    body = " \\\\\n".join(rows)
    return f"\\begin{{{environment}}}\n{body}\n\\end{{{environment}}}"


def aligned_rows(
    statements: Sequence[Statement], column: float = COLUMN, transpose: str = TRANSPOSE
) -> list[list[str]]:
    """The rows of each statement, with `&` where they are aligned."""
    room = column - _MARGIN
    left = max((_left_side(statement, room) for statement in statements), default=0.0)
    return [_rows(statement, left, room, transpose) for statement in statements]


def _left_side(statement: Statement, room: float) -> float:
    """How much room is kept for the left side: none if it is so long that it takes its own row."""
    own = width(latex(statement.operands[0]))
    return own if own <= room / 3 and len(statement.operands) > 1 else 0.0


def _rows(statement: Statement, left: float, room: float, transpose: str) -> list[str]:
    room -= left
    first, *claims = NarrowPrinter(room - 2 * _QUAD, transpose).claims(statement)
    if not _left_side(statement, room + left):
        hanging = [row for claim in claims for row in _block(claim, 1, room)]
        return [*_block(first, 0, room), *hanging]
    whole = tuple(chain.from_iterable(claims))
    blocks = [whole] if width(joined(whole)) <= room else claims
    rows = [row for block in blocks for row in _block(block, 0, room)]
    return [f"{joined(first)} {rows[0]}", *rows[1:]]


def _block(pieces: Pieces, indent: int, room: float) -> list[str]:
    rows = _Rows(room - indent * _QUAD, room - (indent + 1) * _QUAD)
    rows.place(pieces)
    return [
        "&" + r"\quad " * (indent + (position > 0)) + joined(_balanced(row)).strip()
        for position, row in enumerate(rows.rows)
    ]


def _split(pieces: Sequence[Piece], depth: int) -> list[list[Piece]]:
    parts: list[list[Piece]] = [[]]
    for position, piece in enumerate(pieces):
        if position and piece.depth == depth:
            parts.append([])
        parts[-1].append(piece)
    return parts


def _balanced(row: Sequence[Piece]) -> list[Piece]:
    r"""The row with \left and \right that have no partner in it replaced by \Bigl and \Bigr."""
    opened: list[int] = []
    balanced = list(row)
    for position, piece in enumerate(row):
        if piece.text == r"\left(":
            opened.append(position)
            balanced[position] = Piece(r"\Bigl(")
        elif piece.text == r"\right)" and opened:
            balanced[opened.pop()] = Piece(r"\left(")
        elif piece.text == r"\right)":
            balanced[position] = Piece(r"\Bigr)")
    return balanced
