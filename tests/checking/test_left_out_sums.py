"""Sums over steps that are left out: a reading only where a document leaves out all its sums."""

from __future__ import annotations

from functools import cache

import pytest

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.checking.verdict import CheckedClaim
from symbolic_bptt.model import Model, load_model

CONVENTION = r"\frac{\partial E_t}{\partial s_{t,i}} = V_{ki} (\hat y_{t,k} - y_{t,k})"
SIGMA = r"E = \sum_t E_t"
BY_V = r"\frac{\partial E}{\partial V_{ij}} = (\hat y_{t,i} - y_{t,i}) s_{t,j}"
SUMMED = ("summed over repeated indices",)


@cache
def elman() -> Model:
    return load_model("elman")


def last(*lines: str) -> CheckedClaim:
    return check_text(elman(), "\n\n".join(f"$${one}$$" for one in lines), ".md").claims[-1]


def test_a_document_without_sigma_sums_over_its_repeated_steps() -> None:
    found = last(CONVENTION, BY_V)
    assert (found.verdict, found.reading) == ("holds", SUMMED)


def test_of_one_step_it_is_said_of_every_step() -> None:
    found = last(CONVENTION, BY_V.replace("{\\partial E}", "{\\partial E_t}"))
    assert (found.verdict, found.reading) == ("holds", ())


@pytest.mark.parametrize("above", [(), (SIGMA,), (CONVENTION, SIGMA)])
def test_elsewhere_a_missing_sum_over_steps_fails(above: tuple[str, ...]) -> None:
    assert last(*above, BY_V).verdict == "fails"


@pytest.mark.parametrize(
    "wrong",
    [
        BY_V.replace("-", "+"),
        BY_V.replace("s_{t,j}", "s_{t-1,j}"),
        BY_V.replace("= ", "= 2 "),
        BY_V + r", \quad t = 1, \dots, T",
        "E = E_t",
        r"E = \frac12 E_t E_t",
    ],
)
def test_the_convention_saves_no_wrong_formula(wrong: str) -> None:
    assert last(CONVENTION, wrong).verdict == "fails"
