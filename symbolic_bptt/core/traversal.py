"""Traversal: the parts of a term, each with the binders it stands under, and the term rebuilt.

What is said of all constructors alike is said here once: whoever changes terms gives a change of
the parts and never names a constructor for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from typing import TypeAlias, cast

from .terms import Big, Condition, Term
from .types import Type

BINDING: Mapping[type[Term], frozenset[str]] = {Big: frozenset(("body",))}
"""The fields of a term that see one binder more."""

FIELDS: Mapping[type[Term], tuple[str, ...]] = {
    kind: tuple(one.name for one in fields(kind) if one.name not in ("type", "span"))
    for kind in Term.__subclasses__()
}
"""What every constructor is made of, besides its type and its place."""

_UNDER: Mapping[type[Term], tuple[tuple[str, int], ...]] = {
    kind: tuple((name, int(name in BINDING.get(kind, ()))) for name in names)
    for kind, names in FIELDS.items()
}
"""The fields, each with how many more binders it stands under."""

Change: TypeAlias = Callable[[Term, int], Term]
"""Of a part of a term, and how many more binders it stands under."""


def children(term: Term) -> list[Term]:
    """The terms directly below, in order."""
    found: list[Term] = []
    for name in FIELDS[type(term)]:
        _add_terms(getattr(term, name), found)
    return found


def parts(term: Term) -> Iterator[tuple[Term, int]]:
    """The terms directly below, each with how many more binders it stands under."""
    for name, under in _UNDER[type(term)]:
        found: list[Term] = []
        _add_terms(getattr(term, name), found)
        for part in found:
            yield part, under


def _add_terms(value: object, found: list[Term]) -> None:
    if isinstance(value, Term):
        found.append(value)
    elif isinstance(value, tuple):
        for item in value:
            _add_terms(item, found)
    elif isinstance(value, Condition):
        _add_terms(_said(value), found)


def _said(condition: Condition) -> tuple[object, ...]:
    return condition.letter, condition.lower, condition.upper, condition.unequal


def walk(term: Term) -> Iterator[Term]:
    """The term and all terms below it, outermost first."""
    pending = [term]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(reversed(children(current)))


def rebuilt(term: Term, change: Change, retyped: Callable[[Type], Type] | None = None) -> Term:
    """The term with every part directly below changed, and its type too where that is asked.

    A term of which nothing changes is handed back itself.
    """
    new: dict[str, object] = {}
    for name, under in _UNDER[type(term)]:
        old = getattr(term, name)
        made = change(old, under) if isinstance(old, Term) else _rebuilt(old, change, under)
        if made is not old:
            new[name] = made
    if retyped is not None and (kind := retyped(term.type)) is not term.type:
        new["type"] = kind
    return with_fields(term, new) if new else term


def with_fields(term: Term, new: Mapping[str, object]) -> Term:
    """The term with other values in some of its fields, each of the kind that stood there."""
    made = cast(Callable[..., Term], type(term))
    return made(**{**vars(term), **new})


def _rebuilt(value: object, change: Change, under: int) -> object:
    if isinstance(value, Term):
        return change(value, under)
    if isinstance(value, Condition):
        said = _said(value)
        made = _each(said, change, under)
        return value if made is said else cast(Callable[..., Condition], Condition)(*made)
    if isinstance(value, tuple):
        return _each(value, change, under)
    return value


def _each(values: tuple[object, ...], change: Change, under: int) -> tuple[object, ...]:
    made = tuple(_rebuilt(value, change, under) for value in values)
    same = all(new is old for new, old in zip(made, values, strict=True))
    return values if same else made
