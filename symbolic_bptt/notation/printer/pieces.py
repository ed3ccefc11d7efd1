"""Printed mathematics as a row of pieces, to be joined on one line or broken over several."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

PARENTHESES = 4
"""How much deeper the breaks inside parentheses are than those around them."""

RELATION_DEPTH, SUM_DEPTH, OPERATION_DEPTH, PRODUCT_DEPTH = range(PARENTHESES)


@dataclass(frozen=True)
class Piece:
    """Some printed signs. A line may be broken before them if `depth` is given, smaller first."""

    text: str
    depth: int | None = None


Pieces = tuple[Piece, ...]


def solid(*texts: str) -> Pieces:
    """One piece that no line break may divide."""
    return (Piece("".join(texts)),)


def joined(pieces: Iterable[Piece]) -> str:
    """All pieces on one line."""
    return "".join(piece.text for piece in pieces)


def deeper(pieces: Pieces) -> Pieces:
    """The same pieces as the content of parentheses."""
    return tuple(
        piece if piece.depth is None else replace(piece, depth=piece.depth + PARENTHESES)
        for piece in pieces
    )
