r"""Accumulation: `a = a + b`, `a \leftarrow a + b`, `a += b`: a is the sum of b over the steps.

Such a line says so if b carries a step that a does not carry, or a is called after a gradient;
the sum begins at 0. An update of a parameter claims nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..names.spelling import spelling
from ..statements.statement import Statement
from ..surface.nodes import Big, Group, Item, Name, Operator, Script, Scripted, Sequence, meaningful
from .indices import letter_text
from .lines import bound_by, nodes
from .summands import is_sign, summands

ASSIGNS = frozenset(("=", ":=", r"\leftarrow"))
"""The relations under which the left side may stand again on the right."""

ADDS = {"+=": "+", "-=": "-"}
"""The relations that add to the left side, and with which sign."""

GRADIENTS = frozenset(("d", r"\delta", r"\Delta", r"\nabla", r"\partial"))
"""What a name of a gradient begins with."""

UPDATE = "an update of a parameter claims nothing about its gradient"
REMARK = "read as accumulated over the steps, from 0"


@dataclass(frozen=True)
class Update:
    """What is added to what."""

    to: Sequence
    added: tuple[Item, ...]


def accumulated(statement: Statement, time_index: str, parameters: frozenset[str]) -> Statement:
    """The statement as a sum over the steps where it accumulates; else as it is."""
    update = _update(statement)
    if update is None:
        return statement
    if spelling(update.to) in parameters:
        return replace(statement, unread=statement.unread or UPDATE)
    if not _is_open(update.to, time_index) and _is_open(Sequence(update.added), time_index):
        total = _summed(update.added, time_index)
    elif _is_gradient(update.to) and not _is_open(update.to, time_index):
        total = Sequence(update.added, parts=update.added)
    else:
        return statement
    sign = replace(statement.relations[0], sign="=")
    remarks = (*statement.remarks, REMARK)
    return replace(statement, operands=(update.to, total), relations=(sign,), remarks=remarks)


def _update(statement: Statement) -> Update | None:
    if len(statement.relations) != 1:
        return None
    left, right = statement.operands
    sign = statement.relations[0].sign
    if sign in ADDS:
        before = () if ADDS[sign] == "+" else (Operator("-", parts=statement.relations[0].parts),)
        added = meaningful(right)
        signed = any(is_sign(item) for item in added)
        return Update(left, (*before, _grouped(added)) if before and signed else (*before, *added))
    target = meaningful(left)
    if sign not in ASSIGNS or not target:
        return None
    terms = summands(right)
    own = [term for term in terms if _unsigned(term) == target]
    if len(own) != 1 or len(terms) < 2:
        return None
    rest = [item for term in terms if term is not own[0] for item in term.items]
    return Update(left, tuple(rest))


def _unsigned(term: Sequence) -> tuple[Item, ...]:
    """The items of a term without the plus before it."""
    first = term.items[0]
    return term.items[1:] if isinstance(first, Operator) and first.sign == "+" else term.items


def _is_open(sequence: Sequence, time_index: str) -> bool:
    """Whether the step stands in it, and no sum of its own binds it."""
    inside = [node for item in sequence.items for node in nodes(item)]
    bound = {
        letter
        for node in inside
        if isinstance(node, Scripted) and isinstance(node.base, Big)
        for letter in bound_by(node)
    }
    letters = {letter_text(node) for node in inside}
    return time_index in letters and time_index not in bound


def _is_gradient(sequence: Sequence) -> bool:
    first = meaningful(sequence)[0]
    if isinstance(first, Operator):
        return first.sign in GRADIENTS
    return isinstance(first, Name) and first.text in GRADIENTS and len(meaningful(sequence)) == 2


def _grouped(items: tuple[Item, ...]) -> Group:
    return Group("(", Sequence(items, parts=items), ")", parts=items)


def _summed(items: tuple[Item, ...], letter: str) -> Sequence:
    r"""\sum_t (items)."""
    place = items[0].parts[:1]
    script = Script("_", Sequence((Name(letter),)))
    head = Scripted(Big(r"\sum", parts=place), (script,), parts=place)
    made = (head, _grouped(items))
    return Sequence(made, parts=made)
