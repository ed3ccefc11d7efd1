r"""What a field of a line is: a remark, a value, a note of shapes, brackets around a relation."""

from __future__ import annotations

from .chains import has_relation, parted
from .fields import Field, fields, round_body, words_of
from .layout import opened
from .letters import Items, bare, only_letter
from .ranges import is_space
from .shape_notes import is_shape_note
from .statement import Clause


def of_shapes(run: list[Field]) -> Clause | None:
    """The clause that claims nothing where a line says how shapes fit."""
    alone = len(run) == 1 and not run[0].words and is_shape_note(run[0].items)
    return Clause(parts=run[0].items) if alone else None


def is_round(field: Field) -> bool:
    """Whether it is one pair of round brackets."""
    return round_body(field.items) is not None


def claims_inside(items: Items) -> bool:
    """Whether the items are brackets around a relation, `((a = b))` too."""
    body = round_body(items)
    while body is not None:
        inside = opened(body).items
        if has_relation(inside):
            return True
        body = round_body(inside)
    return False


def is_value(field: Field) -> bool:
    """Whether it says of one letter what it is, and nothing else: `T = 2`."""
    if field.words or field.is_rest or not field.has_relation:
        return False
    operands, relations = parted(bare(field.items))
    return [one.sign for one in relations] == ["="] and bool(only_letter(operands[0]))


def is_shape(field: Field) -> bool:
    r"""Whether it says of one thing where it lies: `W \in \mathbb R^{n \times m}`."""
    if field.words or field.is_rest or not field.has_relation:
        return False
    operands, relations = parted(bare(field.items))
    return [one.sign for one in relations] == [r"\in"] and is_space(operands[1])


def is_remark(field: Field) -> bool:
    """`(chain rule)`: known words in brackets."""
    body = round_body(field.items)
    if not body or any(words_of(item) is None for item in body):
        return False
    return not any(part.said.unknown for part in fields(body))
