"""Types of what a document defines: of bodies that are known first, then of recursions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ...core.axes import STEP, Axis
from ...core.terms import Letter, Term
from ...core.types import SCALAR, Type, matrix, vector
from ..sizes import Size
from ..surface.nodes import Sequence as Written
from .choices import Oracle
from .clauses import conditions
from .context import Elaboration
from .diagonals import is_diagonal
from .document import Document
from .equations import opened
from .errors import ElaborationError
from .given import Given
from .indices import index, sorted_as
from .products import is_literal
from .summands import summands
from .targets import Target

MOST_SLOTS = 5
"""More indices than a name that is read has."""

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True)
class _Body:
    """The type of a right side; a number alone, and ones of any size, fit several."""

    type: Type
    literal: bool
    diagonal: bool = False


def infer_types(document: Document) -> None:
    """Give every name that the document defines a type, as far as it has one."""
    _infer(document)
    for line in tuple(document.errors):  # what was not known then may be known now
        try:
            _body(document, line, document.targets[line])
            del document.errors[line]
        except ElaborationError as error:
            document.errors[line] = error


def _infer(document: Document) -> None:
    pending = dict(document.targets)
    while pending:
        if _settle(document, pending) or _guess(document, pending):
            continue
        if _presume(document, pending):
            continue
        if not _settle(document, pending, literals=True):
            return


def _settle(document: Document, pending: dict[int, Target], *, literals: bool = False) -> bool:
    """Type whatever can be typed now; numbers alone only where nothing else says more.

    A line that lacks a name is looked at again when that name has a type.
    """
    types, progress = document.context.types, False
    for line, target in list(pending.items()):
        if not literals and _waits(document, line):
            continue
        try:
            body = _body(document, line, target)
        except ElaborationError as error:
            document.errors[line] = error
            document.bodies.pop(line, None)
            if target.identity in types:
                del pending[line]
            continue
        document.errors.pop(line, None)
        if body.literal and target.identity not in types and not literals:
            continue
        types.setdefault(target.identity, body.type)
        if body.diagonal:
            document.context.diagonal.add(target.identity)
        del pending[line]
        progress = True
    return progress


def _waits(document: Document, line: int) -> bool:
    """Whether a line could not be typed for want of a name that still has no type."""
    error = document.errors.get(line)
    if error is None or error.kind != "undefined" or not error.name:
        return False
    return not any((error.name, slots) in document.context.types for slots in range(MOST_SLOTS))


def _presume(document: Document, pending: Mapping[int, Target]) -> bool:
    """Type one name of a mutual recursion by a term of its sum that has a type already."""
    types = document.context.types
    for line, target in pending.items():
        if target.identity in types:
            continue
        for part in summands(document.sides(line, 0).right):
            try:
                body = _body(document, line, target, part)
            except ElaborationError:
                continue
            if not body.literal:
                types[target.identity] = body.type
                return True
    return False


def _body(document: Document, line: int, target: Target, part: Written | None = None) -> _Body:
    """The type that the name has if its right side, or a part of that, is what it says."""
    e = opened(document.context, Oracle(), line)
    e.side = "left"
    slots = [index(e, part) for part in target.read.indices]
    if slots:
        sorted_as(e, slots[0], STEP, target.item)
    entries = [index(e, part) for part in target.read.entries]
    e.side = "right"
    sides = document.sides(line, 0)
    for clause in sides.clauses:
        conditions(e, clause, sides.right)
    read = e.expression(part or sides.right)
    literal = (read.type.is_scalar and is_literal(read)) or e.is_open(read)
    (body,) = e.settled(read)
    if not entries:
        kind = _turned(body.type) if target.turned else body.type
        if part is None:
            document.bodies[line] = body
        return _Body(kind, literal, kind.is_matrix and is_diagonal(document.context, body))
    return _Body(_whole(e, entries), literal=False)


def _turned(kind: Type) -> Type:
    """The type of a where aᵀ has that one; a gradient may stand for the row that it acts as."""
    return kind.plain if kind.gradient and kind.is_vector else kind.transposed


def _whole(e: Elaboration, entries: Sequence[Term]) -> Type:
    """The vector or matrix that has these entries."""
    axes = [_axis(e, entry) for entry in entries]
    return vector(axes[0]) if len(axes) == 1 else matrix(axes[0], axes[1])


def _axis(e: Elaboration, entry: Term) -> Axis:
    return e.sizes.find(entry.sort) if isinstance(entry, Letter) else e.sizes.hole()


def _guess(document: Document, pending: dict[int, Target]) -> bool:
    """A recursion has the first type that reproduces itself."""
    types = document.context.types
    for identity in dict.fromkeys(target.identity for target in pending.values()):
        if identity in types or not _is_recursive(document, pending, identity[0]):
            continue
        for candidate in _candidates(document.given):
            kept, errors, rest = dict(types), dict(document.errors), dict(pending)
            types[identity] = candidate
            while _settle(document, rest):
                pass
            if _reproduces(document, _lines_of(pending, identity), candidate):
                pending.clear()
                pending.update(rest)
                return True
            _restore(types, kept)
            _restore(document.errors, errors)
    return False


def _is_recursive(document: Document, pending: Mapping[int, Target], key: str) -> bool:
    """Whether what a name lacks leads back to it, as far as its lines say what they lack."""
    lacking: dict[str, set[str]] = {}
    for line, target in pending.items():
        error = document.errors.get(line)
        if error is not None and error.kind == "undefined":
            lacking.setdefault(target.read.key, set()).add(error.name)
    seen: set[str] = set()
    wanted = list(lacking.get(key, ()))
    while wanted:
        name = wanted.pop()
        if name == key:
            return True
        if name not in seen:
            seen.add(name)
            wanted += lacking.get(name, ())
    return False


def _lines_of(pending: Mapping[int, Target], identity: tuple[str, int]) -> list[int]:
    return [line for line, target in pending.items() if target.identity == identity]


def _restore(current: dict[K, V], kept: Mapping[K, V]) -> None:
    current.clear()
    current.update(kept)


def _reproduces(document: Document, lines: Iterable[int], candidate: Type) -> bool:
    """Whether every equation of a name gives it that type; one that is no number must."""
    surely = False
    for line in lines:
        target = document.targets[line]
        try:
            body = _body(document, line, target)
        except ElaborationError:
            return False
        if body.literal:
            continue
        surely = True
        if (body.type.out, body.type.into) != (candidate.out, candidate.into):
            return False
    return surely


def _candidates(given: Given) -> list[Type]:
    sizes = [Size.letter(name) for name in sorted(given.sizes)]
    kinds = [SCALAR, *map(vector, sizes)]
    kinds += [matrix(rows, columns) for rows in sizes for columns in sizes]
    kinds += [Type((), (size,)) for size in sizes]
    return kinds
