"""What each step is to the steps before it."""

from __future__ import annotations

import numpy as np
import pytest

from symbolic_bptt.grading.candidates import Table, agree

from .conftest import Grading, relations

TRUE_DELTA = "δ_t = (V'(ŷ_t - y_t) + W' δ_{t+1}) ⊙ (1 - s_t^2)\n"
WRONG_DELTA = "δ_t = (V'(ŷ_t - y_t) + W δ_{t+1}) ⊙ (1 - s_t^2)\n"
BY_DELTA = "∂E/∂W = Σ_t δ_t s_{t-1}'\n"
FOLLOWS, CARRIED = "follows", "follows from an earlier mistake"
FIRST, WRONG, REPAIRS = "first wrong step", "wrong", "repairs an earlier mistake"


def test_a_definition_is_named_by_what_it_equals(graded: Grading) -> None:
    found = graded(TRUE_DELTA + BY_DELTA)
    assert relations(found) == [FOLLOWS, FOLLOWS]
    assert "∂E/∂z for s_t = tanh(z)" in found.judgement.steps[0].meaning


@pytest.mark.parametrize("there", [1, 2, 3, 4])
def test_what_is_the_same_at_few_steps_is_not_the_same(there: int) -> None:
    """Guards: a name is what it equals at half the steps or more, and wherever both exist."""
    wanted: Table = {(step,): np.array([[step]]) for step in range(1, 5)}
    found: Table = {(step,): np.array([[step]]) for step in range(1, there + 1)}
    assert agree(found, wanted) == (there >= 2)
    assert not agree({**found, (there,): np.array([[0]])}, wanted)
    assert not agree({}, wanted)


def test_a_wrong_recurrence_is_the_first_wrong_step_and_what_uses_it_follows(
    graded: Grading,
) -> None:
    found = graded(WRONG_DELTA + BY_DELTA + "∂E/∂U = Σ_t δ_t x_t'")
    assert relations(found) == [FIRST, CARRIED, CARRIED]
    assert [step.because_of for step in found.judgement.steps] == [None, 1, 1]
    assert found.diagnoses[1][0].kind == "transpose"


def test_a_right_boundary_is_told_from_a_wrong_recurrence(graded: Grading) -> None:
    found = graded("δ_T = (V'(ŷ_T - y_T)) ⊙ (1 - s_T^2)\n" + WRONG_DELTA)
    assert relations(found) == [FOLLOWS, FIRST]


def test_a_wrong_boundary_is_told_from_a_right_recurrence(graded: Grading) -> None:
    found = graded("δ_T = V'(ŷ_T - y_T)\n" + TRUE_DELTA + BY_DELTA)
    assert relations(found) == [FIRST, FOLLOWS, CARRIED]


def test_a_gradient_by_name_is_judged_though_it_defines(graded: Grading) -> None:
    assert relations(graded("dV = Σ_t (ŷ_t - y_t) s_t'")) == [FOLLOWS]
    assert relations(graded("dV = Σ_t (y_t - ŷ_t) s_t'")) == [FIRST]


def test_a_name_of_the_students_own_that_is_never_used_is_blamed_for_nothing(
    graded: Grading,
) -> None:
    assert relations(graded("q_t = s_t + s_{t-1}")) == ["defines"]


def test_what_rewrites_a_wrong_member_of_a_chain_is_carried(graded: Grading) -> None:
    found = graded("∂E/∂V = Σ_t (ŷ_t - y_t) s_{t-1}' = Σ_t ŷ_t s_{t-1}' - Σ_t y_t s_{t-1}'")
    assert relations(found) == [FIRST, CARRIED]


def test_substituting_a_wrong_result_is_carried(graded: Grading) -> None:
    found = graded(
        "∂E/∂s_t = V'(ŷ_t - y_t)\n"
        "∂E/∂W = Σ_t ((1 - s_t^2) ⊙ ∂E/∂s_t) s_{t-1}'\n"
        "∂E/∂W = Σ_t ((1 - s_t^2) ⊙ (V'(ŷ_t - y_t))) s_{t-1}'\n"
    )
    assert relations(found) == [FIRST, FOLLOWS, CARRIED]


def test_a_second_mistake_is_not_excused_by_the_first(graded: Grading) -> None:
    found = graded(WRONG_DELTA + "∂E/∂W = Σ_t δ_t s_{t-1}'\n∂E/∂U = Σ_t δ_t x_{t-1}'\n")
    assert relations(found) == [FIRST, CARRIED, WRONG]


def test_a_later_line_repairs_a_slip_and_what_uses_it_is_right_again(graded: Grading) -> None:
    found = graded(WRONG_DELTA + BY_DELTA + TRUE_DELTA + "∂E/∂U = Σ_t δ_t x_t'\n")
    assert relations(found) == [FIRST, CARRIED, REPAIRS, FOLLOWS]


def test_repeating_a_carried_line_repairs_nothing(graded: Grading) -> None:
    line = "dW = Σ_t δ_t s_{t-1}'\n"
    found = graded(WRONG_DELTA + line + line)
    assert relations(found) == [FIRST, CARRIED, CARRIED]
    assert found.mark.results[1].status == "carried"


@pytest.mark.parametrize(
    ("line", "relation"),
    [
        ("s_t = tanh(U x_t + W s_{t-1})", "restates"),
        ("s_t = tanh(U x_t + V s_{t-1})", FIRST),
        ("2 + 2 = 4", "irrelevant"),
        ("∂E/∂V = ∂E/∂V", "irrelevant"),
        ("∂E/∂W = Σ_t q_t s_{t-1}'", "not settled"),
        ("∂E/∂W = (((", "not read"),
    ],
)
def test_other_relations(graded: Grading, line: str, relation: str) -> None:
    assert relations(graded(line)) == [relation]
