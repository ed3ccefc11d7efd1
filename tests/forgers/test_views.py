"""What holds in a wider view holds in a narrower one: with disturbances, and with free letters."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from symbolic_bptt.checking.decide import Trial
from symbolic_bptt.checking.laboratory import ACTUAL, Laboratory, View
from symbolic_bptt.checking.verdict import Instance
from symbolic_bptt.evaluation.errors import EvaluationError
from tests.forgers.models import holds
from tests.forgers.test_mutated_gradients import Gradient, gradient_of, models

WIDER = [
    View(disturbed=True),
    View(free_letters=True),
    View(disturbed=True, free_letters=True),
]


def agree(trial: Trial, count: int, view: View) -> bool:
    """Whether both sides are the same at a random point of the view."""
    at = trial.laboratory.field_point(Instance(count, {"n": 2}), 0, view)
    return not any(trial.differences(at))


@settings(max_examples=40)
@given(models, st.sampled_from(["W", "b", "a"]), st.integers(0, 10**6), st.sampled_from(WIDER))
def test_what_holds_in_a_wider_view_holds_in_the_actual_one(
    text: str, name: str, choice: int, view: View
) -> None:
    whole = gradient_of(text, name)
    found = [whole, *whole.slips()]
    one: Gradient = found[choice % min(len(found), 40)]
    trial = Trial(Laboratory(one.model), one.bound, one.claim, short=4)
    for count in (1, 2, 4):
        try:
            wide, narrow = agree(trial, count, view), agree(trial, count, ACTUAL)
        except EvaluationError:
            assume(False)
        assert narrow or not wide


@settings(max_examples=10)
@given(models, st.sampled_from(["W", "b", "a"]))
def test_a_gradient_needs_no_state_to_be_what_its_equation_says(text: str, name: str) -> None:
    one = gradient_of(text, name)
    trial = Trial(Laboratory(one.model), one.bound, one.claim, short=4)
    assert all(agree(trial, 3, view) for view in (ACTUAL, *WIDER))


GATED = r"""
loss = "E"
equations = '''
f_t = \sigma(w h_{t-1} + x_t)
c_t = f_t c_{t-1} + x_t
h_t = \tanh(c_t)
E = \sum_t h_t y_t
'''
[parameters]
w = "scalar"
[inputs]
x_t = "scalar"
y_t = "scalar"
[initial]
h_0 = "scalar"
c_0 = "scalar"
"""

LINEAR = GATED.replace("f_t c_{t-1}", "w c_{t-1}")


ABOVE = r"\frac{\partial E}{\partial c_t} \frac{\partial^+ f_t}{\partial w}"
CHAIN = r"\frac{\partial c_t}{\partial c_{t-1}} \frac{\partial c_{t-1}}{\partial c_{t-2}}"

LINES = [
    (GATED, rf"\frac{{\partial c_t}}{{\partial c_{{t-2}}}} = {CHAIN}", "every T"),
    (GATED, rf"\frac{{\partial E}}{{\partial w}} = \sum_t {ABOVE} c_{{t-1}}", "every T"),
    (GATED, "h_t c_t = c_t h_t", "every T"),
    (GATED, "c_t = f_t c_{t-1} + x_t", "exact"),
    (GATED, "c_2 = f_2 (f_1 c_0 + x_1) + x_2", "exact"),
    (LINEAR, r"c_t = w^t c_0 + \sum_{k=1}^t w^{t-k} x_k", "exact"),
]


@pytest.mark.parametrize(("text", "line", "kind"), LINES)
def test_an_equation_that_remembers_is_used_at_the_lengths_looked_at_alone(
    text: str, line: str, kind: str
) -> None:
    assert holds(text, line) == kind
