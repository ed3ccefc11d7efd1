"""The mark follows from the exercise's rules, and from what is proved."""

from __future__ import annotations

import pytest

from .conftest import Grading, relations, statuses

V = "∂E/∂V = Σ_t (ŷ_t - y_t) s_t'\n"
WRONG_V = "∂E/∂V = Σ_t (ŷ_t + y_t) s_t'\n"
STATE = "∂E/∂s_t = V'(ŷ_t - y_t) + W'((1 - s_{t+1}^2) ⊙ ∂E/∂s_{t+1})\n"
EARLIER = "∂E/∂s_{t-1} = V'(ŷ_{t-1} - y_{t-1}) + W'((1 - s_t^2) ⊙ ∂E/∂s_t)\n"
W = "∂E/∂W = Σ_t ((1 - s_t^2) ⊙ ∂E/∂s_t) s_{t-1}'\n"

ENTRIES = (
    "∂E/∂s_{t,i} = Σ_k V_{k,i} (ŷ_{t,k} - y_{t,k}) + Σ_j W_{j,i} (1 - s_{t+1,j}^2) ∂E/∂s_{t+1,j}\n"
)

ONLY_STATE = """
title = "state"
model = "elman"
[[targets]]
quantity = '\\frac{\\partial E}{\\partial s_t}'
points = 3
"""


@pytest.mark.parametrize(
    "answer",
    [
        V,
        "dE/dV = Σ_k (ŷ_k - y_k) s_k'\n",
        "Σ_t (ŷ_t - y_t) s_t' = ∂E/∂V\n",
        "∇_V E = Σ_t ŷ_t s_t' - Σ_t y_t s_t'\n",
        "dV = Σ_t (ŷ_t - y_t) s_t'\n",
        "G = Σ_t (ŷ_t - y_t) s_t'\n∂E/∂V = G\n",
        "e_t = ŷ_t - y_t\n∂E/∂V = Σ_t e_t s_t'\n",
        "∂E/∂V = Σ_t ∂E_t/∂V = Σ_t (ŷ_t - y_t) s_t'\n",
        "∂E/∂V = Σ_t ∂E_t/∂V\n∂E_t/∂V = (ŷ_t - y_t) s_t'\n",
        "∂E/∂V = (ŷ_1 - y_1) s_1' + (ŷ_2 - y_2) s_2' + (ŷ_3 - y_3) s_3'\n",
        "∂E/∂V_{k,j} = Σ_t (ŷ_{t,k} - y_{t,k}) s_{t,j}\n",
        "(∂E/∂V)_{i,j} = Σ_t (ŷ_{t,i} - y_{t,i}) s_{t,j}\n",
        "e_{t,k} = ŷ_{t,k} - y_{t,k}\n∂E/∂V_{k,j} = Σ_t e_{t,k} s_{t,j}\n",
        "∂E_t/∂V_{k,j} = (ŷ_{t,k} - y_{t,k}) s_{t,j}\n∂E/∂V = Σ_t ∂E_t/∂V\n",
    ],
)
def test_a_target_is_reached_in_any_form_under_any_name(graded: Grading, answer: str) -> None:
    found = graded(answer)
    assert statuses(found) == ["reached", "missing"]
    assert found.mark.points == 2


@pytest.mark.parametrize(
    "answer",
    [
        "∂E/∂V = ∂E/∂V",
        "∂E/∂V = dV",
        "∂E/∂V = Σ_t ∂E_t/∂V",
        "G = ∂E/∂V\n∂E/∂V = G",
        "∂E/∂V = Σ_t ∂E_t/∂V\n∂E_t/∂V = ∂E/∂V - Σ_k ∂E_k/∂V + ∂E_t/∂V",
        "∂E/∂V = (ŷ_t - y_t) s_t'",
        "∂E_t/∂V = (ŷ_t - y_t) s_t'",
        "∂E/∂V = (ŷ_1 - y_1) s_1' + (ŷ_2 - y_2) s_2'",
        "∂E/∂V_{k,k} = Σ_t (ŷ_{t,k} - y_{t,k}) s_{t,k}",
        "∂E/∂V_{1,j} = Σ_t (ŷ_{t,1} - y_{t,1}) s_{t,j}",
        "∂E/∂V_{k,j} = Σ_t (ŷ_{t,j} - y_{t,j}) s_{t,k}",
        "∂E/∂V_{k,j} = Σ_t ∂E_t/∂V_{k,j}",
        "full marks please",
        "",
    ],
)
def test_nothing_is_given_for_nothing(graded: Grading, answer: str) -> None:
    assert graded(answer).mark.points == 0


def test_a_range_that_leaves_things_out_is_no_full_answer(graded: Grading) -> None:
    found = graded("∂E/∂s_t = V'(ŷ_t - y_t), t = T", more=ONLY_STATE)
    assert found.mark.points == 0
    found = graded("∂E/∂s_T = V'(ŷ_T - y_T)", more=ONLY_STATE)
    assert found.mark.points == 0


@pytest.mark.parametrize(
    "answer",
    [
        STATE,
        "∂E/∂s_T = V'(ŷ_T - y_T)\n" + STATE,
        "∂E/∂s_T = V'(ŷ_T - y_T)\n" + EARLIER,
        "δ_t = ∂E/∂s_t\nδ_t = V'(ŷ_t - y_t) + W'((1 - s_{t+1}^2) ⊙ δ_{t+1})\n",
        "δ_t = V'(ŷ_t - y_t) + W'((1 - s_{t+1}^2) ⊙ δ_{t+1})\n∂E/∂s_t = δ_t\n",
        "δ_t = V'(ŷ_t - y_t) + W'((1 - s_{t+1}^2) ⊙ δ_{t+1})\n",
        ENTRIES,
    ],
)
def test_a_quantity_of_every_step_may_be_given_case_by_case(graded: Grading, answer: str) -> None:
    assert statuses(graded(answer, more=ONLY_STATE)) == ["reached"]


def test_a_wrong_boundary_spoils_a_right_recurrence(graded: Grading) -> None:
    wrong = "∂E/∂s_T = V'(y_T - ŷ_T)\n"
    assert graded(wrong + STATE, more=ONLY_STATE).mark.points < 3


def test_the_last_word_counts_and_a_list_of_guesses_does_not(graded: Grading) -> None:
    assert graded(WRONG_V + V).mark.points == 2
    assert graded(V + WRONG_V).mark.points == 1
    assert graded(V + WRONG_V, more="[credit]\ncontradicted = 0\n").mark.points == 0


def test_carried_errors_keep_the_share_that_the_exercise_says(graded: Grading) -> None:
    wrong = STATE.replace("W'", "W")
    assert graded(wrong + W).mark.points == 2
    assert graded(wrong + W, more="[credit]\ncarried = 1\n").mark.points == 4
    assert graded(wrong + W, more="[credit]\ncarried = 0\n").mark.points == 0


def test_named_mistakes_keep_a_share_or_cost_a_penalty(graded: Grading) -> None:
    sign = "∂E/∂V = Σ_t (y_t - ŷ_t) s_t'\n" + STATE + W
    assert graded(sign).mark.points == 4
    assert graded(sign, more="[credit.mistakes]\nsign = 0.5\n").mark.points == 5
    punished = graded(sign, more="[penalties]\nsign = 3\n").mark
    assert punished.deductions == (("sign", 3.0),)
    assert punished.points == 1


def test_the_mark_is_never_below_0(graded: Grading) -> None:
    assert graded("∂E/∂V = Σ_t (y_t - ŷ_t) s_t'", more="[penalties]\nsign = 9\n").mark.points == 0


def test_a_jump_costs_what_the_exercise_says(graded: Grading) -> None:
    rule = "[steps]\nat_least = 2\njump = 0.5\n"
    found = graded(V, more=rule)
    assert found.mark.points == 1
    assert relations(found) == ["jumps"]
    assert graded("e_t = ŷ_t - y_t\n∂E/∂V = Σ_t e_t s_t'\n", more=rule).mark.points == 2


def test_what_is_given_needs_no_proof(graded: Grading) -> None:
    given = ELMAN_GIVEN
    answer = "∂E/∂W = Σ_t Σ_{k≤t} (1 - s_k^2) ⊙ ((∂s_t/∂s_k)' V'(ŷ_t - y_t)) s_{k-1}'"
    assert statuses(graded(answer, more=given)) == ["reached"]
    assert statuses(graded(answer))[1] == "missing"


ELMAN_GIVEN = """
title = "given"
model = "elman"
given = ["∂s_t/∂s_k = Π_{j=k+1}^{t} diag(1 - s_j^2) W"]
[[targets]]
quantity = "dE/dW"
points = 4
"""


def test_readings_may_be_ruled_out(graded: Grading) -> None:
    row = "∂E/∂s_t = (ŷ_t - y_t)' V + (∂E/∂s_{t+1} ⊙ (1 - s_{t+1}^2)')  W\n"
    strict = ONLY_STATE.replace("[[targets]]", "readings = []\n[[targets]]")
    assert graded(row, more=strict).mark.points == 0


def test_what_cannot_be_read_is_left_to_a_person_and_costs_nothing(graded: Grading) -> None:
    found = graded(V + "∂E/∂W = (((\n")
    assert statuses(found) == ["reached", "for a person"]
    assert found.mark.needs_a_person
    assert found.mark.points == 2
