"""The unrolled graph of a model, its forward pass, and the instances it is tested at."""

from __future__ import annotations

import inspect
import sys

import numpy as np
import pytest

from symbolic_bptt.evaluation.domains.ball import BallDomain
from symbolic_bptt.evaluation.domains.field import FieldDomain
from symbolic_bptt.evaluation.domains.floating import FLOAT64
from symbolic_bptt.evaluation.domains.symbolic import SymbolicDomain
from symbolic_bptt.evaluation.forward import forward
from symbolic_bptt.evaluation.graph import Copy, Graph
from symbolic_bptt.evaluation.instance import draw_point, sound_sizes
from symbolic_bptt.evaluation.unroll import UnrollError, unroll
from symbolic_bptt.evaluation.weights import numbers
from symbolic_bptt.model import load_model
from symbolic_bptt.model.loader import library_names, model_from_source
from symbolic_bptt.model.model import Model
from symbolic_bptt.notation.source import Source


def written(equations: str, tables: str = "", loss: str = "E") -> Model:
    text = f"loss = \"{loss}\"\nequations = '''\n{equations}\n'''\n{tables}"
    return model_from_source(Source(text, "test"), "test")


ELMAN_SIZES = {"n": 3, "m": 2, "K": 4}


def test_each_node_comes_after_what_it_reads() -> None:
    for name in library_names():
        model = load_model(name)
        count = model.literal_length or 3
        graph = unroll(model, count, sound_sizes(model))
        seen: set[object] = set()
        for key, node in graph.nodes.items():
            assert set(node.reads) <= seen
            seen.add(key)
        assert graph.loss in seen


def test_elman_reads_what_its_equations_say() -> None:
    graph = unroll(load_model("elman"), 3, ELMAN_SIZES)
    assert set(graph.nodes[("s", 2)].reads) == {("U", None), ("x", 2), ("W", None), ("s", 1)}
    assert graph.nodes[("E", None)].reads == (("E", 1), ("E", 2), ("E", 3))
    assert graph.nodes[("s", 0)].role == "initial"
    assert graph.nodes[("W", None)].shape == (3, 3)
    assert [key for key in graph.nodes if key[0] == "s"] == [("s", k) for k in range(4)]


def test_a_quantity_without_a_step_uses_the_copy_of_the_last_step_it_looks_at() -> None:
    graph = unroll(load_model("scalar-additive"), 2, {"K": 3})
    assert ("s", -1) in graph.nodes
    assert graph.nodes[("q", None)].used_at == 1
    assert graph.key_of("u", (0,)) == ("u", None)
    assert graph.key_of("x", (7,)) is None


def test_a_number_of_steps_that_the_model_does_not_have_is_refused() -> None:
    model = load_model("elman")
    for count in (0, -1, 10**9):
        with pytest.raises(UnrollError):
            unroll(model, count, ELMAN_SIZES)
    with pytest.raises(UnrollError, match="K"):
        unroll(model, 3, {"n": 3, "m": 2})


def test_a_model_that_names_a_literal_step_needs_that_many() -> None:
    model = written(
        "s_t = w s_{t-1} + x_t\nE = s_3",
        '[parameters]\nw = "scalar"\n[inputs]\nx_t = "scalar"\n[initial]\ns_0 = "scalar"',
    )
    unroll(model, 3, {})
    with pytest.raises(UnrollError, match="2 steps"):
        unroll(model, 2, {})


def test_a_recurrence_that_runs_backwards_is_unrolled_backwards() -> None:
    graph = unroll(load_model("bidirectional"), 3, sound_sizes(load_model("bidirectional")))
    order = list(graph.nodes)
    backward = next(name for name, step in order if (name, 4) in graph.nodes and step is not None)
    assert order.index((backward, 3)) < order.index((backward, 2)) < order.index((backward, 1))


def test_the_step_itself_and_T_are_numbers_in_an_equation() -> None:
    model = written(
        "s_t = w s_{t-1} + t\nE = \\frac{1}{T} \\sum_{k=1}^{T} w^{T-k} s_k",
        '[parameters]\nw = "scalar"\n[initial]\ns_0 = "scalar"',
    )
    graph = unroll(model, 3, {})
    given = {("w", None): np.array([[2.0]]), ("s", 0): np.array([[1.0]])}
    values = forward(graph, FLOAT64, given)
    assert [values[("s", t)][0, 0] for t in (1, 2, 3)] == [3, 8, 19]
    assert values[graph.loss][0, 0] == pytest.approx((4 * 3 + 2 * 8 + 19) / 3)


def test_unrolling_over_symbols_substitutes_everything() -> None:
    model = load_model("scalar-tanh")
    graph = unroll(model, 2, {})
    names = {node.key: _symbols(graph, node.key) for node in graph.given}
    loss = forward(graph, SymbolicDomain(), names)[graph.loss][0, 0]
    assert {symbol.name for symbol in loss.free_symbols} == {
        array[0, 0].name for array in names.values()
    }


def _symbols(graph: Graph, key: tuple[str, int | None]) -> np.ndarray:
    import sympy

    rows, columns = graph.nodes[key].shape
    entries = [[sympy.Symbol(f"{key}{i}{j}") for j in range(columns)] for i in range(rows)]
    return np.array(entries, dtype=object)


@pytest.mark.parametrize("name", library_names())
def test_sizes_of_an_instance_tell_every_shape_apart(name: str) -> None:
    model = load_model(name)
    seen = []
    for variant in (0, 1):
        sizes = sound_sizes(model, variant)
        assert len(set(sizes.values())) == len(sizes)
        assert all(size >= 2 for size in sizes.values())
        assert all(
            item.shape.rows.value(sizes) >= 3
            for item in model.declarations.values()
            if item.constraint and item.shape.rows.letters
        )
        seen.append(tuple(sizes.items()))
    assert seen[0] != seen[1] or not model.sizes


def test_sums_of_sizes_stay_apart_too() -> None:
    model = load_model("lstm-concatenated")
    sizes = sound_sizes(model)
    whole = {
        side.value(sizes)
        for item in model.declarations.values()
        for side in (item.shape.rows, item.shape.columns)
    }
    distinct = {
        side
        for item in model.declarations.values()
        for side in (item.shape.rows, item.shape.columns)
    }
    assert len(whole) == len(distinct)


def test_a_point_respects_constraints_and_has_a_generic_state() -> None:
    graph = unroll(load_model("elman"), 4, ELMAN_SIZES)
    for domain in (FLOAT64, FieldDomain(3), BallDomain()):
        with domain.scope():
            point = draw_point(graph, domain, 5)
            targets = [point[("y", t)] for t in graph.steps]
            assert all([sum(e == k for e in y.flat) for k in (0, 1)] == [3, 1] for y in targets)
            spread = draw_point(graph, domain, 5, targets="sums to one")
            assert all(sum(spread[("y", t)].ravel().tolist()) == 1 for t in graph.steps)
            assert all(entry != 0 for entry in spread[("y", 1)].flat)
            assert all(entry != 0 for entry in point[("s", 0)].flat)
            weights = point[("W", None)]
            assert not np.array_equal(weights, weights.T)


def test_a_state_declared_zero_is_zero() -> None:
    model = written(
        "s_t = w s_{t-1} + x_t\nE = \\sum_{t=1}^{T} s_t",
        '[parameters]\nw = "scalar"\n[inputs]\nx_t = "scalar"\n[initial]\ns_0 = "scalar, zero"',
    )
    point = draw_point(unroll(model, 3, {}), FLOAT64, 0)
    assert point[("s", 0)] == 0
    assert point[("x", 1)] != 0


def test_the_same_point_has_the_same_loss_in_every_numeric_domain() -> None:
    for name in ("elman", "lstm", "gru-row"):
        model = load_model(name)
        graph = unroll(model, 3, sound_sizes(model))
        found = []
        for domain in (FLOAT64, BallDomain(96)):
            with domain.scope():
                given = draw_point(graph, domain, 11)
                found.append(float(forward(graph, domain, given)[graph.loss][0, 0]))
        assert found[0] == pytest.approx(found[1], rel=1e-12)


def test_a_long_model_is_unrolled_and_run_without_deep_recursion() -> None:
    model = load_model("elman")
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 100)
    try:
        graph = unroll(model, 1000, sound_sizes(model))
        values = forward(graph, FLOAT64, draw_point(graph, FLOAT64, 1))
    finally:
        sys.setrecursionlimit(limit)
    state = np.tanh(
        values[("U", None)] @ values[("x", 1000)] + values[("W", None)] @ values[("s", 999)]
    )
    assert np.allclose(values[("s", 1000)], state)


SAME_LETTER = written(
    "q_t = q q_{t-1} + x_t\nE = q_T",
    '[parameters]\nq = "scalar"\n[inputs]\nx_t = "scalar"\n[initial]\nq_0 = "scalar"',
)


def test_a_symbol_with_a_step_is_the_state_and_a_copy_only_where_there_is_none() -> None:
    graph = unroll(SAME_LETTER, 2, {})
    assert graph.target_of("q", (2,)) == graph.key_of("q", (2,)) == ("q", 2)
    assert graph.target_of("q", (3,)) is None
    elman = unroll(load_model("elman"), 2, ELMAN_SIZES)
    assert elman.target_of("W", (2,)) == Copy("W", 2)
    assert elman.key_of("W", (2,)) == ("W", None)
    assert elman.shape_of(Copy("W", 2)) == elman.shape_of(("W", None)) == (3, 3)
    assert Copy("W", 2) != ("W", 2)


def test_weights_are_those_of_the_parameter_and_not_of_a_state_of_its_letter() -> None:
    graph = unroll(SAME_LETTER, 2, {})
    found = numbers(graph, {"q": np.array([[7.0]])}, 0, 1.0)
    assert found[("q", None)][0, 0] == 7.0
    assert found[("q", 0)][0, 0] != 7.0
