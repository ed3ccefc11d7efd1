"""The parts that quantities play in a recurrent network, found from the equations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, get_args

from ...model.model import Equation, Model
from ...notation.tree import Add, Call, Expr, Product, Symbol, walk

Role = Literal[
    "state",
    "pre-activation",
    "input",
    "target",
    "logits",
    "prediction",
    "loss",
    "input weights",
    "recurrent weights",
    "output weights",
    "hidden bias",
    "output bias",
]
ROLES: tuple[Role, ...] = get_args(Role)


def roles(model: Model) -> Mapping[Role, str]:
    """The name that plays each role, for every role that exactly one name plays.

    A model with several states (h and c of an LSTM) has no `state`, and none of what hangs on it.
    """
    found: dict[Role, set[str]] = {role: set() for role in ROLES}
    for role, name in _found(model):
        found[role].add(name)
    return {role: min(names) for role, names in found.items() if len(names) == 1}


def _found(model: Model) -> Iterator[tuple[Role, str]]:
    yield "loss", model.loss
    bodies = {equation.target: equation for equation in model.equations if equation.timed}
    states = {name for name in bodies for e in bodies.values() if _reads_past(model, e, name)}
    for name in states:
        yield "state", name
    if len(states) != 1:
        return
    (state,) = states
    hidden = _with_argument(bodies[state], bodies)
    output = [e for e in model.equations if e not in hidden and not _reads_past(model, e, state)]
    inputs = set(model.inputs)
    for equation in hidden:
        names = _names(equation.body)
        yield from (("input", name) for name in names & inputs)
        if equation.target != state:
            yield "pre-activation", equation.target
        for left, right in _products(equation.body):
            yield from _weights(model, left, right, inputs, state)
        yield from (("hidden bias", name) for name in _biases(model, equation))
    shared = {name for e in hidden for name in _names(e.body)}
    for equation in output:
        yield from (("target", name) for name in _names(equation.body) & (inputs - shared))
        for left, right in _products(equation.body):
            yield from _output_weights(model, left, right, state)
        yield from (("output bias", name) for name in _biases(model, equation))
        match equation.body:
            case Call(function="softmax", arguments=(argument,)):
                yield "prediction", equation.target
                if isinstance(argument, Symbol):
                    yield "logits", argument.name


def _reads_past(model: Model, equation: Equation, name: str) -> bool:
    here = (Symbol(model.time.index),)
    symbols = (node for node in walk(equation.body) if isinstance(node, Symbol))
    return any(node.name == name and node.indices not in ((), here) for node in symbols)


def _with_argument(equation: Equation, bodies: Mapping[str, Equation]) -> list[Equation]:
    """The equation of the state and, if its argument has a name, that of the pre-activation."""
    match equation.body:
        case Call(arguments=(Symbol(name=name),)) if name in bodies:
            return [equation, bodies[name]]
    return [equation]


def _names(body: Expr) -> set[str]:
    return {node.name for node in walk(body) if isinstance(node, Symbol)}


def _products(body: Expr) -> Iterator[tuple[str, str]]:
    """Pairs of symbols that are multiplied, in either order."""
    for node in walk(body):
        match node:
            case Product(factors=factors):
                names = [factor.name for factor in factors if isinstance(factor, Symbol)]
            case _:
                continue
        yield from ((a, b) for a in names for b in names if a != b)


def _weights(
    model: Model, left: str, right: str, inputs: set[str], state: str
) -> Iterator[tuple[Role, str]]:
    if not _is_matrix(model, left):
        return
    if right in inputs:
        yield "input weights", left
    if right == state:
        yield "recurrent weights", left


def _output_weights(model: Model, left: str, right: str, state: str) -> Iterator[tuple[Role, str]]:
    if _is_matrix(model, left) and right == state:
        yield "output weights", left


def _is_matrix(model: Model, name: str) -> bool:
    if name not in model.parameters:
        return False
    shape = model.declarations[name, False].shape
    return not (shape.is_scalar or shape.is_column or shape.is_row)


def _biases(model: Model, equation: Equation) -> Iterator[str]:
    """The parameters that are terms of a sum on their own."""
    for node in walk(equation.body):
        if isinstance(node, Add):
            plain = (term for term in node.terms if isinstance(term, Symbol) and not term.indices)
            names = (term.name for term in plain)
            yield from (name for name in names if name in model.parameters)
