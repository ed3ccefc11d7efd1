"""Lines: what the names of a document are inferred from, statement by statement."""

from __future__ import annotations

from collections.abc import Sequence as Many

from ..names.types import Line
from ..statements.bounds import bounds_of
from ..statements.statement import Statement
from ..surface.nodes import (
    Big,
    Decoration,
    Group,
    Item,
    Name,
    Number,
    Relation,
    Script,
    Scripted,
    Sequence,
    meaningful,
)
from ..tokens.token import Token
from .indices import letter_text

EQUALS = frozenset(("=", ":=", r"\equiv"))
"""The relations that may define."""


def may_define(statement: Statement) -> bool:
    """Whether its first relation is one that defines."""
    return bool(statement.relations) and statement.relations[0].sign in EQUALS


def lines_of(statements: Many[Statement]) -> tuple[Line, ...]:
    """The statements as far as names are concerned."""
    return tuple(_line(statement) for statement in statements)


def _line(statement: Statement) -> Line:
    bound = {
        text
        for clause in statement.clauses
        for bounds in clause.bounds
        if (text := letter_text(bounds.letter)) is not None
    }
    first = meaningful(statement.operands[0])
    called = len(first) == 2 and isinstance(first[1], Group)
    glued = len(first) == 2 and isinstance(first[1], Name | Scripted | Number)
    one = bool(first) and isinstance(first[0], Name | Scripted | Decoration)
    one = one and (len(first) == 1 or called or glued)
    defines = one and may_define(statement)
    letters = frozenset(bound) | _bound_by_sums(statement)
    return Line(statement.operands, letters, defines, _compared(statement))


def _compared(statement: Statement) -> frozenset[str]:
    r"""The letters that are compared in brackets or below a sign: `[i = j]`, `1_{k = j}`."""
    return frozenset(
        letter
        for operand in statement.operands
        for node in nodes(operand)
        for body in _bodies(node)
        for letter in _two_letters(body)
    )


def _bodies(node: Item) -> tuple[Sequence, ...]:
    if isinstance(node, Group):
        return (node.body,)
    if isinstance(node, Scripted) and isinstance(node.base, Name | Number):
        return tuple(script.body for script in node.scripts if script.place == "_")
    return ()


def _two_letters(body: Sequence) -> tuple[str, ...]:
    match meaningful(body):
        case (Name() as left, Relation(sign="=" | r"\ne"), Name() as right):
            return tuple(text for text in map(letter_text, (left, right)) if text is not None)
    return ()


def _bound_by_sums(statement: Statement) -> set[str]:
    return {
        letter
        for operand in statement.operands
        for node in nodes(operand)
        if isinstance(node, Scripted) and isinstance(node.base, Big)
        for letter in bound_by(node)
    }


def bound_by(head: Scripted) -> set[str]:
    """The letters that the limits of a Σ or Π bind; none where they cannot be read."""
    limits = {script.place: script.body for script in reversed(head.scripts)}
    found = bounds_of(limits.get("_"), limits.get("^"))
    if isinstance(found, str):
        return set()
    return {text for one in found if (text := letter_text(one.letter)) is not None}


def names_last_step(root: Item) -> bool:
    """Whether T stands in the index of a quantity: `h_T`, `h^{(T-1)}`; a limit of a sum is none."""
    return any(
        isinstance(node, Scripted)
        and not isinstance(node.base, Big)
        and any(_is_index(one) and Name("T") in nodes(one.body) for one in node.scripts)
        for node in nodes(root)
    )


def _is_index(script: Script) -> bool:
    return script.place == "_" or bool(script.wrapped)


def nodes(root: Item) -> list[Item]:
    """Every node of a tree, outermost first."""
    found: list[Item] = []
    pending: list[Item] = [root]
    while pending:
        node = pending.pop()
        found.append(node)
        pending.extend([part for part in reversed(node.parts) if not isinstance(part, Token)])
    return found
