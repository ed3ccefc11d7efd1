"""The statements of a document with one letter for another, and where that was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..notation.statements.renaming import reindexed
from ..notation.statements.statement import Statement
from ..notation.surface.nodes import Name
from ..notation.surface.renaming import renamed


@dataclass(frozen=True)
class Letter:
    """A letter of the document, the one it is read as, and what that is in words.

    indices: whether it is also read so where it is an index.
    """

    other: str
    own: str
    words: str
    indices: bool = False


def relettered(
    statements: Sequence[Statement], letter: Letter
) -> tuple[list[Statement], dict[int, tuple[tuple[str, Name], ...]]]:
    """The statements in the letter of the model, and for each line the names that are read so."""
    made: list[Statement] = []
    places: dict[int, tuple[tuple[str, Name], ...]] = {}
    texts = {letter.other: letter.own}
    for number, statement in enumerate(statements):
        found: list[Name] = []
        if letter.indices:
            changed = reindexed(statement, texts, found)
        else:
            operands = tuple(renamed(one, texts, found) for one in statement.operands)
            changed = replace(statement, operands=operands)
        made.append(changed if found else statement)
        if found:
            places[number] = tuple((letter.words, name) for name in found)
    return made, places
