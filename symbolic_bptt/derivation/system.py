"""A model's equations as a system of quantities, each with one equation, and who reads whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial

from ..model.model import Model
from ..notation.printer.text import text
from ..notation.shapes import MaybeShape, ShapeError
from ..notation.sizes import Size
from ..notation.tree import BigOperator, Expr, Range, Symbol, children
from .entries import without_entries
from .errors import NoRuleError
from .indices import HORIZON, affine, at, compare, letters, spare_letter, substitute
from .literals import with_sizes
from .spans import Steps


@dataclass(frozen=True)
class Quantity:
    """A variable that an equation defines: at every step, at one step, or once."""

    name: str
    timed: bool
    step: int | None = None

    @property
    def every(self) -> bool:
        """Whether its equation holds at every step."""
        return self.timed and self.step is None


@dataclass(frozen=True)
class Binder:
    """low ≤ index ≤ high, a range over which a contribution is summed."""

    index: str
    steps: Steps
    unequal: tuple[Expr, ...] = ()

    @property
    def range(self) -> Range:
        """As it is written under a sum."""
        bounds = self.steps.range(self.index)
        return Range(self.index, bounds.lower, bounds.upper, self.unequal)


Scope = tuple[Binder, ...]


@dataclass(frozen=True)
class Place:
    """Where a symbol is read: at steps `steps` of it, once the letters have the values `values`.

    In `values` the letter of the time index stands for the step of the symbol itself; the
    contribution is summed over `rest`. `offset` is the step of the reader minus that of the symbol.
    """

    steps: Steps
    values: Mapping[str, Size]
    rest: Scope
    offset: int = 0
    moving: bool = False


@dataclass(frozen=True)
class System:
    """The equations, with T settled if there is a fixed number of steps."""

    model: Model
    axis: Steps
    bodies: Mapping[Quantity, Expr] = field(default_factory=dict)

    @property
    def index(self) -> str:
        """The letter of the step."""
        return self.model.time.index

    @cached_property
    def names(self) -> frozenset[str]:
        """Plain letters that mean something in the model, and so cannot be a new index."""
        plain = {name for name, timed in self.model.declarations if not timed}
        return frozenset({*plain, *self.model.sizes, self.index, HORIZON})

    def quantities(self, name: str, timed: bool, steps: Steps | None) -> Iterator[Quantity]:
        """The defined quantities that a symbol stands for at these steps, or at any.

        A fixed step outside the axis is an initial state, and one that has an equation of its own
        is not given by that for every step.
        """
        if not timed:
            once = Quantity(name, False)
            if once in self.bodies:
                yield once
            return
        special = [
            (quantity, step)
            for quantity in self.bodies
            if quantity.name == name and quantity.step is not None
            for step in (Steps(Size(quantity.step), Size(quantity.step)),)
            if steps is None or steps.covers(step)
        ]
        taken = any(step == steps for _, step in special)
        outside = steps is not None and steps.meet(self.axis).is_empty
        every = Quantity(name, True)
        if every in self.bodies and not taken and not outside:
            yield every
        yield from (quantity for quantity, _ in special)

    def scope(self, quantity: Quantity, steps: Steps) -> Scope:
        """The range over which the quantity's equation holds."""
        return (Binder(self.index, steps),) if quantity.every else ()

    def is_parameter(self, symbol: Symbol) -> bool:
        """Whether it is a parameter, or the copy of one that some step uses."""
        slots = self.model.declarations
        known = slots.get((symbol.name, False))
        timed = bool(symbol.indices) and (
            (symbol.name, True) in slots or Quantity(symbol.name, True) in self.bodies
        )
        return known is not None and known.role == "parameter" and not timed

    def reads(self, body: Expr, scope: Scope) -> Iterator[tuple[Symbol, Scope]]:
        """Every symbol in an expression, with the ranges around it."""
        if isinstance(body, Symbol):
            yield body, scope
        elif isinstance(body, BigOperator):
            inner, outer = self.opened(body, scope)
            yield from self.reads(inner, outer)
        else:
            for child in children(body):
                if isinstance(child, Expr):
                    yield from self.reads(child, scope)

    def opened(self, body: BigOperator, scope: Scope) -> tuple[Expr, Scope]:
        """The summand and its ranges, with letters that are not in use outside."""
        inner, taken = body.body, frozenset(binder.index for binder in scope)
        for span in body.ranges:
            low = self.axis.low if span.lower is None else affine(span.lower)
            high = self.axis.high if span.upper is None else affine(span.upper)
            if low is None or high is None:
                raise NoRuleError(f"{text(body)}: the range of {span.index} cannot be followed")
            index = span.index
            if index in taken:
                index = spare_letter(taken | letters(body) | self.names)
                inner = substitute(inner, {span.index: Size.letter(index)})
            taken |= {index}
            scope = (*scope, Binder(index, Steps(low, high), span.unequal))
        return inner, scope

    def place(self, symbol: Symbol, scope: Scope) -> Place:
        """Where a timed symbol is read. Raises `NoRuleError` for an index that cannot be solved."""
        step = affine(symbol.indices[0])
        if step is None:
            raise NoRuleError(f"{text(symbol)}: its step is no linear function of the index")
        moving = [binder for binder in scope if binder.index in step.letters]
        if not moving:
            return Place(Steps(step, step), {}, scope)
        binder = moving[0]
        sign = dict(step.multiples)[binder.index]
        if len(moving) > 1 or abs(sign) != 1 or binder.unequal:
            raise NoRuleError(f"{text(symbol)}: its step cannot be solved for one index")
        rest = [other for other in scope if other is not binder]
        return _solved(binder, sign, step, rest, self.index, self.names)


def _solved(
    binder: Binder, sign: int, step: Size, rest: list[Binder], index: str, names: frozenset[str]
) -> Place:
    constant = at(step, binder.index, Size())
    values: dict[str, Size] = {}
    if any(other.index == index for other in rest):
        taken = names | {binder.index} | {other.index for other in rest}
        values[index] = Size.letter(spare_letter(taken - {binder.index}))
    own = (Size.letter(index) - constant) * sign
    values[binder.index] = own
    steps, others = _eliminated(binder, rest)
    ends = (at(step, binder.index, steps.low), at(step, binder.index, steps.high))
    span = Steps(*(ends if sign > 0 else ends[::-1]))
    summed = tuple(_renamed(other, values) for other in others)
    offset = -constant.constant if sign > 0 else 0
    return Place(span, values, summed, offset, moving=True)


def _renamed(binder: Binder, values: Mapping[str, Size]) -> Binder:
    low, high = binder.steps.low, binder.steps.high
    for letter, value in values.items():
        low, high = at(low, letter, value), at(high, letter, value)
    name = values.get(binder.index)
    index = binder.index if name is None else next(iter(name.letters))
    return Binder(index, Steps(low, high), binder.unequal)


def _eliminated(binder: Binder, rest: list[Binder]) -> tuple[Steps, list[Binder]]:
    """Bounds of the solved index that do not depend on the others, whose bounds then do on it.

    k ≤ t + c with t summed over becomes t ≥ k − c.
    """
    low, high, own = binder.steps.low, binder.steps.high, Size.letter(binder.index)
    changed = []
    for other in rest:
        letter, (start, stop) = other.index, (other.steps.low, other.steps.high)
        if letter in high.letters:
            gap = at(high, letter, Size())
            _require(compare(low - gap, start) >= 0, binder)
            start, high = own - gap, at(high, letter, stop)
        if letter in low.letters:
            gap = at(low, letter, Size())
            _require(compare(high - gap, stop) <= 0, binder)
            stop, low = own - gap, at(low, letter, other.steps.low)
        changed.append(Binder(letter, Steps(start, stop), other.unequal))
    return Steps(low, high), changed


def _require(condition: bool, binder: Binder) -> None:
    if not condition:
        raise NoRuleError(f"the range of {binder.index} cannot be solved for its bound")


def variable_shape(model: Model, symbol: Symbol) -> MaybeShape:
    """The shape of a symbol of the model, None for a number. Raises `ShapeError`."""
    name, timed = symbol.name, bool(symbol.indices)
    for slot in ((name, timed), (name, False)) if timed else ((name, False),):
        if slot in model.declarations:
            return model.declarations[slot].shape
    for state in model.initial if timed else ():
        if state.name == name:
            return state.shape
    if timed:
        raise ShapeError(f"{text(symbol)} has no shape", symbol.span)
    return None


def system(model: Model, count: int | None) -> System:
    """The equations of a model over `count` steps, or over a symbolic T."""
    time = model.time
    count = model.literal_length or count
    settled = {} if count is None else {HORIZON: Size(time.letter_T(count))}
    if count is None:
        axis = Steps(Size(time.first), Size.letter(HORIZON) + Size(time.last_offset))
    else:
        steps = time.steps(count)
        axis = Steps(Size(steps[0]), Size(steps[-1]))
    bodies = {}
    shape = partial(variable_shape, model)
    for equation in model.equations:
        step = equation.step
        timed = equation.timed or step is not None
        settled_step = None if step is None else affine(substitute(step, settled))
        place = None if settled_step is None else settled_step.constant
        body = without_entries(with_sizes(substitute(equation.body, settled), shape), shape)
        bodies[Quantity(equation.target, timed, place)] = body
    return System(model, axis, bodies)
