"""What is written of a term: the items as one, and the place that they take."""

from __future__ import annotations

from collections.abc import Sequence as Many

from ...core.terms import Term
from ...core.traversal import with_fields
from ..surface.nodes import Sequence
from ..tree import Span
from .context import Part


def whole(items: Many[Part]) -> Sequence:
    """What is written of the items, as one."""
    nodes = tuple(item for item in items if not isinstance(item, Term))
    return Sequence(nodes, parts=nodes)


def located(term: Term, items: Many[Part]) -> Term:
    """The term with the place where it is written, if it is written in one place."""
    if term.span is not None or not items:
        return term
    first, last = items[0], items[-1]
    if isinstance(first, Term) or isinstance(last, Term):
        return term
    if len(items) > 2 and any(isinstance(item, Term) for item in items):
        return term
    return with_fields(term, {"span": Span(first.start, last.end)})
