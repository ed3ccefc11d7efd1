r"""Pieces: factors side by side without a sign between them, and the slashes among them.

A product is read from the left. A slash divides the factor before it by the one behind it, where
that has a shape, else all before it; whether it reaches over all that follows is asked.
"""

from __future__ import annotations

from collections.abc import Sequence as Many

from ...core.terms import Number, Term
from ..surface.nodes import Item
from .context import Elaboration, Part
from .dots import HINT, dotted_product
from .errors import ElaborationError, unreadable
from .factors import DOTS, SLASH, factors
from .products import diagonal, divided, juxtaposed
from .written import whole


def piece(e: Elaboration, items: Many[Part]) -> Term:
    """The product of factors side by side, with slashes."""
    found = list(factors(e, items))
    at = whole(items)
    if not found or SLASH in (found[0], found[-1]):
        raise unreadable("a slash with nothing beside it", at)
    return _divided(e, found, at)


def _divided(e: Elaboration, found: list[Term | str], at: Item) -> Term:
    while DOTS in found:
        found = _with_product(e, found, at)
    if SLASH not in found:
        return _product(e, _terms(found), at)
    place = found.index(SLASH)
    top, rest = _terms(found[:place]), found[place + 1 :]
    bottom = rest[0] if rest else None
    if not isinstance(bottom, Term):
        raise unreadable("two slashes in a row", at)
    doubtful = len(rest) > 1 and not isinstance(bottom, Number) and SLASH not in rest
    if doubtful and e.oracle.choose("slash", at=at) == "wide":
        return divided(e, _product(e, top, at), _product(e, _terms(rest), at), at)
    return _divided(e, [_tight(e, top, bottom, at), *rest[1:]], at)


def _terms(found: Many[Term | str]) -> list[Term]:
    return [one for one in found if isinstance(one, Term)]


def _with_product(e: Elaboration, found: list[Term | str], at: Item) -> list[Term | str]:
    """The factors around dots as one product."""
    place = found.index(DOTS)
    before = _before(found[:place])
    last = found[place + 1] if place + 1 < len(found) else None
    if not before or not isinstance(last, Term):
        raise unreadable("dots with nothing beside them", at, HINT)
    made, count = dotted_product(e, before, last, at)
    return [*found[: place - count], made, *found[place + 2 :]]


def _before(found: list[Term | str]) -> list[Term]:
    """The factors up to the dots, those before a slash or other dots apart."""
    first = next((i for i in range(len(found), 0, -1) if isinstance(found[i - 1], str)), 0)
    return _terms(found[first:])


def _tight(e: Elaboration, top: list[Term], bottom: Term, at: Item) -> Term:
    """a b / c as a (b / c) where that has a shape, else as (a b) / c."""
    if len(top) > 1:
        before = dict(e.sizes.known)
        try:
            return _product(e, [*top[:-1], divided(e, top[-1], bottom, at)], at)
        except ElaborationError:
            e.sizes.known = before
    return divided(e, _product(e, top, at), bottom, at)


def _product(e: Elaboration, terms: Many[Term], at: Item) -> Term:
    """From the left; a vector that is followed by a matrix it fits stands for its diagonal."""
    result: Term | None = None
    for position, term in enumerate(terms):
        if result is None:
            result = term
            continue
        if _stands_between(e, result, term, terms[position + 1 : position + 2]):
            e.oracle.force("diagonal", "vector", term.span or at)
            term = diagonal(term)
        result = juxtaposed(e, result, term, at)
    if result is None:
        raise unreadable("something is missing here", at)
    return result


def _stands_between(e: Elaboration, left: Term, term: Term, following: Many[Term]) -> bool:
    """A v B, which only has a meaning as A diag(v) B."""
    if not following or not e.context.diagonals:
        return False
    a, v, b = e.type_of(left), e.type_of(term), e.type_of(following[0])
    if not (v.is_vector and b.is_matrix and not a.is_scalar) or v.gradient:
        return False
    return e.unify_pairs((a.into or a.out, v.out), (v.out, b.out))
