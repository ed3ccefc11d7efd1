"""Σ and Π: their ranges, and how far they reach."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence as Many
from dataclasses import dataclass
from typing import TypeGuard

from ...core.axes import STEP, Axis
from ...core.binding import closed
from ...core.terms import Big, BigKind, Compose, Constant, Letter, Term
from ...core.traversal import walk
from ...core.types import Type
from ..statements.bounds import bounds_of
from ..statements.statement import Bounds
from ..surface.nodes import Big as Sign
from ..surface.nodes import Item, Scripted, Sequence
from .context import Elaboration, Part
from .errors import ill_shaped, unreadable
from .indices import index, letter_text, limit_of
from .products import diagonal

KINDS: Mapping[str, BigKind] = {r"\sum": "sum", r"\prod": "product"}


@dataclass(frozen=True)
class Span:
    """lower ≤ letter ≤ upper, its limits as terms that do not see the letter."""

    letter: str
    sort: Axis
    lower: Term | None
    upper: Term | None
    unequal: tuple[Term, ...]


def is_big(item: Part) -> TypeGuard[Sign | Scripted]:
    """Whether an operator over a range begins here."""
    head = item.base if isinstance(item, Scripted) else item
    return isinstance(head, Sign)


def big(e: Elaboration, head: Sign | Scripted, body: Many[Part]) -> Term:
    """The sum or product of what stands behind its sign."""
    kind = _kind(head)
    if not body:
        raise unreadable("a sum or product of nothing", head)
    inner, spans = spanned(e, _limits(head), head)
    term = inner.read(inner, tuple(body))
    for span in reversed(spans):
        _tie(inner, span)
    typed = inner.type_of(term)
    of_vectors = kind == "product" and typed.is_vector
    if of_vectors:
        e.oracle.force("product of vectors", "elementwise", head)
        term = diagonal(term)
    descending = kind == "product" and not of_vectors and _descends(e, typed, head, body)
    for span in reversed(spans):
        inside = closed(term, span.letter)
        bounds = span.lower, span.upper, span.unequal
        term = Big(e.type_of(term), kind, span.letter, span.sort, *bounds, inside, descending)
    return Compose(typed.plain, term, Constant(typed.plain, "ones")) if of_vectors else term


def _tie(e: Elaboration, span: Span) -> None:
    """A letter ranges over what its limits do, where its body says no more: Σ_t Π_{j=t}^{T} A_j."""
    limits = (limit for limit in (span.lower, span.upper) if limit is not None)
    letters = [node for limit in limits for node in walk(limit) if isinstance(node, Letter)]
    for letter in letters:
        if letter.name == "T":
            e.sizes.unify(span.sort, STEP)
        elif letter.name not in e.context.sizes:
            e.sizes.unify(span.sort, letter.sort)
    if span.letter == e.context.time_index:
        e.sizes.unify(span.sort, STEP)


def _kind(head: Sign | Scripted) -> BigKind:
    sign = head.base if isinstance(head, Scripted) else head
    assert isinstance(sign, Sign)
    kind = KINDS.get(sign.sign)
    if kind is None:
        raise unreadable(f"{sign.sign} is not in the notation", head)
    return kind


def _descends(e: Elaboration, kind: Type, head: Item, body: Many[Part]) -> bool:
    """Whether the factors of a product stand from the highest index to the lowest."""
    if kind.is_row:
        raise ill_shaped("a product of rows over a range", head)
    if not kind.is_matrix:
        return False
    if not e.unify(kind.out, kind.into):
        raise ill_shaped("a product of matrices that are not square", head)
    items = (head, *(item for item in body if not isinstance(item, Term)))
    return e.oracle.choose("product order", at=Sequence(items, parts=items)) == "reversed"


def _limits(head: Item) -> tuple[Bounds, ...]:
    below: Sequence | None = None
    above: Sequence | None = None
    for script in head.scripts if isinstance(head, Scripted) else ():
        if script.place == "_" and below is None:
            below = script.body
        elif script.place == "^" and above is None:
            above = script.body
        else:
            raise unreadable("a sum takes one lower and one upper limit", head)
    if below is None:
        hint = r"write \sum_{t=1}^{T}, or \sum_t for its whole range"
        raise unreadable("the sum or product does not say over which index", head, hint)
    found = bounds_of(below, above)
    if isinstance(found, str):
        raise unreadable(found, head)
    return found


def spanned(e: Elaboration, limits: Many[Bounds], item: Item) -> tuple[Elaboration, list[Span]]:
    """The ranges as terms, each in the scope of those before it; and the scope within."""
    spans: list[Span] = []
    for bounds in limits:
        letter = letter_text(bounds.letter)
        if letter is None:
            raise unreadable("this is no letter to sum over", bounds.letter)
        if bounds.values:
            raise unreadable("a sum over single values: write its terms", item)
        sort = e.sizes.hole()
        lower = limit_of(e, bounds.lower, int(bounds.lower_strict))
        upper = limit_of(e, bounds.upper, -int(bounds.upper_strict))
        unequal = tuple(index(e, value) for value in bounds.unequal)
        spans.append(Span(letter, sort, lower, upper, unequal))
        e = e.binding({letter: sort})
    return e, spans
