"""Who is a loss: the loss, and the scalars that it adds up."""

from __future__ import annotations

import pytest

from symbolic_bptt.model import load_model
from symbolic_bptt.model.loader import model_from_source
from symbolic_bptt.model.losses import losses_of
from symbolic_bptt.model.model import Model
from symbolic_bptt.notation.source import Source
from symbolic_bptt.notation.tree import Operation, walk

MODEL = r"""
loss = "L"
equations = '''
h_t = \tanh(W h_{t-1} + u \odot x_t)
%s
'''
[parameters]
W = "n x n"
u = "n"
v = "n"
'\lambda' = "scalar"
[inputs]
x_t = "n"
R_t = "scalar"
y_t = "n"
[initial]
h_0 = "n"
c_0 = "scalar"
"""


def model(lines: str) -> Model:
    return model_from_source(Source(MODEL % lines, "model.toml"), "model")


LOSS, LOSS_T = ("L", False), ("L", True)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("L_t = h_t^\\top h_t\nL = \\sum_t L_t", {LOSS, LOSS_T}),
        ("L_t = h_t^\\top h_t\nL = \\frac1T \\sum_t L_t", {LOSS, LOSS_T}),
        ("L_t = h_t^\\top h_t\nL = \\lambda \\sum_t R_t L_t - \\frac{L_T}{2}", {LOSS, LOSS_T}),
        ("o_t = v^\\top h_t\nL = \\frac1T \\sum_t o_t", {LOSS, ("o", True)}),
        ("L = \\sum_t v^\\top h_t", {LOSS}),
        ("L = v^\\top h_T", {LOSS}),
        ("c_t = \\tanh(\\lambda c_{t-1} + v^\\top h_t)\nL = \\sum_t R_t c_t", {LOSS}),
        ("c_t = c_{t-1} + h_t^\\top h_t\nL = c_T", {LOSS}),
    ],
)
def test_scalars_that_are_added_up_and_that_no_later_step_reads(
    lines: str, expected: set[tuple[str, bool]]
) -> None:
    assert losses_of(model(lines)) == expected


def test_losses_of_a_model_written_out_step_by_step() -> None:
    text = """
loss = "L"
equations = '''
h_1 = \\tanh(w x_1)
h_2 = \\tanh(w x_2 + h_1)
L = h_1 + h_2
'''
[parameters]
w = "scalar"
[inputs]
x_1 = "scalar"
x_2 = "scalar"
"""
    found = losses_of(model_from_source(Source(text, "model.toml"), "model"))
    assert found == {("L", False)}


def test_what_a_vector_multiplies_is_not_taken_for_a_scalar() -> None:
    product = "z_t = y_t h_t\nL = \\sum_t v^\\top z_t"
    (body,) = (e.body for e in model(product).equations if e.target == "z")
    assert any(isinstance(node, Operation) and node.op == "hadamard" for node in walk(body))


def test_the_losses_of_elman() -> None:
    assert losses_of(load_model("elman")) == {("E", False), ("E", True)}
