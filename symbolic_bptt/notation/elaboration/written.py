"""What is written of a term: the items as one, and the place that they take."""

from __future__ import annotations

from collections.abc import Sequence as Many
from dataclasses import replace

from ...core.terms import Term
from ..surface.nodes import Sequence
from ..tree import Span
from .context import Part


def whole(items: Many[Part]) -> Sequence:
    """What is written of the items, as one."""
    nodes = tuple(item for item in items if not isinstance(item, Term))
    return Sequence(nodes, parts=nodes)


def located(term: Term, items: Many[Part]) -> Term:
    """The term with the place where it is written, if it is written in one place."""
    nodes = whole(items).items
    if term.span is not None or not nodes or len(nodes) < len(items):
        return term
    return replace(term, span=Span(nodes[0].start, nodes[-1].end))
