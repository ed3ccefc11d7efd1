r"""Another letter for the last step: T where it can mean nothing else, and told."""

from __future__ import annotations

import pytest

from tests.checking.test_notations import OPEN, claims, verdicts

WORDS = "another letter for the last step T"


@pytest.mark.parametrize("letter", [r"\tau", "N", "S", r"\ell"])
def test_the_limit_of_a_sum_over_all_steps_is_the_last_step(letter: str) -> None:
    found = claims(
        OPEN,
        rf"L = \sum_{{t=1}}^{{{letter}}} L_t",
        rf"\frac{{\partial L}}{{\partial s_{{{letter}}}}} = V^T (\hat y_{{{letter}}} - y_{letter})",
        rf"\frac{{\partial L}}{{\partial V}} = \sum_{{t=1}}^{{{letter}}} (\hat y_t - y_t) s_t^T",
        rf"\frac{{\partial L}}{{\partial V}} = \sum_{{t=1}}^{{{letter}-1}} (\hat y_t - y_t) s_t^T",
    )
    assert [one.verdict for one in found] == ["holds", "holds", "holds", "fails"]
    assert all(WORDS in one.reading for one in found)


def test_a_range_up_to_it_is_told_as_well() -> None:
    recursion = (
        r"\frac{\partial L}{\partial s_t} = V^\top (\hat y_t - y_t)"
        r" + \left(\frac{\partial s_{t+1}}{\partial s_t}\right)^\top"
        r" \frac{\partial L}{\partial s_{t+1}}, \quad t < \tau"
    )
    total, inner = claims(OPEN, r"L = \sum_{t=1}^{\tau} L_t", recursion)
    assert (total.verdict, inner.verdict) == ("holds", "holds")
    assert WORDS in inner.reading


@pytest.mark.parametrize(
    "others",
    [
        [r"\frac{\partial L_k}{\partial V} = \sum_{t=1}^{k} (\hat y_k - y_k) s_k^\top"],
        [r"L = \sum_{k=1}^{T} L_k"],
        [r"\frac{\partial L}{\partial s_T} = V^\top (\hat y_T - y_T)"],
        [r"z_k = V s_k, \quad k = 1, 2"],
        [r"k = 2"],
    ],
)
def test_a_letter_with_another_meaning_or_beside_T_is_for_all(others: list[str]) -> None:
    found = claims(OPEN, r"L = \sum_{t=1}^{k} L_t", *others)
    assert found[0].verdict == "fails"
    assert not any(WORDS in one.reading for one in found)


def test_a_partial_sum_stays_one() -> None:
    assert verdicts(OPEN, r"A_k = \sum_{t=1}^{k} L_t", r"A_T = L") == ["definition", "holds"]
    assert verdicts(OPEN, r"A_k = \sum_{t=1}^{k} L_t", r"A_k = L") == ["definition", "fails"]


def test_a_name_with_an_index_is_no_last_step() -> None:
    found = claims(OPEN, r"L = \sum_{t=1}^{\tau} L_t", r"T_1 < T_2")
    assert found[0].verdict == "holds"
    assert WORDS in found[0].reading
