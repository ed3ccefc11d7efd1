"""Binders: closing a letter, opening a binder, and the one substitution."""

from __future__ import annotations

from collections.abc import Mapping

from .terms import Bound, Letter, Term
from .traversal import parts, rebuilt, walk


def closed(body: Term, letter: str) -> Term:
    """The body of a binder: the letter becomes `Bound(0)`, what is bound further out moves up."""
    return _closed(body, letter, 0)


def _closed(term: Term, letter: str, depth: int) -> Term:
    match term:
        case Letter(name=name) if name == letter:
            return Bound(term.type, depth)
        case Bound(depth=found) if found >= depth:
            return Bound(term.type, found + 1)
    return rebuilt(term, lambda part, under: _closed(part, letter, depth + under))


def opened(body: Term, value: Term) -> Term:
    """The body with a value for the letter that it binds."""
    return _opened(body, value, 0)


def _opened(term: Term, value: Term, depth: int) -> Term:
    if isinstance(term, Bound):
        if term.depth == depth:
            return shifted(value, depth)
        return Bound(term.type, term.depth - 1) if term.depth > depth else term
    return rebuilt(term, lambda part, under: _opened(part, value, depth + under))


def shifted(term: Term, by: int, depth: int = 0) -> Term:
    """The term under so many more binders."""
    if not by:
        return term
    if isinstance(term, Bound):
        return Bound(term.type, term.depth + by) if term.depth >= depth else term
    return rebuilt(term, lambda part, under: shifted(part, by, depth + under))


def subst(term: Term, values: Mapping[Term, Term]) -> Term:
    """The term with some of its parts, letters and symbols among them, replaced.

    What is put in keeps its meaning under binders: nothing is captured.
    """
    return _subst(term, values, 0)


def _subst(term: Term, values: Mapping[Term, Term], depth: int) -> Term:
    wanted = shifted(term, -depth) if depth and not _sees_binders(term, depth) else term
    if wanted in values:
        return shifted(values[wanted], depth)
    return rebuilt(term, lambda part, under: _subst(part, values, depth + under))


def _sees_binders(term: Term, depth: int, under: int = 0) -> bool:
    """Whether a term reads a letter that one of the innermost `depth` binders binds."""
    if isinstance(term, Bound):
        return under <= term.depth < under + depth
    return any(_sees_binders(part, depth, under + more) for part, more in parts(term))


def free_letters(term: Term) -> dict[str, Letter]:
    """Every letter without a binder, in order of appearance."""
    return {node.name: node for node in walk(term) if isinstance(node, Letter)}
