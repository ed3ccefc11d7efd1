"""Verdicts by typed terms: what a right reading makes true or false."""

from __future__ import annotations

import pytest

from symbolic_bptt import check_text, load_model

DELTA = r"\delta_t = V^T(\hat y_t - y_t) + W^T(\delta_{t+1} \odot (1-s_{t+1}^2))" + "\n"
GRADIENT = r"\frac{\partial E}{\partial V} = "
BY_W = r"\frac{\partial E}{\partial W} = "
AFFINE = "z_t = U x_t + W s_{t-1}\n"

RIGHT = [
    GRADIENT + r"\sum_t (\hat y_t - y_t) s_t^T",
    GRADIENT + r"\sum_t \hat y_t s_t^T - y_t s_t^T",
    GRADIENT + r"(\hat y_1 - y_1) s_1^T + (\hat y_2 - y_2) s_2^T + \cdots + (\hat y_T - y_T) s_T^T",
    DELTA
    + r"\frac{\partial E}{\partial W} = \sum_t \operatorname{diag}(1-s_t^2)\delta_t s_{t-1}^T",
    r"z_3 = V s_3" + "\n" + r"\frac{\partial E_3}{\partial z_3} = \hat y_3 - y_3",
    r"\frac{E}{T} = 1/T\, E",
    r"W_{ij}^T = W_{ji}",
    r"{W^T}_{ij} = W_{ji}",
    r"\hat y_{i,t} = (\hat y_t)_i",
    "s(t) = s_t",
    r"e^{s_t} = \exp(s_t)",
    r"\mathbf 1^T \hat y_t = 1",
    r"\|s_t\|_2^2 = s_t^T s_t",
    "E = −∑ₜ yₜᵀ log ŷₜ",
    "(W s_t)[0:1] = (W s_t)[0:1]",
    "s_t = np.tanh(U @ x_t + W @ s_{t-1})",
    "dE/dV = sum_t np.outer(yhat_t - y_t, s_t)",
    "dE/dV = sum_t numpy.dot(yhat_t - y_t, s_t.T)",
    "np.dot(s_t, s_t) = s_t^T s_t",
    "np.multiply(s_t, s_t) = s_t**2",
    "dV = sum_t outer(yhat_t - y_t, s_t)\ndE/dV = dV",
    AFFINE + r"\frac{\partial z_t}{\partial W} = s_{t-1}^\top",
    AFFINE + r"\frac{\partial z_t}{\partial U} = x_t^\top",
]

WRONG = [
    r"2\, E = E",
    GRADIENT + r"\sum_t (y_t - \hat y_t) s_t^T",
    DELTA + BY_W + r"\sum_t (\delta_t \odot (1-s_t)^2) s_{t-1}^T",
    "a_t = s_t\na_t^2 = 0",
    "a_t = s_t\na_{t,i} = 0",
    "A = W\nA_{ij} = W_{ji}",
    r"W_{ij} = W_{ji}",
    "dE/dV = sum_t np.outer(s_t, yhat_t - y_t).T + y_t @ s_t.T",
    "dE/dV = sum_t np.multiply(yhat_t - y_t, yhat_t) @ s_t.T",
    "s_t = tanh(np.dot(U, x_t) + np.dot(W.T, s_{t-1}))",
    AFFINE + r"\frac{\partial z_t}{\partial W} = s_t^\top",
    AFFINE + r"\frac{\partial z_t}{\partial W} = 2 s_{t-1}^\top",
]

ILL_SHAPED = [
    AFFINE + r"\frac{\partial z_t}{\partial W} = s_{t-1}",
    AFFINE + r"\frac{\partial z_t}{\partial U} = s_{t-1}^\top",
    "np.dot(s_t, x_t) = 0",
]


@pytest.mark.parametrize("lines", RIGHT)
def test_what_is_right_as_everyone_reads_it_holds(lines: str) -> None:
    assert check_text(load_model("elman"), lines).claims[-1].verdict == "holds"


@pytest.mark.parametrize("lines", WRONG)
def test_what_is_wrong_as_everyone_reads_it_fails(lines: str) -> None:
    assert check_text(load_model("elman"), lines).claims[-1].verdict == "fails"


@pytest.mark.parametrize("lines", ILL_SHAPED)
def test_shapes_that_no_reading_makes_fit_are_told(lines: str) -> None:
    assert check_text(load_model("elman"), lines).claims[-1].verdict == "ill-shaped"


READ = [
    ("elman-bias", "L^{(t)} = −y^{(t)}ᵀ log ŷ^{(t)}"),
    ("lstm-peephole", "i_t = σ(W_{xi} x_t + W_{hi} h_{t-1} + p_i ⊙ c_{t-1} + b_i)"),
    ("scalar-additive", "ds_t/dk = Σ_{j=0}^{t} ds_t/ds_j f'(z_j)"),
    ("scalar-multiplicative", "∂E/∂q ∂q/∂s_1 = ∂E/∂q v_1\nu_1 = u_0"),
]
"""Of models, what their own names must not be mistaken in: a letter k, copies u_1 and v_1."""


@pytest.mark.parametrize(("model", "lines"), READ)
def test_names_of_a_model_are_read_where_they_stand(model: str, lines: str) -> None:
    assert check_text(load_model(model), lines).claims[0].verdict == "holds"


@pytest.mark.parametrize(
    ("tex", "verdicts"),
    [
        (r"\[\boxed{E = \sum_t E_t}\]", ["holds"]),
        (r"\[E \overset{(a)}{=} \sum_t E_t\]", ["holds"]),
        (r"\begin{align} E &= \sum_t E_t & E_t &= 0 \end{align}", ["holds", "fails"]),
        (r"\iffalse $E = 1$ \fi $E = E$", ["holds"]),
        (r"\[E \propto E\]", ["unreadable"]),
    ],
)
def test_nothing_of_a_document_vanishes(tex: str, verdicts: list[str]) -> None:
    found = check_text(load_model("elman"), tex, ".tex").claims
    assert [claim.verdict for claim in found] == verdicts
