"""The reverse accumulation of a model, read as a derivation: who passes what to whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ...model.model import Model
from ...notation.functions import FUNCTIONS
from ...notation.printer.text import text
from ...notation.shapes import MaybeShape
from ...notation.sizes import Size
from ...notation.tree import (
    Call,
    Derivative,
    Expr,
    Held,
    Symbol,
    map_children,
)
from ..accumulate import Accumulation
from ..algebra import Algebra
from ..backward import accumulate
from ..indices import index_tree
from ..names import Adjoint, final_names, renamed
from ..presentation import presented
from ..supports import backward_order, reads, supports
from ..system import Quantity, system
from .step import Manner

DEFAULT = Manner()
_PENDING = r"\pending "


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
