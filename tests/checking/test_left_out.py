r"""Names whose step is left out, `a = W s_{t-1}`: read at step t, and told."""

from __future__ import annotations

import pytest

from tests.checking.test_notations import OPEN, claims, verdicts

WORDS = "a name without its step, read at step t"


def test_a_name_defined_by_what_has_a_step_is_at_that_step() -> None:
    found = claims(
        OPEN,
        r"a_r = W s_{t-1}",
        r"z_t = U x_t + a_r",
        r"\frac{\partial L}{\partial a_r} = f'(z_t) \odot \frac{\partial L}{\partial s_t}",
        r"\frac{\partial L}{\partial W} = \sum_t \frac{\partial L}{\partial a_r} s_{t-1}^\top",
        r"\frac{\partial L}{\partial a_r} = 2 \frac{\partial L}{\partial z_t}",
    )
    assert [one.verdict for one in found] == ["definition", "holds", "holds", "holds", "fails"]
    assert all(WORDS in one.reading for one in found[1:])


def test_the_step_may_be_left_out_of_a_name_of_the_model() -> None:
    found = claims(OPEN, r"z = U x_t + W s_{t-1}", r"s = f(z)", r"q_t = V s", r"q_t = V z")
    assert [one.verdict for one in found] == ["holds", "holds", "holds", "fails"]


@pytest.mark.parametrize(
    "formulas",
    [
        (r"a = \sum_t s_t", r"V a = \sum_t q_t"),
        (r"a_t = V s_t", r"a = \sum_t a_t", r"a = \sum_t q_t"),
        (r"a = V s_T", r"a = q_T"),
    ],
)
def test_a_name_that_has_no_step_gets_none(formulas: tuple[str, ...]) -> None:
    found = claims(OPEN, *formulas)
    assert {one.verdict for one in found} <= {"definition", "holds"}
    assert not any(WORDS in one.reading for one in found)


def test_a_label_above_that_is_also_a_number_of_the_document() -> None:
    gradient = r"\delta^h_t = \frac{\partial L}{\partial s_t}"
    found = verdicts(OPEN, r"h = 3", gradient, r"\delta^h_T = V^\top (\hat y_T - y_T)")
    assert found == ["definition", "definition", "holds"]
