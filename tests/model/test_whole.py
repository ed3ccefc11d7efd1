"""Equations of a model entry by entry: they mean what they say of every entry."""

from __future__ import annotations

import pytest

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.model.loader import model_from_source
from symbolic_bptt.model.model import Model
from symbolic_bptt.notation.errors import NotationError
from symbolic_bptt.notation.printer.text import text
from symbolic_bptt.notation.source import Source

TEXT = r"""
loss = "L"
equations = '''
EQUATION
L = \sum_t y_t^\top z_t
'''
[parameters]
W = "n x n"
U = "n x m"
b = "n"
g = "scalar"
[inputs]
x_t = "m"
y_t = "n"
[initial]
z_0 = "n"
"""


def model(*equations: str) -> Model:
    source = TEXT.replace("EQUATION", "\n".join(equations))
    return model_from_source(Source(source, "model.toml"), "model")


def body(of: Model, name: str = "z") -> str:
    return text(next(one.body for one in of.equations if one.target == name))


SHOWN = {
    r"\tanh(\sum_{j=1}^n W_{ij} z_{t-1,j} + \sum_{k=1}^m U_{ik} x_{t,k} + b_i)": (
        "tanh(W z_{t-1} + U x_t + b)"
    ),
    r"g \sum_j W_{ji} z_{t-1,j} - b_i": "g (Wᵀ z_{t-1}) − b",
    r"\sigma(b_i) z_{t-1,i} + (1 - \sigma(b_i)) (U x_t)_i": "σ(b) ⊙ z_{t-1} + (1 − σ(b)) ⊙ U x_t",
    r"\log \sum_j \exp(z_{t-1,j} + W_{ji}) + b_i": "log(exp(z_{t-1} 𝟙_nᵀ + W)ᵀ 𝟙_n) + b",
    r"\frac{b_i z_{t-1,i}}{\sum_j \exp(W_{ij})}": "(b ⊙ z_{t-1}) / (exp(W) 𝟙_n)",
    r"\sum_j W_{ij} z_{t-1,j} b_j": "(W ⊙ 𝟙_n z_{t-1}ᵀ ⊙ 𝟙_n bᵀ) 𝟙_n",
    r"\sum_j \sum_k W_{ij} W_{jk} z_{t-1,k}": "(W ⊙ 𝟙_n (W z_{t-1})ᵀ) 𝟙_n",
    r"\max(0, b_i + z_{t-1,i})": "max(0, b + z_{t-1})",
    r"b_i \sum_j z_{t-1,j} b_j": "b Σ_j z_{t-1,j} b_j",
    r"(z_{t-1,i} + b_i)^2 + 1": "(z_{t-1} + b)² + 1",
}


@pytest.mark.parametrize("right", SHOWN)
def test_entries_together_are_the_whole(right: str) -> None:
    of = model(rf"z_{{t,i}} = {right}")
    assert body(of) == SHOWN[right]
    said = rf"$$z_{{t,i}} = {right}$$ $$z_{{t,i}} = {right} + b_i$$"
    assert [one.verdict for one in check_text(of, said, ".tex").claims] == ["holds", "fails"]


def test_a_gradient_of_such_a_model_is_that_of_the_whole() -> None:
    entries = r"z_{t,i} = \sum_j \tanh(W_{ij}) z_{t-1,j} + b_i"
    later = r"\frac{\partial L}{\partial z_{t+1}}"
    claim = rf"$$\frac{{\partial L}}{{\partial z_t}} = y_t + \tanh(W)^\top {later}, \quad t < T$$"
    for equation in (entries, r"z_t = \tanh(W) z_{t-1} + b"):
        found = check_text(model(equation), claim, ".tex").claims
        assert [one.verdict for one in found] == ["holds"]


def test_a_matrix_is_said_by_two_letters() -> None:
    of = model(r"M_{t,i,j} = W_{ij} z_{t-1,j} + b_i", r"z_t = M_t z_{t-1}")
    assert body(of, "M") == "W ⊙ 𝟙_n z_{t-1}ᵀ + b 𝟙_nᵀ"


@pytest.mark.parametrize(
    ("right", "told"),
    [
        (r"\sum_{j \ne i} W_{ij} z_{t-1,j}", "a sum over a part of an axis"),
        (r"\sum_{j=1}^{n-1} W_{ij} z_{t-1,j}", "a sum over a part of an axis"),
        (r"W_{ii} z_{t-1,i}", "each once"),
        (r"\operatorname{softmax}(z_{t-1,i})", "not taken entry by entry"),
    ],
)
def test_what_is_no_whole_is_told(right: str, told: str) -> None:
    with pytest.raises(NotationError, match=told):
        model(rf"z_{{t,i}} = {right}")
