r"""Expressions: items side by side, in the order in which they bind.

A sum is parted at its signs; in a term the first Σ, Π or bare ∂/∂b takes what follows; products
with a sign bind weaker than products without; in a piece without signs derivatives, applications
and steps in parentheses come first, then slashes, then the product from the left.
"""

from __future__ import annotations

from collections.abc import Sequence as Many

from ...core.terms import Negative, Term
from ..surface.nodes import (
    Big,
    Dots,
    Ignored,
    Item,
    Operator,
    Quotient,
    Relation,
    Scripted,
    Separator,
)
from ..surface.nodes import Sequence as Items
from . import pieces
from .applications import function_of
from .choices import CHOICES
from .context import Elaboration, Part
from .derivatives import Mark, derivative, parts
from .dots import HINT, dotted_sum, going_on
from .errors import unreadable
from .operators import big, is_big
from .products import PRODUCTS
from .scopes import indices_of, last_with
from .sums import added
from .written import located, whole


def read(e: Elaboration, items: Many[Part]) -> Term:
    """The term that items side by side mean."""
    e.enter(whole(items))
    try:
        return _read(e, items)
    finally:
        e.leave()


def _read(e: Elaboration, items: Many[Part]) -> Term:
    written: list[Part] = [item for item in items if not isinstance(item, Ignored)]
    if not written:
        raise unreadable("something is missing here", Items(()))
    _refuse(written)
    signed = _signed(e, written)
    if any(_is_dots(run) for _, run in signed):
        return located(_dotted(e, signed, whole(written)), written)
    terms = [_negated(located(_run(e, run), run), negative) for negative, run in signed]
    return located(added(e, terms, whole(written)), written)


def _is_dots(run: list[Part]) -> bool:
    return len(run) == 1 and isinstance(run[0], Dots)


def _dotted(e: Elaboration, signed: list[tuple[bool, list[Part]]], item: Item) -> Term:
    """A sum with dots in it: all terms before them that go on by one step, and the one behind."""
    place = next(i for i, (_, run) in enumerate(signed) if _is_dots(run))
    near = (*signed[max(0, place - 2) : place], *signed[place + 1 : place + 2])
    if place in (0, len(signed) - 1) or len({negative for negative, _ in near}) != 1:
        raise unreadable("dots between terms of one sign", item, HINT)
    terms = {
        i: located(_run(e, run), run)
        for i, (_, run) in enumerate(signed[: place + 2])
        if i != place
    }
    start = _start(signed, place)
    start = place - max(going_on([terms[i] for i in range(start, place)]), min(2, place - start))
    made = dotted_sum(e, [terms[i] for i in range(start, place)], terms[place + 1], item)
    rest = [_negated(terms[i], signed[i][0]) for i in range(start)]
    rest += [
        _negated(located(_run(e, run), run), negative) for negative, run in signed[place + 2 :]
    ]
    return added(e, [*rest, _negated(made, signed[place + 1][0])], item)


def _start(signed: list[tuple[bool, list[Part]]], place: int) -> int:
    """Where the terms before the dots begin that have the sign of the term behind them."""
    sign = signed[place + 1][0]
    return next((i + 1 for i in range(place - 1, -1, -1) if signed[i][0] != sign), 0)


def _negated(term: Term, negative: bool) -> Term:
    return Negative(term.type, term) if negative else term


def _refuse(items: Many[Part]) -> None:
    for item in items:
        if isinstance(item, Operator) and item.sign in (r"\pm", r"\mp"):
            raise unreadable(f"{item.sign} says two things at once", item)
        if isinstance(item, Relation):
            raise unreadable("a second relation within a formula", item)
        if isinstance(item, Separator) and item.mark not in (r"\quad", r"\qquad", "&"):
            raise unreadable("a list: which part is meant?", item)


def _signed(e: Elaboration, items: list[Part]) -> list[tuple[bool, list[Part]]]:
    """The terms with their signs. A sum over a range may reach over the plus behind it."""
    found: list[tuple[bool, list[Part]]] = []
    negative, pending, reached = False, list[Part](), 0
    for position, item in enumerate(items):
        sign = item.sign if isinstance(item, Operator) else ""
        if sign not in ("+", "-") or (pending and _takes_a_sign(e, pending[-1])):
            pending.append(item)
            continue
        if pending and position >= reached:
            reached = position + _reaches(e, pending, items[position:])
        if position < reached:
            pending.append(item)
            continue
        if pending:
            found.append((negative, pending))
            negative = False
        negative, pending = (sign == "-") != negative, []
    if not pending:
        raise unreadable("a sign with nothing behind it", whole(items))
    return [*found, (negative, pending)]


def _takes_a_sign(e: Elaboration, item: Part) -> bool:
    """Whether a sign behind it belongs to what follows: `a \\cdot -b`, `\\tanh -z`."""
    return _is_sign_of_product(item) or function_of(e, item) is not None


def _is_sign_of_product(item: Part) -> bool:
    return isinstance(item, Operator) and item.sign in (*PRODUCTS, "/")


def _reaches(e: Elaboration, run: list[Part], rest: Many[Part]) -> int:
    """How many of the items behind a sum belong to it: those up to the last with its index."""
    reach = last_with(rest, indices_of(run))
    if not reach:
        return 0
    at = whole([*run, *rest[:reach]])
    return reach if e.oracle.choose("scope of sum", at=at) == "to the end" else 0


def _run(e: Elaboration, items: list[Part]) -> Term:
    """One term: what the first Σ, Π or bare ∂/∂b takes is read first, as one factor."""
    if isinstance(items[0], Operator) and items[0].sign in ("+", "-"):
        return _negated(_run(e, items[1:]), items[0].sign == "-")
    for position, item in enumerate(items):
        if is_big(item):
            body, rest = _reach(e, item, items[position + 1 :])
            taken = big(e, item, body)
            return _chain(e, [*items[:position], taken, *rest])
        bare = _bare(item)
        if bare is not None:
            sign, by, at = bare
            rest = items[position + 1 :]
            if not rest:
                raise unreadable("nothing to differentiate", at)
            taken = derivative(e, sign, rest, by, at)
            return _chain(e, [*items[:position], taken])
    return _chain(e, items)


def _reach(e: Elaboration, head: Item, rest: list[Part]) -> tuple[list[Part], list[Part]]:
    """What belongs to a Σ or Π, and what stands behind it.

    A Π may stop at a ⊙ or ·, behind its last factor with its index, or one factor further.
    """
    sign = head.base if isinstance(head, Scripted) else head
    stops = _stops(e, head, rest) if sign == Big(r"\prod") else {}
    if not stops:
        return rest, []
    options = (CHOICES["scope of product"][0], *stops)
    read = e.oracle.choose("scope of product", options, whole([head, *rest]))
    stop = stops.get(read, len(rest))
    return rest[:stop], rest[stop:]


def _stops(e: Elaboration, head: Item, rest: list[Part]) -> dict[str, int]:
    """Where a product may end before all that follows: each way, and the place."""
    found: dict[str, int] = {}
    sign = next((i for i, item in enumerate(rest) if _is_sign_of_product(item)), 0)
    if sign and rest[sign] != Operator("/"):
        found["to the sign"] = sign
    last = last_with(rest, indices_of([head]))
    for way, place in (("to its index", last), ("one factor further", last + 1)):
        if 0 < place < len(rest) and place not in found.values() and _parts_at(e, rest, place):
            found[way] = place
    return found


def _parts_at(e: Elaboration, items: list[Part], place: int) -> bool:
    """Whether a factor ends before that place, and one or the sign of a product stands there."""
    if items[place] == Operator("/") or _is_sign_of_product(items[place - 1]):
        return False
    return function_of(e, items[place - 1]) is None


def _bare(item: Part) -> tuple[Mark, Many[Item], Quotient] | None:
    r"""`\frac{\partial}{\partial b}`: its numerator stands behind it."""
    parted = parts(item)
    if parted is None or parted[1] or not isinstance(item, Quotient):
        return None
    return parted[0], parted[2], item


def _chain(e: Elaboration, items: list[Part]) -> Term:
    """Pieces with the signs of products between them, from the left."""
    result: Term | None = None
    sign = ""
    for part in _cut(_without_signs(items)):
        if isinstance(part, str):
            if sign or (result is None):
                raise unreadable("two signs in a row", whole(items))
            sign = part
            continue
        term = _piece(e, part)
        result = term if result is None else PRODUCTS[sign](e, result, term, whole(part))
        sign = ""
    if result is None or sign:
        raise unreadable("a sign with nothing behind it", whole(items))
    return result


def _without_signs(items: list[Part]) -> list[Part]:
    """The items without the product signs beside dots, where all signs are `\\cdot`."""
    dots = [i for i, item in enumerate(items) if isinstance(item, Dots)]
    signs = [item.sign for item in items if isinstance(item, Operator)]
    if not dots or not set(signs) <= {r"\cdot", "*", r"\times"}:
        return items
    return [item for item in items if not isinstance(item, Operator)]


def _cut(items: list[Part]) -> list[str | list[Part]]:
    cut: list[str | list[Part]] = []
    for item in items:
        if isinstance(item, Operator) and item.sign in PRODUCTS:
            cut.append(item.sign)
        elif cut and isinstance(cut[-1], list):
            cut[-1].append(item)
        else:
            cut.append([item])
    return cut


def _piece(e: Elaboration, items: list[Part]) -> Term:
    if isinstance(items[0], Operator) and items[0].sign in ("+", "-"):
        return _negated(_piece(e, items[1:]), items[0].sign == "-")
    return pieces.piece(e, items)
