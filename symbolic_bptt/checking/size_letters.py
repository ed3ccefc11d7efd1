r"""A letter of a size that a document uses as an index: m of `q_{t,l} = V_{lm} s_{t,m}`.

The letters of sizes are the model file's own affair. In a document m may be an index like any
other; read as the number m it would be the last entry. It is an index where it stands as the index
of an entry, and nowhere else: in no limit, no range, no list with dots, and not as a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import ascii_lowercase

from ..notation.displays import Text
from ..notation.elaboration.document import Document
from ..notation.elaboration.indices import letter_text
from ..notation.elaboration.lines import nodes
from ..notation.statements.statement import Clause, Statement
from ..notation.surface.nodes import Big, Dots, Item, Name, Script, Scripted, meaningful
from ..notation.tokens.token import Token


def index_letters(document: Document, text: Text) -> dict[str, str]:
    """Every letter of a size that is an index in a document, and a letter that is free for it."""
    given = document.given
    entered = {
        letter
        for line in range(len(document.statements))
        for _, read in document.signature.occurrences(line)
        for part in read.entries
        if len(items := meaningful(part)) == 1 and (letter := letter_text(items[0])) is not None
    }
    alone = [one.clause for display in text.displays for one in display.read.clauses_alone]
    other = {name for one in document.statements for name in _elsewhere(one)} | _ranged(alone)
    found = sorted((entered & given.sizes) - other - {given.time_index})
    taken = _written(document) | given.sizes | {one.key[:1] for one in given.declared}
    spare = (one for one in "ijklpqr" + ascii_lowercase if one not in taken | {given.time_index})
    return dict(zip(found, spare, strict=False))


def _written(document: Document) -> set[str]:
    every = (node for one in document.statements for part in one.operands for node in nodes(part))
    return {node.text for node in every if isinstance(node, Name)} | {"e", "d"}


def _elsewhere(statement: Statement) -> Iterator[str]:
    """The letters that are written as something else than an index."""
    every = [node for operand in statement.operands for node in nodes(operand)]
    if any(isinstance(node, Dots) for node in every):
        yield from (node.text for node in every if isinstance(node, Name))
    yield from _ranged(statement.clauses)
    for operand in statement.operands:
        yield from _outside(operand)


def _outside(item: Item) -> Iterator[str]:
    """The names outside of scripts, and those in the limits of sums and above others."""
    pending: list[Item] = [item]
    while pending:
        node = pending.pop()
        if isinstance(node, Name):
            yield node.text
        limits = isinstance(node, Scripted) and isinstance(node.base, Big)
        for part in node.parts:
            below = isinstance(part, Script) and part.place == "_" and not limits
            if not isinstance(part, Token) and not below:
                pending.append(part)


def _ranged(clauses: Sequence[Clause]) -> set[str]:
    """The letters in the ranges of others, and in the shapes that are said."""
    sequences = [
        part
        for clause in clauses
        for one in clause.bounds
        for part in (one.lower, one.upper, *one.values, *one.unequal)
        if part is not None
    ]
    sequences += [part for clause in clauses for pair in clause.shapes for part in pair]
    return {node.text for one in sequences for node in nodes(one) if isinstance(node, Name)}
