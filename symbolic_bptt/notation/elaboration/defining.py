"""Defining: which lines of a document could define something, and what."""

from __future__ import annotations

from dataclasses import replace

from ...core.axes import STEP
from ..names.types import NameRead, Transpose
from ..names.written import written
from ..statements.statement import Statement
from ..surface.nodes import Decoration, Group, Item, Name, Scripted, meaningful
from .choices import Oracle
from .document import Document
from .equations import opened
from .errors import ElaborationError
from .given import Given
from .indices import letter_text
from .lines import may_define
from .targets import Target


def find_targets(document: Document) -> None:
    """Note, for each line that could define something, what."""
    for line, statement in enumerate(document.statements):
        target = _target(document, line, statement)
        if target is not None:
            document.targets[line] = target
    _without_entries(document)


def _target(document: Document, line: int, statement: Statement) -> Target | None:
    first = meaningful(statement.operands[0])
    if statement.unread or not first or not may_define(statement):
        return None
    if not _is_name(first[0]):
        return None
    read = _one_name(document, line, first)
    turned = read is not None and _is_turned(read)
    if read is None or read.why or (read.after and not turned) or is_given(document.given, read):
        return None
    target = Target(replace(read, after=()), first[0], turned)
    return None if _is_kronecker(target, document, line) else target


def _is_turned(read: NameRead) -> bool:
    """Whether a transpose is all that is done to it; `a^T` without a step may be a power."""
    match read.after:
        case (Transpose(sign=sign),):
            return sign is None or bool(read.indices)
    return False


def _is_name(item: Item) -> bool:
    """Whether an item is a name, with scripts, with an accent over both, or bare."""
    base = item.base if isinstance(item, Scripted) else item
    return isinstance(base, Name) or (isinstance(base, Decoration) and written(item) is not None)


def _is_kronecker(target: Target, document: Document, line: int) -> bool:
    """δ_{ij}, of which neither index is a step, is a symbol of the language."""
    count = target.read.slots + len(target.read.entries)
    return target.read.key == r"\delta" and count == 2 and not _has_step(target, 0, document, line)


def _one_name(document: Document, line: int, items: tuple[Item, ...]) -> NameRead | None:
    """The one name that a left side is: `h_t`, `h(t)`, `dW`."""
    signature = document.signature
    if len(items) == 1:
        return signature.read(line, items[0])
    glued = signature.read_glued(line, items, 0)
    if glued is not None:
        return glued[0] if glued[1] == len(items) else None
    if len(items) == 2 and isinstance(items[1], Group):
        return signature.read_call(line, items[0], items[1])
    return None


def is_given(given: Given, read: NameRead) -> bool:
    """Whether the model or the language has this name already."""
    count = read.slots
    if (read.key, count) in given.types:
        return True
    if count and (read.key, 0) in given.types:  # a copy, or entries
        return read.key in given.parameters or (read.key, 1) in given.types
    if not count:
        fixed = {"T", given.time_index, "I", *given.sizes}
        return read.key in fixed or read.key in given.functions or read.key in given.undetermined
    return False


def _without_entries(document: Document) -> None:
    """a_{t,i} = … behind a_t = … says something of the entries of a name that is bound.

    Behind δ_T = …, which binds a special case alone, it may be the recursion.
    """
    whole = {
        target.read.key
        for target in document.targets.values()
        if not target.read.entries and not target.is_special
    }
    bound: dict[str, int] = {}
    for line, target in list(document.targets.items()):
        key, slots = target.identity
        fewer = bound.get(key)
        is_longer = fewer is not None and 0 < fewer < slots
        is_entry = is_longer and not _has_step(target, fewer or 0, document, line)
        if is_entry or (target.read.entries and key in whole and key in bound):
            del document.targets[line]
        else:
            bound.setdefault(key, slots)


def _has_step(target: Target, position: int, document: Document, line: int) -> bool:
    """Whether the index there is one of a step."""
    items = [item for part in target.read.indices[position:] for item in meaningful(part)]
    letters = {text for item in items if (text := letter_text(item)) is not None}
    if letters & {document.given.time_index, "T"}:
        return True
    e = opened(document.context, Oracle(), line)
    try:
        e.expression(document.statements[line].operands[1])
    except ElaborationError:
        return False
    return any(e.sizes.find(e.free[letter]) == STEP for letter in letters if letter in e.free)
