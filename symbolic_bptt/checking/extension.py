"""A model that knows the intermediate quantities which a file names.

Where a file defines z_t = U x_t + W s_{t-1} and the model computes s_t = tanh(U x_t + W s_{t-1}),
∂E/∂z_t makes sense once z_t is a step of the computation. A part of a model equation that has the
same value as the definition, at every step of a generic instance, is computed under the new name.
A definition that matches no part is computed beside the model: nothing depends on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from ..evaluation.domains.domain import Array, Domain
from ..evaluation.errors import EvaluationError
from ..evaluation.evaluator import evaluate
from ..evaluation.graph import Graph, Key
from ..evaluation.surroundings import GraphEnvironment
from ..evaluation.value import resolve
from ..model.model import Declaration, Equation, Model
from ..model.steps import linear_step, replace_symbol, step_expr
from ..notation.shape_of import shape_of
from ..notation.shapes import MaybeShape, ShapeError
from ..notation.tree import (
    Add,
    Derivative,
    Expr,
    Held,
    Number,
    Symbol,
    children,
    map_children,
    walk,
)
from .definitions import Definition, free_letter


@dataclass(frozen=True)
class Sample:
    """A generic instance of the model, with the value of every quantity."""

    graph: Graph
    domain: Domain
    values: Mapping[Key, Array]

    def value(self, expr: Expr, step: int | None) -> Array | None:
        """The expression's value at a step; None where it has none."""
        bound = {} if step is None else {self.graph.model.time.index: step}
        environment = GraphEnvironment(self.graph, self.domain, self.values, bound)
        try:
            value = evaluate(expr, environment)
            shape = (1, 1) if value.flexible else value.shape
            return resolve(self.domain, value, shape).array
        except EvaluationError:
            return None


def is_quantity(definition: Definition, known: set[str]) -> bool:
    """Whether a definition is made of model quantities alone, so that it can be differentiated."""
    if len(definition.patterns) > 1 or definition.entries or definition.recursive:
        return False
    for node in walk(definition.body):
        if isinstance(node, Derivative | Held):
            return False
        if isinstance(node, Symbol) and node.indices and node.name not in known:
            return False
    return True


def extended(model: Model, definition: Definition, sample: Sample) -> Model:
    """The model with the defined quantity as a step of its computation, where that can be."""
    pattern = definition.symbol.indices[0] if definition.symbol.indices else None
    steps = _steps(pattern, definition, sample)
    body = _at_time_index(definition.body, pattern, model.time.index)
    wanted = {step: sample.value(body, step) for step in steps}
    known = {step: value for step, value in wanted.items() if value is not None}
    if not known:
        return model
    name = definition.symbol
    symbol = Symbol(name.name, (Symbol(model.time.index),), name.layout) if pattern else name
    for position, equation in enumerate(model.equations):
        if equation.timed != (pattern is not None):
            continue
        found = _matching_part(equation.body, body, known, sample)
        if found is not None:
            part, whole = found
            new = Equation(name.name, part, equation.timed, None, "", equation.shape)
            changed = replace(equation, body=_replaced(equation.body, whole, part, symbol))
            equations = (
                *model.equations[:position],
                new,
                changed,
                *model.equations[position + 1 :],
            )
            return _with(model, symbol, new, equations)
    if pattern is not None and (free_letter(pattern) is None or set(known) != set(wanted)):
        return model
    new = Equation(name.name, body, pattern is not None, None, "", model.equations[0].shape)
    return _with(model, symbol, new, (*model.equations, new))


def _steps(pattern: Expr | None, definition: Definition, sample: Sample) -> list[int | None]:
    if pattern is None:
        return [None]
    if free_letter(pattern) is not None:
        return list(sample.graph.steps)
    step = linear_step(pattern, "")
    letter_T = sample.graph.numbers["T"]
    return [] if step is None else [step.at(0, letter_T)]


def _at_time_index(body: Expr, pattern: Expr | None, time_index: str) -> Expr:
    """The body with the letter of the left side written as t, and z_{t+1} moved to z_t."""
    letter = free_letter(pattern) if pattern is not None else None
    step = linear_step(pattern, letter) if pattern is not None and letter is not None else None
    if letter is None or step is None or (letter == time_index and not step.constant):
        return body
    moved = replace(step, constant=-step.constant)
    return replace_symbol(body, letter, lambda: step_expr(moved, time_index))


def _matching_part(
    whole: Expr, body: Expr, wanted: Mapping[int | None, Array], sample: Sample
) -> tuple[Expr, Expr] | None:
    """(the part that has the wanted values, the node it is a part of), outermost first."""
    for node in _parts(whole):
        if all(_equal(sample.value(node, step), value) for step, value in wanted.items()):
            return node, node
        if isinstance(node, Add) and isinstance(body, Add):
            terms = _matching_terms(node, body, list(wanted), sample)
            if terms is not None:
                return Add(terms), node
    return None


def _parts(expr: Expr) -> Iterator[Expr]:
    pending: list[Expr] = [expr]
    while pending:
        node = pending.pop(0)
        if not isinstance(node, Symbol | Number):
            yield node
            pending.extend(child for child in children(node) if isinstance(child, Expr))


def _matching_terms(
    node: Add, body: Add, steps: list[int | None], sample: Sample
) -> tuple[Expr, ...] | None:
    """The terms of a longer sum that are, one for one, the terms of the defined sum."""
    rest, found = list(node.terms), []
    for term in body.terms:
        for candidate in rest:
            values = [(sample.value(candidate, s), sample.value(term, s)) for s in steps]
            if all(right is not None and _equal(left, right) for left, right in values):
                rest.remove(candidate)
                found.append(candidate)
                break
        else:
            return None
    return tuple(found) if rest else None


def _equal(left: Array | None, right: Array) -> bool:
    return left is not None and left.shape == right.shape and bool(np.all(left == right))


def _replaced(expr: Expr, whole: Expr, part: Expr, symbol: Symbol) -> Expr:
    if expr == whole:
        if part == whole:
            return symbol
        assert isinstance(whole, Add)
        assert isinstance(part, Add)
        return Add((symbol, *(term for term in whole.terms if term not in part.terms)))
    return map_children(expr, lambda child: _replaced(child, whole, part, symbol))


def _with(model: Model, symbol: Symbol, new: Equation, equations: tuple[Equation, ...]) -> Model:
    """The model with one more name, its shape inferred; unchanged if its shape does not follow."""
    shapes = {slot: item.shape for slot, item in model.declarations.items()}
    shapes |= {(state.name, True): state.shape for state in model.initial}

    def lookup(read: Symbol) -> MaybeShape:
        slot = (read.name, bool(read.indices))
        return shapes.get(slot) or shapes.get((read.name, False))

    try:
        shape = shape_of(new.body, lookup) or new.shape
    except ShapeError:
        return model
    timed = bool(symbol.indices)
    done = replace(new, shape=shape)
    declaration = Declaration(symbol.name, "defined", shape, timed, symbol.layout)
    return replace(
        model,
        equations=tuple(done if equation is new else equation for equation in equations),
        declarations={**model.declarations, (symbol.name, timed): declaration},
    )
