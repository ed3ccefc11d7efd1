"""Degenerate: what is zero by chance, by a sign or at one length is not."""

from __future__ import annotations

import pytest

from symbolic_bptt.checking.degenerate import degenerate_parameters
from symbolic_bptt.checking.laboratory import Laboratory
from tests.forgers.models import RELU, SCALAR, model


@pytest.mark.parametrize("factor", ["(T - 2)", "(T - 3)", r"\operatorname{relu}(w)", "1"])
@pytest.mark.parametrize("text", [SCALAR, RELU], ids=["tanh", "relu"])
def test_a_gradient_that_vanishes_somewhere_is_not_degenerate(factor: str, text: str) -> None:
    """Guards: two lengths are looked at, and a parameter must be dead at both."""
    changed = text.replace(r"E = \sum_t h_t y_t", rf"E = {factor} \sum_t h_t y_t")
    for seed in range(8):
        assert degenerate_parameters(Laboratory(model(changed), seed)) == ()


def test_a_gradient_that_vanishes_everywhere_is_degenerate() -> None:
    dead = SCALAR.replace(r"\sum_t h_t y_t", r"\sum_t w (h_t - h_t) y_t + w")
    for seed in range(3):
        assert degenerate_parameters(Laboratory(model(dead), seed)) == ("u",)


LATE = [
    r"\sum_{t=9}^T w h_t",
    r"\sum_{t=3 \cdot 3 \cdot 3}^T w h_t",
    r"\sum_t \sum_{k=1}^{t-9} w x_k",
]


@pytest.mark.parametrize("late", LATE)
def test_a_parameter_that_acts_late_is_not_degenerate(late: str) -> None:
    """Guards: a gradient of 0 is looked at beyond every reach of the model."""
    loss = r"\sum_t h_t y_t"
    changed = SCALAR.replace("tanh(w h", "tanh(h").replace(loss, f"{loss} + {late}")
    assert degenerate_parameters(Laboratory(model(changed), 0)) == ()
