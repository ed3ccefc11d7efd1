"""What a line defines: an unbound name, by what is well-founded. All else is a claim."""

from __future__ import annotations

import pytest

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.model import load_model
from tests.checking.sheets import GATES, claims, verdicts

STATE, MATRIX = "a_t = s_t", "A = W"
BOUND = [
    (STATE, r"a_t^2 = s_t \odot s_t", "a_t^2 = 0"),
    (STATE, "a_{t,i} = s_{t,i}", "a_{t,i} = 0"),
    (STATE, "a_{t,i} = s_{t,i}", "a_{t,i} = s_{t-1,i}"),
    (STATE, "a_k = s_k", "a_k = 0"),
    (STATE, "a_{t+1} = s_{t+1}", "a_{t+1} = s_t"),
    (STATE, "a_T = s_T", "a_T = 0"),
    (STATE, "a_2 = s_2", "a_2 = s_1"),
    ("e = E", "e^2 = E E", "e^2 = 0"),
    (MATRIX, "A^2 = W W", "A^2 = 0"),
    (MATRIX, "A^{n} = W^{n}", "A^{n} = 0"),
    (MATRIX, "A^{-1} W = I", "A^{-1} = 0"),
    (MATRIX, "A^T = W^T", "A^T = A"),
    (MATRIX, "A_{ij} = W_{ij}", "A_{ij} = W_{ji}"),
    (MATRIX, "A_{ij} = W_{ij}", "A_{ij} = 0"),
    (MATRIX, "A_{1,2} = W_{1,2}", "A_{1,2} = W_{2,1}"),
    (MATRIX, r"A^{\circ 2} = W \odot W", r"A^{\circ 2} = 0"),
    ("v = s_3", "v_1 = s_{3,1}", "v_1 = 0"),
    ("A_{ij} = W_{ji}", "A = W^T", "A = W"),
    ("a_{t,i} = s_{t,i}", "a_t = s_t", "a_t = 2 s_t"),
    ("n_t = s_t", "n_t = s_t", "n_t = n s_t"),
]


@pytest.mark.parametrize(("definition", "right", "wrong"), BOUND)
def test_what_is_said_of_a_bound_name_is_a_claim(definition: str, right: str, wrong: str) -> None:
    assert verdicts("elman", definition, right, wrong) == ["definition", "holds", "fails"]


@pytest.mark.parametrize("line", ["A_{12} = W_{21}", "A_1 = 0", "A^k = 0", "A^{1/2} = 0"])
def test_a_bound_name_with_a_script_is_never_defined_again(line: str) -> None:
    assert verdicts("elman", MATRIX, line)[1] not in ("definition", "holds")


TWO_NAMES = [
    ("c = c_1 + c_2", "c_1 = 5", "c_2 = 6"),
    (r"\eta = 0.1", r"\eta_1 = 0.2", r"\eta_2 = 0.3"),
    (r"\delta_t = s_t", r"\delta^a_t = 2 s_t", r"\delta'_t = s_t"),
    (r"\epsilon^1_t = s_t", r"\epsilon^2_t = 2 s_t", r"\epsilon^3_t = s_t"),
    (r"g_t = s_t", r"g_{t,k} = \frac{\partial E_t}{\partial s_k}", "g = 3"),
    ("I_0 = 0", "I_t = s_t", r"\sigma_t = s_t"),
]


@pytest.mark.parametrize("lines", TWO_NAMES)
def test_other_scripts_are_other_names(lines: tuple[str, ...]) -> None:
    assert verdicts("elman", *lines) == ["definition"] * 3


LANGUAGE = [
    r"\sigma = 1", "I = 0", "I_n = 0", "I_3 = 0", "n = 5", "softmax = 2", r"\exp = 2",
    r"\mathbf 1 = 0", r"\delta_{ij} = 0", "W' = W",
]  # fmt: skip


def test_a_prime_of_plain_text_is_a_transpose() -> None:
    lines = ("s_t' = s_t^T", "W' s_t = W^T s_t", "W' s_t = W s_t", "W' = W")
    assert verdicts("elman", *lines) == ["holds", "holds", "fails", "fails"]


def test_a_prime_of_latex_is_part_of_a_name_that_is_defined() -> None:
    lines = r"\[W' = 2 W\]", r"\[W' s_t = 2 W s_t\]", r"\[W' s_t = W^\top s_t\]"
    found = check_text(load_model("elman"), "\n".join(lines), ".tex").claims
    assert [claim.verdict for claim in found] == ["definition", "holds", "fails"]


@pytest.mark.parametrize("line", LANGUAGE)
def test_a_name_of_the_language_is_never_defined(line: str) -> None:
    assert verdicts("elman", line)[0] not in ("definition", "holds")


def test_a_name_of_the_language_keeps_its_meaning() -> None:
    assert verdicts("elman", r"\sigma = 1", r"\sigma(s_t) = s_t")[1] == "fails"
    assert verdicts("elman", "I = 0", "W I = 0", "W I = W")[1:] == ["fails", "holds"]
    logistic = r"\sigma(s_t) = \frac{1}{1 + \exp(-s_t)}"
    lines = (r"\sigma_t = s_t", logistic, "I_t = s_t", "W I = W")
    assert verdicts("elman", *lines) == ["definition", "holds", "definition", "holds"]


@pytest.mark.parametrize("line", ["abc(1+1) = 7", "f(s_t) = 0", "integrate(x) = 0", "p(x) = 3"])
def test_a_call_of_an_unknown_name_is_undefined(line: str) -> None:
    assert verdicts("elman", line) == ["undefined"]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("Q = Q + 1",), "Q is defined by itself"),
        (("A_t = A_t",), "A_1 is defined by itself"),
        (("a = b", "b = a"), "by way of b"),
        (("a_t = b_{t+1}", "b_t = a_{t-1}"), "by way of b_2"),
        ((r"a_t = s_t + \sum_{k=1}^{t} a_k",), "a_1 is defined by itself"),
        (("a_{t,i} = a_{t,i} + 1",), "defined by itself"),
        (("G = foo",), "foo is defined neither"),
        ((r"g_t = \gamma_t \odot s_t",), "γ_t is defined neither"),
    ],
)
def test_what_is_not_well_founded_defines_nothing(lines: tuple[str, ...], words: str) -> None:
    found = claims("elman", *lines)
    assert {claim.verdict for claim in found} == {"undefined"}
    assert words in found[0].message
    used = claims("elman", *lines, f"{lines[0].split(' = ')[0]} = 3")
    assert used[-1].verdict == "undefined"


def test_a_recursion_over_earlier_steps_is_well_founded() -> None:
    lines = (r"a_t = s_t + \sum_{k=1}^{t-1} a_k", r"E a_2 = E (s_2 + s_1)", "E a_2 = E s_2")
    assert verdicts("elman", *lines) == ["definition", "holds", "fails"]


def test_a_definition_may_stand_below_its_use() -> None:
    lines = ("a_t = 2 b_t", "b_t = s_t", "a_t = 2 s_t", "a_t = s_t")
    assert verdicts("elman", *lines) == ["definition", "definition", "holds", "fails"]


def test_a_sum_of_losses_of_a_model_that_has_none_of_one_step_is_undefined() -> None:
    first, second = claims("elman-last", r"E = \sum_t E_t", "E = 1")
    assert first.verdict == "undefined"
    assert "E_t is defined neither" in first.message or "E_1 is defined neither" in first.message
    assert second.verdict == "undefined"
    assert verdicts("elman-last", "E = 1", r"E = \sum_t E_t") == ["definition", "undefined"]


def test_the_letter_of_a_size_may_be_that_of_a_state() -> None:
    right = r"\frac{\partial L}{\partial v_t} = v_t - y_t"
    assert verdicts(GATES, right, "n_t = n", r"v_t = n n_t") == ["holds", "fails", "ill-shaped"]


def test_the_letter_of_a_variable_is_no_index() -> None:
    by_step = r"\frac{\partial L}{\partial v_2} = \delta_{v,2}"
    assert verdicts(GATES, by_step) == ["undefined"]
    assert verdicts(GATES, r"\delta_{v,t} = v_t - y_t", by_step) == ["definition", "holds"]
    assert verdicts(GATES, r"\delta_{v,t} = v_t + y_t", by_step) == ["definition", "fails"]


def test_a_file_of_lines_that_define_nothing_does_not_pass() -> None:
    report = check_text(load_model("elman"), "Q = Q + 1", ".txt")
    assert report.exit_status == 3


@pytest.mark.parametrize("steps", [r"t < T", r"t = 1, \dots, T-1", r"t = T-1, T-2, \dots, 1"])
def test_what_is_said_of_a_name_that_cases_settle_at_every_step_is_a_claim(steps: str) -> None:
    step = r"\frac{\partial E_t}{\partial s_t} + \frac{\partial s_{t+1}}{\partial s_t}^\top"
    last = r"\delta_T = \frac{\partial E}{\partial s_T}"
    recursion = (last, rf"\delta_t = {step} \delta_{{t+1}}, \quad {steps}")
    right, wrong = r"\delta_t = \frac{\partial E}{\partial s_t}", r"\delta_t = 0"
    assert verdicts("elman", *recursion, right) == ["definition", "definition", "holds"]
    assert verdicts("elman", *recursion, wrong) == ["definition", "definition", "fails"]
    assert verdicts("elman", recursion[1], wrong) == ["definition", "definition"]
