"""For which steps a line is claimed: lists with dots, up and down, and letters in bounds."""

from __future__ import annotations

import pytest

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.model import load_model

ALL = [
    r"t = 1, \dots, T",
    r"t = T, T-1, \dots, 1",
    r"t = T, \dots, 1",
    r"t = T, \dots, 2, 1",
    r"t = 1:T",
    r"t = T:1",
    r"t = \{1, 2, \ldots, T\}",
    r"t \in 1, \dots, T",
    r"t \in \{T, \dots, 1\}",
    r"t \in \{1:T\}",
    r"t \in [1:T]",
]


def verdict(written: str, kind: str = ".tex") -> str:
    text = f"${written}$" if kind == ".tex" else written
    (claim,) = check_text(load_model("elman"), text, kind).claims
    return claim.verdict


@pytest.mark.parametrize("steps", ALL)
def test_a_list_of_all_steps_is_all_steps(steps: str) -> None:
    assert verdict(rf"E_t = -y_t^\top \log \hat y_t, \quad {steps}") == "holds"
    assert verdict(rf"E_t = E_1, \quad {steps}") == "fails"


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (r"k = 1, \dots, t-1", r"k = t+1, \dots, T"),
        (r"k = t-1, t-2, \dots, 1", r"k = T, T-1, \dots, t+1"),
        (r"k = t-1, \dots, 1", r"k = T, \dots, t+1"),
        (r"k = t-1:1", r"k = T:t+1"),
        (r"k \in \{1, \dots, t-1\}", r"k \in \{t+1, \dots, T\}"),
    ],
)
def test_a_list_beside_a_step_runs_the_way_it_must(earlier: str, later: str) -> None:
    acausal = r"\frac{\partial s_t}{\partial s_k} = 0, \quad "
    assert verdict(acausal + later) == "holds"
    assert verdict(acausal + earlier) == "fails"


@pytest.mark.parametrize("steps", [r"k < t", r"k = 1, \dots, t-1", r"k = t-1, \dots, 1"])
def test_a_letter_that_only_a_range_names_stands_for_every_step(steps: str) -> None:
    loss = r"E_k = -y_k^\top \log \hat y_k"
    assert verdict(f"{loss}, {steps}") == "holds"
    assert verdict(f"E_k = E_1, {steps}") == "fails"
    assert verdict(f"E_k + E_t = E_t - y_k^\\top \\log \\hat y_k, {steps}") == "holds"


def test_a_letter_that_bounds_an_entry_is_no_step() -> None:
    assert verdict(r"W_{ij} = W_{ij}, \quad i = 1, \dots, M") != "holds"


@pytest.mark.parametrize(
    "steps", ["t in 1..T", "t in {1, ..., T}", "t = 1:T", "t = T, T-1, ..., 1", "t in 1:T"]
)
def test_plain_text_writes_ranges_with_a_word(steps: str) -> None:
    assert verdict(f"E_t = -y_t^T log(yhat_t) for {steps}", ".txt") == "holds"
    assert verdict(f"E_t = E_1 for {steps}", ".txt") == "fails"


def test_a_colon_with_a_gap_opens_a_line() -> None:
    assert verdict(r"t = 1: E_t = E_1") == "holds"
    assert verdict(r"t = T: E_t = E_1") == "fails"


def test_a_list_of_quantities_in_a_space_claims_nothing() -> None:
    text = r"$x_1, \dots, x_T \in \mathbb R^m$ and $E = \sum_t E_t$"
    report = check_text(load_model("elman"), text, ".tex")
    assert [claim.verdict for claim in report.claims] == ["holds"]
    assert not report.unread
    unread = check_text(load_model("elman"), r"$x_1, x_T \in E$", ".tex").unread
    assert unread
