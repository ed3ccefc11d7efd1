"""The account: every token of a display belongs to something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..surface.nodes import Part, Sequence, leaves
from ..tokens.token import Token
from .statement import Clause, Read, Statement, written


def account(tree: Sequence, read: Read) -> tuple[Token, ...]:
    """The tokens of the tree, blanks left out, that belong to nothing in `read`.

    A statement counts for what its operands, relations, clauses and rest hold, not for what it was
    made from: an operand that lost an item is found.
    """
    known = {id(token) for part in _kept(read) for token in written(part)}
    return tuple(token for token in leaves(tree) if not token.is_blank and id(token) not in known)


def _kept(read: Read) -> Iterator[Part]:
    for statement in read.statements:
        yield from _of_statement(statement)
    for alone in read.clauses_alone:
        yield from alone.clause.parts
        if alone.statement is not None:
            yield from _of_statement(alone.statement)
    for leftover in read.leftovers:
        yield from leftover.parts
    for harmless in read.harmless:
        yield from harmless.parts


def _of_statement(statement: Statement) -> Iterator[Part]:
    yield from _items((*statement.operands, statement.rest))
    yield from statement.relations
    yield from _clauses(statement.clauses)


def _items(sequences: Iterable[Sequence]) -> Iterator[Part]:
    for sequence in sequences:
        yield from sequence.items


def _clauses(clauses: Iterable[Clause]) -> Iterator[Part]:
    for clause in clauses:
        yield from clause.parts
