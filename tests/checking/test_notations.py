r"""Notations of public documents, each on a small text of its own: what they mean, and no more."""

from __future__ import annotations

import pytest

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.checking.verdict import CheckedClaim
from tests.checking.sheets import model

SIGMOID = r"""
loss = "J"
equations = '''
z^{(t)} = W_h h^{(t-1)} + W_x x^{(t)}
h^{(t)} = \sigma(z^{(t)})
J^{(t)} = v^\top h^{(t)}
J = \sum_{t=1}^T J^{(t)}
'''
[parameters]
W_h = "D x D"
W_x = "D x m"
v = "D"
[inputs]
'x^{(t)}' = "m"
[initial]
'h^{(0)}' = "D"
"""

OPEN = r"""
loss = "L"
equations = '''
z_t = U x_t + W s_{t-1}
s_t = f(z_t)
q_t = V s_t
\hat y_t = \operatorname{softmax}(q_t)
L_t = -y_t^\top \log \hat y_t
L = \sum_{t=1}^T L_t
'''
[parameters]
U = "n x m"
W = "n x n"
V = "K x n"
[inputs]
x_t = "m"
y_t = "K, one-hot"
[initial]
s_0 = "n"
[functions]
f = { arguments = 1, default = "tanh" }
"""


def claims(of: str, *formulas: str, ending: str = ".tex") -> tuple[CheckedClaim, ...]:
    return check_text(model(of), "\n\n".join(f"$${one}$$" for one in formulas), ending).claims


def verdicts(of: str, *formulas: str) -> list[str]:
    return [claim.verdict for claim in claims(of, *formulas)]


LOCAL = r"\frac{\partial h_{[i]}^{(k)}}{\partial z_{[p]}^{(k)}}"
CARRIED = r"\frac{\partial h_{[i]}^{(k)}}{\partial h_{[j]}^{(k-1)}}"


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (rf"{LOCAL} = \sigma'(z_{{[i]}}^{{(k)}}) \mathbf{{1}}(i = p)", "holds"),
        (rf"{LOCAL} = \sigma'(z_{{[i]}}^{{(k)}}) \mathbf{{1}}(i \ne p)", "fails"),
        (rf"{CARRIED} = \sigma'(z_{{[i]}}^{{(k)}}) W_{{h[i,j]}}", "holds"),
        (rf"{CARRIED} = \sigma'(z_{{[j]}}^{{(k)}}) W_{{h[i,j]}}", "fails"),
        (r"z_{[p]}^{(k)} = \sum_j W_{h[p,j]} h_{[j]}^{(k-1)} + (W_x x^{(k)})_p", "holds"),
    ],
)
def test_square_brackets_below_are_the_entry_and_the_brackets_above_the_step(
    formula: str, verdict: str
) -> None:
    assert verdicts(SIGMOID, r"h^{(t)} = \sigma(z^{(t)})", formula) == ["holds", verdict]


def test_a_bracket_behind_a_vector_of_ones_is_no_range() -> None:
    assert verdicts(OPEN, r"s_t = f(z_t) \odot \mathbf{1} \quad (t \ge 1)") == ["holds"]


def test_a_chain_with_three_factors_written_out_may_have_none() -> None:
    chain = (
        r"\frac{\partial s_t}{\partial s_k} = \frac{\partial s_t}{\partial s_{t-1}}"
        r"\frac{\partial s_{t-1}}{\partial s_{t-2}}\frac{\partial s_{t-2}}{\partial s_{t-3}}"
        r"\cdots\frac{\partial s_{k+1}}{\partial s_k}"
    )
    assert verdicts(OPEN, chain) == ["holds"]
    assert verdicts(OPEN, chain.replace("t-3", "t-4")) != ["holds"]


ARGUMENTS = "a quantity with its arguments behind it"


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (r"L = \sum_t L_t(y_t, \hat y_t)", "holds"),
        (r"L(\hat y, y) = \sum_t L(\hat y_t, y_t)", "holds"),
        (r"\frac{\partial L(y, \hat y)}{\partial q_t} = \hat y_t - y_t", "holds"),
        (r"\frac{\partial L_t(y_t, \hat y_t)}{\partial q_t} = \hat y_t + y_t", "fails"),
        (r"L(y, \hat y) = \sum_t 2 L_t(y_t, \hat y_t)", "fails"),
        (r"z_t(x_t, s_{t-1}) = U x_t + W s_{t-1}", "holds"),
    ],
)
def test_a_quantity_may_be_written_with_its_arguments(formula: str, verdict: str) -> None:
    (found,) = claims(OPEN, formula)
    assert found.verdict == verdict
    assert ARGUMENTS in found.reading


@pytest.mark.parametrize(
    "formula",
    [
        r"L = \sum_t L_t(y_t, \hat y_{t-1})",
        r"L = \sum_t L_t(y_t, s_t)",
        r"z_t(x_t, s_t) = U x_t + W s_{t-1}",
    ],
)
def test_what_an_equation_does_not_read_is_no_argument(formula: str) -> None:
    assert verdicts(OPEN, formula) == ["unreadable"]


def test_two_styles_of_one_left_side_with_one_right_side_are_one_quantity() -> None:
    found = verdicts(
        OPEN,
        r"\mathrm{s}_t = f(U \mathbf{x}_t + W \mathrm{s}_{t-1})",
        r"s_t = f(U x_t + W s_{t-1})",
        r"q_t = V \mathrm{s}_t",
        r"q_t = W \mathrm{s}_t",
    )
    assert found == ["holds", "holds", "holds", "ill-shaped"]


def test_two_styles_that_are_one_once_are_one_everywhere() -> None:
    found = verdicts(
        OPEN,
        r"\mathrm{s}_t = f(z_t)",
        r"s_t = f(z_t)",
        r"\mathrm{s}_T = f(U x_T + W s_{T-1})",
        r"s_T = f(z_T)",
    )
    assert found == ["holds"] * 4


def test_two_styles_with_two_right_sides_are_two() -> None:
    found = verdicts(OPEN, r"a_t = V s_t", r"\mathbf{a}_t = \hat y_t", r"\mathbf{a}_t = q_t")
    assert found == ["definition", "definition", "fails"]


REPEATED = "summed over repeated indices"
JACOBIAN = r"\frac{\partial q_{t,l}}{\partial V_{ij}}"


@pytest.mark.parametrize(
    ("chain", "expected"),
    [
        (r"\frac{\partial q_{t_l}}{\partial s_{t_j}} = V_{lb} \delta_{bj} = V_{lj}", "holds"),
        (r"\frac{\partial q_{t_l}}{\partial s_{t_j}} = V_{lb} \delta_{bj} = V_{jl}", "fails"),
        (rf"{JACOBIAN} = \delta_{{il}} \delta_{{jk}} s_{{t_k}} = \delta_{{il}} s_{{t_j}}", "holds"),
        (rf"{JACOBIAN} = \mathbf{{1}}(i = l) s_{{t,j}} = \delta_{{il}} s_{{t,j}}", "holds"),
        (rf"{JACOBIAN} = \mathbf{{1}}(i = l) s_{{t,j}} = 2 \delta_{{il}} s_{{t,j}}", "fails"),
        (r"q_{t_l} = V_{lj} s_{t_j} = V_{lk} s_{t_k}", "holds"),
        (r"q_{t_l} = V_{lj} s_{t_j} = 2 V_{lk} s_{t_k}", "fails"),
    ],
)
def test_repeated_indices_and_indices_of_conditions_in_a_chain(chain: str, expected: str) -> None:
    found = claims(OPEN, chain)
    assert sorted(one.verdict for one in found) == sorted(["holds", expected])


def test_the_letter_of_a_size_may_be_an_index() -> None:
    right, wrong = claims(OPEN, r"q_{t,l} = V_{lm} s_{t,m}", r"q_{t,l} = 2 V_{lm} s_{t,m}")
    assert (right.verdict, wrong.verdict) == ("holds", "fails")
    assert {"the letter of a size as an index", REPEATED} <= set(right.reading)


@pytest.mark.parametrize(
    "other",
    [
        r"\sum_{j=1}^{m} x_{t,j} = \mathbf{1}^\top x_t",
        r"x_t = (x_{t,1}, \dots, x_{t,m})^\top",
        r"x_t = x_t, \quad i \le m",
        r"m L = \sum_j L",
    ],
)
def test_a_size_that_is_written_as_a_number_is_one(other: str) -> None:
    found = claims(OPEN, r"q_{t,l} = V_{lm} s_{t,m}", other)
    assert not any("the letter of a size as an index" in one.reading for one in found)
    assert found[0].verdict == "fails"


def test_an_entry_below_a_step_that_a_sum_binds() -> None:
    right, wrong = verdicts(
        OPEN,
        r"\sum_{r=1}^{t} q_{r_k} = \sum_{r=1}^{t} V_{kj} s_{r_j}",
        r"\sum_{r=1}^{t} q_{r_k} = \sum_{r=1}^{t} V_{kj} s_{t_j}",
    )
    assert (right, wrong) == ("holds", "fails")


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (r"L_t = -y_t^\top log \hat{y}_t", "holds"),
        (r"L_t = -y_t^\top log \left[softmax(q_t)\right]", "holds"),
        (r"L_t = -y_t^\top exp \hat y_t", "fails"),
        (r"z_t = U x_t + (W^{Tr})^{\text{tr}} s_{t-1}", "holds"),
        (r"z_t = U x_t + W^{Tr} s_{t-1}", "fails"),
        (r"\frac{\partial L_t}{\partial s_t} = V^{\mathrm{Tr}} (\hat y_t - y_t)", "holds"),
    ],
)
def test_functions_without_a_backslash_and_transposes_as_words(formula: str, verdict: str) -> None:
    assert verdicts(OPEN, formula) == [verdict]


def test_letters_that_only_look_like_a_function_stay_letters() -> None:
    assert verdicts(OPEN, r"l o g L = L", r"W_{log L} s_t = s_t") == ["undefined", "undefined"]


def test_a_gap_with_braces_parts_two_formulas() -> None:
    found = verdicts(OPEN, r"s_t = f(z_t), \hskip{31mu} q_t = V s_t, \hskip 3mu q_t = W s_t")
    assert found == ["holds", "holds", "ill-shaped"]


CASES = r"""\frac{\partial q_{t,k}}{\partial V_{ij}} = \begin{cases}
s_{t,j}, & \text{k = i} \\ 0, & \text{k $\ne$ i} \tag{5.1.1} \end{cases}"""


def test_relations_in_the_text_of_cases_and_numbers_of_sections() -> None:
    assert verdicts(OPEN, CASES) == ["holds"]
    assert verdicts(OPEN, CASES.replace("k = i", "k = j")) != ["holds"]
    labelled = r"q_t = \underbrace{V s_t}_{\text{Eq. 5.1.1}}"
    assert verdicts(OPEN, labelled, labelled.replace("V", "2 V")) == ["holds", "fails"]
    assert verdicts(OPEN, r"q_t = 1.2.3 q_t") == ["unreadable"]


@pytest.mark.parametrize(
    ("of", "verdict"),
    [("f(z_t)", "holds"), (r"\tanh(z_t)", "other"), (r"\operatorname{softmax}(z_t)", "bad")],
)
def test_the_derivative_of_a_function_of_numbers_may_be_the_vector_of_its_diagonal(
    of: str, verdict: str
) -> None:
    right = rf"\frac{{\partial L}}{{\partial s_t}} \odot \frac{{d {of}}}{{d z_t}}"
    (found,) = claims(OPEN, rf"\frac{{\partial L}}{{\partial z_t}} = {right}")
    vector = "a diagonal Jacobian as a vector" in found.reading
    assert vector == (verdict != "bad")
    assert (found.verdict == "holds") == (verdict == "holds")


@pytest.mark.parametrize(("last", "verdict"), [("T", "holds"), ("T-1", "fails")])
def test_a_parameter_raised_to_a_step_below_a_derivative_is_its_copy(
    last: str, verdict: str
) -> None:
    for name in ("W", "V"):
        total = rf"\sum_{{t=1}}^{{{last}}} \frac{{\partial L}}{{\partial {name}^t}}"
        assert verdicts(OPEN, rf"\frac{{\partial L}}{{\partial {name}}} = {total}") == [verdict]


def test_other_powers_below_a_derivative_have_no_name() -> None:
    assert verdicts(OPEN, r"\frac{\partial L}{\partial W^2} = 0") == ["undefined"]


ROWS = r"""
loss = "L"
equations = '''
h_t = \tanh(x_t U + h_{t-1} W)
\hat y_t = \operatorname{softmax}(h_t V)
L_t = -\log(\hat y_t) y_t^\top
L = \sum_{t=1}^T L_t
'''
[parameters]
U = "m x n"
W = "n x n"
V = "n x K"
[inputs]
x_t = "1 x m"
y_t = "1 x K, one-hot"
[initial]
h_0 = "1 x n"
"""


def test_two_rows_side_by_side_may_be_an_inner_product() -> None:
    right, wrong, plain = claims(
        ROWS,
        r"L = -\sum_t y_t \log \hat y_t",
        r"L = -\sum_t \hat y_t \log y_t",
        r"x_t x_t = x_t^2",
    )
    assert (right.verdict, plain.verdict) == ("holds", "holds")
    assert wrong.verdict != "holds"
    assert "inner product of vectors" in right.reading
