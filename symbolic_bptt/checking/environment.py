"""Where symbols get their values: the model, the definitions of the file, indices."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from ..derivation.prepared import Blocks
from ..derivation.staged import Point
from ..evaluation.budget import Budget
from ..evaluation.domains.domain import Domain
from ..evaluation.errors import (
    BeyondTheAxis,
    OutOfRange,
    UndefinedSymbol,
)
from ..evaluation.graph import Copy, Target
from ..evaluation.integers import integer
from ..evaluation.surroundings import indexes_a_step, letter
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
from .defined import body_at, defined
from .definitions import Definitions, match
from .derivatives import derivative, named
from .known import Known, Missing, Notes, Zeros
from .order import Memo


@dataclass(frozen=True)
class ClaimEnvironment:
    """One point of the model, the definitions of the file, and the letters bound so far.

    `known` holds what the definitions give, for one point; claims share it.
    `missing` says what becomes of a term of a sum that reads what does not exist, `zeros` what of
    it is 0 there. `within` is set in the body of a definition, where what is not there yet is asked
    for and not evaluated; `recurring` in that of a recursion.
    """

    point: Point
    definitions: Definitions
    blocks: Blocks
    bound: dict[str, int] = field(default_factory=dict)
    budget: Budget = field(default_factory=Budget)
    held: frozenset[Target] = frozenset()
    notes: Notes = field(default_factory=Notes)
    known: dict[Memo, Known] = field(default_factory=dict)
    downward: frozenset[Range] = frozenset()
    missing: Missing = "left out"
    zeros: Zeros = "none"
    within: bool = False
    recurring: bool = False

    @property
    def domain(self) -> Domain:
        return self.point.domain

    def number(self, name: str) -> int | None:
        return self.bound.get(name, self.point.graph.numbers.get(name))

    def letter(self, name: str) -> Any:
        return letter(name, self.bound, self.point.graph, self.domain)

    def bind(self, name: str, value: int) -> ClaimEnvironment:
        return replace(self, bound={**self.bound, name: value})

    def holding(self, fixed: tuple[Expr, ...]) -> ClaimEnvironment:
        return replace(self, held=self.held | set(map(self._held, fixed)))

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
        if operator.kind != "sum" or error.node is None or self.missing == "refused":
            return False
        for span in operator.ranges:
            if self.bound.get(span.index, last) > last and _names_step(span.index, error.node):
                step = f"{span.index} = {self.bound[span.index]}"
                raise BeyondTheAxis(f"the sum runs to {step}, after the last step {last}", operator)
        self.notes.left_out[f"{text(error.node)} where it does not exist"] = None
        self.notes.dropped = True
        return True

    def with_zeros(self) -> ClaimEnvironment | None:
        if self.missing == "refused":
            return None
        return replace(self, zeros="all" if self.missing == "zero" else "gradients")

    def derivative(self, node: Derivative) -> Value:
        try:
            return derivative(node, self)
        except OutOfRange:
            if self.zeros == "none" or not (self.zeros == "all" or self._is_late_gradient(node)):
                raise
            return self._zero()

    def symbol(self, node: Symbol, indices: tuple[int, ...]) -> Value:
        try:
            return self._symbol(node, indices)
        except OutOfRange:
            if self.zeros == "none" or not (self.zeros == "all" or self._is_late(node, indices)):
                raise
            return self._zero()

    def _zero(self) -> Value:
        return literal(self.domain, self.domain.number(Fraction(0)))

    def _is_late_gradient(self, node: Derivative) -> bool:
        """Whether it is the derivative of a loss by what would come after the last step."""
        of, by = node.of, node.wrt.of if isinstance(node.wrt, Entry) else node.wrt
        graph = self.point.graph
        if not isinstance(of, Symbol) or (of.name, bool(of.indices)) not in graph.losses:
            return False
        if not isinstance(by, Symbol) or not by.indices:
            return False
        step = integer(by.indices[0], self)
        if step <= graph.steps[-1]:
            return False
        late = step_expr(LinearStep(step - graph.numbers["T"], 0, 1), "")
        by = replace(by, indices=(late, *by.indices[1:]))
        self.notes.boundaries[text(replace(node, wrt=by))] = None
        return True

    def _is_late(self, node: Symbol, indices: tuple[int, ...]) -> bool:
        """Whether it is a name for the derivative of a loss, after the last step."""
        named = self.definitions.by_name.get(node.name, ())
        steps = indices[:1]
        return any(
            isinstance(one.body, Derivative)
            and len(one.symbol.indices) == 1
            and (here := match(one, (*steps, *(1 for _ in one.entries)), 0)) is not None
            and replace(self, bound=here)._is_late_gradient(one.body)
            for one in named
            if steps
        )

    def _symbol(self, node: Symbol, indices: tuple[int, ...]) -> Value:
        graph = self.point.graph
        target = graph.target_of(node.name, indices)
        if isinstance(target, Copy) and target.step not in graph.steps:
            raise OutOfRange(node.name, indices[0], node)
        key = graph.key_of(node.name, indices)
        if key is not None and key in self.point.values:
            return Value(self.point.values[key])
        if self.definitions.defines(node.name, len(indices)):
            return defined(self, node, indices)
        if indices and node.name in graph.timed:
            raise OutOfRange(node.name, indices[0], node)
        return self._gradient_name(node, indices)

    def body_at(self, node: Symbol, indices: tuple[int, ...]) -> Expr | None:
        return body_at(self, node, indices)

    def entry(self, node: Entry, indices: tuple[int, ...]) -> Value | None:
        """The value of X_{t; i} where the file defines X entry by entry; None if it does not."""
        if not isinstance(node.of, Symbol):
            return None
        steps = tuple(integer(index, self) for index in node.of.indices)
        if not self.definitions.entrywise(node.of.name, len(steps), len(indices)):
            return None
        return defined(self, node.of, (*steps, *indices))

    def _gradient_name(self, node: Symbol, indices: tuple[int, ...]) -> Value:
        """dX where X is a quantity of the model and dX is not defined: the gradient of the loss."""
        graph = self.point.graph
        name = node.name[1:].lstrip()
        if node.name.startswith("d") and name and graph.key_of(name, indices) is not None:
            loss, of = Symbol(graph.model.loss), replace(node, name=name)
            return derivative(Derivative("gradient", loss, of), self)
        raise UndefinedSymbol(text(node), node)


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
