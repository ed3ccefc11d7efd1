"""Claims that numbers decide: what is computed from t and T alone shows late that it is false."""

from __future__ import annotations

import pytest

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.model import load_model
from symbolic_bptt.model.loader import model_from_source
from symbolic_bptt.notation.source import Source

from .models import SCALAR, holds, last

COUNTER = "c_1 = 1\n\nc_t = c_{t-1} + 1\n\n"

LATE = [
    r"\mathbb 1[1/T < 0.04] = 0",
    r"\sum_t \mathbb 1[0.9^t < 0.3] = 0",
    r"\max(1/T, 0.02) = 1/T",
    r"|1/T - 0.05| = 1/T - 0.05",
    r"\sqrt{(1/T - 0.05)^2} = 1/T - 0.05",
    r"\min(0.1 T, 1) = 0.1 T",
    r"1/T \ge 0.03",
    COUNTER + r"|c_T - 6| = 6 - c_T",
    COUNTER + r"c_T = \min(c_T, 20)",
    COUNTER + r"\mathbb 1[c_T = 7] = 0",
    COUNTER + r"c_T < 12",
]


@pytest.mark.parametrize("formula", LATE)
def test_what_numbers_decide_late_is_refuted_where_they_do(formula: str) -> None:
    found = check_text(model_from_source(Source(SCALAR), "scalar"), formula, ".txt").claims[-1]
    assert found.verdict == "fails"
    assert found.counterexample is not None
    assert found.counterexample.T > 5


TOO_FAR = [
    r"T < 2^{10}",
    r"\max(1/T, 0.0001) = 1/T",
    r"\sum_t \mathbb 1[0.999^t < 0.1] = 0",
    COUNTER + r"c_T = \min(c_T, 3000)",
]


@pytest.mark.parametrize("formula", TOO_FAR)
def test_where_that_is_too_far_the_claim_is_left_open(formula: str) -> None:
    found = check_text(model_from_source(Source(SCALAR), "scalar"), formula, ".txt").claims[-1]
    assert found.verdict == "undecided"


IN_THE_MODEL = SCALAR.replace(
    r"E = \sum_t h_t y_t",
    "g_t = g_{t-1} + 1\nE = \\sum_t \\max(0, g_t - 20) h_t y_t + h_T",
).replace('h_0 = "scalar"', 'h_0 = "scalar"\ng_0 = "scalar, zero"')


@pytest.mark.parametrize("formula", ["E = h_T", r"\frac{\partial E}{\partial h_T} = 1"])
def test_so_it_is_where_the_model_counts(formula: str) -> None:
    found = last(IN_THE_MODEL, formula)
    assert found.verdict == "fails"
    assert found.counterexample is not None
    assert found.counterexample.T > 20


@pytest.mark.parametrize("formula", [r"\max(T, 0) = T", r"\max(0, T - 1) = T - 1", r"|-3| = 3"])
def test_what_numbers_decide_is_promised_for_the_lengths_looked_at(formula: str) -> None:
    """Guards: the sign of a number has no dimension."""
    assert holds(SCALAR, formula, seed=0) == "exact"


def turning(name: str, period: int) -> list[str]:
    """A number that is 1 at every so many steps, and 0 between."""
    start = [f"{name}_{step} = {int(step == period)}" for step in range(1, period + 1)]
    return [*start, f"{name}_t = {name}_{{t-{period}}}"]


UNDECIDABLE = [
    r"\mathbb 1[0.5^T < 0.1] = \mathbb 1[T > 3]",
    r"\max(0, \sum_{k=1}^{T} \frac{1}{k} - 4) = 0",
    r"\max(0, \frac15 - \frac5T) = 0",
    r"\max(0, T - \sum_{k=1}^{7} k) = 0",
    "q = 3\n\n" + r"\max(0, T - q q q) = 0",
    COUNTER + r"\mathbb 1[c_T = 3 \cdot 3 \cdot 3] = 0",
    COUNTER + r"\max(0, (c_T - 3)^2 (c_T - 27)) = 0",
    "c_0 = 0\n\n" + r"c_t = c_{t-1} + \frac15 \cdot \frac15" + "\n\n" + r"\max(0, c_T - 1) = 0",
    r"\prod_{k=1}^{3} \prod_{j=1}^{3} \prod_{i=1}^{3} (T - i - 3 (j-1) - 9 (k-1)) = 0",
    "d_{0,t} = 1\n\nd_{k,1} = 0\n\nd_{k,2} = 0\n\nd_{k,t} = d_{k-1,t-2}\n\nd_{9,T} = 0",
    "\n\n".join([*turning("a", 3), *turning("b", 5), *turning("g", 2), "a_T b_T g_T h_T = 0"]),
]


@pytest.mark.parametrize("formula", UNDECIDABLE)
def test_what_no_number_of_lengths_decides_is_left_open(formula: str) -> None:
    """Guards: only a sum of steps and literals has one sign far out; what repeats meets again."""
    for seed in (0, 1):
        found = check_text(model_from_source(Source(SCALAR), "scalar"), formula, ".txt", seed=seed)
        assert found.claims[-1].verdict in ("undecided", "fails")
        assert found.exit_status != 0


def test_a_product_of_literals_is_as_large_as_it_is() -> None:
    found = last(SCALAR, r"\max(0, T - 3 \cdot 3 \cdot 3) = 0")
    assert found.verdict == "fails"


@pytest.mark.parametrize(
    "formula",
    [r"\max(0, n - 7) = 0", r"\mathbb 1[n = 9] = 0", r"\mathbb 1[1/n < 0.2] = 0", "n < 12"],
)
def test_sizes_are_numbers_too(formula: str) -> None:
    (found,) = check_text(load_model("elman"), formula, ".txt").claims
    assert found.verdict != "holds"


@pytest.mark.parametrize(
    "formula",
    [
        r"(\sum_{j=1}^{n} 1 - 2)(\sum_{j=1}^{n} 1 - 3)(\sum_{j=1}^{n} 1 - 5) = 0",
        r"\prod_{j=1}^{n} 2 = 5 n - 6",
    ],
)
def test_a_sum_of_ones_is_a_size(formula: str) -> None:
    """Guards: where no entry is summed, the size that a sum ends at is a number."""
    (found,) = check_text(load_model("elman"), formula, ".txt").claims
    assert found.verdict == "fails"


def test_digits_are_asked_at_every_length() -> None:
    """Guards: that the sides agree in digits at one length says nothing of the next."""
    found = last(SCALAR, r"h_t \max(0, \tanh(T / 20) - 0.8) = 0")
    assert found.verdict == "fails"


@pytest.mark.parametrize("seed", range(4))
def test_a_target_is_not_0_because_one_draw_of_it_is(seed: int) -> None:
    (found,) = check_text(load_model("elman"), "y_{t,1} = 0", ".txt", seed=seed).claims
    assert found.verdict == "fails"


def test_what_is_closer_than_any_number_of_digits_is_left_open() -> None:
    found = last(SCALAR, r"\tanh(\exp(\exp(8 + x_t^2))) = 1")
    assert found.verdict == "undecided"
    assert "digits, not proved" in found.message


# Clauses about T

ABOUT_SOME = [
    (r"\mathbb 1[T > 2] = 1 for T \ge 3", "T ≥ 3"),
    (r"\mathbb 1[T > 2] = 1, T > 2", "T ≥ 3"),
    (r"\mathbb 1[T > 2] = 0 for T \le 2", "T ≤ 2"),
    (r"\mathbb 1[T = 2] = 0 for T \ne 2", "T ≠ 2"),
    (r"\mathbb 1[T > 5] = 0 for 2 \le T \le 5", "2 ≤ T ≤ 5"),
    (r"\mathbb 1[T > 1] = 1 for T = 2", "T = 2"),
]


@pytest.mark.parametrize(("formula", "words"), ABOUT_SOME)
def test_a_claim_about_some_lengths_is_judged_at_those(formula: str, words: str) -> None:
    """Guards: a clause that begins with T is kept, and no other length is looked at."""
    (found,) = check_text(load_model("elman"), formula, ".txt").claims
    assert (found.verdict, found.assumptions) == ("holds", (words,))
    assert found.evidence is not None
    assert found.evidence.kind == "exact"


@pytest.mark.parametrize(
    ("formula", "least", "most"),
    [
        (r"\mathbb 1[T > 2] = 1 for T \ge 2", 2, 2),
        (r"\frac{\partial E_T}{\partial s_1} = 0 for T > 9", 10, 64),
        (r"\mathbb 1[T > 3] = 0 for 2 \le T \le 5", 4, 5),
    ],
)
def test_its_counterexample_is_one_of_them(formula: str, least: int, most: int) -> None:
    (found,) = check_text(load_model("elman"), formula, ".txt").claims
    assert found.verdict == "fails"
    assert found.counterexample is not None
    assert least <= found.counterexample.T <= most


@pytest.mark.parametrize("clause", [r"for T > 10^9", r"for T \ge 2^{40}", "for T < 0"])
def test_what_is_said_of_lengths_that_are_not_looked_at_is_left_open(clause: str) -> None:
    """Guards: such a clause is no claim, and no claim about every T is left of the formula."""
    found = check_text(load_model("elman"), f"E = 2 E {clause}", ".txt").claims
    assert [one.verdict for one in found] == ["undecided"]


@pytest.mark.parametrize(
    "formula",
    [
        "m = 2 for T = 2",
        r"m = n + 1 for T \le 2",
        r"n + K = 2 m for T \ne 3",
        "E_1 + E_2 = E + m - 2",
        "E_1 + E_2 + E_3 = E + (n - 4)(n - 3)",
    ],
)
def test_at_some_lengths_it_is_about_every_size_all_the_same(formula: str) -> None:
    """Guards: the sizes of a claim about few lengths go beyond its literals too, in both orders."""
    (found,) = check_text(load_model("elman"), formula, ".txt").claims
    assert found.verdict == "fails"


# T as an exponent


ALPHA = "\\alpha = 2\n\n\\beta = 3 \\alpha\n\n"


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (r"\alpha^T = 2^T", "holds"),
        (r"\beta^{T} = 6^T", "holds"),
        (r"\alpha^{T} = \alpha", "fails"),
        (r"\beta^T = \beta", "fails"),
        (r"(\alpha W)^T = \alpha W^\top", "holds"),
    ],
)
def test_so_is_a_name_of_a_number(formula: str, verdict: str) -> None:
    """Guards: whether ^T transposes hangs on what a name is, not on how it looks."""
    found = check_text(load_model("elman"), ALPHA + formula, ".txt").claims[-1]
    assert found.verdict == verdict


def test_and_a_scalar_parameter() -> None:
    assert last(SCALAR, "w^T = w").verdict == "fails"
    assert holds(SCALAR, r"w^T = \prod_{k=1}^{T} w") == "every T"


@pytest.mark.parametrize(
    "formula", ["2^T = 2", "0.5^T = 0.5", "(-1)^T = -1", r"\frac{1}{2^T} = \frac12", "n^T = n"]
)
def test_a_number_is_raised_to_the_power_T(formula: str) -> None:
    (found,) = check_text(load_model("elman"), formula, ".txt").claims
    assert found.verdict == "fails"


@pytest.mark.parametrize(
    "formula",
    [
        r"2^T = \prod_{k=1}^{T} 2",
        r"\sum_{t=1}^{T} 2^t = 2 (2^T - 1)",
        "(W s_t)^T = s_t^T W^T",
        "(2 V)^T = 2 V^T",
    ],
)
def test_and_a_matrix_is_transposed(formula: str) -> None:
    (found,) = check_text(load_model("elman"), formula, ".txt").claims
    assert found.verdict == "holds"
    assert found.evidence is not None
    assert found.evidence.kind == "every T"


# Steps that one side writes out


def test_a_side_that_writes_out_every_step_says_how_many_there_are() -> None:
    text = r"\sum_t E_t = E_1 + E_2"
    (found,) = check_text(load_model("elman"), text, ".txt").claims
    assert (found.verdict, found.assumptions) == ("holds", ("T = 2",))


@pytest.mark.parametrize(
    "formula", [r"\sum_t E_t = E_1", r"\sum_t E_t = E_1 + E_3", r"\sum_t E_t = 2 E_1 + E_2"]
)
def test_one_that_does_not_says_nothing(formula: str) -> None:
    (found,) = check_text(load_model("elman"), formula, ".txt").claims
    assert found.verdict == "fails"
