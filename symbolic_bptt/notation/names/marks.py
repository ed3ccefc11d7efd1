r"""Scripts that do something with a value, whatever the document: transpose, inverse, and so on."""

from __future__ import annotations

from ..surface.nodes import Item, Name, Number, Operator, Sequence, meaningful
from .braces import single
from .spelling import spelling
from .types import After, Held, Inverse, InverseTranspose, Power, Transpose
from .written import TRANSPOSES, Piece

LETTERS_OF_TRANSPOSE = ("T", "H")
"""Letters that are a transpose above a matrix or vector, unless they mean something else."""

WORDS_OF_TRANSPOSE = frozenset(("Tr", "tr", r"\operatorname{Tr}", r"\operatorname{tr}"))
"""Words that are a transpose as a superscript."""

ELEMENTWISE = frozenset((r"\odot", r"\circ"))


def mark_of(piece: Piece, letters: frozenset[str]) -> After | None:
    """What a script does by itself, or None.

    letters: those of T and H that are a number in the document; above a scalar they are a power.
    """
    if piece.place == "|":
        return Held(piece.body)
    if piece.place != "^" or piece.wrapped:
        return None
    items = tuple(single(item) for item in meaningful(piece.body))
    if len(items) == 1:
        return _transpose(items[0], piece.body, letters)
    if len(items) == 2 and isinstance(items[0], Operator):
        return _signed(items[0], items[1], letters)
    return Transpose() if _is_word(items) else None


def _is_word(items: tuple[Item, ...]) -> bool:
    """`^{Tr}`, the letters of a word that is a transpose."""
    texts = [item.text for item in items if isinstance(item, Name)]
    return len(texts) == len(items) == 2 and "".join(texts) in WORDS_OF_TRANSPOSE


def _transpose(item: Item, body: Sequence, letters: frozenset[str]) -> After | None:
    if not isinstance(item, Name):
        return None
    if item.text in TRANSPOSES | WORDS_OF_TRANSPOSE:
        return Transpose()
    if item.text not in LETTERS_OF_TRANSPOSE:
        return None
    if item.text == "H" and "H" in letters and item.style != "upright":
        return None
    return Transpose(body if item.text in letters and item.style != "upright" else None)


def _signed(operator: Operator, item: Item, letters: frozenset[str]) -> After | None:
    body = Sequence(items=(item,))
    if operator.sign == "-" and isinstance(item, Number) and item.value == 1:
        return Inverse()
    if operator.sign == "-" and isinstance(_transpose(item, body, letters), Transpose):
        return InverseTranspose()
    if operator.sign in ELEMENTWISE:
        return Power(body, elementwise=True)
    return None


def prime_order(piece: Piece) -> int:
    r"""How many primes a script is, `'`, `^{\prime\prime}`; 0 if it is none."""
    if piece.place == "'":
        return piece.primes
    items = meaningful(piece.body)
    primes = [item for item in items if spelling(item) == r"\prime"]
    return len(primes) if items and piece.place == "^" and len(primes) == len(items) else 0
