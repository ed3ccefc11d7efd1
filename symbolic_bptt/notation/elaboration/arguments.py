r"""A quantity written with its arguments, `L_t(y_t, \hat y_t)`: the quantity itself.

Two names or more in the bracket behind a quantity of the model are what its equation reads: of
L_t = -y_tᵀ log ŷ_t these are y_t and ŷ_t; of the loss itself every name of the model may stand
there. The step may stand on the arguments alone, `l(y_t, \hat y_t)`. What the equation does not
read is no argument, and no factor either.
"""

from __future__ import annotations

from dataclasses import replace

from ...core.linear import difference
from ...core.terms import Term
from ..names.types import NameRead
from ..names.written import written
from ..surface.nodes import Group, Item, Sequence, meaningful
from .atoms import quantity
from .context import Elaboration, Part
from .errors import unreadable
from .indices import index, split


def with_arguments(e: Elaboration, item: Item, following: Part | None) -> Term | None:
    """The quantity that is written with its arguments behind it; None if it is none."""
    if not isinstance(following, Group) or following.opening != "(" or written(item) is None:
        return None
    arguments = [_named(e, part) for part in split(following.body, ",")]
    known = [one for one in arguments if one is not None]
    if len(arguments) < 2 or len(known) < len(arguments):
        return None
    read = _at_step(e, e.context.signature.read(e.line, item), known)
    if read is None or not _has_arguments(e, read):
        return None
    for one, part in zip(known, split(following.body, ","), strict=True):
        if not _is_read(e, read, one):
            raise unreadable("its equation does not read this", part)
    e.oracle.force("arguments", "written", item)
    return quantity(e, read, item)


def _named(e: Elaboration, part: Sequence) -> NameRead | None:
    """The plain name that a part of a list is."""
    items = meaningful(part)
    if len(items) != 1 or written(items[0]) is None:
        return None
    read = e.context.signature.read(e.line, items[0])
    return None if read.why or read.after or read.entries else read


def _at_step(e: Elaboration, read: NameRead, arguments: list[NameRead]) -> NameRead | None:
    """The quantity with its step, which may stand on its arguments alone."""
    if read.why or read.after or read.entries:
        return None
    steps = {one.indices for one in arguments}
    alike = len(steps) == 1 and all(map(len, steps))
    if not read.indices and alike and (read.key, 1) in e.context.types:
        return replace(read, indices=steps.pop())
    return read


def _has_arguments(e: Elaboration, read: NameRead) -> bool:
    context = e.context
    return read.identity in context.losses or (read.slots == 1 and read.key in context.arguments)


def _is_read(e: Elaboration, read: NameRead, argument: NameRead) -> bool:
    """Whether an equation reads an argument; the loss as a whole reads all that the model has."""
    types = e.context.types
    if not read.slots:
        return any((argument.key, slots) in types for slots in (0, 1))
    if not argument.slots:
        return argument.key in e.context.parameters
    if argument.slots != 1:
        return False
    apart = difference(index(e, argument.indices[0]), index(e, read.indices[0]))
    own = e.context.arguments.get(read.key, ())
    return any(name == argument.key and step == apart for name, step in own)
