"""Verdicts by typed terms: what a right reading makes true or false."""

from __future__ import annotations

import pytest

from symbolic_bptt import load_model
from symbolic_bptt.checking.terms import check_by_terms

DELTA = r"\delta_t = V^T(\hat y_t - y_t) + W^T(\delta_{t+1} \odot (1-s_{t+1}^2))" + "\n"
GRADIENT = r"\frac{\partial E}{\partial V} = "
BY_W = r"\frac{\partial E}{\partial W} = "

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
]

WRONG = [
    r"2\, E = E",
    GRADIENT + r"\sum_t (y_t - \hat y_t) s_t^T",
    DELTA + BY_W + r"\sum_t (\delta_t \odot (1-s_t)^2) s_{t-1}^T",
    "a_t = s_t\na_t^2 = 0",
    "a_t = s_t\na_{t,i} = 0",
    "A = W\nA_{ij} = W_{ji}",
    r"W_{ij} = W_{ji}",
]


@pytest.mark.parametrize("lines", RIGHT)
def test_what_is_right_as_everyone_reads_it_holds(lines: str) -> None:
    assert check_by_terms(load_model("elman"), lines)[-1].verdict == "holds"


@pytest.mark.parametrize("lines", WRONG)
def test_what_is_wrong_as_everyone_reads_it_fails(lines: str) -> None:
    assert check_by_terms(load_model("elman"), lines)[-1].verdict == "fails"


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
    found = check_by_terms(load_model("elman"), tex, ".tex")
    assert [claim.verdict for claim in found] == verdicts
