"""The derivative with respect to one quantity on each part of the time axis, reader by reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ...notation.sizes import Size
from ...notation.tree import BigOperator, Expr, Product, Symbol, Transpose
from ..contributions import Contribution, cut, gathered
from ..indices import substitute
from ..monomial import ZERO
from ..spans import Steps
from ..supports import Read
from ..system import Quantity, Scope
from .trace import Trace


@dataclass(frozen=True)
class Term:
    """What one reader adds to the derivative with respect to what it reads, at these steps."""

    value: Expr
    reader: Symbol
    steps: Steps | None
    offset: int = 0


@dataclass(frozen=True)
class Piece:
    """Steps at which the same readers count, with the derivative there."""

    steps: Steps | None
    raw: Expr
    value: Expr
    terms: tuple[Term, ...] | None


def pieces_of(trace: Trace, quantity: Quantity) -> tuple[Piece, ...]:
    """∂loss/∂quantity on each part of the time axis; no piece where nothing reads it."""
    known = trace.found.contributions.get((quantity.name, quantity.timed), [])
    terms = _terms(trace, quantity)
    like = trace.symbol(quantity)
    if not quantity.timed:
        return (_piece(trace, None, like, known, terms),) if known else ()
    if quantity.step is not None:
        here = Steps(Size(quantity.step), Size(quantity.step))
        at_step = [c for c in known if c.steps is not None and c.steps.covers(here)]
        if not at_step:
            return ()
        moved = {trace.system.index: here.low}
        items = [replace(c, value=substitute(c.value, moved)) for c in at_step]
        return (_piece(trace, None, like, items, _moved(_at(terms, here), moved)),)
    return tuple(
        _piece(trace, steps, like, items, _at(terms, steps))
        for steps, items in cut(_within_axis(trace, known))
    )


def _piece(
    trace: Trace,
    steps: Steps | None,
    like: Symbol,
    items: list[Contribution],
    terms: tuple[Term, ...] | None,
) -> Piece:
    raw = gathered(trace.algebra, like, items)
    return Piece(steps, raw, trace.finished(raw), terms)


def _within_axis(trace: Trace, known: list[Contribution]) -> list[Contribution]:
    met = [replace(c, steps=c.steps.meet(trace.system.axis)) for c in known if c.steps]
    return [c for c in met if c.steps is not None and not c.steps.is_empty]


def _terms(trace: Trace, quantity: Quantity) -> tuple[Term, ...] | None:
    """One term for each reader and distance; None where the chain rule has no matrix form."""
    found: dict[tuple[Symbol, Expr], Term] = {}
    for read in trace.reads:
        if read.read != quantity or read.reader not in trace.live:
            continue
        if read.reader.name in trace.found.dead:
            continue
        term = _term(trace, read)
        if term is None:
            return None
        if term.steps is None or not term.steps.is_empty:
            found.setdefault((term.reader, term.value), term)
    return tuple(sorted(found.values(), key=lambda term: abs(term.offset)))


def _term(trace: Trace, read: Read) -> Term | None:
    reader, symbol = trace.symbol(read.reader), read.symbol
    if read.reader.name == trace.model.loss and not read.reader.timed:
        return None
    value = chain_term(trace, reader, symbol)
    if value is None:
        return None
    scope = _live_scope(trace, read)
    if read.place is None:
        return Term(_summed(value, scope), reader, None)
    place = trace.system.place(symbol, scope)
    if place.moving and not read.reader.every and _entangled(trace, read):
        return None
    if place.rest:
        return None
    moved = substitute(value, place.values)
    offset = place.offset if read.reader.every else 0
    at = _at_step(reader, place.values)
    return Term(moved, at, place.steps.meet(trace.system.axis), offset)


def _entangled(trace: Trace, read: Read) -> bool:
    """Whether a sum over steps also reads what depends on the quantity in another way."""
    body = trace.system.bodies[read.reader]
    others = {symbol.name for symbol, _ in trace.system.reads(body, ())} - {read.symbol.name}
    pending, seen = list(others), set(others)
    while pending:
        name = pending.pop()
        below = {r.symbol.name for r in trace.reads if r.reader.name == name} - seen
        if read.symbol.name in below:
            return True
        seen |= below
        pending += below
    return False


def _live_scope(trace: Trace, read: Read) -> Scope:
    own = trace.live[read.reader]
    if not read.reader.every:
        return read.scope
    return tuple(
        replace(binder, steps=own) if binder.index == trace.system.index else binder
        for binder in read.scope
    )


def chain_term(trace: Trace, reader: Symbol, read: Symbol) -> Expr | None:
    """(∂⁺reader/∂read)ᵀ ∂loss/∂reader, in the order that the shapes ask for."""
    above, below = trace.algebra.shape(reader), trace.algebra.shape(read)
    local = trace.local(reader, read)
    back = trace.shown(reader)
    if above.is_scalar:
        return Product((back, local))
    turned = trace.manner.layout == "denominator" and not below.is_scalar
    if above.is_column and (below.is_column or below.is_scalar):
        return Product((local if turned else Transpose(local), back))
    if above.is_row and below.is_row:
        return Product((back, Transpose(local) if turned else local))
    return None


def _summed(value: Expr, scope: Scope) -> Expr:
    """Σ value over the steps at which it is read."""
    return BigOperator("sum", tuple(b.range for b in scope), value) if scope else value


def _moved(terms: tuple[Term, ...] | None, to: Mapping[str, Size]) -> tuple[Term, ...] | None:
    """The terms at one step."""
    if terms is None:
        return None
    return tuple(
        replace(t, value=substitute(t.value, to), reader=_at_step(t.reader, to)) for t in terms
    )


def _at_step(symbol: Symbol, to: Mapping[str, Size]) -> Symbol:
    moved = substitute(symbol, to)
    assert isinstance(moved, Symbol)
    return moved


def is_zero(piece: Piece) -> bool:
    """Whether nothing comes back to the quantity there."""
    return piece.value == ZERO


def _at(terms: tuple[Term, ...] | None, steps: Steps) -> tuple[Term, ...] | None:
    if terms is None:
        return None
    return tuple(term for term in terms if term.steps is None or term.steps.covers(steps))
