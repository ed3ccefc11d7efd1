"""The steps at which the loss depends on each quantity, and the order in which to differentiate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from graphlib import CycleError, TopologicalSorter

from ..notation.printer.text import text
from ..notation.sizes import Size
from ..notation.tree import Call, Symbol, walk
from .errors import NoRuleError
from .spans import Steps, latest
from .system import Binder, Place, Quantity, Scope, System


@dataclass(frozen=True)
class Read:
    """`reader` reads `read`; a timed quantity at the steps that `place` says."""

    reader: Quantity
    read: Quantity
    symbol: Symbol
    scope: Scope
    place: Place | None

    @property
    def crosses_steps(self) -> bool:
        """Whether the value of one step is read in the equation of another."""
        if self.place is None:
            return False
        if self.reader.every:
            return self.read.every and self.place.moving and not self._same_step
        return self.reader.timed and self.reader.step != self.read.step

    @property
    def _same_step(self) -> bool:
        assert self.place is not None
        return self.place.offset == 0 and not self.place.rest


def reads(system: System) -> Iterator[Read]:
    """Who reads whom."""
    for reader, body in system.bodies.items():
        for symbol, scope in system.reads(body, system.scope(reader, system.axis)):
            if system.is_parameter(symbol):
                continue
            timed = bool(symbol.indices)
            place = system.place(symbol, scope) if timed else None
            for read in system.quantities(symbol.name, timed, place.steps if place else None):
                yield Read(reader, read, symbol, scope, place)


def supports(
    system: System, found: tuple[Read, ...], dead: frozenset[str] = frozenset()
) -> Mapping[Quantity, Steps]:
    """For each quantity that the loss depends on, the steps at which it can.

    Starting from the loss, the steps spread to what is read. Through a recurrence they spread on
    without end; after as many rounds as there are quantities an end that still moves is
    therefore put to the end of the axis. Through the names in `dead` nothing spreads.
    """
    origin = Steps(system.axis.high, system.axis.high)
    live = {Quantity(system.model.loss, False): origin}
    rounds = 2 * len(system.bodies) + 2
    while True:
        rounds -= 1
        changed = False
        for read in found:
            if read.reader not in live or read.read.name in dead:
                continue
            reached = _reached(system, read, live[read.reader])
            if reached is None:
                continue
            known = live.get(read.read)
            wider = reached if known is None else known.hull(reached)
            if wider != known:
                if known is not None and rounds < 0:
                    wider = _pushed(system, known, wider)
                live[read.read] = wider
                changed = True
        if not changed:
            return live


def _reached(system: System, read: Read, reader: Steps) -> Steps | None:
    if not read.read.every or read.place is None:
        return system.axis if read.read.every else reader
    place = read.place
    if read.reader.every and place.moving:
        scope = tuple(
            Binder(binder.index, reader if binder.index == system.index else binder.steps)
            for binder in read.scope
        )
        place = system.place(read.symbol, scope)
    reached = place.steps.meet(system.axis)
    return None if reached.is_empty else reached


def _pushed(system: System, known: Steps, wider: Steps) -> Steps:
    low = known.low if wider.low == known.low else system.axis.low
    high = known.high if wider.high == known.high else system.axis.high
    return Steps(low, high)


def recurrent(found: tuple[Read, ...]) -> frozenset[str]:
    """The names of the variables that are read at another step than their own."""
    return frozenset(read.read.name for read in found if read.crosses_steps)


def undone_by_log(system: System, name: str) -> bool:
    """Whether a variable is a softmax or logistic function whose logarithm is taken somewhere.

    The two undo each other only in the cotangent inside that function.
    """
    body = system.bodies.get(Quantity(name, True))
    if not (isinstance(body, Call) and body.function in ("softmax", "sigmoid")):
        return False
    logs = (
        node
        for other in system.bodies.values()
        for node in walk(other)
        if isinstance(node, Call) and node.function == "log"
    )
    return any(isinstance(item, Symbol) and item.name == name for log in logs for item in walk(log))


def last_steps(system: System, found: tuple[Read, ...]) -> Mapping[Quantity, Size]:
    """For each quantity without a time index, the last step that it looks at."""
    known = {q: system.axis.high if q.step is None else Size(q.step) for q in system.bodies}
    seen: dict[Quantity, Size] = {q: known[q] for q in known if q.step is not None}
    for quantity in system.bodies:
        if quantity.every or quantity in seen:
            continue
        steps = [
            seen[read.read]
            for read in found
            if read.reader == quantity and read.place is None and read.read in seen
        ]
        steps += [
            place.steps.high
            for symbol, scope in system.reads(system.bodies[quantity], ())
            if symbol.indices and not system.is_parameter(symbol)
            for place in (system.place(symbol, scope),)
        ]
        if steps:
            seen[quantity] = reduce(latest, steps)
    return {**known, **seen}


def backward_order(system: System, found: tuple[Read, ...]) -> Mapping[Quantity, int]:
    """Every quantity with its distance from the loss, each after all that read it at its own step.

    What is read at another step does not count: recurrent variables have names. Quantities of one
    distance come in the order of the equations. Raises `NoRuleError` where quantities read each
    other at a fixed step, which only single steps could put in order.
    """
    named = recurrent(found)
    sorter: TopologicalSorter[Quantity] = TopologicalSorter(dict.fromkeys(system.bodies, ()))
    readers: dict[Quantity, list[Quantity]] = {quantity: [] for quantity in system.bodies}
    for read in found:
        if not (read.crosses_steps and read.read.name in named and read.read.every):
            sorter.add(read.read, read.reader)
            readers[read.read].append(read.reader)
    try:
        order = tuple(sorter.static_order())
    except CycleError as error:
        raise NoRuleError(_circle(found, error.args[1])) from None
    distance: dict[Quantity, int] = {}
    for quantity in order:
        distance[quantity] = max((distance[r] + 1 for r in readers[quantity]), default=0)
    forward = list(system.bodies)
    ordered = sorted(distance, key=lambda quantity: (distance[quantity], forward.index(quantity)))
    return {quantity: distance[quantity] for quantity in ordered}


def _circle(found: tuple[Read, ...], circle: list[Quantity]) -> str:
    """Who reads whom at a fixed step, and what can be had instead."""
    inside = [read for read in found if read.reader in circle and read.read in circle]
    fixed = next((read for read in inside if read.place and not read.place.moving), inside[0])
    return (
        f"the equation of {fixed.reader.name} reads {text(fixed.symbol)}, which it gives itself at "
        "another step: that has no closed form in matrix notation; the style `expanded` has SymPy's"
    )
