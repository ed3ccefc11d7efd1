"""What is a number whatever the data are: made of literals, steps and sizes alone.

Of such numbers a few lengths say little: a counter passes 27 at its 27th step, states that are
handed on by three and by five steps meet again at the fifteenth, Σ 1/k grows beyond every bound.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from ..model.model import Model
from ..model.steps import LinearStep, linear_step
from ..notation.functions import FUNCTIONS
from ..notation.tree import (
    BigOperator,
    Call,
    Derivative,
    Expr,
    Node,
    Number,
    Power,
    Quotient,
    Range,
    Symbol,
    children,
    walk,
)
from .definitions import Definitions, free_letter
from .reach import is_step

Name = tuple[str, bool]
"""A name, and whether it has a step."""

NOTHING = Number(Fraction(0))


@dataclass(frozen=True)
class Constants:
    """Which expressions of a claim, its definitions and its model hang on no data."""

    model: Model
    definitions: Definitions

    def is_number(self, node: Node) -> bool:
        """Whether no parameter, input, state or function that is left open decides its value."""
        return not _reads_data(node, self.data)

    @cached_property
    def data(self) -> frozenset[Name]:
        """The names that hang on data."""
        bodies = list(self._bodies())
        found = {
            (name, timed)
            for (name, timed), item in self.model.declarations.items()
            if item.role != "defined" and not item.zero
        }
        found |= {(state.name, True) for state in self.model.initial if not state.zero}
        while more := {name for name, body in bodies if _reads_data(body, found)} - found:
            found |= more
        return frozenset(found)

    def _bodies(self) -> Iterator[tuple[Name, Expr]]:
        for one in self.model.equations:
            yield (one.target, one.timed or one.step is not None), one.body
        for name, family in self.definitions.by_name.items():
            for defined in family:
                yield (name, bool(defined.symbol.indices)), defined.body

    def memory(self, nodes: Iterable[Node], equations: bool) -> str:
        """Which numbers remember, or repeat, over the steps; empty if none do."""
        for node in (part for whole in nodes for part in walk(whole)):
            reason = self._remembers(node, equations)
            if reason:
                return reason
        return ""

    def _remembers(self, node: Node, equations: bool) -> str:
        match node:
            case Symbol(name=name, indices=indices) if indices:
                if self._recurs(name, equations) and self.is_number(node):
                    return f"the numbers {name} go from step to step"
                if _skips(self.definitions, name):
                    return f"the recursion of {name} skips steps"
            case BigOperator(ranges=ranges, body=body) if self.is_number(body):
                if any(is_step(span.index, body) and _is_open(span) for span in ranges):
                    return "numbers are gathered over the steps"
            case Power(base=base, exponent=exponent):
                if self.is_number(base) and base != Number(Fraction(1)) and _letters(exponent):
                    return "a number is raised to a power that changes"
        return ""

    def _recurs(self, name: str, equations: bool) -> bool:
        if name in self.definitions.by_name:
            return bool(self.definitions.recursion(name))
        return equations and any(one.target == name for one in self.model.equations)


def _reads_data(node: Node, data: Collection[Name]) -> bool:
    match node:
        case Symbol(name=name, indices=indices):
            return (name, bool(indices)) in data or (bool(indices) and (name, False) in data)
        case Power(exponent=exponent) if exponent == NOTHING:
            return False
        case Quotient(numerator=top, denominator=bottom) if top == bottom:
            return False
        case Derivative(of=above, wrt=below):
            return above != below
        case Call(function=name) if name not in FUNCTIONS:
            return True
    return any(_reads_data(child, data) for child in children(node))


def _skips(definitions: Definitions, name: str) -> bool:
    """Whether a name is defined by itself more than one step away."""
    return any(
        abs(there.constant - here.constant) > 1
        for one in definitions.by_name.get(name, ())
        if one.recursive
        for node in walk(one.body)
        if isinstance(node, Symbol) and node.name == name and node.indices
        for (letter, here), index in zip(one.places, node.indices, strict=False)
        if letter is not None and here is not None
        if (there := _at(index, letter)) is not None
    )


def _at(index: Expr, letter: str) -> LinearStep | None:
    return linear_step(index, letter) if free_letter(index) == letter else None


def _is_open(span: Range) -> bool:
    """Whether an index runs as far as the steps, or a size, say."""
    limits = (span.lower, span.upper)
    return span.upper is None or any(limit is not None and _letters(limit) for limit in limits)


def _letters(node: Node) -> set[str]:
    return {part.name for part in walk(node) if isinstance(part, Symbol) and not part.indices}
