r"""Conventions of print: each is read where it stands, and no mutant of it holds in a reading."""

from __future__ import annotations

import pytest

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.model.loader import model_from_source
from symbolic_bptt.model.model import Model
from symbolic_bptt.notation.source import Source

ELMAN = r"""
loss = "E"
equations = '''
z_t = U x_t + W s_{t-1}
s_t = \tanh(z_t)
q_t = V s_t
\mathrm{Cost}_t = \frac12 (q_t - y_t)^\top (q_t - y_t)
E = \sum_t \mathrm{Cost}_t
'''
[parameters]
U = "n x m"
W = "n x n"
V = "K x n"
[inputs]
x_t = "m"
y_t = "K"
[initial]
s_0 = "n"
"""

GATED = r"""
loss = "E"
equations = '''
f_t = W h_{t-1} + U x_t
c_t = f_t \odot c_{t-1} + (1 - f_t) \odot x_t
h_t = \tanh(c_t)
E = \sum_t \frac12 \|h_t - y_t\|^2
'''
[parameters]
W = "n x n"
U = "n x n"
[inputs]
x_t = "n"
y_t = "n"
[initial]
h_0 = "n"
c_0 = "n"
"""

MODELS: dict[str, Model] = {}


def model(text: str) -> Model:
    if text not in MODELS:
        MODELS[text] = model_from_source(Source(text), "model")
    return MODELS[text]


def last(text: str, formula: str) -> tuple[str, tuple[str, ...]]:
    claim = check_text(model(text), formula, ".tex").claims[-1]
    return claim.verdict, tuple(claim.reading or ())


def d(of: str, by: str) -> str:
    return rf"\frac{{\partial {of}}}{{\partial {by}}}"


ACCUMULATED = rf"$$\delta W %s{d('E', 'z_t')} s_{{t-1}}^\top$$ $${d('E', 'W')} = \delta W$$"


@pytest.mark.parametrize("sign", [r"= \delta W + ", r"\gets \delta W + ", r"\mathrel{+}= ", "-= -"])
def test_accumulation_is_the_sum_over_the_steps(sign: str) -> None:
    assert last(ELMAN, ACCUMULATED % sign)[0] == "holds"


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (ACCUMULATED % r"= \delta W - ", "fails"),
        (ACCUMULATED.replace("t-1", "t") % r"= \delta W + ", "fails"),
        (r"$$E = E + \mathrm{Cost}_t$$", "holds"),
        (r"$$E = E + 2\,\mathrm{Cost}_t$$", "fails"),
        (r"$$Q = Q + 1$$", "undefined"),
        (r"$$W = W - \frac{\partial E}{\partial W}$$", "unreadable"),
    ],
)
def test_only_a_right_accumulation_holds(formula: str, verdict: str) -> None:
    assert last(ELMAN, formula)[0] == verdict


LOCAL = d(r"\mathrm{Cost}_t", "s_{t,i}") + " = "


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (r"z_{t,i} = U_{ij} x_{t,j} + W_{ik} s_{t-1,k}", "holds"),
        (r"z_{t,i} = U_{ij} x_{t,j} + W_{ki} s_{t-1,k}", "fails"),
        (r"z_{t,i} = U_{ij} x_{t,j} + W_{ik} s_{t-1,l}", "undefined"),
        (LOCAL + "(q_{t,k} - y_{t,k}) V_{ki}", "holds"),
        (LOCAL + "(q_{t,k} - 1) V_{ki}", "undefined"),
        (r"q_{t,i} = V_{ij} s_{t,j} s_{t,j}", "undefined"),
    ],
)
def test_repeated_entry_indices_are_summed_over_and_told(formula: str, verdict: str) -> None:
    found, words = last(ELMAN, f"$${formula}$$")
    assert found == verdict
    assert ("summed over repeated indices" in words) == (verdict in ("holds", "fails"))


def test_a_step_on_the_right_side_alone_is_every_step() -> None:
    found, words = last(ELMAN, r"$$s_t = \tanh(z_k)$$")
    assert found == "fails"
    assert "summed over repeated indices" not in words


def test_declared_words_and_accents_over_scripts_are_names() -> None:
    entry = d(r"\text{Cost}_t", "q_{t,k}") + " = q_{t,k} - y_{t,k}"
    assert last(ELMAN, f"$${entry}$$")[0] == "holds"
    hidden = r"$$\hat{s_t} = 2 s_t$$ $$\hat s_t = s_t$$"
    assert last(ELMAN, hidden)[0] == "fails"
    assert last(ELMAN, r"$$s_t = \hat{s_t} $$")[0] == "undefined"
    assert last(ELMAN, r"$$\hat{s_t - s_t} = 0$$")[0] == "unreadable"


@pytest.mark.parametrize(("first", "verdict"), [("k+1", "holds"), ("k", "fails")])
def test_a_product_of_vectors_is_elementwise(first: str, verdict: str) -> None:
    alone = GATED.replace("h_{t-1}", "x_t")
    formula = rf"$$\frac{{\partial c_T}}{{\partial c_k}} = \prod_{{j={first}}}^{{T}} f_j$$"
    assert last(alone, formula)[0] == verdict


OWN = rf"{d('E', 'c_t')} = {d('E', 'h_t')} \odot {d('h_t', 'c_t')}"
LATER = rf" + {d('E', 'c_{t+1}')} \odot "


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (rf"{d('E', 'f_t')} \odot {d('f_t', 'W')} = 0", "ill-shaped"),
        (OWN + LATER + "f_{t+1}", "holds"),
        (OWN + LATER + "f_t", "fails"),
        (OWN, "fails"),
    ],
)
def test_a_diagonal_jacobian_stands_as_a_vector(formula: str, verdict: str) -> None:
    assert last(GATED, f"$${formula}$$")[0] == verdict


CHAIN = rf"{d('c_t', 'f_t')} {d('f_t', 'h_{t-1}')}"
EXPLICIT = rf"$${d('c_t', 'c_{t-1}')} = {d('c_t', 'c_{t-1}')} + {CHAIN} {d('h_{t-1}', 'c_{t-1}')}$$"


def test_explicit_partials_stand_in_a_chain_rule_alone() -> None:
    assert last(GATED, rf"$${d('c_t', 'h_{t-1}')} = {CHAIN}$$")[0] == "holds"
    assert last(GATED, EXPLICIT)[0] == "holds"
    assert last(GATED, EXPLICIT.replace(" + ", " - "))[0] == "fails"
    short = r"$$\operatorname{diag}(f_t) = \frac{d c_t}{d c_{t-1}}$$"
    assert last(GATED, short)[0] == "fails"
    assert last(GATED, short.replace("{d ", r"{\partial^+ "))[0] == "holds"


def test_a_transpose_on_the_left_defines() -> None:
    text = (
        r"$$a_T^\top = (q_T - y_T)^\top V$$"
        r"$$a_t^\top = (q_t - y_t)^\top V + a_{t+1}^\top \operatorname{diag}(1 - s_{t+1}^2) W$$"
        r"$$\frac{\partial E}{\partial s_t} = %s$$"
    )
    assert last(ELMAN, text % "a_t")[0] == "holds"
    assert last(ELMAN, text % "W a_t")[0] == "fails"


def test_mutual_recursions_have_types() -> None:
    text = (
        r"$$\delta h_t = h_t - y_t + W^\top \delta f_{t+1}$$"
        r"$$\delta c_t = \delta h_t \odot (1 - h_t^2) + \delta c_{t+1} \odot f_{t+1}$$"
        r"$$\delta f_t = \delta c_t \odot (c_{t-1} - x_t)$$"
        r"$$\frac{\partial E}{\partial W} = \sum_t \delta f_t h_{%s}^\top$$"
    )
    assert last(GATED, text % "t-1")[0] == "holds"
    assert last(GATED, text % "t")[0] == "fails"


@pytest.mark.parametrize(("number", "verdict"), [("1", "holds"), ("2", "fails"), ("0", "fails")])
def test_a_number_beside_a_jacobian_is_that_multiple_of_the_identity(
    number: str, verdict: str
) -> None:
    assert last(ELMAN, f"$${d('z_t', 'z_t')} = {number}$$")[0] == verdict


@pytest.mark.parametrize(("word", "verdict"), [("Cost_t", "holds"), ("Cos_t", "undefined")])
def test_letters_that_spell_a_declared_word_are_that_name(word: str, verdict: str) -> None:
    assert last(ELMAN, rf"$$E = \sum_t {word}$$")[0] == verdict
    assert last(ELMAN, rf"$$E = 2 \sum_t {word}$$")[0] == verdict.replace("holds", "fails")
