"""What a name is beyond the steps: zero for a recursion, and told; for any other, nothing."""

from __future__ import annotations

import pytest

from tests.checking.sheets import claims, verdicts

ADJOINT = r"\delta_t = \frac{\partial L}{\partial h_t}"
BACK = r"\delta_t = W^\top (\delta_{t+1} \odot (1 - h_{t+1}^2))"
GRADIENT = r"\frac{\partial L}{\partial W} = \sum_t (\delta_t \odot (1 - h_t^2)) h_{t-1}^\top"


def test_a_derivative_that_does_not_exist_is_no_boundary() -> None:
    # δ_T is ∂L/∂h_T here, and not zero.
    found = claims("elman-last", ADJOINT, BACK, BACK.replace("h_{t+1}^2", "h_t^2"), GRADIENT)
    assert [claim.verdict for claim in found] == ["definition", "holds", "fails", "holds"]
    assert not any("= 0" in words for claim in found for words in claim.assumptions)


OF_STATE = r"\delta_t = \frac{\partial E}{\partial s_t}"
STEP = r"V^\top (\hat y_t - y_t) + W^\top (\delta_{t+1} \odot (1 - s_{t+1}^2))"


@pytest.mark.parametrize("zero", ["0", r"\mathbf{0}", r"\vec 0", r"\boldsymbol{0}_n", r"\mathbb 0"])
def test_what_a_gradient_is_after_the_last_step_may_be_said(zero: str) -> None:
    lines = (OF_STATE, rf"\delta_t = {STEP}", rf"\delta_{{T+1}} = {zero}")
    assert verdicts("elman", *lines) == ["definition", "holds", "definition"]


def test_then_a_recursion_is_held_against_it_at_the_last_step() -> None:
    """The loss of `elman-last` is not that of every step: δ_T is not W^T 0."""
    lines = (ADJOINT, BACK, r"\delta_{T+1} = 0")
    assert verdicts("elman-last", *lines) == ["definition", "fails", "definition"]


CASES = (
    r"\delta_T = V^\top (\hat y_T - y_T)",
    r"\delta_t = V^\top (\hat y_t - y_t) + W^\top (\delta_{t+1} \odot (1 - s_{t+1}^2)), t < T",
)


def test_cases_that_leave_no_step_out_leave_nothing_to_define() -> None:
    lines = (r"\delta_t = 7 \frac{\partial E}{\partial s_t}", OF_STATE, r"\delta_1 = 2 \delta_1")
    found = verdicts("elman", *CASES, *lines)
    assert found == ["definition", "definition", "fails", "holds", "fails"]


def test_a_step_that_no_case_is_about_is_defined() -> None:
    after = r"\delta_{T+1} = 0"
    assert verdicts("elman", *CASES, after) == ["definition"] * 3
    early = (r"a_t = a_{t-1} + s_t, t \ge 3", r"a_2 = s_1 + s_2", r"a_1 = s_1", r"a_2 = s_2")
    assert verdicts("elman", *early) == ["definition", "definition", "definition", "fails"]


def test_it_is_said_once_and_of_no_step_that_exists() -> None:
    lines = (OF_STATE, r"\delta_{T+1} = 0", r"\delta_{T+1} = 1", r"\delta_T = 0")
    assert verdicts("elman", *lines) == ["definition", "definition", "fails", "fails"]


@pytest.mark.parametrize("line", [r"a_0 = 0", r"a_0 = \mathbf 0"])
def test_before_the_first_step_a_name_for_a_state_is_that_state(line: str) -> None:
    assert verdicts("elman", "a_t = s_t", line) == ["definition", "fails"]


def test_the_same_of_the_entries() -> None:
    lines = (
        r"\delta_{t,k} = \frac{\partial L}{\partial h_{t,k}}",
        r"\delta_{t,j} = \sum_i W_{ij} \delta_{t+1,i} (1 - h_{t+1,i}^2)",
        r"\delta_{t,j} = \sum_i W_{ji} \delta_{t+1,i} (1 - h_{t+1,i}^2)",
    )
    assert verdicts("elman-last", *lines) == ["definition", "holds", "fails"]


def test_a_recursion_that_nobody_began_is_zero_and_that_is_told() -> None:
    found = claims("elman-last", BACK, GRADIENT)
    assert found[1].verdict == "fails"
    assert "δ_{T+1} = 0" in found[1].assumptions


def test_a_recursion_by_way_of_another_name_has_a_boundary() -> None:
    lines = (
        r"a_t = V^\top (\hat y_t - y_t) + W^\top b_{t+1}",
        r"b_t = a_t \odot (1 - s_t^2)",
        r"\frac{\partial E}{\partial s_t} = a_t",
        r"\frac{\partial E}{\partial s_t} = b_t",
    )
    found = claims("elman", *lines)
    assert [claim.verdict for claim in found] == ["definition", "definition", "holds", "fails"]
    assert "b_{T+1} = 0" in found[2].assumptions


FORWARD = (
    r"p_t = \frac{\partial^+ s_t}{\partial W} + \frac{\partial s_t}{\partial s_{t-1}} p_{t-1}",
    r"\frac{\partial E}{\partial W} = \sum_t \frac{\partial E_t}{\partial s_t} p_t",
    r"p_t = \frac{d s_t}{d W}",
    r"p_t = \frac{\partial^+ s_t}{\partial W}",
)


def test_a_recursion_forward_begins_before_the_first_step() -> None:
    found = claims("elman", *FORWARD)
    assert [claim.verdict for claim in found] == ["definition", "holds", "holds", "fails"]
    assert "p_0 = 0" in found[1].assumptions


STATE = (
    r"\delta_{t-1,i} = \sum_j \frac{\partial s_{t,j}}{\partial s_{t-1,i}}"
    r" (\frac{\partial E_t}{\partial s_{t,j}} + \delta_{t,j})"
)
TOTAL = (
    r"\frac{\partial E}{\partial s_{t,i}} = \frac{\partial E_t}{\partial s_{t,i}} + \delta_{t,i}"
)
WHOLE = r"\frac{\partial E}{\partial s_t} = \frac{\partial E_t}{\partial s_t} + \delta_t"


@pytest.mark.parametrize("lines", [(r"\delta_T = 0", STATE), (STATE, r"\delta_T = 0")])
def test_the_boundary_of_a_vector_is_that_of_its_entries(lines: tuple[str, str]) -> None:
    wrong = TOTAL.replace(r"+ \delta", r"+ 2 \delta")
    expected = ["definition", "definition", "holds", "holds", "fails"]
    assert verdicts("elman", *lines, TOTAL, WHOLE, wrong) == expected


def test_another_boundary_of_the_vector_is_used_for_the_entries() -> None:
    assert verdicts("elman", r"\delta_T = \mathbf 1", STATE, TOTAL)[-1] == "fails"


def test_entries_without_a_boundary_at_a_step_that_exists_are_undefined() -> None:
    found = claims("elman", STATE, TOTAL)
    assert found[1].verdict == "undefined"
    assert "δ_{3,1}" in found[1].message


def test_entries_beyond_the_number_of_steps_are_no_boundary() -> None:
    # n = 4 entries at T = 3 steps: entry 4 exists although step 4 does not.
    entries = (r"c_{t,i} = c_{t+1,i} + s_{t,i}", r"c_{T,i} = s_{T,i}", r"c_{T,i} = 0")
    assert verdicts("elman", *entries) == ["definition", "definition", "fails"]


@pytest.mark.parametrize(
    "lines",
    [
        ("f_t = f_{t-1} + f_{t-2}", "f_1 = 1", "f_0 = 5", "f_2 = 6", "f_2 = 1"),
        ("f_t = f_{t-1} + f_{t-2}", "f_0 = 1", "f_{-1} = 5", "f_1 = 6", "f_0 = 0"),
        ("f_t = f_{t+1} + 2 f_{t+2}", "f_{T+1} = 1", "f_{T+2} = 5", "f_T = 11", "f_T = 1"),
    ],
)
def test_a_recursion_over_two_steps_has_two_boundaries(lines: tuple[str, ...]) -> None:
    beyond = lines[3].startswith("f_T")  # numbers that go from step to step, at every T
    held = "undecided" if beyond else "holds"
    expected = ["definition", "definition", "definition", held, "fails"]
    assert verdicts("elman", *lines) == expected


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        (("a_t = a_{t-1} + s_t, \\quad t < T", "a_T = s_T", "a_1 = s_1"), "holds"),
        (("a_t = a_{t-1} + s_t, \\quad t < T", "a_T = s_T", "a_1 = s_0 + s_1"), "fails"),
        (("a_t = a_{t+1} + s_t, \\quad t > 1", "a_1 = s_1", "a_T = s_T"), "holds"),
    ],
)
def test_a_range_open_at_one_end_ends_with_the_steps(lines: tuple[str, ...], verdict: str) -> None:
    assert verdicts("elman", *lines)[-1] == verdict


# In a sum that reaches beyond the last step

BY_ENTRIES = (
    r"\frac{\partial E}{\partial W_{ij}} = \sum_{t=1}^{T} (1 - s_{t,i}^2) "
    r"( \sum_k (\hat y_{t,k} - y_{t,k}) V_{ki} + \sum_l W_{%s} (1 - s_{t+1,l}^2) "
    r"\frac{\partial E}{\partial s_{t+1,l}} ) s_{t-1,j}"
)
RECURSIVE = (
    r"\frac{\partial E}{\partial W} = \sum_{t=1}^T ((1 - s_t^2) \odot (V^\top (\hat y_t - y_t) "
    r"+ %s ((1 - s_{t+1}^2) \odot \delta_{t+1}))) s_{t-1}^\top"
)


def test_the_loss_has_no_derivative_by_what_comes_after_the_last_step() -> None:
    right, wrong = claims("elman", BY_ENTRIES % "li", BY_ENTRIES % "il")
    assert (right.verdict, wrong.verdict) == ("holds", "fails")
    assert "∂E/∂s_{T+1} = 0" in right.assumptions


def test_nor_has_it_under_another_name() -> None:
    found = verdicts("elman", OF_STATE, RECURSIVE % r"W^\top", RECURSIVE % "W")
    assert found == ["definition", "holds", "fails"]


@pytest.mark.parametrize(
    "line", [r"\sum_{t=1}^T (E_t - E_{t+1}) = E_1 - E_T", r"E_3 = \sum_{t=3}^T (E_t - E_{t+1})"]
)
def test_what_hangs_on_whether_a_term_is_left_out_or_zero_is_undecided(line: str) -> None:
    (found,) = claims("elman", line)
    assert found.verdict == "undecided"
    assert "left out" in found.message


def test_what_holds_either_way_holds_and_what_fails_either_way_fails() -> None:
    right, wrong = r"E = E_1 + \sum_{t=1}^T E_{t+1}", r"E = \sum_{t=1}^T E_{t+1}"
    assert verdicts("elman", right, wrong) == ["holds", "fails"]
