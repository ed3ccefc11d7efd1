"""Definitions are evaluated step after step, however long the recursion is."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction

import numpy as np
import pytest

from symbolic_bptt.checking.environment import ClaimEnvironment
from symbolic_bptt.checking.laboratory import Laboratory
from symbolic_bptt.checking.typed import Examination
from symbolic_bptt.derivation.staged import jacobian
from symbolic_bptt.evaluation.budget import Budget
from symbolic_bptt.evaluation.errors import Circular
from symbolic_bptt.evaluation.value import Value
from symbolic_bptt.model import load_model
from symbolic_bptt.notation.displays import read_text
from symbolic_bptt.notation.source import Source
from symbolic_bptt.notation.tree import Number, Symbol

WORK = 10**9
FRAMES = 120
"""More than the evaluation of one definition takes."""


@pytest.fixture(scope="module")
def laboratory() -> Laboratory:
    return Laboratory(load_model("elman"))


@contextmanager
def few_frames() -> Iterator[None]:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + FRAMES)
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def environment(laboratory: Laboratory, count: int, lines: str) -> ClaimEnvironment:
    found = Examination(laboratory, read_text(Source(lines), "txt")).bound
    at = laboratory.field_point(laboratory.instance(count))
    return ClaimEnvironment(at, found.definitions, laboratory.blocks, budget=Budget(WORK))


def value(around: ClaimEnvironment, name: str, *indices: int) -> Value:
    symbol = Symbol(name, tuple(Number(Fraction(index)) for index in indices))
    return around.symbol(symbol, indices)


BACK = r"\delta_t = V^\top (\hat y_t - y_t) + W^\top (\delta_{t+1} \odot (1 - s_{t+1}^2))"
ENTRIES = (
    r"\delta_{t,k} = \sum_j V_{jk} (\hat y_{t,j} - y_{t,j})"
    r" + \sum_j W_{jk} \delta_{t+1,j} (1 - s_{t+1,j}^2)"
)
MUTUAL = f"b_t = W^T (\\delta_t \\odot (1 - s_t^2))\n{BACK.split(' + ')[0]} + b_{{t+1}}"


@pytest.mark.parametrize("count", [50, 1000])
def test_the_first_adjoint_of_many_steps(laboratory: Laboratory, count: int) -> None:
    around = environment(laboratory, count, BACK)
    with few_frames():
        found = value(around, r"\delta", 1).array
    at = around.point
    assert np.array_equal(found, jacobian(at, at.graph.loss, ("s", 1)).reshape(-1, 1))


@pytest.mark.parametrize(
    ("lines", "name", "indices"),
    [
        (MUTUAL, r"\delta", (1,)),
        (ENTRIES, r"\delta", (1, 2)),
        (BACK.replace(r"\delta_{t+1}", r"\delta_{t+2}"), r"\delta", (1,)),
        (r"p_t = \tanh(U x_t + W p_{t-1})", "p", (200,)),
        (r"p_t = \tanh(U x_t + W p_{t-1} + W p_{t-3})", "p", (200,)),
        (r"p^{(t)}_k = s_t + W p^{(t)}_{k+1}, k < t" + "\np^{(t)}_t = s_t", "p", (200, 1)),
    ],
    ids=["mutual", "entries", "two steps ahead", "forward", "three steps back", "two indices"],
)
def test_the_work_grows_with_the_steps_and_the_depth_does_not(
    laboratory: Laboratory, lines: str, name: str, indices: tuple[int, ...]
) -> None:
    work = []
    for count in (100, 200):
        around = environment(laboratory, count, lines)
        asked = tuple(min(index, count) for index in indices)
        with few_frames():
            value(around, name, *asked)
        work.append(WORK - around.budget.left)
    assert work[1] < 2.5 * work[0]


def test_entries_and_vectors_are_the_same_adjoint(laboratory: Laboratory) -> None:
    vector = value(environment(laboratory, 30, BACK), r"\delta", 1).array
    around = environment(laboratory, 30, ENTRIES)
    for place, element in enumerate(vector.ravel(), 1):
        assert value(around, r"\delta", 1, place).array[0, 0] == element
    assert np.array_equal(value(around, r"\delta", 1).array, vector)


def test_a_recursion_forward_gives_the_states(laboratory: Laboratory) -> None:
    around = environment(laboratory, 40, "p_t = \\tanh(U x_t + W p_{t-1}), t > 0\np_0 = s_0")
    with few_frames():
        assert np.array_equal(value(around, "p", 40).array, around.point.values[("s", 40)])


@pytest.mark.parametrize(
    "lines", ["a_t = a_t", "a_t = b_t\nb_t = a_t", r"a_t = s_t + \sum_{k=t}^{T} a_k"]
)
def test_a_circle_is_told_as_one(laboratory: Laboratory, lines: str) -> None:
    around = environment(laboratory, 100, lines)
    with few_frames(), pytest.raises(Circular, match="defined by itself"):
        value(around, "a", 3)


def test_a_long_chain_of_names_is_no_circle(laboratory: Laboratory) -> None:
    lines = [f"c_{{{i}}} = 1 + c_{{{i + 1}}}" for i in range(1, 300)]
    around = environment(laboratory, 3, "\n".join([*lines, "c_{300} = 1"]))
    with few_frames():
        assert value(around, "c_{1}").array[0, 0] == 300
