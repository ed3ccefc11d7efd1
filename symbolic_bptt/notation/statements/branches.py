r"""The condition of a branch of `cases`: `t = T`, `\text{if } z > 0`, `\text{otherwise}`."""

from __future__ import annotations

from ..surface.nodes import Sequence
from .clauses import clause
from .fields import fields, without_full_stop
from .layout import opened
from .letters import USUAL
from .statement import Clause, Otherwise


def condition_of(cell: Sequence, letters: frozenset[str] = USUAL) -> Clause | Otherwise | str:
    """What the condition of one branch says, or why it cannot be read."""
    items, stop = without_full_stop(opened(cell.items).items)
    line = fields(items)
    roles = frozenset(role for field in line for role in field.said.roles)
    if not line:
        return r"a branch without its condition: write t < T, or \text{otherwise}"
    if "otherwise" in roles:
        if any(field.items or field.said.unknown for field in line):
            return "‘otherwise’ stands alone"
        return Otherwise(parts=cell.items)
    found = clause(line, letters, values=True)
    if isinstance(found, str) or not stop:
        return found
    parts = (*found.parts, *stop)
    return Clause(
        *(found.bounds, found.conditions, found.universal, found.shapes, found.words), parts=parts
    )
