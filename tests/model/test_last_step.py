r"""`last = "\tau"`: another letter than T for the last step, in a model and what is said of it."""

from __future__ import annotations

import pytest

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.model.loader import model_from_source
from symbolic_bptt.model.model import Model
from symbolic_bptt.notation.errors import NotationError
from symbolic_bptt.notation.source import Source

TEXT = r"""
loss = "L"
equations = '''
h_t = \tanh(W h_{t-1} + U x_t)
L = \frac{1}{LAST} \sum_{t=1}^{LAST} v^\top h_t + v^\top h_{LAST}
'''
[time]
last = 'LAST'
[parameters]
W = "n x n"
U = "n x m"
v = "n"
[inputs]
x_t = "m"
[initial]
h_0 = "n"
"""


def model(last: str, text: str = TEXT) -> Model:
    return model_from_source(Source(text.replace("LAST", last), "model.toml"), "model")


def verdicts(last: str, *formulas: str) -> list[str]:
    text = " ".join(f"$${one.replace('LAST', last)}$$" for one in formulas)
    return [claim.verdict for claim in check_text(model(last), text, ".tex").claims]


@pytest.mark.parametrize("last", ["T", r"\tau", "N", "K"])
def test_the_last_step_may_have_another_name(last: str) -> None:
    assert verdicts(
        last,
        r"\frac{\partial L}{\partial v} = h_{LAST} + \frac1{LAST} \sum_{t=1}^{LAST} h_t",
        r"\frac{\partial L}{\partial h_{LAST}} = (1 + \frac{1}{LAST}) v",
        r"\frac{\partial h_t}{\partial h_{LAST}} = 0, \quad t < LAST",
        r"\frac{\partial L}{\partial h_{LAST-1}} = \frac{1}{LAST} v",
        r"h_t = h_{LAST}, \quad t = LAST, \dots, 1",
    ) == ["holds", "holds", "holds", "fails", "fails"]


def test_it_is_the_same_step_as_T() -> None:
    both = ["h_N = h_T", r"\sum_{t=1}^N h_t = \sum_{t=1}^T h_t"]
    assert verdicts("N", *both) == ["holds", "holds"]


def test_a_power_of_that_letter_is_no_transpose() -> None:
    assert verdicts(r"\tau", r"W^\tau h_0 = W^\top h_0") != ["holds"]
    assert verdicts(r"\tau", r"W^{\tau-1} W = W W^{\tau-1}") == ["holds"]


def test_a_number_of_steps_is_said_with_that_letter() -> None:
    assert verdicts("N", "N = 2", "h_N = h_2") == ["holds"]
    assert verdicts("T", "N = 2", "h_T = h_2")[-1] == "fails"


def test_counting_from_zero_with_another_letter() -> None:
    text = TEXT.replace("last = 'LAST'", "first = 0\nlast = 'LAST-1'").replace("h_0", "'h_{-1}'")
    text = text.replace("t=1}^{LAST}", "t=0}^{LAST-1}").replace("h_{LAST}", "h_{LAST-1}")
    of = model("N", text)
    claim = r"$$\frac{\partial L}{\partial h_{N-1}} = (1 + \frac1N) v$$"
    assert [one.verdict for one in check_text(of, claim, ".tex").claims] == ["holds"]


@pytest.mark.parametrize(
    ("last", "told"),
    [("t", "is the time index"), ("n", "is already a size"), ("v", "already the last step")],
)
def test_a_letter_that_means_something_is_refused(last: str, told: str) -> None:
    with pytest.raises(NotationError, match=told):
        model(last)
