"""Names that say they are a gradient are judged as one; what is before the first step exists."""

from __future__ import annotations

import pytest

from tests.checking.sheets import claims, verdicts

RIGHT = r"\sum_t (\hat y_t - y_t) s_t^\top"
WRONG = r"\sum_t (\hat y_t + y_t) s_t^\top"


@pytest.mark.parametrize("name", ["dV", r"\Delta V", r"\delta V", r"\mathrm{d}V"])
def test_what_a_name_is_meant_as_is_told(name: str) -> None:
    (right,), (wrong,) = claims("elman", f"{name} = {RIGHT}"), claims("elman", f"{name} = {WRONG}")
    assert (right.verdict, right.message) == ("definition", "if meant as ∂E/∂V: holds")
    assert (wrong.verdict, wrong.message) == ("definition", "if meant as ∂E/∂V: fails")


def test_of_a_quantity_of_a_step_too_and_of_no_other_name() -> None:
    (state,) = claims("elman", r"ds_t = V^\top (\hat y_t - y_t)")
    assert state.message == "if meant as ∂E/∂s_t: fails"
    assert [one.message for one in claims("elman", f"G = {RIGHT}", r"\delta_t = s_t")] == ["", ""]


LATER = r"F_t = \sum_{u=t+1}^T E_u"
SLOPE = r"\frac{\partial F_{%s}}{\partial s_t}"
BY = rf"\frac{{\partial E}}{{\partial U}} = \sum_{{t=1}}^T ({SLOPE} \odot (1 - s_t^2)) x_t^\top"


@pytest.mark.parametrize("span", ["", r", t = 0, \dots, T-1"])
def test_a_defined_name_is_differentiated_where_it_is_defined(span: str) -> None:
    """F_0 is the whole loss, although the model has no step 0."""
    found = verdicts("elman", LATER + span, BY % "t-1", BY % "t")
    assert found == ["definition", "holds", "fails"]
