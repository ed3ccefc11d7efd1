"""What is held fixed: `|_{s_2}` behind a derivative, or behind something made of derivatives."""

from __future__ import annotations

from dataclasses import replace

from ...core.binding import shifted
from ...core.terms import Derivative, Term
from ...core.traversal import rebuilt, walk
from ..surface.nodes import Item, Name, Scripted, Sequence, meaningful
from .context import Elaboration
from .errors import unreadable
from .indices import split


def held(e: Elaboration, term: Term, condition: Sequence, item: Item) -> Term:
    """The derivatives in a term with these quantities held fixed: `|_{s_2 const}`."""
    fixed = tuple(_fixed(e, part, item) for part in split(condition, ","))
    if not any(isinstance(node, Derivative) for node in walk(term)):
        raise unreadable("something is held fixed where no derivative stands", item)
    return _holding(term, fixed)


def _fixed(e: Elaboration, part: Sequence, item: Item) -> Term:
    names = [one for one in meaningful(part) if isinstance(one, Name | Scripted)]
    if not names:
        raise unreadable("what is held fixed has no name", item)
    return e.read(e, (names[0],))


def _holding(term: Term, fixed: tuple[Term, ...]) -> Term:
    if isinstance(term, Derivative):
        return replace(term, held=(*term.held, *fixed))
    return rebuilt(term, lambda part, under: _holding(part, _under(fixed, under)))


def _under(fixed: tuple[Term, ...], binders: int) -> tuple[Term, ...]:
    return tuple(shifted(one, binders) for one in fixed)
