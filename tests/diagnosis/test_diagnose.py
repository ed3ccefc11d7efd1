"""Diagnoses are theorems: paths, mistakes on the way back, repairs; and silence where none fits."""

from __future__ import annotations

import pytest

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.checking.diagnosis.linear import solved
from symbolic_bptt.checking.verdict import CheckedClaim, Diagnosis
from symbolic_bptt.model import load_model


def last_claim(model: str, text: str, kind: str = ".txt") -> CheckedClaim:
    return check_text(load_model(model), text, kind).claims[-1]


def reasons(model: str, text: str) -> tuple[Diagnosis, ...]:
    return last_claim(model, text).diagnosis


def test_a_missing_path_is_named_from_the_loss_to_the_parameter() -> None:
    answer = "∂E_3/∂W = ∂E_3/∂W_1 + ∂E_3/∂W_3"
    (found, *_) = reasons("elman", answer)
    assert found.kind == "missing-path"
    assert found.path == ("E_3", "ŷ_3", "s_3", "s_2", "W")
    assert found.message == "the path E_3 → ŷ_3 → s_3 → s_2 → W is missing"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("∂E_3/∂W = ∂E_3/∂W_2 + ∂E_3/∂W_3", "truncated"),
        ("∂E_3/∂W = ∂E_3/∂W_3", "immediate-for-total"),
        ("∂E_3/∂W = ∂E_3/∂W_1 + 2 ∂E_3/∂W_2 + ∂E_3/∂W_3", "counted-twice"),
        ("∂E_3/∂W = ∂E_3/∂W_1 - ∂E_3/∂W_2 + ∂E_3/∂W_3", "path-sign"),
    ],
)
def test_a_wrong_sum_of_copies_is_told_by_its_coefficients(answer: str, kind: str) -> None:
    assert kind in [found.kind for found in reasons("elman", answer)]


def test_the_subterm_and_its_repair_are_pointed_at() -> None:
    text = "∂E/∂V = Σ_{t=1}^{T} (ŷ_t − y_t) s_{t-1}ᵀ\n"
    (found, *_) = reasons("elman", text)
    assert (found.subterm, found.repair) == ("s_{t-1}", "s_t")
    assert found.span is not None
    assert text[slice(*found.span)].startswith("s_{t-1}")


def test_a_mistake_in_a_definition_is_found_there() -> None:
    text = (
        "δ_T = Vᵀ (ŷ_T − y_T)\n"
        "δ_t = Vᵀ (ŷ_t − y_t) + W (δ_{t+1} ⊙ (1 − s_{t+1}²))\n"
        "∂E/∂W = Σ_{t=1}^{T} (δ_t ⊙ (1 − s_t²)) s_{t-1}ᵀ\n"
    )
    (found, *_) = reasons("elman", text)
    assert (found.kind, found.line) == ("transpose", 2)
    assert (found.subterm, found.repair) == ("W", "W^\\top")


def test_a_mistake_on_the_way_back_is_seen_in_the_value_alone() -> None:
    text = (
        "g_t = ∂L/∂h_t\n"
        "dc_t/dc_{t-1} = diag(f_t)\n"
    )  # fmt: skip
    (found, *_) = reasons("lstm", text)
    assert found.kind == "edge-not-followed"


@pytest.mark.parametrize(
    ("derivative", "kind"),
    [
        ("W - diag({s}) W", "activation-unsquared"),
        ("diag({s} - {s}²) W", "activation-other"),
        ("W", "activation-dropped"),
    ],
)
def test_one_mistake_at_every_step_of_the_way_back_is_told_as_one(
    derivative: str, kind: str
) -> None:
    """Guards: each wrong derivative of tanh is known by what it makes of the whole way back."""
    there, before = (derivative.replace("{s}", s) for s in ("s_t", "s_{t-1}"))
    (found, *_) = reasons("elman", f"∂s_t/∂s_{{t-2}} = ({there}) ({before})")
    assert found.kind == kind


def test_a_power_of_the_weights_lacks_the_derivatives_on_the_way() -> None:
    """Guards: for W^{t-k} the product of W and the derivatives of the activation is offered."""
    answer = "∂E/∂W = Σ_t Σ_{k=1}^{t} (diag(1 - s_k²) %s Vᵀ (ŷ_t - y_t)) s_{k-1}ᵀ"
    (found, *_) = reasons("elman", answer % "(Wᵀ)^{t-k}")
    assert found.kind == "activation-dropped"
    assert found.repair == r"\prod_{j=k+1}^{t} (W^\top \operatorname{diag}(1 - s_j^2))"
    assert last_claim("elman", answer % "(Π_{j=k+1}^{t} (Wᵀ diag(1 - s_j²)))").verdict == "holds"


def test_an_ill_shaped_claim_is_told_what_would_fit() -> None:
    claim = last_claim("elman", "∂E/∂V = Σ_t s_t (ŷ_t − y_t)")
    assert claim.verdict == "ill-shaped"
    assert claim.diagnosis[0].repair == "(\\hat y_t - y_t) s_t^\\top"


def test_what_is_right_is_not_blamed_for_an_error_before_it_in_a_chain() -> None:
    chain = "∂E_3/∂V = (ŷ_2 − y_3) s_3ᵀ = (ŷ_3 − y_3) s_3ᵀ"
    wrong, right = check_text(load_model("elman"), chain, ".txt").claims
    assert (wrong.verdict, right.verdict) == ("fails", "fails")
    assert wrong.diagnosis[0].repair == "\\hat y_3"
    assert right.diagnosis == ()


@pytest.mark.parametrize(
    "nonsense",
    [
        "∂E/∂W = U Uᵀ",
        "∂E/∂V = Σ_{t=1}^{T} tanh(exp(ŷ_t)) (s_t ⊙ s_t ⊙ s_t)ᵀ",
    ],
)
def test_no_reason_is_invented(nonsense: str) -> None:
    claim = last_claim("elman", nonsense)
    assert claim.verdict == "fails"
    assert claim.diagnosis == ()


def test_a_repair_is_not_one_because_it_says_nothing() -> None:
    """δ_{t+2} in place of δ_{t+1} would leave fewer steps at which anything is claimed."""
    for found in reasons("elman", "∂E/∂s_t = Wᵀ (1 − s_t) ⊙ (∂E/∂s_{t+1})"):
        assert "t+2" not in found.repair


def test_the_same_file_has_the_same_diagnoses() -> None:
    text = "∂E/∂W = Σ_{t=1}^{T} (∂E_t/∂s_t ⊙ (1 − s_t)) s_{t-1}ᵀ"
    assert reasons("elman", text) == reasons("elman", text)


def test_a_linear_system_has_one_solution_or_none_is_given() -> None:
    from fractions import Fraction

    rows = [[Fraction(1), Fraction(2)], [Fraction(3), Fraction(4)], [Fraction(4), Fraction(6)]]
    assert solved(rows, [Fraction(5), Fraction(6), Fraction(11)]) == [Fraction(-4), Fraction(9, 2)]
    assert solved(rows, [Fraction(5), Fraction(6), Fraction(12)]) is None
    assert solved([[Fraction(1), Fraction(1)]], [Fraction(1)]) is None
