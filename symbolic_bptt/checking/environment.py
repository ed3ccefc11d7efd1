"""Where symbols get their values: the model, the definitions of the file, indices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from ..derivation.prepared import Blocks
from ..derivation.staged import Point
from ..evaluation.budget import Budget
from ..evaluation.domains.domain import Domain
from ..evaluation.errors import BeyondTheAxis, OutOfRange, UndefinedSymbol
from ..evaluation.evaluator import evaluate
from ..evaluation.graph import Copy, Target
from ..evaluation.integers import integer
from ..evaluation.ranges import in_ranges
from ..evaluation.reading import Reading
from ..evaluation.surroundings import indexes_a_step
from ..evaluation.value import Value, literal
from ..model.steps import LinearStep, step_expr
from ..notation.printer.text import text
from ..notation.tree import (
    BigOperator,
    Derivative,
    Entry,
    Expr,
    KroneckerDelta,
    Range,
    Symbol,
    walk,
)
from .definitions import Definition, Definitions, match
from .derivatives import derivative, named

MAX_DEPTH = 400
"""Definitions nested deeper than this are taken for a circle."""


@dataclass
class Notes:
    """What was taken for granted on the way to a value."""

    boundaries: dict[str, None] = field(default_factory=dict)
    left_out: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True)
class ClaimEnvironment:
    """One point of the model, the definitions of the file, and the letters bound so far.

    `values` memoises what the definitions give, for one point and one reading. `open` counts the
    definitions being evaluated, so that a circle ends.
    """

    point: Point
    definitions: Definitions
    reading: Reading
    blocks: Blocks
    bound: dict[str, int] = field(default_factory=dict)
    budget: Budget = field(default_factory=Budget)
    held: frozenset[Target] = frozenset()
    notes: Notes = field(default_factory=Notes)
    values: dict[Any, Value] = field(default_factory=dict)
    downward: frozenset[Range] = frozenset()
    depth: int = 0

    @property
    def domain(self) -> Domain:
        return self.point.domain

    def number(self, name: str) -> int | None:
        return self.bound.get(name, self.point.graph.numbers.get(name))

    def bind(self, name: str, value: int) -> ClaimEnvironment:
        return replace(self, bound={**self.bound, name: value})

    def holding(self, fixed: tuple[Expr, ...]) -> ClaimEnvironment:
        return replace(self, held=self.held | set(map(self._held, fixed)), values={})

    def _held(self, expr: Expr) -> Target:
        if not isinstance(expr, Symbol):
            raise UndefinedSymbol(text(expr), expr)
        indices = tuple(integer(index, self) for index in expr.indices)
        return named(expr, indices, self.point.graph)

    def index_range(self, index: str, body: Expr) -> tuple[int, int] | None:
        steps = self.point.graph.steps
        time_index = self.point.graph.model.time.index
        if index == time_index or indexes_a_step(index, body) or not _is_entry_letter(index, body):
            return steps[0], steps[-1]
        return None

    def runs_down(self, span: Range, low: int, high: int) -> bool:
        return span in self.downward

    def leaves_out(self, operator: BigOperator, error: OutOfRange) -> bool:
        """A sum that begins before the first step (Σ_{t=0} where counting starts at 1) skips it.

        So does a term of a step that exists which looks beyond it; a sum that is written to end
        after the last step is an error of its author.
        """
        last = self.point.graph.steps[-1]
        if operator.kind != "sum" or error.node is None:
            return False
        for span in operator.ranges:
            if self.bound.get(span.index, last) > last and _names_step(span.index, error.node):
                step = f"{span.index} = {self.bound[span.index]}"
                raise BeyondTheAxis(f"the sum runs to {step}, after the last step {last}", operator)
        self.notes.left_out[f"{text(error.node)} where it does not exist"] = None
        return True

    def derivative(self, node: Derivative, reading: Reading) -> Value:
        return derivative(node, self, reading)

    def symbol(self, node: Symbol, indices: tuple[int, ...]) -> Value:
        graph = self.point.graph
        target = graph.target_of(node.name, indices)
        if isinstance(target, Copy) and target.step not in graph.steps:
            raise OutOfRange(node.name, indices[0], node)
        key = graph.key_of(node.name, indices)
        if key is not None and key in self.point.values:
            return Value(self.point.values[key])
        if self.definitions.family(node.name, len(indices)):
            return self._defined(node, indices)
        if indices and node.name in graph.timed:
            raise OutOfRange(node.name, indices[0], node)
        return self._gradient_name(node, indices)

    def entry(self, node: Entry, indices: tuple[int, ...]) -> Value | None:
        """The value of X_{t; i} where the file defines X entry by entry; None if it does not."""
        if not isinstance(node.of, Symbol):
            return None
        steps = tuple(integer(index, self) for index in node.of.indices)
        family = self.definitions.family(node.of.name, len(steps) + len(indices))
        if not any(len(one.entries) == len(indices) for one in family):
            return None
        return self._defined(node.of, (*steps, *indices))

    def _defined(self, node: Symbol, indices: tuple[int, ...]) -> Value:
        memo = (node.name, indices)
        if memo in self.values:
            return self.values[memo]
        if self.depth > MAX_DEPTH:
            raise UndefinedSymbol(f"{text(node)} (its definition is circular)", node)
        for one in self.definitions.family(node.name, len(indices)):
            letters = match(one, indices, self.point.graph.numbers["T"])
            if letters is None or not self._applies(one, letters):
                continue
            inner = replace(self, bound=letters, depth=self.depth + 1)
            value = evaluate(one.body, inner, self.reading)
            self.values[memo] = value
            return value
        value = self._of_initial_states(node, indices) or self._boundary(node, indices)
        self.values[memo] = value
        return value

    def _of_initial_states(self, node: Symbol, indices: tuple[int, ...]) -> Value | None:
        """What q_t = σ(x_t) is before the first step, where the states that it reads exist."""
        for one in self.definitions.family(node.name, len(indices)):
            letters = match(one, indices, self.point.graph.numbers["T"])
            if letters is None or one.ranges or not self._reads_model_alone(one):
                continue
            inner = replace(self, bound=letters, depth=self.depth + 1)
            try:
                return evaluate(one.body, inner, self.reading)
            except OutOfRange:
                continue
        return None

    def _reads_model_alone(self, one: Definition) -> bool:
        """Whether its body has no name of the file and no derivative in it."""
        return not any(
            isinstance(node, Derivative)
            or (isinstance(node, Symbol) and node.name in self.definitions.by_name)
            for node in walk(one.body)
        )

    def _applies(self, one: Definition, letters: Mapping[str, int]) -> bool:
        inner = replace(self, bound=dict(letters))
        if one.ranges:
            return all(in_ranges((span,), inner) for span in one.ranges if span.index in letters)
        steps = self.point.graph.steps
        index = self.point.graph.model.time.index
        return all(
            value in steps
            for letter, value in letters.items()
            if letter == index
            or (indexes_a_step(letter, one.body) and not _is_entry_letter(letter, one.body))
        )

    def _boundary(self, node: Symbol, indices: tuple[int, ...]) -> Value:
        """0 beyond the axis, where nobody gave a value."""
        steps = self.point.graph.steps
        if all(index in steps for index in indices):
            shown = _with_numbers(node, indices)
            raise UndefinedSymbol(text(shown), node)
        self.notes.boundaries[self._outside(node, indices)] = None
        return literal(self.domain, self.domain.number(Fraction(0)))

    def _outside(self, node: Symbol, indices: tuple[int, ...]) -> str:
        """The first index outside the axis, counted from T beyond its end: δ_{T+1}, p_0."""
        steps, letter_T = self.point.graph.steps, self.point.graph.numbers["T"]
        index = next(index for index in indices if index not in steps)
        late = index > steps[-1]
        step = LinearStep(index - letter_T if late else index, 0, int(late))
        return text(replace(node, indices=(step_expr(step, ""),)))

    def _gradient_name(self, node: Symbol, indices: tuple[int, ...]) -> Value:
        """dX where X is a quantity of the model and dX is not defined: the gradient of the loss."""
        graph = self.point.graph
        name = node.name[1:].lstrip()
        if node.name.startswith("d") and name and graph.key_of(name, indices) is not None:
            loss, of = Symbol(graph.model.loss), replace(node, name=name)
            return derivative(Derivative("gradient", loss, of), self, self.reading)
        raise UndefinedSymbol(text(node), node)


def _with_numbers(node: Symbol, indices: tuple[int, ...]) -> Symbol:
    return replace(node, indices=tuple(step_expr(LinearStep(i), "") for i in indices))


def _names_step(letter: str, node: Expr) -> bool:
    """Whether the letter occurs in the step of the symbol that does not exist."""
    return isinstance(node, Symbol) and any(
        Symbol(letter) == part for index in node.indices for part in walk(index)
    )


def _is_entry_letter(index: str, body: Expr) -> bool:
    return any(
        (isinstance(node, Entry) and Symbol(index) in node.indices)
        or (isinstance(node, KroneckerDelta) and Symbol(index) in (node.left, node.right))
        for node in walk(body)
    )
