"""What a rule may put into a formula: quantities of the model, derivatives of its activations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from ...evaluation.value import Pair
from ...model.model import Declaration, Model
from ...model.steps import LinearStep, linear_step, replace_symbol, step_expr
from ...notation.functions import FUNCTIONS
from ...notation.tree import (
    Add,
    Call,
    Expr,
    Neg,
    Number,
    Operation,
    Power,
    Product,
    Symbol,
    walk,
)
from .positions import Position

ONE = Number(Fraction(1))
TWO = Number(Fraction(2))

Measure = Callable[[Position], Pair | None]
"""The numeric shape of a subterm, where it can be told."""


@dataclass(frozen=True)
class Activation:
    """An elementwise function that the model applies: call(argument), and the name of its output.

    `output` is empty where the call is only a part of an equation.
    """

    function: str
    argument: Expr
    output: str = ""


@dataclass(frozen=True)
class Context:
    """The model, the names that the file defines, and how subterms are measured.

    `target` is the left side of the claim: no edit may simply put it in the answer's place.
    """

    model: Model
    defined: frozenset[str] = frozenset()
    measure: Measure = lambda _: None
    ill_shaped: bool = False
    target: Expr | None = None
    literal_steps: tuple[Expr, ...] = ()

    @cached_property
    def quantities(self) -> dict[tuple[str, bool], Declaration]:
        """Everything a symbol may name, with or without a step, but the loss itself."""
        known = dict(self.model.declarations)
        for state in self.model.initial:
            known.setdefault(
                (state.name, True), Declaration(state.name, "initial", state.shape, True)
            )
        return known

    def like(self, name: str, timed: bool, entry: bool = False) -> Iterator[Declaration]:
        """Other quantities that could stand here: of the same shape, or of any if that is wrong."""
        own = self.quantities.get((name, timed))
        if own is None:
            return
        for (other, has_step), item in self.quantities.items():
            fits = item.shape == own.shape or self.ill_shaped or entry
            if other != name and has_step == timed and fits:
                yield item

    def steps(self, letters: tuple[str, ...], node: Expr) -> Iterator[Expr]:
        """Steps that make sense here: of symbols in the subterm, and letters bound around it."""
        seen: dict[Expr, None] = {}
        for inner in walk(node):
            if isinstance(inner, Symbol) and inner.indices:
                seen[inner.indices[0]] = None
        for letter in letters:
            seen[Symbol(letter)] = None
        found = dict(seen)
        for step in seen:
            for by in (1, -1):
                moved = shift(step, by)
                if moved is not None:
                    found.setdefault(moved)
        yield from found

    @cached_property
    def activations(self) -> tuple[Activation, ...]:
        """Every elementwise function in the equations, those that are a whole equation first."""
        found: dict[tuple[str, Expr], Activation] = {}
        for equation in self.model.equations:
            for node in walk(equation.body):
                if isinstance(node, Call) and self._is_elementwise(node):
                    output = equation.target if node is equation.body else ""
                    key = (node.function, node.arguments[0])
                    if key not in found or output:
                        found[key] = Activation(node.function, node.arguments[0], output)
        return tuple(sorted(found.values(), key=lambda one: not one.output))

    def _is_elementwise(self, call: Call) -> bool:
        if len(call.arguments) != 1 or call.primes:
            return False
        if call.function in self.model.functions:
            return True
        known = FUNCTIONS.get(call.function)
        return known is not None and known.elementwise and call.function not in ("log", "exp")

    def derivative_of(self, one: Activation, step: Expr) -> Expr:
        """The activation's derivative at a step: from its output where that is shortest."""
        index = self.model.time.index
        if one.output:
            form = from_output(one.function, Symbol(one.output, (step,)))
            if form is not None:
                return form
        argument = replace_symbol(one.argument, index, lambda: step)
        if one.function == "tanh":
            return Add((ONE, Neg(Power(Call("tanh", (argument,)), TWO))))
        return Call(one.function, (argument,), 1)

    @property
    def numbers(self) -> frozenset[str]:
        """Letters that are numbers: T and the sizes."""
        return frozenset({"T", *self.model.sizes})


def from_output(function: str, output: Expr) -> Expr | None:
    """f′ written in f: 1 − s² of tanh, s ⊙ (1 − s) of the sigmoid."""
    rest = Add((ONE, Neg(output)))
    match function:
        case "tanh":
            return Add((ONE, Neg(Power(output, TWO))))
        case "sigmoid":
            return Operation("hadamard", output, rest)
    return None


def shift(step: Expr, by: int) -> Expr | None:
    """The step so many later, tidy: t-1 → t."""
    for node in walk(step):
        if isinstance(node, Symbol) and node.name != "T":
            found = linear_step(step, node.name)
            if found is None:
                return None
            moved = LinearStep(found.constant + by, found.t_multiple, found.T_multiple)
            return step_expr(moved, node.name)
    found = linear_step(step, "")
    if found is None:
        return None
    return step_expr(LinearStep(found.constant + by, 0, found.T_multiple), "")


def product(*factors: Expr) -> Expr:
    """Juxtaposition, without a product inside a product."""
    flat: list[Expr] = []
    for factor in factors:
        flat.extend(factor.factors if isinstance(factor, Product) else (factor,))
    return flat[0] if len(flat) == 1 else Product(tuple(flat))
