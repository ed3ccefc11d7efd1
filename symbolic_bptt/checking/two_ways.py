"""Derivatives that one file reads in two ways: total in one line, immediate in another.

Each line is judged in a reading in which it holds, and so every line of a derivation that loses a
path may hold. Where the two derivatives differ in the model, a line says which reads it otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..model.entrywise import read_by
from ..model.model import Model
from ..notation.elaboration.choices import Differentiated, Oracle
from ..notation.printer.text import text
from ..notation.tree import Expr, Symbol, walk


class TwoWays:
    """How every derivative of a file was read so far, and in which line."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.reads = read_by(model)
        self.known: dict[Differentiated, dict[str, int]] = {}

    def told(self, oracle: Oracle, line: int) -> tuple[str, ...]:
        """What the line that holds in that reading is to be told with."""
        found: list[str] = []
        for taken, ways in oracle.differentiated.items():
            before = self.known.setdefault(taken, {})
            others = {way: at for way, at in before.items() if way not in ways and at != line}
            if others and not before.keys() & ways.keys() and self.differ(taken):
                (here, *_), (there, at) = ways, next(iter(others.items()))
                name = f"∂{text(Symbol(taken.of))}/∂{text(Symbol(taken.by))}"
                found.append(f"{name} is read as {here} here, as {there} in line {at}")
            for way in ways:
                before.setdefault(way, line)
        return tuple(found)

    def differ(self, taken: Differentiated) -> bool:
        """Whether the quantity depends on the other also through what its equation reads."""
        if taken.of not in self.reads:
            return True
        if taken.by in self.model.parameters:
            return self._carries(taken.by, {name for name, _ in self.reads[taken.of]})
        goal = taken.by, -taken.apart
        others = [read for read in self.reads[taken.of] if read != goal]
        return goal in self._reached(others, -taken.apart)

    def _carries(self, parameter: str, names: set[str]) -> bool:
        """Whether one of some quantities depends on a parameter."""
        pending, seen = list(names), set(names)
        while pending:
            name = pending.pop()
            bodies = (one.body for one in self.model.equations if one.target == name)
            if any(_has(body, parameter) for body in bodies):
                return True
            more = {read for read, _ in self.reads.get(name, ())} - seen
            seen |= more
            pending += more
        return False

    def _reached(self, start: Iterable[tuple[str, int]], earliest: int) -> set[tuple[str, int]]:
        """What some quantities depend on, at that step or a later one up to their own."""
        pending = [one for one in start if earliest <= one[1] <= 0]
        seen = set(pending)
        while pending:
            name, step = pending.pop()
            for read, apart in self.reads.get(name, ()):
                one = read, step + apart
                if earliest <= one[1] <= 0 and one not in seen:
                    seen.add(one)
                    pending.append(one)
        return seen


def _has(expr: Expr, name: str) -> bool:
    return any(isinstance(node, Symbol) and node.name == name for node in walk(expr))
