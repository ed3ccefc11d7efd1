"""A statement in the making: what has been gathered of it, and what it becomes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ..surface.nodes import Array, Decoration, Group, Item, Node, Relation, Unknown
from ..surface.table import listed
from .asides import aside
from .chains import IMPLICATIONS, has_relation, parted
from .layout import labelled, spelt
from .letters import Items, ends_open, is_dots, letters_of, walk
from .lists import sequence
from .statement import Clause, Leftover, Statement

_BRACKETS = listed(
    r"""
    ( ) [ ] { } | \{ \} \| \left \right \middle \begin \end \langle \rangle \lvert \rvert
    \lVert \rVert \lfloor \rfloor \lceil \rceil
    """
)


@dataclass
class Draft:
    """What one statement has so far.

    lead: the left side that another display lends it, `= c` after `a = b`.
    rest: what belongs to it and has no place in its chain; then `unread` says why.
    """

    items: list[Item] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    rest: list[Item] = field(default_factory=list)
    lead: Items = ()
    unread: str = ""
    supports: bool = False
    doubt: str = ""

    @property
    def claims(self) -> bool:
        """Whether it has a relation."""
        return has_relation(self.items)

    @property
    def complete(self) -> bool:
        """Whether it is a relation that needs nothing more."""
        return self.claims and not ends_open(tuple(self.items[-1:]))

    def spoil(self, why: str, items: Iterable[Item] = ()) -> None:
        """It is not to be judged; the first reason stays."""
        self.unread = self.unread or why
        self.rest += items

    def remark(self, text: str) -> None:
        """Words beside it that are in no table and do not limit it, as far as is known."""
        self.remarks.append(f"‘{text}’ is not read")
        if aside(text) == "doubtful":
            self.doubt = self.doubt or text

    def mentions(self, clause: Clause) -> bool:
        """Whether a letter of the clause stands in it."""
        used = letters_of(self.items)
        return any(letters_of((one.letter,)) & used for one in clause.bounds)


def finished(draft: Draft) -> tuple[list[Statement], list[Leftover]]:
    """What a draft becomes: one statement, several at implications, or a leftover."""
    everything = (*draft.items, *draft.rest)
    if stray := _stray(everything):
        why = f"‘{stray}’ has no partner: close what is opened, in the same row"
        return [], [Leftover(why, parts=(*everything, *_clause_parts(draft)))]
    if not draft.claims:
        return [], [_mention(draft)] if everything or draft.clauses else []
    parts, arrows = parted(draft.items, IMPLICATIONS)
    if not arrows or not all(map(has_relation, parts)):
        return [_statement(draft, tuple(draft.items))], []
    first, *others = parts
    apart = replace(draft, rest=[], remarks=[], lead=())
    return [_statement(draft, first), *(_statement(apart, part) for part in others)], []


def arrows_of(draft: Draft) -> list[Relation]:
    """The implications at which a draft falls into statements."""
    parts, arrows = parted(draft.items, IMPLICATIONS)
    return arrows if arrows and all(map(has_relation, parts)) else []


def _statement(draft: Draft, items: Items) -> Statement:
    operands, relations = parted(items)
    if not operands[0]:
        operands[0] = draft.lead
    unread = draft.unread or _missing(operands, relations)
    arrow = ("⇒ is read as two statements",) if len(items) < len(draft.items) else ()
    decorated = (node for node in walk(items) if isinstance(node, Decoration))
    labels = tuple(text for node in decorated for text in labelled(node.label))
    return Statement(
        operands=tuple(map(sequence, operands)),
        relations=tuple(relations),
        clauses=tuple(draft.clauses),
        remarks=(*draft.remarks, *arrow, *labels),
        unread=unread,
        rest=sequence(draft.rest),
        supports=draft.supports,
        doubt=draft.doubt,
        parts=(*items, *draft.rest, *_clause_parts(draft)),
    )


def _missing(operands: list[Items], relations: list[Relation]) -> str:
    for place, operand in enumerate(operands):
        if not operand:
            behind = place > 0
            sign = relations[place - 1 if behind else 0].sign
            return f"nothing stands {'behind' if behind else 'before'} the ‘{sign}’"
        if ends_open(operand):
            return f"nothing stands behind ‘{spelt(operand[-1])}’"
    return ""


def _mention(draft: Draft) -> Leftover:
    parts = tuple(sorted((*draft.items, *draft.rest, *_clause_parts(draft)), key=_start))
    if is_dots(tuple(draft.items)):
        return Leftover("what the dots stand for is not read", parts=parts)
    mention = not draft.clauses and not any(map(_claims_inside, walk(parts)))
    return Leftover("no relation: nothing is claimed", mention, parts=parts)


def _claims_inside(node: Node) -> bool:
    """Whether a relation stands in brackets, or an environment that was not read."""
    if isinstance(node, Group):
        return has_relation(node.body.items)
    if isinstance(node, Array):
        return any(has_relation(cell.items) for row in node.rows for cell in row)
    return isinstance(node, Unknown) and node.text.startswith((r"\begin", r"\end"))


def _start(item: Item) -> int:
    return item.start


def _clause_parts(draft: Draft) -> list[Item]:
    return [part for one in draft.clauses for part in one.items]


def _is_bracket(text: str) -> bool:
    return text in _BRACKETS or (
        text.startswith((r"\left", r"\right", r"\begin", r"\end"))
        and (
            not text.startswith(
                (r"\lefta", r"\righta", r"\leftr", r"\rightl", r"\lefth", r"\righth")
            )
        )
    )


def _stray(items: Iterable[Item]) -> str:
    """A bracket without its partner."""
    for node in walk(items):
        if isinstance(node, Unknown) and _is_bracket(node.text):
            return node.text
    return ""
