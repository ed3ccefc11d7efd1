"""What each kind of formula deserves: verdict, reading, assumptions, evidence."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.checking.verdict import CheckedClaim, CheckReport
from symbolic_bptt.derivation.derive import derive
from symbolic_bptt.model import Model, load_model
from symbolic_bptt.render import render_derivation


@pytest.fixture(scope="module")
def elman() -> Model:
    return load_model("elman")


def check(model: Model, *lines: str, strict: bool = False) -> CheckReport:
    return check_text(model, "\n".join(lines), ".txt", strict=strict)


def last(model: Model, *lines: str, strict: bool = False) -> CheckedClaim:
    return check(model, *lines, strict=strict).claims[-1]


RECURRENCE = (
    r"\delta_T = V^\top (\hat y_T - y_T)",
    r"\delta_t = V^\top (\hat y_t - y_t) + W^\top (\delta_{t+1} \odot (1 - s_{t+1}^2)), t < T",
)

GRADIENT = r"\frac{\partial E}{\partial W} = \sum_{t=1}^T (\delta_t \odot (1 - s_t^2)) s_{t-1}^\top"

HOLDS = [
    (r"\frac{\partial E}{\partial V} = \sum_{j=1}^{T} (\hat y_j - y_j) s_j^\top",),
    (r"\frac{\partial E_3}{\partial V} = (\hat y_3 - y_3) \otimes s_3",),
    (r"\frac{\partial E_1}{\partial U} = (1 - s_1^2) \odot (V^\top(\hat y_1 - y_1)) x_1^T",),
    (r"\frac{\partial s_t}{\partial s_{t-1}} = \operatorname{diag}(1 - s_t^2) W",),
    (r"s_t = \tanh(U x_t + W s_{t-1})",),
    (r"E_t = -y_t \log \hat y_t",),
    (r"\frac{\partial E}{\partial W} = \sum_t \frac{\partial E_t}{\partial W}",),
    (r"\nabla_{W} E = \sum_t \nabla_{W_t} E",),
    (*RECURRENCE, GRADIENT),
    (*RECURRENCE, r"\delta_2 = \frac{\partial E}{\partial s_2}"),
    (r"1 - s_t \odot s_t = \mathbf{1} - s_t^2",),
    (r"\hat y_t = \frac{e^{V s_t}}{\sum_k e^{(V s_t)_k}}",),
]  # fmt: skip


@pytest.mark.parametrize("lines", HOLDS)
def test_right_formulas_hold(elman: Model, lines: tuple[str, ...]) -> None:
    claim = last(elman, *lines)
    assert claim.verdict == "holds", claim
    assert claim.evidence is not None
    assert claim.evidence.kind == "every T"
    assert claim.evidence.error_bound_log2 is not None
    assert claim.evidence.error_bound_log2 < -60


OTHER_SPELLINGS = [
    r"\frac{\partial s_t}{\partial s_{t-1}} = \operatorname{diag}(1 - s_t^{\circ 2}) W",
    r"\frac{\partial s_t}{\partial s_{t-1}} = \mathop{\mathrm{diag}}(1 - s_t^{\odot 2}) W",
    r"\lVert W \rVert_F^2 = \sum_{i,j} W_{ij}^2",
    r"W^{\circ 2} = W \odot W",
    r"\frac{\partial E}{\partial V_{kj}} = \sum_t (\hat y_t^k - y_t^k) s_t^j",
    r"\frac{\partial E}{\partial V_{kj}} = \sum_t (\hat y_k^t - y_k^t) s_j^t",
    r"\hat y_{t,k} = \frac{\exp((V s_t)_k)}{\sum_{k'} \exp((V s_t)_{k'})}",
    "dE/dV = sum_{t=1}^T (yhat_t - y_t) s_t^T",
    "∂E/∂V = Σ_t (ŷ_t − y_t) s_tᵀ",
]


@pytest.mark.parametrize("formula", OTHER_SPELLINGS)
def test_other_spellings_of_right_formulas_hold(elman: Model, formula: str) -> None:
    assert last(elman, formula).verdict == "holds"


FAILS = [
    r"\frac{\partial E}{\partial V} = \sum_{t=1}^{T} (\hat y_t - y_t) s_{t-1}^\top",
    r"\frac{\partial E}{\partial V} = (\hat y_T - y_T) s_T^\top",
    r"\frac{\partial E}{\partial V} = \sum_t (y_t - \hat y_t) s_t^\top",
    r"\frac{\partial E}{\partial V} = \frac{1}{T} \sum_t (\hat y_t - y_t) s_t^\top",
    r"\frac{\partial s_t}{\partial s_{t-1}} = \operatorname{diag}(1 - s_t) W",
    r"\frac{\partial s_t}{\partial s_{t-1}} = W \operatorname{diag}(1 - s_t^2)",
    r"\frac{\partial E_1}{\partial U} = s_1 \odot (1 - s_1) \odot (V^\top(\hat y_1 - y_1)) x_1^T",
    r"s_3 = \tanh(U x_t + W s_2)",
    r"\lVert \frac{\partial s_t}{\partial s_{t-1}} \rVert \le 1",
]


@pytest.mark.parametrize("formula", FAILS)
def test_wrong_formulas_fail_with_numbers_that_differ(elman: Model, formula: str) -> None:
    claim = last(elman, formula)
    assert claim.verdict == "fails", claim
    found = claim.counterexample
    assert found is not None
    assert found.lhs != pytest.approx(found.rhs, rel=1e-12)
    numbers = sum(str(value).count(",") + 1 for value in found.values.values())
    assert numbers <= 40


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        (r"\frac{\partial E}{\partial U} = \sum_t (V^\top (\hat y_t - y_t)) s_t^\top", "n x m"),
        (r"\frac{\partial E_1}{\partial U} = (V (\hat y_1 - y_1)) x_1^T", "K x n"),
        (r"\frac{\partial E}{\partial W} = W^\top x_1", "cannot be multiplied by"),
    ],
)
def test_shapes_that_do_not_fit_are_named_in_letters(
    elman: Model, formula: str, words: str
) -> None:
    claim = last(elman, formula)
    assert claim.verdict == "ill-shaped", claim
    assert words in claim.message


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        (r"\nabla_U E = \sum_t (V (\hat y_t - y_t)) x_t^\top", "Vᵀ (ŷ_t − y_t) x_tᵀ would fit"),
        (r"\nabla_V E = \sum_t (\hat y_t - y_t) s_t", "(ŷ_t − y_t) s_tᵀ would fit"),
        (r"\nabla_V E = \sum_t s_t (\hat y_t - y_t)^\top", "transpose of one side"),
        (r"\nabla_V E = \sum_t (\hat y_t - y_t) \odot s_t^\top", "(ŷ_t − y_t) s_tᵀ would fit"),
    ],
)
def test_the_change_with_which_shapes_would_fit(elman: Model, formula: str, words: str) -> None:
    claim = last(elman, formula)
    assert claim.verdict == "ill-shaped"
    assert words in claim.message


FULL_SUM = (
    r"\frac{\partial E}{\partial W} = \sum_{t} \sum_{k=0}^{t}"
    r"\frac{\partial E_t}{\partial \hat y_t}"
    r"\frac{\partial \hat y_t}{\partial s_t}\left(\prod_{j=%s}^{t}"
    r"\frac{\partial s_j}{\partial s_{j-1}}\right)\frac{\partial s_k}{\partial W}"
)


def test_a_product_of_jacobians_needs_the_immediate_derivative(elman: Model) -> None:
    claim = last(elman, FULL_SUM % "k+1")
    assert claim.verdict == "holds"
    assert "immediate" in claim.reading


def test_a_product_one_factor_too_long_has_no_reading(elman: Model) -> None:
    assert last(elman, FULL_SUM % "k").verdict == "fails"


DOWN = (
    r"\frac{\partial E_t}{\partial W} = \sum_{k=t}^{1} \frac{\partial E_t}{\partial s_t}"
    r"\left(\prod_{j=t}^{%s} \frac{\partial s_j}{\partial s_{j-1}}\right)"
    r"\frac{\partial^+ s_k}{\partial W}"
)


def test_ranges_written_from_their_high_end(elman: Model) -> None:
    assert last(elman, DOWN % "k+1").verdict == "holds"
    assert last(elman, DOWN % "k").verdict == "fails"
    jacobian = r"\frac{\partial s_t}{\partial s_k} = "
    explicit = r"\prod_{j=t}^{k+1} \operatorname{diag}(1 - s_j^2) W"
    between = r"\prod_{t \ge j > k} \frac{\partial s_j}{\partial s_{j-1}}"
    assert last(elman, jacobian + explicit).verdict == "holds"
    assert last(elman, jacobian + between).verdict == "holds"
    chain = check(elman, f"{jacobian}{explicit} = {between}")
    assert [claim.verdict for claim in chain.claims] == ["holds", "holds"]


def test_ranges_that_do_not_fit_are_empty(elman: Model) -> None:
    assert (
        last(elman, r"s_t + \sum_{k=t+1}^{t} s_k + \sum_{k=T+1}^{T} s_k = s_t").verdict == "holds"
    )


@pytest.mark.parametrize(
    ("bounds", "verdict"), [("{t=0}^{T}", "holds"), ("{t=1}^{T+1}", "fails"), ("t", "holds")]
)
def test_a_sum_may_begin_too_early_but_not_end_too_late(
    elman: Model, bounds: str, verdict: str
) -> None:
    formula = rf"\nabla_V E = \sum_{bounds} (\hat y_t - y_t) s_t^\top"
    assert last(elman, formula).verdict == verdict


def test_strict_allows_the_default_reading_alone(elman: Model) -> None:
    assert last(elman, FULL_SUM % "k+1", strict=True).verdict == "fails"


def test_a_line_that_needs_another_reading_than_the_next_says_so(elman: Model) -> None:
    """A convention is never an accusation."""
    immediate = FULL_SUM % "k+1"
    total = (
        r"\frac{\partial E_3}{\partial W} = \frac{\partial E_3}{\partial \hat y_3}"
        r"\frac{\partial \hat y_3}{\partial s_3}\frac{\partial s_3}{\partial W}"
    )
    assert last(elman, immediate).verdict == last(elman, total).verdict == "holds"
    for lines in ((immediate, total), (total, immediate)):
        found = {one.latex: one for one in check(elman, *lines).claims}
        assert found[immediate].verdict == found[total].verdict == "holds"
        assert "immediate" in found[immediate].reading
        assert "total" in found[total].reading


def test_the_previous_state_held_fixed_gives_the_immediate_derivative(elman: Model) -> None:
    bar = r"\frac{\partial s_3}{\partial W}\Big|_{s_2} = \frac{\partial^+ s_3}{\partial W}"
    assert last(elman, bar).verdict == "holds"
    assert (
        last(elman, bar.replace(r"\partial^+ s_3", "d s_3").replace(r"\partial W}", "d W}")).verdict
        == "fails"
    )


@pytest.mark.parametrize(
    ("lines", "verdict", "words"),
    [
        ((r"\frac{\partial E}{\partial V} = \sum_t \gamma_t s_t^\top",), "undefined", "γ_t"),
        ((r"s_t = \tanh(U x_t + W",), "unreadable", "never closed"),
        ((r"\nabla_W E = \sum_{i=1}^{1000000000} \frac{1}{i} W",), "undecided", ""),
        ((r"s_{t+100} = s_{t+100}",), "undecided", "beyond 64"),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_is_never_called_wrong(
    elman: Model, lines: tuple[str, ...], verdict: str, words: str
) -> None:
    claim = last(elman, *lines)
    assert claim.verdict == verdict, claim
    assert words in claim.message


def test_a_boundary_that_nobody_gave_is_zero_and_said_so(elman: Model) -> None:
    report = check(
        elman,
        r"\delta_t = V^\top (\hat y_t - y_t) + W^\top (\delta_{t+1} \odot (1 - s_{t+1}^2))",
        r"\frac{\partial E}{\partial W} = \sum_t (\delta_t \odot (1 - s_t^2)) s_{t-1}^\top",
    )
    assert [claim.verdict for claim in report.claims] == ["definition", "holds"]
    assert any("= 0" in words for words in report.claims[1].assumptions)


def test_a_derivative_by_a_quantity_that_the_file_names(elman: Model) -> None:
    report = check(
        elman,
        r"z_t = U x_t + W s_{t-1}",
        r"\delta_t = \frac{\partial E}{\partial z_t}",
        r"\delta_t = (V^\top (\hat y_t - y_t) + W^\top \delta_{t+1}) \odot (1 - s_t^2)",
        r"\delta_t = (V^\top (\hat y_t - y_t) + W \delta_{t+1}) \odot (1 - s_t^2)",
    )
    verdicts = [claim.verdict for claim in report.claims]
    assert verdicts == ["definition", "definition", "holds", "fails"]


def test_a_recurrence_for_a_name_that_is_settled_is_a_claim(elman: Model) -> None:
    report = check(elman, r"\delta_t = \frac{\partial E}{\partial s_t}", *RECURRENCE, GRADIENT)
    assert [claim.verdict for claim in report.claims] == ["definition", "holds", "holds", "holds"]
    wrong = RECURRENCE[1].replace("W^", "-W^")
    report = check(elman, r"\delta_t = \frac{\partial E}{\partial s_t}", wrong)
    assert [claim.verdict for claim in report.claims] == ["definition", "fails"]


def test_every_T_is_proved_by_the_dimension(elman: Model) -> None:
    gradient = (
        r"\frac{\partial E}{\partial W} = \sum_{t=1}^T (\delta_t \odot (1 - s_t^2)) s_{t-1}^\top"
    )
    proved = last(elman, *RECURRENCE, gradient)
    assert proved.evidence is not None
    assert proved.evidence.every_T is True


IMMEDIATE = (
    r"\frac{\partial s_t}{\partial W} = \operatorname{diag}(1 - s_t^2)"
    r"\frac{\partial^+ (W s_{t-1})}{\partial W}"
)


@pytest.mark.parametrize(
    ("formula", "condition"),
    [
        (r"\frac{\partial s_1}{\partial W} = 0", "s_0 = 0"),
        (IMMEDIATE, ""),
    ],
)  # fmt: skip
def test_a_claim_that_needs_an_assumption_says_which(
    elman: Model, formula: str, condition: str
) -> None:
    claim = last(elman, formula)
    if condition:
        assert claim.verdict == "fails"
        assert f"holds if {condition}" in claim.message
    else:
        assert claim.reading == ("immediate",)


def test_an_initial_state_set_to_zero_is_an_assumption_of_the_file(elman: Model) -> None:
    report = check(elman, "s_0 = 0", r"\frac{\partial s_1}{\partial W} = 0")
    assert [claim.verdict for claim in report.claims] == ["definition", "holds"]
    assert "s_0 = 0" in report.claims[1].assumptions


def test_a_shifted_softmax_is_decided_by_the_normal_form(elman: Model) -> None:
    shifted = r"\hat y_t = \frac{e^{V s_t - 3}}{\sum_k e^{(V s_t)_k - 3}}"
    claim = last(elman, shifted)
    assert claim.verdict == "holds"
    assert claim.evidence is not None
    assert claim.evidence.kind == "every T"


def test_agreement_in_digits_is_no_verdict(elman: Model) -> None:
    claim = last(elman, r"\sqrt{3 + 2 \sqrt{2}} = 1 + \sqrt{2}")
    assert claim.verdict == "undecided"
    assert "not proved" in claim.message
    assert claim.evidence is not None
    assert claim.evidence.kind == "numeric"
    assert claim.evidence.digits is not None
    assert claim.evidence.digits > 300


def test_sech_squared_is_one_minus_tanh_squared() -> None:
    model = load_model("scalar-tanh")
    claim = last(model, r"1 - \tanh^2(w s_0) = \operatorname{sech}(w s_0)^2")
    assert claim.verdict == "holds"


def test_the_questions_formula_holds_for_the_sum_and_fails_for_the_product() -> None:
    formula = (
        r"\frac{\partial E}{\partial u} = \frac{\partial E}{\partial o}"
        r"\frac{\partial o}{\partial q} v f'(z_1) (x_1 + w f'(z_0) x_0)"
    )
    right = formula.replace(r"(x_1 + w f'(z_0) x_0)", r"(b_1 x_1 + a_1 w f'(z_0) b_0 x_0)")
    assert last(load_model("scalar-additive"), formula).verdict == "holds"
    multiplicative = load_model("scalar-multiplicative")
    assert last(multiplicative, formula).verdict == "fails"
    assert last(multiplicative, right).verdict == "holds"


@pytest.mark.parametrize("name", ["elman", "lstm", "scalar-multiplicative", "gru-row", "deep"])
@pytest.mark.parametrize("count", [2, 3, 5])
def test_what_derive_prints_for_some_steps_is_checked_for_them(name: str, count: int) -> None:
    model = load_model(name)
    report = check_text(model, render_derivation(derive(model, count)), ".txt")
    assert {claim.verdict for claim in report.claims} <= {"holds", "definition"}
    assert report.summary["holds"] >= len(model.parameters)


def test_a_degenerate_model_is_announced() -> None:
    report = check(load_model("scalar-literal"), r"\frac{\partial E}{\partial u} = 0")
    assert report.degenerate == ("u", "w", "v")


def test_a_counterexample_can_be_recomputed_from_its_numbers(elman: Model) -> None:
    found = last(
        elman, r"\frac{\partial E}{\partial V} = \sum_t (y_t - \hat y_t) s_t^\top"
    ).counterexample
    assert found is not None
    assert (found.T, set(found.sizes.values())) == (1, {1, 2})
    values: dict[str, Any] = dict(found.values)
    s = np.tanh(values["U"] * values["x_{1}"] + values["W"] * values["s_{0}"])
    logits = np.array(values["V"]) * s
    probabilities = np.exp(logits) / np.exp(logits).sum()
    gradient = (probabilities - np.array(values["y_{1}"])) * s
    assert found.lhs == pytest.approx(gradient[0], rel=1e-5)
    assert found.rhs == pytest.approx(-gradient[0], rel=1e-5)


def test_an_undefined_name_is_answered_with_the_nearest(elman: Model) -> None:
    assert "did you mean ŷ" in last(elman, r"s_t = \hat z_t").message
    assert (
        "the loss of this model is E" in last(elman, r"\frac{\partial L}{\partial W} = W").message
    )


def test_the_same_seed_gives_the_same_report(elman: Model) -> None:
    assert check(elman, FAILS[0]) == check(elman, FAILS[0])
