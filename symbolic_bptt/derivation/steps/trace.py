"""The reverse accumulation of a model, read as a derivation: who passes what to whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ...model.model import Model
from ...notation.functions import FUNCTIONS
from ...notation.printer.text import text
from ...notation.shapes import MaybeShape
from ...notation.sizes import Size
from ...notation.tree import Call, Derivative, Expr, Held, Product, Symbol, Transpose, map_children
from ..accumulate import Accumulation
from ..algebra import Algebra
from ..backward import accumulate
from ..contributions import Contribution, cut, gathered
from ..indices import index_tree, substitute
from ..monomial import ZERO
from ..names import Adjoint, final_names, renamed
from ..presentation import presented
from ..spans import Steps
from ..supports import Read, backward_order, reads, supports
from ..system import Quantity, Scope, system
from .step import Manner

DEFAULT = Manner()
_PENDING = r"\pending "


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


class Trace:
    """One model differentiated backwards, for every number of steps."""

    def __init__(self, model: Model, manner: Manner = DEFAULT) -> None:
        self.model = model
        self.manner = manner
        self.system = system(model, None)
        self.inner = _activated(self.system.bodies) if manner.inner else frozenset()
        self.found: Accumulation = accumulate(self.system, inner=self.inner)
        self.algebra = Algebra(self._shape)
        self.names = final_names(model, self.found.adjoints.values())
        self.reads = tuple(reads(self.system))
        self.live = supports(self.system, self.reads, self.found.dead)
        self.order = tuple(q for q in backward_order(self.system, self.reads) if q in self.live)

    def finished(self, expr: Expr) -> Expr:
        """The expression in the order and with the names of the closed form."""
        ordered = presented(self.algebra, expr, self.system.is_parameter)
        return self._settled(renamed(ordered, self.names))

    def _settled(self, expr: Expr) -> Expr:
        if isinstance(expr, Symbol) and expr.name.startswith(_PENDING):
            return self.adjoint(replace(expr, name=expr.name.removeprefix(_PENDING)))
        return map_children(expr, self._settled)

    def symbol(self, quantity: Quantity) -> Symbol:
        """The quantity at its own step."""
        if not quantity.timed:
            return Symbol(quantity.name)
        declared = self.model.declarations.get((quantity.name, True))
        step = Symbol(self.system.index)
        index = step if quantity.step is None else index_tree(Size(quantity.step))
        return Symbol(quantity.name, (index,), declared.layout if declared else "sub")

    def adjoint(self, of: Symbol) -> Derivative:
        """∂loss/∂of."""
        return Derivative("partial", Symbol(self.model.loss), of)

    def local(self, reader: Symbol, read: Symbol) -> Expr:
        """∂⁺reader/∂read, through the equation of the reader alone.

        Where other quantities of that equation depend on `read` within the step, it is written as
        ∂reader/∂read with all else that the equation reads held fixed.
        """
        body = self._body(reader)
        assert body is not None
        beside = self._defined_beside(reader, body)
        if not any(self._depends(o, read, frozenset()) for o in beside if o != read):
            return Derivative("immediate", reader, read)
        every = dict.fromkeys(symbol for symbol, _ in self.system.reads(body, ()))
        fixed = tuple(o for o in every if o != read and self._is_defined(o))
        return Held(Derivative("partial", reader, read), fixed)

    def _is_defined(self, symbol: Symbol) -> bool:
        declared = self.model.declarations.get((symbol.name, bool(symbol.indices)))
        return declared is not None and declared.role == "defined"

    def _body(self, symbol: Symbol) -> Expr | None:
        quantities = self.system.bodies.items()
        return next((body for q, body in quantities if self.symbol(q) == symbol), None)

    def _defined_beside(self, reader: Symbol, body: Expr) -> Iterator[Symbol]:
        """The defined quantities of the same step that an equation reads."""
        for symbol, _ in self.system.reads(body, ()):
            same = not symbol.indices or symbol.indices == reader.indices
            if same and self._body(symbol) is not None:
                yield symbol

    def _depends(self, symbol: Symbol, on: Symbol, seen: frozenset[Symbol]) -> bool:
        body = self._body(symbol)
        if body is None or symbol in seen:
            return False
        if any(read == on for read, _ in self.system.reads(body, ())):
            return True
        beside = self._defined_beside(symbol, body)
        return any(self._depends(other, on, seen | {symbol}) for other in beside)

    def pending(self, of: Symbol) -> Symbol:
        """A symbol that stands for ∂loss/∂of until the expression is finished."""
        return replace(of, name=_PENDING + of.name)

    def _shape(self, symbol: Symbol) -> MaybeShape:
        return self.found.shape_of(replace(symbol, name=symbol.name.removeprefix(_PENDING)))

    def sums_to_one(self, expr: Expr) -> bool:
        """Whether a vector is declared to sum to one."""
        if not isinstance(expr, Symbol):
            return False
        declared = self.model.declarations.get((expr.name, bool(expr.indices)))
        return declared is not None and declared.constraint is not None

    def totals(self) -> Iterator[Symbol]:
        """The vectors whose sum the derivation takes for one."""
        for declared in self.model.declarations.values():
            step = (Symbol(self.system.index),) if declared.timed else ()
            symbol = Symbol(declared.name, step, declared.layout)
            if text(symbol) in self.found.totals:
                yield symbol

    def crosses(self, quantity: Quantity) -> bool:
        """Whether it is read at another step than its own."""
        return any(read.read == quantity and read.crosses_steps for read in self.reads)

    def shown(self, of: Symbol) -> Expr:
        """∂loss/∂of, by its name if it has one."""
        placeholder = Adjoint(of.name).placeholder
        if placeholder in self.found.adjoints and of.indices:
            return replace(of, name=self.names[placeholder])
        return self.adjoint(of)

    def name_of(self, quantity: Quantity, *, inner: bool) -> Symbol | None:
        """δ of the quantity (or of the argument of its outermost function), if it has a name."""
        placeholder = Adjoint(quantity.name, inner).placeholder
        if placeholder not in self.found.adjoints:
            return None
        return replace(self.symbol(quantity), name=self.names[placeholder])

    def pieces(self, quantity: Quantity) -> tuple[Piece, ...]:
        """∂loss/∂quantity on each part of the time axis; no piece where nothing reads it."""
        known = self.found.contributions.get((quantity.name, quantity.timed), [])
        terms = self._terms(quantity)
        like = self.symbol(quantity)
        if not quantity.timed:
            return (self._piece(None, like, known, terms),) if known else ()
        if quantity.step is not None:
            here = Steps(Size(quantity.step), Size(quantity.step))
            at_step = [c for c in known if c.steps is not None and c.steps.covers(here)]
            return (self._piece(None, like, at_step, _at(terms, here)),) if at_step else ()
        return tuple(
            self._piece(steps, like, items, _at(terms, steps))
            for steps, items in cut(self._within_axis(known))
        )

    def _piece(
        self,
        steps: Steps | None,
        like: Symbol,
        items: list[Contribution],
        terms: tuple[Term, ...] | None,
    ) -> Piece:
        raw = gathered(self.algebra, like, items)
        return Piece(steps, raw, self.finished(raw), terms)

    def _within_axis(self, known: list[Contribution]) -> list[Contribution]:
        met = [replace(c, steps=c.steps.meet(self.system.axis)) for c in known if c.steps]
        return [c for c in met if c.steps is not None and not c.steps.is_empty]

    def _terms(self, quantity: Quantity) -> tuple[Term, ...] | None:
        """One term for each reader and distance; None where the chain rule has no matrix form."""
        found: dict[tuple[Symbol, Expr], Term] = {}
        for read in self.reads:
            if read.read != quantity or read.reader not in self.live:
                continue
            if read.reader.name in self.found.dead:
                continue
            term = self._term(read)
            if term is None:
                return None
            if term.steps is None or not term.steps.is_empty:
                found.setdefault((term.reader, term.value), term)
        return tuple(sorted(found.values(), key=lambda term: abs(term.offset)))

    def _term(self, read: Read) -> Term | None:
        reader, symbol = self.symbol(read.reader), read.symbol
        if read.reader.name == self.model.loss and not read.reader.timed:
            return None
        value = chain_term(self, reader, symbol)
        if value is None:
            return None
        if read.place is None:
            return Term(value, reader, None) if not read.scope[1:] else None
        scope = self._live_scope(read)
        place = self.system.place(symbol, scope)
        if place.rest:
            return None
        moved = substitute(value, place.values)
        at = substitute(reader, place.values)
        assert isinstance(at, Symbol)
        offset = place.offset if read.reader.every else 0
        return Term(moved, at, place.steps.meet(self.system.axis), offset)

    def _live_scope(self, read: Read) -> Scope:
        own = self.live[read.reader]
        return tuple(
            replace(binder, steps=own) if binder.index == self.system.index else binder
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


def _activated(bodies: Mapping[Quantity, Expr]) -> frozenset[str]:
    """The variables that are an elementwise function of something."""
    return frozenset(
        quantity.name
        for quantity, body in bodies.items()
        if isinstance(body, Call) and len(body.arguments) == 1 and is_elementwise(body.function)
    )


def is_elementwise(function: str) -> bool:
    """Whether the function acts on each entry alone; one that a model leaves open does."""
    return function not in FUNCTIONS or FUNCTIONS[function].elementwise


def is_zero(piece: Piece) -> bool:
    """Whether nothing comes back to the quantity there."""
    return piece.value == ZERO


def _at(terms: tuple[Term, ...] | None, steps: Steps) -> tuple[Term, ...] | None:
    if terms is None:
        return None
    return tuple(term for term in terms if term.steps is None or term.steps.covers(steps))
