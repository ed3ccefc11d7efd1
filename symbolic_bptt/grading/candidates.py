"""What a name that a student introduces may stand for: derivatives that derivations are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from ..checking.definitions import Definitions
from ..checking.environment import ClaimEnvironment
from ..checking.laboratory import Laboratory
from ..evaluation.domains.domain import Array
from ..evaluation.errors import EvaluationError
from ..evaluation.evaluator import evaluate
from ..evaluation.value import resolve
from ..model.losses import losses_of
from ..model.model import Equation, Model
from ..notation.functions import FUNCTIONS
from ..notation.printer.text import text
from ..notation.tree import (
    Add,
    Call,
    Derivative,
    Expr,
    Neg,
    Number,
    Operation,
    Product,
    Symbol,
    Transpose,
    map_children,
)

Table = dict[tuple[int, ...], Array]
"""The value of an indexed quantity at every choice of its indices where it exists."""

LENGTH = 3


@dataclass(frozen=True)
class Candidate:
    """A quantity with as many index letters as the name it may stand for; `words` for a person."""

    expr: Expr
    letters: tuple[str, ...]
    words: str

    def at(self, indices: tuple[Expr, ...]) -> Expr:
        """The quantity with these in place of its letters."""
        return substituted(self.expr, dict(zip(self.letters, indices, strict=True)))


def substituted(expr: Expr, letters: dict[str, Expr]) -> Expr:
    """The expression with index letters replaced, all at once."""
    if isinstance(expr, Symbol) and not expr.indices and expr.name in letters:
        return letters[expr.name]
    return map_children(expr, lambda child: substituted(child, letters))


def candidates(model: Model, arity: int) -> list[Candidate]:
    """The likeliest first: derivatives of the loss, then of its parts, then between variables."""
    index = model.time.index
    match arity:
        case 0:
            return list(_whole(model))
        case 1:
            return list(_at_a_step(model, index))
        case 2:
            other = "k" if index != "k" else "j"
            forward = list(_between_steps(model, index, other))
            turned = [Candidate(one.expr, one.letters[::-1], one.words) for one in forward]
            return [*forward, *turned]
        case _:
            return []


def _whole(model: Model) -> Iterator[Candidate]:
    loss = Symbol(model.loss)
    for name in model.parameters:
        yield _named(Derivative("partial", loss, Symbol(name)), ())
    for equation in model.equations:
        if not equation.timed and equation.step is None and equation.target != model.loss:
            variable = Symbol(equation.target)
            yield _named(Derivative("partial", loss, variable), ())
            yield from _before_activation(equation, loss, variable, ())


def _at_a_step(model: Model, index: str) -> Iterator[Candidate]:
    loss, letters = Symbol(model.loss), (index,)
    variables = list(_variables(model, index))
    for equation, variable in variables:
        yield from _before_activation(equation, loss, variable, letters)
        yield _named(Derivative("partial", loss, variable), letters)
    for part in _losses(model, index):
        for equation, variable in variables:
            yield from _before_activation(equation, part, variable, letters)
            yield _named(Derivative("partial", part, variable), letters)
        for name in model.parameters:
            yield _named(Derivative("partial", part, Symbol(name)), letters)
    for name in model.parameters:
        yield _named(Derivative("partial", loss, Symbol(name, (Symbol(index),))), letters)
    for _, variable in variables:
        for name in model.parameters:
            yield _named(Derivative("total", variable, Symbol(name)), letters)


def _between_steps(model: Model, index: str, other: str) -> Iterator[Candidate]:
    letters = (index, other)
    earlier = list(_variables(model, other))
    for part in _losses(model, index):
        for equation, variable in earlier:
            yield from _before_activation(equation, part, variable, letters)
            yield _named(Derivative("partial", part, variable), letters)
    for _, later in _variables(model, index):
        for _, variable in earlier:
            if later.name == variable.name:
                yield _named(Derivative("partial", later, variable), letters)


def _variables(model: Model, index: str) -> Iterator[tuple[Equation, Symbol]]:
    losses = {name for name, _ in losses_of(model)}
    for equation in model.equations:
        if equation.timed and equation.target not in losses:
            layout = model.declarations[equation.target, True].layout
            yield equation, Symbol(equation.target, (Symbol(index),), layout)


def _losses(model: Model, index: str) -> Iterator[Symbol]:
    for name, timed in sorted(losses_of(model)):
        if timed:
            yield Symbol(name, (Symbol(index),), model.declarations[name, True].layout)


def _named(expr: Expr, letters: tuple[str, ...]) -> Candidate:
    return Candidate(expr, letters, text(expr))


def _before_activation(
    equation: Equation, of: Symbol, variable: Symbol, letters: tuple[str, ...]
) -> Iterator[Candidate]:
    """∂of/∂z where variable = f(z): ∂of/∂v ⊙ f′(z), or the same for a softmax."""
    body = equation.body
    if not isinstance(body, Call) or len(body.arguments) != 1 or body.primes:
        return
    argument = body.arguments[0]
    if isinstance(argument, Symbol):  # it has a name, and so a candidate, of its own
        return
    if letters:
        step = variable.indices[0]
        moved = {letters[0]: step} if letters[0] != getattr(step, "name", "") else {}
        argument = substituted(argument, dict(moved))
    gradient = Derivative("partial", of, variable)
    known = FUNCTIONS.get(body.function)
    if body.function == "softmax":
        inner = Product((variable, Transpose(variable), gradient))
        expr: Expr = Add((Operation("hadamard", variable, gradient), Neg(inner)))
    elif known is None or known.elementwise:
        slope = Call(body.function, (argument,), 1)
        expr = Operation("hadamard", gradient, slope)
    else:
        return
    words = f"∂{text(of)}/∂z for {text(variable)} = {body.function}(z), z = {text(argument)}"
    yield Candidate(expr, letters, words)


@dataclass(frozen=True)
class Sampler:
    """Values at one random point of a laboratory, for telling what is what; proofs come later."""

    laboratory: Laboratory

    @cached_property
    def tables(self) -> dict[int, list[tuple[Candidate, Table]]]:
        """Every candidate with its values, by number of indices; those that vanish left out."""
        model = self.laboratory.model
        return {
            arity: [
                (one, table)
                for one in candidates(model, arity)
                if (table := self.table(one.expr, one.letters, Definitions()))
                and any(np.any(value != 0) for value in table.values())
            ]
            for arity in (0, 1, 2)
        }

    def table(
        self,
        expr: Expr,
        letters: tuple[str, ...],
        definitions: Definitions,
    ) -> Table:
        """The values of an expression with free letters."""
        model = self.laboratory.model
        count = model.literal_length or LENGTH
        at = self.laboratory.field_point(self.laboratory.instance(count))
        around = ClaimEnvironment(at, definitions, self.laboratory.blocks)
        found: Table = {}
        for indices in _choices(at.graph.steps, len(letters)):
            literal = {
                letter: Number(Fraction(value))
                for letter, value in zip(letters, indices, strict=True)
            }
            try:
                with at.domain.scope():
                    value = evaluate(substituted(expr, dict(literal)), around)
                    shape = (1, 1) if value.flexible else value.shape
                    found[indices] = resolve(at.domain, value, shape).array
            except (EvaluationError, RecursionError, MemoryError):
                continue
        return found


def _choices(steps: range, arity: int) -> Iterator[tuple[int, ...]]:
    if arity == 0:
        yield ()
        return
    for first in steps:
        for rest in _choices(steps, arity - 1):
            yield (first, *rest)


def agree(found: Table, wanted: Table) -> bool:
    """Whether two quantities are the same, up to a transpose, wherever both exist."""
    common = found.keys() & wanted.keys()
    return 2 * len(common) >= len(wanted) and all(
        same_array(found[key], wanted[key]) for key in common
    )


def same_array(left: Array, right: Array) -> bool:
    """Equal, up to a transpose of a vector."""
    if left.shape != right.shape and left.shape == right.shape[::-1] and 1 in left.shape:
        left = left.T
    return left.shape == right.shape and bool(np.all(left == right))
