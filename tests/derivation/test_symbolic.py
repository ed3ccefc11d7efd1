"""Substituted, staged and printed: the same derivative in three forms."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import assume, given, settings

from symbolic_bptt.checking.quantities import quantity
from symbolic_bptt.derivation.assignments import staged_assignments
from symbolic_bptt.derivation.compile import compile_expressions
from symbolic_bptt.derivation.expanded import TooLargeError, expanded
from symbolic_bptt.derivation.from_sympy import from_sympy
from symbolic_bptt.derivation.prepared import prepare
from symbolic_bptt.derivation.program import run
from symbolic_bptt.derivation.staged import gradient, jacobian, point
from symbolic_bptt.derivation.substitution import derivative_size, substitute
from symbolic_bptt.derivation.symbols import name_entries, node_symbol
from symbolic_bptt.evaluation.domains.field import FieldDomain
from symbolic_bptt.evaluation.domains.symbolic import Exp, Sigmoid, undetermined
from symbolic_bptt.evaluation.evaluator import evaluate
from symbolic_bptt.evaluation.graph import Copy, Graph, Target
from symbolic_bptt.evaluation.instance import draw_point
from symbolic_bptt.evaluation.surroundings import GraphEnvironment
from symbolic_bptt.evaluation.unroll import unroll
from symbolic_bptt.model import Model, load_model
from symbolic_bptt.model.loader import model_from_source
from symbolic_bptt.notation.printer.text import text
from symbolic_bptt.notation.source import Source
from symbolic_bptt.notation.tree import Entry, Expr, Symbol, walk
from tests.derivation.random_models import RandomModel, random_models

TWO = {"n": 2, "m": 2, "K": 2, "k": 2}
SMALL = [
    ("scalar-tanh", 3), ("scalar-additive", 2), ("scalar-multiplicative", 2), ("elman", 1),
    ("elman-mse", 1), ("fully-recurrent", 2),
]  # fmt: skip


def small(name: str, count: int) -> Graph:
    model = load_model(name)
    return unroll(model, count, {letter: TWO.get(letter, 2) for letter in model.sizes})


@pytest.mark.parametrize(("name", "count"), SMALL)
def test_the_substituted_derivative_is_the_staged_one(name: str, count: int) -> None:
    graph = small(name, count)
    field = FieldDomain(1)
    drawn = draw_point(graph, field, 1, targets="free")
    here = point(prepare(graph), field, drawn)
    keys = [(parameter, None) for parameter in graph.model.parameters]
    whole = substitute(graph, keys)
    inputs = [s for node in graph.given for s in whole.names.arrays[node.key].flat]
    values = [v for node in graph.given for v in drawn[node.key].flat]
    for key in keys:
        derivatives = [whole.loss.diff(symbol) for symbol in whole.targets[key].flat]
        program = compile_expressions(derivatives, {s: i for i, s in enumerate(inputs)}, {})
        assert run(program, field, values) == gradient(here)[key[0]].ravel().tolist()


@given(random_models)
@settings(max_examples=10)
def test_random_models_agree_between_substituted_and_staged(random: RandomModel) -> None:
    graph = unroll(random.model, 2, {"n": 2, "m": 1, "K": 2})
    assume(derivative_size(graph, ("W", None)) < 1_500)
    field = FieldDomain(3)
    drawn = draw_point(graph, field, 3)
    here = point(prepare(graph), field, drawn)
    whole = substitute(graph, [("W", None)])
    inputs = [s for node in graph.given for s in whole.names.arrays[node.key].flat]
    values = [v for node in graph.given for v in drawn[node.key].flat]
    derivative = whole.loss.diff(whole.targets[("W", None)][0, 1])
    program = compile_expressions([derivative], {s: i for i, s in enumerate(inputs)}, {})
    assert run(program, field, values) == [gradient(here)["W"][0, 1]]


@pytest.mark.parametrize(("name", "count"), SMALL)
def test_what_is_printed_is_worth_the_staged_derivative(name: str, count: int) -> None:
    graph = small(name, count)
    field = FieldDomain(1)
    here = point(prepare(graph), field, draw_point(graph, field, 1))
    wanted = tuple(Symbol(parameter) for parameter in graph.model.parameters)
    for partial in expanded(graph.model, count, wanted, "entries").partials:
        environment = GraphEnvironment(graph, field, here.values)
        form = partial.forms[0]
        found = evaluate(form, environment).array[0, 0]
        if not _has_entries_of_parameters(form, graph):
            assert evaluate(_read(graph, form), environment).array[0, 0] == found
        of, wrt = partial.derivative.of, partial.derivative.wrt
        assert of == Symbol(graph.model.loss)
        name_of = wrt.name if isinstance(wrt, Symbol) else wrt.of.name  # type: ignore[attr-defined]
        place = [0, 0]
        for axis, index in enumerate(getattr(wrt, "indices", ())):
            place[axis] = int(index.value) - 1
        assert found == gradient(here)[name_of][tuple(place)]


def _has_entries_of_parameters(form: Expr, graph: Graph) -> bool:
    """v_1 of a parameter v, printed, is read as the copy of v that step 1 uses."""
    entries = (node for node in walk(form) if isinstance(node, Entry) and len(node.indices) == 1)
    return any(
        isinstance(node.of, Symbol) and node.of.name in graph.model.parameters for node in entries
    )


def _read(graph: Graph, tree: Expr) -> Expr:
    """Printed as plain text and parsed again."""
    return quantity(graph.model, text(tree))


SAME_LETTER = r"""
loss = "E"
equations = '''
q_t = \tanh(q q_{t-1} + x_t)
E = \frac12 (q_T - y)^2
'''
[parameters]
q = "scalar"
[inputs]
x_t = "scalar"
y = "scalar"
[initial]
q_0 = "scalar"
"""
ASKED: list[tuple[Model, tuple[Target, ...]]] = [
    (load_model("scalar-tanh"), (Copy("u", 0), Copy("u", 1), ("s", 0), ("x", 1))),
    (model_from_source(Source(SAME_LETTER, "q.toml"), "q"), (("q", 2), ("q", 1), ("q", None))),
]


@pytest.mark.parametrize(("model", "targets"), ASKED, ids=["copies", "same letter"])
def test_copies_and_states_can_be_asked_for(model: Model, targets: tuple[Target, ...]) -> None:
    graph = unroll(model, 2, {})
    field = FieldDomain(5)
    here = point(prepare(graph), field, draw_point(graph, field, 5))
    for target in targets:
        [partial] = expanded(model, 2, (node_symbol(graph, target),), "expanded").partials
        environment = GraphEnvironment(graph, field, here.values)
        found = evaluate(partial.forms[0], environment).array[0, 0]
        assert found == jacobian(here, graph.loss, target)[0, 0]


def test_what_nobody_could_read_is_refused_before_it_is_built() -> None:
    model = load_model("elman")
    with pytest.raises(TooLargeError, match=r"named") as caught:
        expanded(model, 50, (Symbol("W"),), "entries")
    assert caught.value.operations > caught.value.limit


@pytest.mark.parametrize(("name", "count"), [("scalar-tanh", 3), ("elman-mse", 1)])
def test_the_size_is_known_before_anything_is_built(name: str, count: int) -> None:
    graph = small(name, count)
    for parameter in graph.model.parameters:
        whole = substitute(graph, [(parameter, None)])
        built = whole.loss.diff(whole.targets[(parameter, None)][0, 0]).count_ops()
        assert built / 4 <= derivative_size(graph, (parameter, None)) <= 20 * built


def test_the_staged_form_is_the_derivative_and_grows_with_T_alone() -> None:
    lengths = []
    for count in (3, 6, 9):
        graph = unroll(load_model("elman"), count, {"n": 2, "m": 2, "K": 3})
        staged = staged_assignments(graph)
        lengths.append(len(staged.assignments))
    assert lengths[2] - lengths[1] == lengths[1] - lengths[0]
    field = FieldDomain(2)
    drawn = draw_point(graph, field, 2)
    known = {
        symbol: value
        for node in graph.given
        for symbol, value in zip(
            staged.names.arrays[node.key].flat, drawn[node.key].flat, strict=True
        )
    }
    for symbol, expression in staged.assignments:
        known[symbol] = _value(expression, known, field)
    here = gradient(point(prepare(graph), field, drawn))
    for name, expressions in staged.gradients.items():
        found = [_value(expression, known, field) for expression in expressions.flat]
        assert found == here[name].ravel().tolist()


def _value(expression: object, known: dict[object, object], field: FieldDomain) -> object:
    symbols = sorted(expression.free_symbols, key=str)  # type: ignore[attr-defined]
    inputs = {symbol: i for i, symbol in enumerate(symbols)}
    program = compile_expressions([expression], inputs, {})
    return run(program, field, [known[symbol] for symbol in symbols])[0]


def test_expressions_are_written_as_a_person_writes_them() -> None:
    graph = unroll(load_model("scalar-additive"), 2, {"K": 2})
    names = name_entries(graph)
    by_name = {text(tree): symbol for symbol, tree in names.tree.items()}
    u, w, v, x = (by_name[name] for name in ("u", "w", "k", "x_1"))
    written = {
        1 - sympy.tanh(u) ** 2: "1 − tanh(u)²",
        -u * w: "−u w",
        -2 * (w - v) * u: "u (2 k − 2 w)",
        x * w * 3: "3 w x_1",
        u / w: "u / w",
        sympy.Rational(1, 2) * u: "u / 2",
        -u + w: "w − u",
        sympy.sqrt(u) / v**2: "sqrt(u) / k²",
        Exp(-u) * Sigmoid(w): "exp(−u) σ(w)",
        undetermined("f", (2,))(u): "f′′(u)",
    }
    for expression, expected in written.items():
        shown = text(from_sympy(expression, names))
        assert shown == expected
        assert text(_read(graph, quantity(graph.model, shown))) == shown
