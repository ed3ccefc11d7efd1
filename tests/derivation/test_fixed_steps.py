"""Models that read one fixed step: an initial state, the first or the last step of another one."""

from __future__ import annotations

import pytest

from symbolic_bptt.derivation.closed_form import closed_form
from symbolic_bptt.derivation.errors import NoRuleError
from symbolic_bptt.model.model import Model
from symbolic_bptt.notation.errors import NotationError
from tests.derivation.witness import model_of, relative_errors


def recurrent(*equations: str) -> Model:
    return model_of(
        "loss = 'E'\nequations = '''\n"
        + "\n".join(equations)
        + "\nE = \\sum_t \\frac12 (v^\\top h_t - y_t)^2\n'''\n"
        "[parameters]\nW = 'n x n'\nU = 'n x m'\nB = 'n x n'\nv = 'n'\n"
        "[inputs]\nx_t = 'm'\ny_t = 'scalar'\n[initial]\nh_0 = 'n'\nc_0 = 'n'\n"
    )


FIXED = {
    "its initial state alone": [r"h_t = \tanh(W h_0 + U x_t)"],
    "its initial state besides the step before": [r"h_t = \tanh(W h_{t-1} + B h_0 + U x_t)"],
    "the initial state of another": [
        r"c_t = \tanh(W c_{t-1} + U x_t)",
        r"h_t = \tanh(B c_0 + c_t)",
    ],
    "the first step of another": [
        r"c_t = \tanh(W c_{t-1} + U x_t)",
        r"h_t = \tanh(B c_1 + h_{t-1})",
    ],
    "the last step of another": [
        r"c_t = \tanh(W c_{t-1} + U x_t)",
        r"h_t = \tanh(B c_T + h_{t-1})",
    ],
    "a middle step of what has no recurrence": [
        r"c_t = \tanh(U x_t + B h_0)",
        r"h_t = \tanh(W c_2 + B h_{t-1})",
    ],
}


@pytest.mark.parametrize("equations", FIXED.values(), ids=FIXED)
@pytest.mark.parametrize("count", [2, 4])
@pytest.mark.parametrize("literal", [False, True])
def test_a_fixed_step_is_differentiated_like_any_other(
    equations: list[str], count: int, literal: bool
) -> None:
    errors = relative_errors(recurrent(*equations), count, literal=literal)
    assert max(errors.values()) < 1e-10


@pytest.mark.parametrize(
    "equations",
    [
        [r"h_t = \tanh(W h_1 + U x_t)"],
        [r"h_t = \tanh(W h_T + U x_t)"],
        [r"h_t = \tanh(W c_2 + U x_t)", r"c_t = \tanh(B h_t)"],
        [r"h_t = \tanh(W c_T + U x_t)", r"c_t = \tanh(B h_1)"],
    ],
    ids=" and ".join,
)
def test_what_is_given_by_itself_at_that_step_is_refused(equations: list[str]) -> None:
    with pytest.raises(NotationError, match="circular definition within one step"):
        recurrent(*equations)


def test_a_first_step_of_its_own_under_cases_has_no_closed_form_and_says_so() -> None:
    model = recurrent(
        r"h_t = \begin{cases} \tanh(U x_t) & t = 1 \\ \tanh(W h_1 + U x_t) & t > 1 \end{cases}"
    )
    with pytest.raises(NoRuleError, match="reads h_1"):
        closed_form(model)
