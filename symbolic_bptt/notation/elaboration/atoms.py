"""Names: what a written name with its scripts stands for, by the types of the document."""

from __future__ import annotations

from ...core.axes import STEP
from ...core.terms import Kronecker, Symbol, Term
from ...core.types import SCALAR, Type
from ..names.types import NameRead
from ..printer.text import text
from ..surface.nodes import Item
from ..tree import Span
from .constants import constant
from .context import Elaboration
from .entries import entries
from .errors import ElaborationError, undefined, unreadable
from .indices import alike, index, letter_text, sorted_as
from .lower import lowered, symbol
from .scripts import after

NOWHERE = "is defined neither by the model nor by a formula of the file"


def name(e: Elaboration, item: Item) -> Term:
    """A written name with its scripts."""
    text = letter_text(item)
    if text is not None and text in e.scope:
        return e.letter(text)
    special = constant(e, item)
    if special is not None:
        return special
    read = e.context.signature.read(e.line, item)
    return after(e, quantity(e, read, item), read, item)


def quantity(e: Elaboration, read: NameRead, item: Item) -> Term:
    """What a name stands for, at its indices."""
    if read.why:
        raise unreadable(read.why, item)
    slots = len(read.indices)
    kind = e.context.types.get((read.key, slots))
    if kind is not None:
        return entries(e, _symbol(e, read, kind, slots, item), read.entries, item)
    if read.key == r"\delta" and len(read.indices) + len(read.entries) == 2:
        return _kronecker(e, read, item)
    types = e.context.types
    shorter = [n for n in range(slots, -1, -1) if types.get((read.key, n), SCALAR).axes]
    if shorter:  # further indices are entries
        kind = e.context.types[read.key, shorter[0]]
        whole = _symbol(e, read, kind, shorter[0], item)
        return entries(e, whole, (*read.indices[shorter[0] :], *read.entries), item)
    copy = e.context.types.get((read.key, 0))
    if copy is None and not slots and not read.entries:
        return _letter(e, read, item)
    raise undefined(_unknown(e, read), item, read.key)


def _unknown(e: Elaboration, read: NameRead) -> str:
    """That a name is unknown, the name as it is read."""
    try:
        indices = tuple(lowered(index(e, part)) for part in (*read.indices, *read.entries))
    except ElaborationError:
        indices = ()
    return f"{text(symbol(read.key, indices, read.layout))} {NOWHERE}"


def _symbol(e: Elaboration, read: NameRead, kind: Type, slots: int, item: Item) -> Symbol:
    indices = tuple(index(e, part) for part in read.indices[:slots])
    if indices:
        sorted_as(e, indices[0], STEP, read.indices[0])
    return Symbol(kind, read.key, indices, read.layout, span=Span(item.start, item.end))


def _letter(e: Elaboration, read: NameRead, item: Item) -> Term:
    letter = letter_text(item) or read.key
    if letter in ("T", e.context.time_index) or letter in e.context.sizes or letter in e.free:
        return e.letter(letter)
    raise undefined(_unknown(e, read), item, read.key)


def _kronecker(e: Elaboration, read: NameRead, item: Item) -> Term:
    left, right = (index(e, part) for part in (*read.indices, *read.entries))
    if not alike(e, left, right):
        raise undefined(r"\delta is not defined, and its indices are of two kinds", item, r"\delta")
    return Kronecker(SCALAR, left, right)
