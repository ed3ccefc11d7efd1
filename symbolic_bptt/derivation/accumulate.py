"""Reverse accumulation over the whole model: every adjoint in terms of those of later steps."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ..notation.printer.text import text
from ..notation.shapes import MaybeShape
from ..notation.sizes import Size
from ..notation.tree import Call, Expr, Slice, Statement, Symbol
from .algebra import Algebra
from .context import Context
from .contributions import Contribution, Use, cut, gathered, summed
from .errors import NoRuleError
from .indices import HORIZON, affine, index_tree, substitute, value_letters
from .monomial import ONE, ZERO
from .names import Adjoint
from .reverse import Reach, Reverse, is_small
from .rules import pull
from .spans import Steps
from .supports import (
    backward_order,
    last_steps,
    reads,
    recurrent,
    supports,
    undone_by_log,
)
from .system import Quantity, Scope, System, variable_shape


@dataclass
class Accumulation:
    """The contributions to every adjoint, and the adjoints that got a name.

    Built by `backward.accumulate`; read-only afterwards. `extra` are names whose derivative is
    asked for though they are neither parameters nor defined: inputs and initial states. `dead` are
    variables whose adjoint is known to be zero. Of the recurrent variables in `inner`, the adjoint
    with a name is that of what stands inside the outermost function. `deeper` are the variables of
    which it is that of something further inside.
    """

    system: System
    extra: frozenset[str] = frozenset()
    dead: frozenset[str] = frozenset()
    inner: frozenset[str] = frozenset()
    contributions: dict[tuple[str, bool], list[Contribution]] = field(default_factory=dict)
    uses: dict[str, list[Use]] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    adjoints: dict[str, Adjoint] = field(default_factory=dict)
    totals: dict[str, None] = field(default_factory=dict)
    deeper: set[str] = field(default_factory=set)
    _delayed: dict[Quantity, list[Statement]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.algebra = Algebra(self.shape_of)
        self._context = Context(self.algebra, self._sums_to_one)
        self._loss = Quantity(self.system.model.loss, False)
        found = tuple(reads(self.system))
        self._recurrent = recurrent(found)
        self._live = supports(self.system, found, self.dead)
        undone = frozenset(n for n in self._recurrent if undone_by_log(self.system, n))
        self._pre = undone | (self.inner & self._recurrent)
        self._looks_at = last_steps(self.system, found)
        distance = backward_order(self.system, found)
        self._order = [quantity for quantity in distance if quantity in self._live]
        self._place = {
            quantity: (distance[quantity], place)
            for place, quantity in enumerate(self.system.bodies)
        }

    # What symbols mean

    def shape_of(self, symbol: Symbol) -> MaybeShape:
        """The shape of a symbol of the model or of an adjoint; None for a number."""
        if symbol.name in self.adjoints:
            symbol = Symbol(self.adjoints[symbol.name].variable, symbol.indices)
        return variable_shape(self.system.model, symbol)

    def _is_number(self, symbol: Symbol) -> bool:
        return (
            not symbol.indices
            and symbol.name not in self.adjoints
            and ((symbol.name, False) not in self.system.model.declarations)
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
        is_loss = quantity == self._loss
        if is_loss:
            g: Expr = ONE
        elif quantity.timed and quantity.name in self._recurrent:
            g = self._named(self._own(quantity.name), quantity)
        else:
            g, steps = self._written_out(quantity, output)
        if g == ZERO:
            return
        scope = self.system.scope(quantity, steps)
        shape = self.algebra.shape(output)

        def name_it(value: Expr, inner: bool, uses: int, node: Expr) -> Expr:
            if is_small(value, uses, self._is_number):
                return value
            self._note_depth(quantity, inner, node)
            return self._name(quantity, value, inner, steps)

        body, name = self._start(quantity)
        Reverse(
            self.system,
            self._context,
            self._wanted,
            self._always_wanted,
            name_it,
            lambda reach: self._take(reach, quantity),
            shape,
            len(scope),
        ).run(body, g, scope, name, may_name=not is_loss)

    def _note_depth(self, quantity: Quantity, inner: bool, node: Expr) -> None:
        """Whether what gets a name as the inner adjoint is that of the outermost argument."""
        body = self.system.bodies[quantity]
        if inner and not (isinstance(body, Call) and body.arguments == (node,)):
            self.deeper.add(quantity.name)

    def _own(self, name: str) -> Adjoint:
        """The adjoint that a recurrent variable is represented by."""
        return Adjoint(name, inner=name in self._pre)

    def _inner(self, quantity: Quantity) -> Expr | None:
        """What the outermost function is applied to, where the adjoint is the cotangent of that."""
        body = self.system.bodies[quantity]
        if quantity.name in self._pre and isinstance(body, Call):
            return body.arguments[0]
        return None

    def _start(self, quantity: Quantity) -> tuple[Expr, Symbol | None]:
        """What the adjoint is the cotangent of, and its name if it has one."""
        inner = self._inner(quantity)
        if inner is not None:
            return inner, None
        name = None if quantity == self._loss else self._symbol(quantity.name, quantity)
        return self.system.bodies[quantity], name

    def _wanted(self, symbol: Symbol) -> bool:
        return symbol.name in self.extra or self._always_wanted(symbol)

    def _always_wanted(self, symbol: Symbol) -> bool:
        return self.system.is_parameter(symbol) or any(
            True for _ in self.system.quantities(symbol.name, bool(symbol.indices), None)
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
                clipped.append(replace(item, steps=steps))
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
        if named and self._is_defined_at(name, step):
            return Symbol(Adjoint(name).placeholder, symbol.indices, symbol.layout)
        return self._at(name, step)

    def _is_defined_at(self, name: str, step: Size) -> bool:
        """Whether the named adjoint has a definition at the step; elsewhere it is written out."""
        if step.letters - {HORIZON}:
            return True
        found = self._within_axis(self.contributions.get((name, True), []))
        single = Steps(step, step)
        return any(item.steps is not None and item.steps.covers(single) for item in found)

    def at_step(self, name: str, step: int) -> Expr:
        """The adjoint of a timed variable at one step, written out."""
        return self._at(name, Size(step))

    def _at(self, name: str, here: Size) -> Expr:
        known = self.contributions.get((name, True), [])
        if here.letters - {HORIZON}:
            found = self._within_axis(known)
            if len(cut(found)) > 1:
                raise NoRuleError(f"∂/∂{name} differs from step to step: ask for one step")
        else:
            single = Steps(here, here)
            found = [item for item in known if item.steps and item.steps.covers(single)]
        moved = [replace(item, value=self._moved(item.value, here)) for item in found]
        return gathered(self.algebra, Symbol(name, (index_tree(here),)), moved)

    def _moved(self, value: Expr, step: Size) -> Expr:
        moved = substitute(value, {self.system.index: step})
        counted = self.system.index in value_letters(value)
        return self.algebra.tidied(moved) if counted else moved

    def _take(self, reach: Reach, reader: Quantity) -> None:
        symbol = reach.symbol
        if self.system.is_parameter(symbol):
            use = Use(reach.value, reach.scope, reach.slice, self._copy(symbol, reader))
            self.uses.setdefault(symbol.name, []).append(use)
            return
        reach = self._named_part(reach, reader)
        slot = (symbol.name, bool(symbol.indices))
        known = self.contributions.setdefault(slot, [])
        read_by = self._place[reader]
        if not symbol.indices:
            value = self._sum(reach.value, reach.scope)
            known.append(Contribution(value, None, reach.slice, reader=read_by))
            return
        place = self.system.place(symbol, reach.scope)
        value = self._sum(substitute(reach.value, place.values), place.rest)
        offset = place.offset if reader.every else 0
        known.append(Contribution(value, place.steps, reach.slice, offset, read_by))

    def _named_part(self, reach: Reach, reader: Quantity) -> Reach:
        """The same, with a name for a long adjoint of a slice: those of gates read from a stack."""
        plain = len(reach.scope) == 1 and reader.every
        if reach.slice is None or not plain or is_small(reach.value, 3, self._is_number):
            return reach
        fits = self.algebra.shape(reach.value) == self.algebra.shape(
            self._symbol(reader.name, reader)
        )
        if not fits:
            return reach
        self._note_depth(reader, True, Slice(reach.symbol, reach.slice))
        named = self._name(reader, reach.value, True, reach.scope[0].steps)
        return replace(reach, value=named)

    def _copy(self, symbol: Symbol, reader: Quantity) -> Size | None:
        """The step whose copy of a parameter is used: the reader's, or the last one it looks at."""
        if symbol.indices:
            return affine(symbol.indices[0])
        return Size.letter(self.system.index) if reader.every else self._looks_at[reader]

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

    def _name(self, quantity: Quantity, value: Expr, inner: bool, steps: Steps) -> Expr:
        adjoint = Adjoint(quantity.name, inner)
        if any(defined_name(s) == adjoint.placeholder for s in self._delayed.get(quantity, [])):
            return value
        symbol = self._named(adjoint, quantity)
        whole = steps == self.system.axis or not quantity.every
        ranges = () if whole else (steps.range(self.system.index),)
        self._delayed.setdefault(quantity, []).append(Statement((symbol, value), ("=",), ranges))
        return symbol

    def _definitions(self, quantity: Quantity) -> list[Statement]:
        """The definition of a named adjoint, one statement for each piece of the time axis."""
        adjoint = self._own(quantity.name)
        if adjoint.placeholder not in self.adjoints or self._has_statement(quantity):
            return []
        if quantity.step is not None:
            symbol = self._symbol(adjoint.placeholder, quantity)
            value = self.at_step(quantity.name, quantity.step)
            return [Statement((symbol, self._through(quantity, value)), ("=",))]
        found = self._within_axis(self.contributions.get((quantity.name, True), []))
        return [self._definition(quantity, steps, here) for steps, here in cut(found)]

    def _through(self, quantity: Quantity, value: Expr) -> Expr:
        """The cotangent inside the outermost function, where the adjoint stands for that."""
        if quantity.name not in self._pre:
            return value
        output = self._symbol(quantity.name, quantity)
        ((_, inside),) = pull(self._context, self.system.bodies[quantity], value, output)
        return inside

    def _has_statement(self, quantity: Quantity) -> bool:
        symbol = self._symbol(self._own(quantity.name).placeholder, quantity)
        return any(s.operands[0] == symbol for s in self._delayed.get(quantity, []))

    def _definition(self, quantity: Quantity, steps: Steps, found: list[Contribution]) -> Statement:
        symbol: Expr = self._symbol(self._own(quantity.name).placeholder, quantity)
        value = gathered(self.algebra, self._symbol(quantity.name, quantity), found)
        value = self._through(quantity, value)
        if steps.single:
            symbol, value = self._moved(symbol, steps.low), self._moved(value, steps.low)
        whole = steps.single or steps == self.system.axis
        ranges = () if whole else (steps.range(self.system.index),)
        return Statement((symbol, value), ("=",), ranges)


def defined_name(statement: Statement) -> str:
    """The name on the left side."""
    symbol = statement.operands[0]
    assert isinstance(symbol, Symbol)
    return symbol.name
