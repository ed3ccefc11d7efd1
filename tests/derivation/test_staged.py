"""The staged derivative is the derivative: three witnesses that do not share its code."""

from __future__ import annotations

import autograd
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbolic_bptt.derivation.numerical import central_differences, complex_step
from symbolic_bptt.derivation.numpy_gradient import numpy_gradient
from symbolic_bptt.derivation.prepared import Blocks, prepare
from symbolic_bptt.derivation.staged import Point, gradient, jacobian, point
from symbolic_bptt.evaluation.domains.ball import BallDomain
from symbolic_bptt.evaluation.domains.domain import Domain
from symbolic_bptt.evaluation.domains.field import FieldDomain
from symbolic_bptt.evaluation.domains.floating import FLOAT64
from symbolic_bptt.evaluation.graph import Copy
from symbolic_bptt.evaluation.instance import draw_point, sound_sizes
from symbolic_bptt.evaluation.unroll import unroll
from symbolic_bptt.model import load_model
from symbolic_bptt.model.loader import library_names, model_from_source
from symbolic_bptt.notation.source import Source
from tests.derivation.random_models import RandomModel, random_models


def at(
    name: str, count: int = 3, domain: Domain = FLOAT64, seed: int = 1, blocks: Blocks | None = None
) -> Point:
    model = load_model(name)
    graph = unroll(model, model.literal_length or count, sound_sizes(model))
    with domain.scope():
        return point(prepare(graph, blocks), domain, draw_point(graph, domain, seed))


@given(random_models, st.integers(1, 4), st.integers(0, 100))
@settings(max_examples=40)
def test_random_models_agree_with_automatic_differentiation(
    random: RandomModel, count: int, seed: int
) -> None:
    model = random.model
    graph = unroll(model, count, {"n": 3, "m": 2, "K": 4})
    drawn = draw_point(graph, FLOAT64, seed)
    here = point(prepare(graph), FLOAT64, drawn)
    parameters = {name: drawn[(name, None)] for name in model.parameters}
    loss = autograd.value_and_grad(lambda p: random.loss(p, drawn, count))
    value, witness = loss(parameters)
    assert here.values[graph.loss][0, 0] == pytest.approx(value, rel=1e-10, abs=1e-12)
    for name, found in gradient(here).items():
        assert np.allclose(found, witness[name], rtol=1e-8, atol=1e-10)


@pytest.mark.parametrize("name", library_names())
def test_library_models_agree_with_differences_and_the_complex_step(name: str) -> None:
    here = at(name)
    differences, steps = central_differences(here), complex_step(here)
    for parameter, found in gradient(here).items():
        assert np.allclose(found, steps[parameter], rtol=1e-10, atol=1e-12)
        assert np.allclose(found, differences[parameter], rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("name", ["elman", "lstm", "scalar-multiplicative", "gru-row"])
def test_the_lambdified_gradient_is_the_same_numbers(name: str) -> None:
    here = at(name)
    compiled = numpy_gradient(here.graph.model, here.graph.count, here.graph.sizes)
    found = compiled({node.key: here.values[node.key] for node in here.graph.given})
    for parameter, expected in gradient(here).items():
        assert np.allclose(found[parameter], expected, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("name", ["elman", "bidirectional", "lstm-peephole"])
def test_a_gradient_in_balls_encloses_the_one_in_floating_point(name: str) -> None:
    domain = BallDomain(128)
    exact, rounded = at(name, domain=domain), at(name)
    for parameter, found in gradient(exact).items():
        middle = [float(ball.mid()) for ball in found.flat]
        assert np.allclose(middle, gradient(rounded)[parameter].ravel(), rtol=1e-10, atol=1e-12)
        assert all(float(ball.rad()) < 1e-25 for ball in found.flat)


def test_the_gradient_of_a_parameter_is_the_sum_over_its_copies() -> None:
    here = at("lstm", domain=FieldDomain(4))
    loss = here.graph.loss
    for name in here.graph.model.parameters:
        copies = [jacobian(here, loss, Copy(name, step)) for step in here.graph.steps]
        assert np.array_equal(sum(copies), jacobian(here, loss, (name, None)))


def test_jacobians_obey_the_chain_rule_through_every_state() -> None:
    here = at("elman", 4, FieldDomain(2))
    direct = jacobian(here, ("s", 4), ("s", 1))
    through = jacobian(here, ("s", 4), ("s", 3)) @ jacobian(here, ("s", 3), ("s", 1))
    assert np.array_equal(direct, through)
    states, weights = here.values, here.values[("W", None)]
    slope = 1 - states[("s", 4)] ** 2
    assert np.array_equal(jacobian(here, ("s", 4), ("s", 3)), slope * weights)


def test_total_is_immediate_plus_what_came_before() -> None:
    here = at("elman", 3, FieldDomain(7))
    total = jacobian(here, ("s", 3), ("W", None))
    immediate = jacobian(here, ("s", 3), ("W", None), "immediate")
    earlier = jacobian(here, ("s", 3), ("s", 2)) @ jacobian(here, ("s", 2), ("W", None))
    assert np.array_equal(total, immediate + earlier)
    assert not np.array_equal(total, immediate)
    held = jacobian(here, ("s", 3), ("W", None), held=frozenset({("s", 2)}))
    assert np.array_equal(held, immediate)
    assert np.array_equal(immediate, jacobian(here, ("s", 3), Copy("W", 3)))


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


def test_a_state_and_the_copies_of_a_parameter_of_its_name_are_told_apart() -> None:
    model = model_from_source(Source(SAME_LETTER, "q.toml"), "q")
    graph = unroll(model, 3, {})
    domain = FieldDomain(3)
    here = point(prepare(graph), domain, draw_point(graph, domain, 3))
    value = {key: array[0, 0] for key, array in here.values.items()}
    error, slope = value[("q", 3)] - value[("y", None)], 1 - value[("q", 3)] ** 2
    assert jacobian(here, graph.loss, ("q", 3))[0, 0] == error
    assert jacobian(here, graph.loss, ("q", 2))[0, 0] == error * slope * value[("q", None)]
    assert jacobian(here, graph.loss, Copy("q", 3))[0, 0] == error * slope * value[("q", 2)]
    copies = sum(jacobian(here, graph.loss, Copy("q", step)) for step in graph.steps)
    assert np.array_equal(copies, jacobian(here, graph.loss, ("q", None)))
    assert graph.target_of("q", (2,)) == ("q", 2)
    assert graph.target_of("q", ()) == ("q", None)
    assert graph.target_of("q", (7,)) is None


def test_a_gradient_by_a_parameter_with_the_letter_of_a_state_is_the_numerical_one() -> None:
    everywhere = SAME_LETTER.replace("(q_T - y)^2", r"\sum_t (q_t - y)^2")
    for text in (SAME_LETTER, everywhere):
        model = model_from_source(Source(text, "q.toml"), "q")
        graph = unroll(model, 4, {})
        here = point(prepare(graph), FLOAT64, draw_point(graph, FLOAT64, 2))
        assert gradient(here)["q"] == pytest.approx(complex_step(here)["q"], rel=1e-12)


def test_a_copy_is_its_parameter_and_depends_on_nothing_else() -> None:
    here = at("elman", 3, FieldDomain(5))
    one = np.eye(here.values[("W", None)].size, dtype=int)
    copy = Copy("W", 2)
    assert np.array_equal(jacobian(here, copy, ("W", None)), one)
    assert np.array_equal(jacobian(here, copy, copy), one)
    for other in (Copy("W", 3), ("U", None), ("s", 1), ("E", None)):
        assert not jacobian(here, copy, other).any()
    assert not jacobian(here, ("W", None), copy).any()


def test_a_copy_held_fixed_leaves_the_sum_over_the_other_copies() -> None:
    here = at("elman", 3, FieldDomain(5))
    loss, held = here.graph.loss, Copy("W", 2)
    others = sum(jacobian(here, loss, Copy("W", step)) for step in (1, 3))
    assert np.array_equal(jacobian(here, loss, ("W", None), held=frozenset({held})), others)


def test_the_immediate_derivative_of_a_cell_state_is_the_forget_gate() -> None:
    here = at("lstm", 3, FieldDomain(5))
    gate = here.values[("f", 3)].ravel()
    immediate = jacobian(here, ("c", 3), ("c", 2), "immediate")
    assert np.array_equal(immediate, np.diag(gate))
    assert not np.array_equal(jacobian(here, ("c", 3), ("c", 2)), immediate)


def test_the_immediate_derivative_of_the_loss_stays_within_its_step() -> None:
    here = at("elman", 3, FieldDomain(5))
    loss, state = here.graph.loss, ("s", 2)
    direct = jacobian(here, loss, state, "immediate")
    assert np.array_equal(direct, jacobian(here, ("E", 2), state))
    assert not np.array_equal(direct, jacobian(here, loss, state))


def test_what_does_not_depend_has_derivative_zero() -> None:
    here = at("elman", 3, FieldDomain(5))
    assert not jacobian(here, ("s", 1), ("s", 2)).any()
    assert not jacobian(here, ("s", 3), ("V", None)).any()
    with pytest.raises(KeyError):
        jacobian(here, ("s", 1), ("Q", None))


def test_the_softmax_of_a_single_logit_has_gradient_zero() -> None:
    here = at("scalar-literal", 2, FieldDomain(0))
    assert not any(found.any() for found in gradient(here).values())


def test_graphs_of_different_length_share_their_local_jacobians() -> None:
    blocks: Blocks = {}
    at("elman", 3, blocks=blocks)
    known = set(blocks)
    at("elman", 9, blocks=blocks)
    assert len(set(blocks) - known) == 1  # that of E = Σ_t E_t


@given(st.integers(0, 10**6))
@settings(max_examples=20)
def test_truncation_is_seen_exactly_however_small_it_is(seed: int) -> None:
    here = at("elman", 10, FieldDomain(seed), seed)
    last = ("E", 10)
    full = jacobian(here, last, ("W", None))
    for depth in range(2, 10):
        truncated = jacobian(here, last, ("W", None), held=frozenset({("s", 10 - depth)}))
        assert not np.array_equal(full, truncated)


CANCELS = r"""
loss = "E"
equations = '''
s_t = \tanh(\arctan(U x_t) - \arctan(U x_t))
E = \sum_t s_t^\top s_t
'''
[parameters]
U = "n x m"
[inputs]
x_t = "m"
"""


def test_a_difference_that_cancels_passes_nothing_on() -> None:
    model = model_from_source(Source(CANCELS, "cancels.toml"), "cancels")
    sizes = {"n": 3, "m": 2}
    graph = unroll(model, 2, sizes)
    given_values = draw_point(graph, FLOAT64, 0)
    assert not np.any(gradient(point(prepare(graph), FLOAT64, given_values))["U"])
    assert not np.any(numpy_gradient(model, 2, sizes)(given_values)["U"])
