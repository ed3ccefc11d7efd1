"""Where symbols get their values: the model, the definitions of the file, indices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np

from ..derivation.prepared import Blocks
from ..derivation.staged import Point
from ..evaluation.budget import Budget
from ..evaluation.domains.domain import Domain
from ..evaluation.errors import (
    BeyondTheAxis,
    Circular,
    EvaluationError,
    LimitReached,
    OutOfRange,
    UndefinedSymbol,
)
from ..evaluation.evaluator import evaluate
from ..evaluation.graph import Copy, Target
from ..evaluation.integers import integer
from ..evaluation.ranges import entry_range, in_ranges
from ..evaluation.reading import Reading
from ..evaluation.structure import entry as entry_of
from ..evaluation.surroundings import indexes_a_step, letter
from ..evaluation.value import Value, literal, resolve
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
from .definitions import Definition, Definitions, free_letter, match
from .derivatives import derivative, named
from .order import Memo, Wanted, settle, with_numbers
from .readings import note, noting


@dataclass
class Notes:
    """What was taken for granted on the way to a value."""

    boundaries: dict[str, None] = field(default_factory=dict)
    left_out: dict[str, None] = field(default_factory=dict)

    def add(self, other: Notes) -> None:
        """Take over what another value took for granted."""
        self.boundaries |= other.boundaries
        self.left_out |= other.left_out


@dataclass(frozen=True)
class Known:
    """What a definition gives, or why there is nothing, with all that it hangs on."""

    found: Value | EvaluationError
    notes: Notes
    asked: frozenset[str]


@dataclass(frozen=True)
class ClaimEnvironment:
    """One point of the model, the definitions of the file, and the letters bound so far.

    `known` holds what the definitions give, for one point and one reading; claims share it.
    `within` is set in the body of a definition, where what is not there yet is asked for and not
    evaluated; `recurring` in that of a recursion.
    """

    point: Point
    definitions: Definitions
    reading: Reading
    blocks: Blocks
    bound: dict[str, int] = field(default_factory=dict)
    budget: Budget = field(default_factory=Budget)
    held: frozenset[Target] = frozenset()
    notes: Notes = field(default_factory=Notes)
    known: dict[Memo, Known] = field(default_factory=dict)
    downward: frozenset[Range] = frozenset()
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
        if self.definitions.defines(node.name, len(indices)):
            return self._defined(node, indices)
        if indices and node.name in graph.timed:
            raise OutOfRange(node.name, indices[0], node)
        return self._gradient_name(node, indices)

    def entry(self, node: Entry, indices: tuple[int, ...]) -> Value | None:
        """The value of X_{t; i} where the file defines X entry by entry; None if it does not."""
        if not isinstance(node.of, Symbol):
            return None
        steps = tuple(integer(index, self) for index in node.of.indices)
        if not self.definitions.entrywise(node.of.name, len(steps), len(indices)):
            return None
        return self._defined(node.of, (*steps, *indices))

    def _defined(self, node: Symbol, indices: tuple[int, ...]) -> Value:
        wanted = Wanted(node, indices, self.held)
        if wanted.memo not in self.known:
            if self.within:
                raise wanted
            settle(wanted, self._needs, self._evaluated, self.known)
        known = self.known[wanted.memo]
        self.notes.add(known.notes)
        note(self.reading, known.asked)
        if not isinstance(known.found, EvaluationError):
            return known.found
        beyond = bool(indices) and indices[0] not in self.point.graph.steps
        if self.recurring and beyond and isinstance(known.found, OutOfRange):
            return self._zero_beyond(node, indices[0])
        raise known.found.with_traceback(None)

    def _zero_beyond(self, node: Symbol, index: int) -> Value:
        """The boundary of a recursion, where nobody gave it: 0, and told."""
        self.notes.boundaries[self._outside(node, index)] = None
        return literal(self.domain, self.domain.number(Fraction(0)))

    def _evaluated(self, wanted: Wanted, circle: Circular | None) -> Known:
        """What a definition gives; it asks for whatever it needs by raising `Wanted`."""
        asked: set[str] = set()
        inner = replace(
            self,
            reading=noting(self.reading, asked),
            bound={},
            held=wanted.held,
            notes=Notes(),
            within=True,
            recurring=False,
        )
        found: Value | EvaluationError
        try:
            found = circle or inner._given(wanted.node, wanted.indices)
        except LimitReached:
            raise
        except EvaluationError as error:
            found = error
        return Known(found, inner.notes, frozenset(asked))

    def _needs(self, wanted: Wanted) -> Iterator[Wanted]:
        """What a definition plainly reads and is not there yet: sooner asked for than missed."""
        chosen = self._chosen(wanted.node, wanted.indices)
        if chosen is None:
            return
        one, letters = chosen
        inner = replace(self, bound=letters)
        for node in one.plain_reads:
            if node.name in self.definitions.by_name:
                try:
                    indices = tuple(integer(index, inner) for index in node.indices)
                except EvaluationError:
                    continue
                other = Wanted(node, indices, wanted.held)
                given = self.point.graph.key_of(node.name, indices) is not None
                defined = not given and self.definitions.defines(node.name, len(indices))
                if defined and other.memo not in self.known:
                    yield other

    def _chosen(
        self, node: Symbol, indices: tuple[int, ...]
    ) -> tuple[Definition, dict[str, int]] | None:
        """The first definition that applies, with the values of its letters."""
        for one in self.definitions.giving(node.name, len(indices)):
            count = len(one.patterns)
            letters = match(one, indices[:count], self.point.graph.numbers["T"])
            if letters is not None and self._applies(one, letters):
                return one, letters
        return None

    def _given(self, node: Symbol, indices: tuple[int, ...]) -> Value:
        """What the first definition that applies gives; what is assumed where none does."""
        chosen = self._chosen(node, indices)
        if chosen is not None:
            one, letters = chosen
            count = len(one.patterns)
            if count < len(indices):
                whole = self._defined(replace(node, indices=node.indices[:count]), indices[:count])
                return entry_of(self.domain, whole, indices[count:])
            recurring = bool(self.definitions.recursion(node.name))
            inner = replace(self, bound=letters, recurring=recurring)
            return evaluate(one.body, inner, self.reading)
        return (
            self._assembled(node, indices)
            or self._of_initial_states(node, indices)
            or self._boundary(node, indices)
        )

    def _assembled(self, node: Symbol, indices: tuple[int, ...]) -> Value | None:
        """A vector or matrix of which the file defines each entry; None if it does not."""
        for count in (1, 2):
            family = self.definitions.entrywise(node.name, len(indices), count)
            sizes = next(filter(None, (self._extent(one, indices) for one in family)), None)
            if sizes is not None:
                places = product(*(range(1, size + 1) for size in sizes))
                entries = [self._defined(node, (*indices, *place)) for place in places]
                cells = [resolve(self.domain, one, (1, 1)).array for one in entries]
                return Value(np.concatenate(cells).reshape(*sizes, *([1] if count == 1 else [])))
        return None

    def _extent(self, one: Definition, indices: tuple[int, ...]) -> tuple[int, ...] | None:
        """How many entries there are, as far as its body tells."""
        entries = one.patterns[len(indices) :]
        letters = match(one, (*indices, *(1 for _ in entries)), self.point.graph.numbers["T"])
        if letters is None:
            return None
        inner = replace(self, bound=letters)
        sizes = [
            entry_range(letter, one.body, inner, lambda e, at: evaluate(e, at, self.reading))
            for pattern in entries
            if (letter := free_letter(pattern)) is not None
        ]
        known = tuple(size for size in sizes if size is not None)
        return known if len(known) == len(entries) else None

    def _of_initial_states(self, node: Symbol, indices: tuple[int, ...]) -> Value | None:
        """What q_t = σ(x_t) is before the first step, where the states that it reads exist."""
        for one in self.definitions.family(node.name, len(indices)):
            letters = match(one, indices, self.point.graph.numbers["T"])
            if letters is None or one.ranges or not self._reads_model_alone(one):
                continue
            try:
                return evaluate(one.body, replace(self, bound=letters), self.reading)
            except OutOfRange:
                continue
        return None

    def _reads_model_alone(self, one: Definition) -> bool:
        """Whether its body has no name of the file and no derivative in it."""
        derived = any(isinstance(node, Derivative) for node in walk(one.body))
        return not derived and one.reads.isdisjoint(self.definitions.by_name)

    def _applies(self, one: Definition, letters: Mapping[str, int]) -> bool:
        inner = replace(self, bound=dict(letters))
        if one.ranges:
            return all(in_ranges((span,), inner) for span in one.ranges if span.index in letters)
        steps = self.point.graph.steps
        index = self.point.graph.model.time.index
        return all(
            value in steps
            for letter, value in letters.items()
            if letter == index or letter in one.step_letters
        )

    def _boundary(self, node: Symbol, indices: tuple[int, ...]) -> Value:
        """0 beyond the axis for a name that is defined by recursion over it; else there is none.

        In the body of a recursion what the file defines is 0 beyond the axis as well.
        """
        steps = self.point.graph.steps
        outside = [place for place, index in enumerate(indices) if index not in steps]
        assumed = self.definitions.recursion(node.name).intersection(outside)
        if assumed:
            return self._zero_beyond(node, indices[min(assumed)])
        if 0 in outside:
            raise OutOfRange(node.name, indices[0], node)
        raise UndefinedSymbol(text(with_numbers(node, indices)), node)

    def _outside(self, node: Symbol, index: int) -> str:
        """The boundary, counted from T beyond the end of the axis: δ_{T+1}, p_0."""
        steps, letter_T = self.point.graph.steps, self.point.graph.numbers["T"]
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
