"""That a false formula would hold under some assumption is said only where it would."""

from __future__ import annotations

import pytest

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.checking.verdict import CheckedClaim
from tests.forgers.models import ANY_FUNCTION, SCALAR, VECTOR, model


def said(text: str, *lines: str, seed: int = 0) -> CheckedClaim:
    return check_text(model(text), "\n".join(lines), ".txt", seed=seed).claims[-1]


FALSE_WHATEVER_IS_ASSUMED = [
    (VECTOR, r"x_{1,1} = \min(100, x_{1,1})"),
    (VECTOR, r"\max(-5, x_{t,1}) = x_{t,1}"),
    (VECTOR, "x_{t,1} + x_{t,2} = 1"),
    (VECTOR, "x_{t,1} + x_{t,2} + x_{t,3} = 1"),
    (VECTOR, r"x_t^\top x_t = 1"),
    (VECTOR, r"\sqrt{x_{t,1}^2} = x_{t,1}"),
    (SCALAR, r"\frac{\partial h_2}{\partial w} = 0"),
    (SCALAR, r"x_t = \sqrt{x_t^2}"),
    (SCALAR, r"\frac{\partial E}{\partial w} = 0"),
    (SCALAR, r"\sum_{t=1}^{\min(T,5)} h_{t-1} = \sum_t h_{t-1}"),
    (ANY_FUNCTION, r"\frac{\partial h_t}{\partial h_{t-1}} = (1 + h_t^2) w"),
    (ANY_FUNCTION, "f(x_t + y_t) = f(x_t) f(y_t)"),
    (ANY_FUNCTION, "h_t^2 = 1"),
]

TRUE_UNDER_AN_ASSUMPTION = [
    (VECTOR, r"\mathbf 1^\top x_t = 1", "x sums to one"),
    (VECTOR, r"\sum_i x_{t,i} = 1", "x sums to one"),
    (SCALAR, r"\frac{\partial h_1}{\partial w} = 0", "h_0 = 0"),
    (SCALAR, r"\frac{d h_2}{d w} = (1 - h_2^2) h_1", "h_0 = 0"),
    (ANY_FUNCTION, r"\frac{\partial h_t}{\partial h_{t-1}} = (1 - h_t^2) w", "f = tanh"),
    (ANY_FUNCTION, r"\frac{\partial h_t}{\partial h_{t-1}} = h_t (1 - h_t) w", "f = sigmoid"),
]


@pytest.mark.parametrize(("text", "formula"), FALSE_WHATEVER_IS_ASSUMED)
def test_no_assumption_is_offered_that_does_not_make_it_true(text: str, formula: str) -> None:
    for seed in (0, 1):
        found = said(text, formula, seed=seed)
        assert found.verdict != "holds"
        assert "holds if" not in found.message


@pytest.mark.parametrize(("text", "formula", "words"), TRUE_UNDER_AN_ASSUMPTION)
def test_the_assumption_that_makes_it_true_is_offered(text: str, formula: str, words: str) -> None:
    found = said(text, formula)
    assert found.verdict == "fails"
    assert f"holds if {words}" in found.message
