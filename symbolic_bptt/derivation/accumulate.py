"""Reverse accumulation over the whole model: every adjoint in terms of those of later steps."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..notation.printer.text import text
from ..notation.shapes import MaybeShape, ShapeError
from ..notation.sizes import Size
from ..notation.tree import Expr, Statement, Symbol
from .algebra import Algebra
from .contributions import Contribution, Use, cut, gathered, summed
from .indices import HORIZON, affine, index_tree, substitute
from .monomial import ONE, ZERO
from .names import Adjoint
from .reverse import Reach, Reverse, is_small
from .rules import Context
from .spans import Steps
from .supports import backward_order, reads, recurrent, supports
from .system import Quantity, Scope, System


@dataclass
class Accumulation:
    """The contributions to every adjoint, and the adjoints that got a name.

    Built by `accumulate`; read-only afterwards. `extra` are names whose derivative is asked for
    though they are neither parameters nor defined: inputs and initial states.
    """

    system: System
    extra: frozenset[str] = frozenset()
    contributions: dict[tuple[str, bool], list[Contribution]] = field(default_factory=dict)
    uses: dict[str, list[Use]] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    adjoints: dict[str, Adjoint] = field(default_factory=dict)
    totals: dict[str, None] = field(default_factory=dict)
    _delayed: dict[Quantity, list[Statement]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.algebra = Algebra(self.shape_of)
        self._context = Context(self.algebra, self._sums_to_one)
        found = tuple(reads(self.system))
        self._recurrent = recurrent(found)
        self._live = supports(self.system, found)
        self._order = [q for q in backward_order(self.system, found) if q in self._live]

    # What symbols mean

    def shape_of(self, symbol: Symbol) -> MaybeShape:
        """The shape of a symbol of the model or of an adjoint; None for a number."""
        if symbol.name in self.adjoints:
            return self._variable_shape(self.adjoints[symbol.name].variable, bool(symbol.indices))
        return self._variable_shape(symbol.name, bool(symbol.indices))

    def _variable_shape(self, name: str, timed: bool) -> MaybeShape:
        model = self.system.model
        for slot in ((name, timed), (name, False)) if timed else ((name, False),):
            if slot in model.declarations:
                return model.declarations[slot].shape
        for state in model.initial if timed else ():
            if state.name == name:
                return state.shape
        if timed:
            raise ShapeError(f"{name} has no shape", None)
        return None

    def _is_number(self, symbol: Symbol) -> bool:
        return not symbol.indices and symbol.name not in self.adjoints and (
            (symbol.name, False) not in self.system.model.declarations
        )

    def _sums_to_one(self, x: Expr) -> bool:
        if not isinstance(x, Symbol):
            return False
        declared = self.system.model.declarations.get((x.name, bool(x.indices)))
        if declared is None or declared.constraint is None:
            return False
        general = (Symbol(self.system.index),) if declared.timed else ()
        self.totals[text(Symbol(x.name, general, x.layout))] = None
        return True

    # The accumulation

    def run(self) -> None:
        """Differentiate every equation on the way back from the loss."""
        for quantity in self._order:
            self._differentiate(quantity)
        for quantity in self._order:
            self.statements += self._definitions(quantity)
            self.statements += self._delayed.get(quantity, [])

    def _differentiate(self, quantity: Quantity) -> None:
        steps = self._live[quantity]
        output = self._symbol(quantity.name, quantity)
        if quantity == Quantity(self.system.model.loss, False):
            g: Expr = ONE
        elif quantity.timed and quantity.name in self._recurrent:
            g = self._named(Adjoint(quantity.name), quantity)
        else:
            g, steps = self._written_out(quantity, output)
        if g == ZERO:
            return
        scope = self.system.scope(quantity, steps)
        shape = self.algebra.shape(output)

        def name_it(value: Expr, inner: bool) -> Expr:
            return self._name_if_long(quantity, value, inner, steps)

        Reverse(
            self.system,
            self._context,
            self._wanted,
            name_it,
            lambda reach: self._take(reach, quantity),
            shape,
            len(scope),
        ).run(self.system.bodies[quantity], g, scope, output)

    def _wanted(self, symbol: Symbol) -> bool:
        return (
            self.system.is_parameter(symbol)
            or symbol.name in self.extra
            or any(True for _ in self.system.quantities(symbol.name, bool(symbol.indices), None))
        )

    def _written_out(self, quantity: Quantity, output: Symbol) -> tuple[Expr, Steps]:
        """The adjoint as an expression, or a name where it differs from step to step."""
        found = self.contributions.get((quantity.name, quantity.timed), [])
        if not quantity.timed:
            return gathered(self.algebra, output, found), self.system.axis
        if quantity.step is not None:
            return self.at_step(quantity.name, quantity.step), self.system.axis
        found = self._within_axis(found)
        if not found:
            return ZERO, self.system.axis
        divided = cut(found)
        if len(divided) == 1:
            return gathered(self.algebra, output, found), divided[0][0]
        return self._named(Adjoint(quantity.name), quantity), self._live[quantity]

    def _within_axis(self, found: list[Contribution]) -> list[Contribution]:
        clipped = []
        for item in found:
            assert item.steps is not None
            steps = item.steps.meet(self.system.axis)
            if not steps.is_empty:
                clipped.append(
                    Contribution(item.value, steps, item.slice, item.offset)
                )
        return clipped

    def adjoint_of(self, symbol: Symbol) -> Expr:
        """∂loss/∂symbol: its name if it has one, else written out."""
        name, timed = symbol.name, bool(symbol.indices)
        if name == self.system.model.loss and not timed:
            return ONE
        step = affine(symbol.indices[0]) if timed else None
        known = self.contributions.get((name, timed), [])
        if step is None or not timed:
            return gathered(self.algebra, symbol, known)
        named = Adjoint(name).placeholder in self.adjoints
        inside = self.system.axis.covers(Steps(step, step)) if not step.letters - {HORIZON} else True
        if named and inside:
            return Symbol(Adjoint(name).placeholder, symbol.indices, symbol.layout)
        return self._at(name, step)

    def at_step(self, name: str, step: int) -> Expr:
        """The adjoint of a timed variable at one step, written out."""
        return self._at(name, Size(step))

    def _at(self, name: str, here: Size) -> Expr:
        found = [
            Contribution(self._moved(item.value, here), item.steps, item.slice, item.offset)
            for item in self.contributions.get((name, True), [])
            if item.steps is not None and item.steps.covers(Steps(here, here))
        ]
        return gathered(self.algebra, Symbol(name, (index_tree(here),)), found)

    def _moved(self, value: Expr, step: Size) -> Expr:
        return substitute(value, {self.system.index: step})

    def _take(self, reach: Reach, reader: Quantity) -> None:
        symbol = reach.symbol
        if self.system.is_parameter(symbol):
            use = Use(reach.value, reach.scope, reach.slice, _copy(reach, reader))
            self.uses.setdefault(symbol.name, []).append(use)
            return
        slot = (symbol.name, bool(symbol.indices))
        known = self.contributions.setdefault(slot, [])
        if not symbol.indices:
            known.append(Contribution(self._sum(reach.value, reach.scope), None, reach.slice))
            return
        place = self.system.place(symbol, reach.scope)
        value = self._sum(substitute(reach.value, place.values), place.rest)
        known.append(Contribution(value, place.steps, reach.slice, place.offset))

    def _sum(self, value: Expr, scope: Scope) -> Expr:
        return summed(self.algebra, value, scope)

    # Names

    def _symbol(self, name: str, quantity: Quantity) -> Symbol:
        """The quantity at its own step."""
        if not quantity.timed:
            return Symbol(name)
        declared = self.system.model.declarations.get((quantity.name, True))
        layout = declared.layout if declared else "sub"
        step = Size.letter(self.system.index) if quantity.step is None else Size(quantity.step)
        return Symbol(name, (index_tree(step),), layout)

    def _named(self, adjoint: Adjoint, quantity: Quantity) -> Symbol:
        self.adjoints[adjoint.placeholder] = adjoint
        return self._symbol(adjoint.placeholder, quantity)

    def _name_if_long(self, quantity: Quantity, value: Expr, inner: bool, steps: Steps) -> Expr:
        if is_small(value, self._is_number):
            return value
        symbol = self._named(Adjoint(quantity.name, inner), quantity)
        whole = steps == self.system.axis or not quantity.every
        ranges = () if whole else (steps.range(self.system.index),)
        self._delayed.setdefault(quantity, []).append(Statement((symbol, value), ("=",), ranges))
        return symbol

    def _definitions(self, quantity: Quantity) -> list[Statement]:
        """The definition of a named adjoint, one statement for each piece of the time axis."""
        adjoint = Adjoint(quantity.name)
        if adjoint.placeholder not in self.adjoints or self._has_statement(quantity):
            return []
        if quantity.step is not None:
            symbol = self._symbol(adjoint.placeholder, quantity)
            return [Statement((symbol, self.at_step(quantity.name, quantity.step)), ("=",))]
        found = self._within_axis(self.contributions.get((quantity.name, True), []))
        return [self._definition(quantity, steps, here) for steps, here in cut(found)]

    def _has_statement(self, quantity: Quantity) -> bool:
        symbol = self._symbol(Adjoint(quantity.name).placeholder, quantity)
        return any(s.operands[0] == symbol for s in self._delayed.get(quantity, []))

    def _definition(
        self, quantity: Quantity, steps: Steps, found: list[Contribution]
    ) -> Statement:
        symbol: Expr = self._symbol(Adjoint(quantity.name).placeholder, quantity)
        value = gathered(self.algebra, self._symbol(quantity.name, quantity), found)
        if steps.single:
            symbol, value = self._moved(symbol, steps.low), self._moved(value, steps.low)
        whole = steps.single or steps == self.system.axis
        ranges = () if whole else (steps.range(self.system.index),)
        return Statement((symbol, value), ("=",), ranges)


def _copy(reach: Reach, reader: Quantity) -> Size | None:
    """The step whose copy of a parameter is used, in terms of the indices in scope."""
    if reach.symbol.indices:
        return affine(reach.symbol.indices[0])
    if reach.scope:
        return Size.letter(reach.scope[0].index)
    return None if reader.step is None else Size(reader.step)
