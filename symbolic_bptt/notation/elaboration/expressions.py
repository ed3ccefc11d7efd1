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
from .context import Elaboration, Part
from .derivatives import Mark, derivative, parts
from .dots import HINT, dotted_sum
from .errors import unreadable
from .operators import big, is_big
from .products import PRODUCTS
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
    """A sum with dots in it: the terms before them, up to two, and the one behind them."""
    place = next(i for i, (_, run) in enumerate(signed) if _is_dots(run))
    start = max(0, place - 2)
    parts = signed[start:place] + signed[place + 1 : place + 2]
    signs = {negative for negative, _ in parts}
    if place == 0 or place + 1 == len(signed) or len(signs) != 1:
        raise unreadable("dots between terms of one sign", item, HINT)
    terms = [located(_run(e, run), run) for _, run in parts]
    made = dotted_sum(e, terms[:-1], terms[-1], item)
    rest = [
        _negated(located(_run(e, run), run), negative)
        for negative, run in (*signed[:start], *signed[place + 2 :])
    ]
    return added(e, [*rest, _negated(made, signs.pop())], item)


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
    negative, pending = False, list[Part]()
    for position, item in enumerate(items):
        sign = item.sign if isinstance(item, Operator) else ""
        if sign not in ("+", "-") or (pending and _takes_a_sign(e, pending[-1])):
            pending.append(item)
            continue
        if pending and _reaches(e, pending, items[position:]):
            return [*found, (negative, [*pending, *items[position:]])]
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


def _reaches(e: Elaboration, run: list[Part], rest: Many[Part]) -> bool:
    if len(rest) < 2 or not any(is_big(item) for item in run):
        return False
    return e.oracle.choose("scope of sum", at=whole([*run, *rest])) == "to the end"


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
    """What belongs to a Σ or Π, and what stands behind it: a Π may stop at a ⊙ or ·."""
    sign = head.base if isinstance(head, Scripted) else head
    stop = next((i for i, item in enumerate(rest) if _is_sign_of_product(item)), 0)
    if not stop or rest[stop] == Operator("/") or sign != Big(r"\prod"):
        return rest, []
    if e.oracle.choose("scope of product", at=whole([head, *rest])) == "to the sign":
        return rest[:stop], rest[stop:]
    return rest, []


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
