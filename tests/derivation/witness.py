"""A closed form put to the test: its numbers against the complex step through the forward pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from symbolic_bptt.derivation.closed_form import Backward, closed_form
from symbolic_bptt.evaluation.domains.floating import COMPLEX128, FLOAT64
from symbolic_bptt.evaluation.evaluator import evaluate
from symbolic_bptt.evaluation.forward import forward
from symbolic_bptt.evaluation.instance import draw_point, sound_sizes
from symbolic_bptt.evaluation.integers import integer
from symbolic_bptt.evaluation.surroundings import GraphEnvironment
from symbolic_bptt.evaluation.unroll import unroll
from symbolic_bptt.evaluation.value import Value, resolve
from symbolic_bptt.model.loader import model_from_source
from symbolic_bptt.model.model import Model
from symbolic_bptt.notation.source import Source
from symbolic_bptt.notation.tree import Call, Expr, Statement, Symbol, map_children

STEP = 1e-30


def model_of(text: str, name: str = "model") -> Model:
    return model_from_source(Source(text, name), name)


def settled(expr: Expr) -> Expr:
    """The same, with undetermined functions left to the domain's stand-in."""
    return map_children(expr, settled) if not isinstance(expr, Call) else expr


@dataclass(frozen=True)
class Formulas(GraphEnvironment):
    """The values of a model, and the adjoints as the definitions give them, step by step."""

    definitions: tuple[Statement, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    known: dict[tuple[str, tuple[int, ...]], Value] = field(default_factory=dict)

    def symbol(self, node: Symbol, indices: tuple[int, ...]) -> Value:
        if node.name not in self.variables:
            return super().symbol(node, indices)
        key = (node.name, indices)
        if key not in self.known:
            self.known[key] = self._defined(node.name, indices)
        return self.known[key]

    def _defined(self, name: str, indices: tuple[int, ...]) -> Value:
        time = self.graph.model.time.index
        plain = GraphEnvironment(self.graph, FLOAT64, self.values)
        matching = []
        for statement in self.definitions:
            target, body = statement.operands
            if target.name != name:
                continue
            if not indices:
                return evaluate(body, self)
            bound = self.bind(time, indices[0])
            if integer(target.indices[0], bound) != indices[0]:
                continue
            literal = Symbol(time) != target.indices[0]
            inside = all(
                integer(r.lower, plain) <= indices[0] <= integer(r.upper, plain)
                for r in statement.ranges
            )
            if inside:
                matching.append((literal, body))
        assert len(matching) == 1, f"{name} at {indices} has {len(matching)} definitions"
        ((literal, body),) = matching
        shape = self.graph.nodes[(self.variables[name], indices[0])].shape
        return resolve(FLOAT64, evaluate(body, self.bind(time, indices[0])), shape)


def relative_errors(
    model: Model, count: int, *, literal: bool = False, wrt: tuple[Symbol, ...] = (), seed: int = 0
) -> dict[str, float]:
    """For every parameter (or quantity asked for), the error of its closed form."""
    graph = unroll(model, count, sound_sizes(model))
    point = draw_point(graph, FLOAT64, seed)
    values = forward(graph, FLOAT64, point)
    backward = Backward(model, count if literal else None, wrt)
    named = {**backward.adjoints, **backward.pre_activations}
    formulas = Formulas(graph, FLOAT64, values, definitions=backward.definitions, variables=named)
    wanted = wrt or tuple(Symbol(name) for name in model.parameters)
    errors = {}
    for symbol in wanted:
        partial = backward.partial(symbol)
        step = integer(symbol.indices[0], formulas) if symbol.indices else None
        truth = complex_step(graph, point, (symbol.name, step))
        for form in partial.forms:
            found = resolve(FLOAT64, evaluate(form, formulas), truth.shape)
            size = max(1e-3, float(np.max(np.abs(truth))))
            error = float(np.max(np.abs(found.array - truth))) / size
            errors[symbol.name] = max(error, errors.get(symbol.name, 0.0))
    return errors


def complex_step(graph, point, key) -> np.ndarray:
    """∂loss/∂key of a parameter, an input or an initial state."""
    base = {k: v.astype(np.complex128) for k, v in point.items()}
    shape = graph.nodes[key].shape
    result = np.empty(shape)
    for place in np.ndindex(shape):
        moved = base[key].copy()
        moved[place] += 1j * STEP
        values = forward(graph, COMPLEX128, {**base, key: moved})
        result[place] = values[graph.loss][0, 0].imag / STEP
    return result


def printed(model: Model, count: int | None = None) -> list[str]:
    """The closed form as plain text, one line a formula."""
    from symbolic_bptt.notation.printer import text

    form = closed_form(model, count)
    return [text(s) for s in (*form.definitions, *form.gradients.values())]
