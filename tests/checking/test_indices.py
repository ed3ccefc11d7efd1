"""Indices that must be worked out: no quantity with steps gets a new name from a number."""

from __future__ import annotations

import pytest

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.model import load_model


def seen(*formulas: str) -> list[str]:
    text = " ".join(f"${one}$" for one in formulas)
    return [claim.verdict for claim in check_text(load_model("elman"), text, ".tex").claims]


@pytest.mark.parametrize("six", ["2 \\cdot 3", "7-1", "\\frac{12}{2}", "2(4-1)", "3^2 - 3", "(6)"])
def test_an_index_without_letters_is_a_number(six: str) -> None:
    assert seen(rf"s_{{{six}}} = \tanh(U x_6 + W s_5)") == ["holds"]
    assert seen(rf"s_{{{six}}} = s_5") == ["fails"]


@pytest.mark.parametrize(
    "index", ["10^{11}", "-10^{11}", "100000000000", "9" * 40, "10^{11} t", "10^6 + 1"]
)
def test_a_step_that_no_length_reaches_is_not_judged(index: str) -> None:
    text = rf"$E_{{{index}}} = 0$"
    (claim,) = check_text(load_model("elman"), text, ".tex").claims
    assert claim.verdict == "undecided"
    assert "is named" in claim.message


@pytest.mark.parametrize("index", ["T^2", "2^t", "1.5", "3!", r"\frac{3}{2}"])
def test_what_is_no_step_makes_no_name_of_a_quantity(index: str) -> None:
    assert seen(rf"E_{{{index}}} = E_1")[0] in ("unreadable", "undecided")


def test_an_entry_may_be_worked_out_too() -> None:
    assert seen(r"W_{2^1, 1} = W_{2, 1}") == ["holds"]
    assert seen(r"W_{2^1, 1} = W_{1, 2}") == ["fails"]


def test_a_label_of_another_name_may_look_like_a_number() -> None:
    assert seen(r"\beta_{0.9} = E", r"\beta_{0.5} = 2 \beta_{0.9}", r"\beta_{0.5} = 2 E") == [
        "definition",
        "definition",
        "holds",
    ]


def test_targets_are_not_said_to_matter_where_they_do_not() -> None:
    (claim,) = check_text(load_model("elman"), "$E_8 = E_8$", ".tex").claims
    assert claim.assumptions == ()
