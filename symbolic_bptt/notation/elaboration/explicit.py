"""Explicit partials: a derivative by one argument of an equation, its other arguments held fixed.

In h_t = (1 - z_t) ⊙ h_{t-1} + z_t ⊙ c_t the explicit ∂h_t/∂h_{t-1} is 1 - z_t on the diagonal,
whatever z_t and c_t depend on. An unmarked ∂ is read so only in a chain rule, which differentiates
the same quantity by another of its arguments too.
"""

from __future__ import annotations

from ...core.linear import difference, moved
from ...core.terms import Derivative, Entry, Symbol, Term
from ...core.traversal import walk
from ..surface.nodes import Item
from .choices import Oracle
from .context import Elaboration
from .errors import unreadable


def others(e: Elaboration, of: Term, by: Term) -> tuple[Symbol, ...]:
    """The other arguments of the equation of `of`; none where `by` is no argument of it."""
    variable, source = _symbol_of(of), _symbol_of(by)
    if variable is None or source is None or len(variable.indices) != 1 or not source.indices:
        return ()
    apart = difference(source.indices[0], variable.indices[0])
    read = e.context.arguments.get(variable.name, ())
    differing = [one for one in read if one[0] != source.name or one[1] != apart]
    if len(differing) == len(read):
        return ()
    return tuple(
        _argument(e, variable, name, step)
        for name, step in differing
        if name in e.context.arguments
    )


def _argument(e: Elaboration, variable: Symbol, name: str, step: int) -> Symbol:
    place = moved(variable.indices[0], step)
    return Symbol(e.context.types[name, 1], name, (place,), variable.layout)


def _symbol_of(term: Term) -> Symbol | None:
    if isinstance(term, Entry):
        term = term.body
    return term if isinstance(term, Symbol) else None


def check_partials(oracle: Oracle, left: Term, right: Term, item: Item) -> None:
    """Refuse readings of an unmarked ∂ that nobody means. Raises `ElaborationError`.

    Explicit partials without a chain rule; one derivative that is immediate on the left and
    total on the right.
    """
    if _read(oracle, "state, right") == "explicit":
        _check_chain(right, item)
    for kind in ("state", "partial"):
        turned = _read(oracle, f"{kind}, left"), _read(oracle, f"{kind}, right")
        if turned == ("immediate", "total") and _taken(left) & _taken(right):
            raise unreadable("one derivative, immediate on the left and total on the right", item)


def _read(oracle: Oracle, kind: str) -> str:
    return oracle.answer(kind) if kind in oracle.asked else ""


def _taken(side: Term) -> set[tuple[Term, Term]]:
    return {(node.of, node.by) for node in walk(side) if isinstance(node, Derivative)}


def _check_chain(right: Term, item: Item) -> None:
    found = [node for node in walk(right) if isinstance(node, Derivative)]
    by = {(_symbol_of(one.of), _symbol_of(one.by)) for one in found}
    if not any((_symbol_of(one.of), fixed) in by for one in found for fixed in one.held):
        raise unreadable("explicit partials stand in a chain rule alone", item)
