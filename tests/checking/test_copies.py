"""A parameter, its copies, and a state that bears its letter are different quantities."""

from __future__ import annotations

import pytest

from tests.checking.sheets import LINEAR_LOSS, SAME_LETTER, verdicts

DELTA = (r"\delta_T = q_T - y", r"\delta_t = q (1 - q_{t+1}^2) \delta_{t+1}")


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (r"\frac{\partial E}{\partial q_T} = q_T - y", "holds"),
        (r"\frac{\partial E}{\partial q_T} = (q_T - y) (1 + (1 - q_T^2) q_{T-1})", "fails"),
        (r"\frac{\partial E}{\partial q_t} = \delta_t", "holds"),
        (r"\frac{\partial E}{\partial q} = \sum_t \delta_t (1 - q_t^2) q_{t-1}", "holds"),
        (r"\frac{\partial E}{\partial q} = \sum_t \frac{\partial E}{\partial q_t}", "fails"),
        (r"\frac{\partial q_t}{\partial q_{t-1}} = q (1 - q_t^2)", "holds"),
        (r"\frac{\partial q_t}{\partial q_{t-1}} = q_t (1 - q_t^2)", "fails"),
        (r"q_t = q", "fails"),
    ],
)
def test_a_state_with_the_letter_of_a_parameter(formula: str, verdict: str) -> None:
    assert verdicts(SAME_LETTER, *DELTA, formula)[-1] == verdict


HELD = r"\left.\frac{\partial E}{\partial W}\right|_{W_2} = \frac{\partial E}{\partial W} %s"
BY_COPIES = r"\frac{\partial E}{\partial W} = \sum_t \frac{\partial E}{\partial W_t} %s"


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (BY_COPIES % r"\frac{\partial W_t}{\partial W}", "holds"),
        (BY_COPIES % r"\frac{d W_t}{d W}", "holds"),
        (BY_COPIES % "", "holds"),
        (BY_COPIES % r"2 \frac{\partial W_t}{\partial W}", "fails"),
        (r"\frac{\partial W_t}{\partial W} = 0", "fails"),
        (r"\frac{\partial W_2}{\partial W_3} = 0", "holds"),
        (r"\frac{\partial W_2}{\partial W_2} = \frac{\partial W_2}{\partial W}", "holds"),
        (r"\frac{\partial W_t}{\partial s_t} = 0", "holds"),
        (r"\frac{\partial W_0}{\partial W} = 0", "undecided"),
        (HELD % r"- \frac{\partial E}{\partial W_2}", "holds"),
        (HELD % "", "fails"),
    ],
)
def test_the_derivative_of_a_copy(formula: str, verdict: str) -> None:
    assert verdicts("elman", formula) == [verdict]


FORWARD = (
    r"\frac{dh_t}{dW} = \frac{\partial h_t}{\partial W}"
    r" + \frac{\partial h_t}{\partial h_{t-1}} \frac{dh_{t-1}}{dW}"
)


def test_a_state_is_no_loss_although_the_loss_is_linear_in_it() -> None:
    assert verdicts(LINEAR_LOSS, FORWARD) == ["holds"]
    assert verdicts(LINEAR_LOSS, FORWARD.replace(r"+ \frac", r"- \frac")) == ["fails"]


THROUGH = (
    r"\frac{\partial L}{\partial h_t} = \frac1T v"
    r" + W^\top (\frac{\partial L}{\partial h_{t+1}} \odot (1 - h_{t+1}^2))"
)


def test_the_derivative_of_a_loss_is_always_total() -> None:
    assert verdicts(LINEAR_LOSS, THROUGH) == ["holds"]
    assert verdicts(LINEAR_LOSS, THROUGH.replace("W^", "-W^")) == ["fails"]
    assert verdicts(LINEAR_LOSS, r"\frac{\partial L}{\partial W} = 0") == ["fails"]
