"""The statements of a document with one letter for another, and where that was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..notation.statements.statement import Bounds, Clause, Statement
from ..notation.surface import nodes
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


@dataclass
class _Places:
    letter: Letter
    found: list[Name] = field(default_factory=list)

    def sequence(self, sequence: nodes.Sequence) -> nodes.Sequence:
        texts = {self.letter.other: self.letter.own}
        return renamed(sequence, texts, self.found, indices=self.letter.indices)

    def bounds(self, bounds: Bounds) -> Bounds:
        return replace(
            bounds,
            lower=bounds.lower and self.sequence(bounds.lower),
            upper=bounds.upper and self.sequence(bounds.upper),
            unequal=tuple(map(self.sequence, bounds.unequal)),
            values=tuple(map(self.sequence, bounds.values)),
        )

    def clause(self, clause: Clause) -> Clause:
        return replace(clause, bounds=tuple(map(self.bounds, clause.bounds)))


def relettered(
    statements: Sequence[Statement], letter: Letter
) -> tuple[list[Statement], dict[int, tuple[tuple[str, Name], ...]]]:
    """The statements in the letter of the model, and for each line the names that are read so."""
    made: list[Statement] = []
    places: dict[int, tuple[tuple[str, Name], ...]] = {}
    for number, statement in enumerate(statements):
        here = _Places(letter)
        operands = tuple(map(here.sequence, statement.operands))
        clauses = tuple(map(here.clause, statement.clauses)) if letter.indices else ()
        changed = replace(statement, operands=operands, clauses=clauses or statement.clauses)
        made.append(changed if here.found else statement)
        if here.found:
            places[number] = tuple((letter.words, name) for name in here.found)
    return made, places
