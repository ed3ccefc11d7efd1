r"""Factors: items side by side, one after the other, with the slashes and dots between them.

What begins with an item is tried from the longest to the shortest: a derivative with a slash, ∇,
a name of two symbols, a function and its argument, a name at a step in parentheses, a bracket that
belongs to a name, and last the item by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence as Many

from ...core.terms import Term
from ..limits import MAX_WORD
from ..surface.nodes import Dots, Group, Item, Operator, Script, Scripted, Words
from ..surface.nodes import Number as Digits
from .applications import applied, arguments_in, function_of
from .arguments import with_arguments
from .atoms import quantity
from .brackets import bracket, factor
from .context import Elaboration, Part
from .derivatives import Mark, derivative
from .errors import unreadable
from .growth import refuse_growth
from .scripts import after, scripted
from .slashed import slashed_derivative
from .written import located, whole

SLASH = "/"
DOTS = "…"


def factors(e: Elaboration, items: Many[Part]) -> Iterator[Term | str]:
    """Every factor as a term, with `SLASH` and `DOTS` where they stand."""
    position = 0
    while position < len(items):
        item = items[position]
        if isinstance(item, Dots):
            yield DOTS
            position += 1
        elif item == Operator(SLASH):
            yield SLASH
            position += 1
        else:
            if isinstance(item, Digits) and position and isinstance(items[position - 1], Digits):
                raise unreadable("two numbers side by side: write 1000 without a gap", item)
            term, end = factor_at(e, items, position)
            yield located(term, items[position:end])
            position = end


def factor_at(e: Elaboration, items: Many[Part], position: int) -> tuple[Term, int]:
    """The factor that begins at a position, and where the next one begins."""
    item = items[position]
    if isinstance(item, Term):
        return item, position + 1
    several = (
        slashed_derivative(e, items, position)
        or _nabla(e, items, position)
        or _glued(e, items, position)
    )
    if several is not None:
        return several
    found = function_of(e, item)
    if found is not None:
        return _application(e, found[0], items, position, item)
    following = items[position + 1] if position + 1 < len(items) else None
    refuse_growth(e, item, following)
    pair = _timed(e, item, following) or with_arguments(e, item, following)
    pair = pair or bracket(e, item, following)
    if pair is not None:
        return pair, position + 2
    if isinstance(item, Words):
        raise unreadable(f"the words “{item.text}” stand in a formula", item)
    return factor(e, item), position + 1


def _factor_behind(e: Elaboration, items: Many[Part], position: int) -> tuple[Term, int]:
    """The factor that something at a position is applied to, one level deeper."""
    e.enter(whole(items[position : position + 1]))
    try:
        return factor_at(e, items, position + 1)
    finally:
        e.leave()


def _nabla(e: Elaboration, items: Many[Part], position: int) -> tuple[Term, int] | None:
    r"""`\nabla_W E`: the derivative of the factor behind it."""
    item = items[position]
    if not isinstance(item, Scripted) or item.base != Operator(r"\nabla"):
        return None
    if len(item.scripts) != 1:
        return None
    if position + 1 == len(items):
        raise unreadable("nothing to differentiate", item)
    of, end = _factor_behind(e, items, position)
    return derivative(e, Mark("partial"), [of], item.scripts[0].body.items, item), end


def _glued(e: Elaboration, items: Many[Part], position: int) -> tuple[Term, int] | None:
    """Symbols that are one name in this document: `dW`, `\\delta 4`, the letters of `Loss`."""
    pair = _written_from(items[position : position + MAX_WORD])
    if len(pair) < 2:
        return None
    found = e.context.signature.read_glued(e.line, pair, 0)
    if found is None:
        return None
    read, count = found
    return after(e, quantity(e, read, pair[0]), read, pair[0]), position + count


def _written_from(items: Many[Part]) -> list[Item]:
    """The items before the first that is a term already."""
    found: list[Item] = []
    for item in items:
        if isinstance(item, Term):
            break
        found.append(item)
    return found


def _application(
    e: Elaboration, function: str, items: Many[Part], position: int, item: Item
) -> tuple[Term, int]:
    """A function of what stands in parentheses behind it, or of what follows up to a slash."""
    scripts = item.scripts if isinstance(item, Scripted) else ()
    rest = items[position + 1 :]
    if not rest:
        raise unreadable(f"{function} of nothing", item)
    group, behind = _bracket(rest[0])
    if group is not None:
        made = applied(e, function, scripts, arguments_in(e, group), item)
        return scripted(e, made, behind, item), position + 2
    stop = next((i for i, part in enumerate(rest) if part == Operator("/")), len(rest))
    taken = rest[: stop or 1]
    at = whole([item, *taken])
    if len(taken) > 1 and e.oracle.choose("argument", at=at) == "one factor":
        argument, end = _factor_behind(e, items, position)
        return applied(e, function, scripts, [argument], item), end
    argument = e.read(e, tuple(taken))
    return applied(e, function, scripts, [argument], item), position + 1 + len(taken)


def _bracket(item: Part) -> tuple[Group | None, tuple[Script, ...]]:
    """The bracket that an item is, and the scripts behind it."""
    if isinstance(item, Group) and item.opening in ("(", "[", r"\{", "{"):
        return item, ()
    base = item.base if isinstance(item, Scripted) else None
    if isinstance(item, Scripted) and isinstance(base, Group) and base.opening in ("(", "[", r"\{"):
        return base, item.scripts
    return None, ()


def _timed(e: Elaboration, item: Item, following: Part | None) -> Term | None:
    """`h(t)`, `h[t-1]`: the value at a step, where the document writes steps so."""
    group, behind = _bracket(following) if following is not None else (None, ())
    if group is None or group.opening not in ("(", "["):
        return None
    read = e.context.signature.read_call(e.line, item, group)
    if read is None:
        return None
    made = after(e, quantity(e, read, item), read, item)
    return scripted(e, made, behind, item)
