"""`derive` in matrix form: over T steps, for any T, by copies of parameters and by states."""

from __future__ import annotations

import pytest

from symbolic_bptt.derivation.derive import DeriveError, derive
from symbolic_bptt.derivation.requests import RequestError
from symbolic_bptt.model import load_model
from symbolic_bptt.notation.printer import text
from symbolic_bptt.notation.tree import Number, Symbol
from tests.derivation.witness import model_of, relative_errors
from tests.derivation.zoo import ZOO


def partials(name: str, *wrt: str, T: int | None = None, style: str = "named") -> list[str]:
    model = model_of(ZOO[name], name) if name in ZOO else load_model(name)
    found = derive(model, T, wrt, style).partials
    return [text(partial.statement).split(" = ", 1)[1] for partial in found]


def test_the_additive_model_over_two_steps_is_written_out_and_factored() -> None:
    u, w, k, v, c = partials("scalar-additive", T=2)
    assert u.endswith("= vᵀ (o − y) f′(z_1) (x_1 + w f′(z_0) x_0)")
    assert w.endswith("= vᵀ (o − y) f′(z_1) (s_0 + w f′(z_0) s_{-1})")
    assert k.endswith("= vᵀ (o − y) f′(z_1) (1 + w f′(z_0))")
    assert (v, c) == ("s_1 (o − y)", "o − y")


def test_the_product_model_has_the_factors_that_a_sum_would_not() -> None:
    u, w, *_ = partials("scalar-multiplicative", T=2)
    assert u.endswith("= vᵀ (o − y) f′(z_1) (b_1 x_1 + a_1 w f′(z_0) b_0 x_0)")
    assert w.endswith("= vᵀ (o − y) f′(z_1) a_1 (s_0 + w f′(z_0) a_0 s_{-1})")


def test_three_steps_nest_as_in_horners_scheme() -> None:
    (u,) = partials("scalar-additive", "u", T=3)
    assert u.endswith("= vᵀ (o − y) f′(z_2) (x_2 + w f′(z_1) (x_1 + w f′(z_0) x_0))")


def test_long_scalar_models_are_not_written_out() -> None:
    assert partials("scalar-additive", "u", T=9) == ["Σ_{t=0}^{8} δ_t f′(z_t) x_t"]


def test_the_copies_of_a_parameter() -> None:
    first, last = partials("scalar-additive", "u_0", "u_1", T=2)
    assert first == "δ_0 f′(z_0) x_0 = vᵀ (o − y) f′(z_1) w f′(z_0) x_0"
    assert last == "δ_1 f′(z_1) x_1 = vᵀ (o − y) f′(z_1) x_1"


@pytest.mark.parametrize(
    ("wrt", "value"),
    [
        ("s_3", "δ_3"),
        ("s_1", "δ_1"),
        ("s_0", "Wᵀ (δ_1 ⊙ (1 − s_1²))"),
        ("x_2", "Uᵀ (δ_2 ⊙ (1 − s_2²))"),
        (r"\hat y_2", "−y_2 / ŷ_2"),
        ("W_2", "(δ_2 ⊙ (1 − s_2²)) s_1ᵀ"),
        ("V_3", "(ŷ_3 − y_3) s_3ᵀ"),
        ("E_1", "1"),
        ("E", "1"),
    ],
)
def test_states_inputs_and_copies_of_elman(wrt: str, value: str) -> None:
    assert partials("elman", wrt, T=3) == [value]


@pytest.mark.parametrize(
    ("wrt", "value"),
    [("W_t", "(δ_t ⊙ (1 − s_t²)) s_{t-1}ᵀ"), ("s_t", "δ_t"), ("x_t", "Uᵀ (δ_t ⊙ (1 − s_t²))")],
)
def test_a_generic_step_in_the_general_style(wrt: str, value: str) -> None:
    assert partials("elman", wrt, style="general") == [value]


def test_a_state_after_the_last_loss_has_derivative_zero() -> None:
    assert partials("one-step-loss", "h_4", "h_3", T=5) == ["0", "δ_3"]


@pytest.mark.parametrize("name", ["elman", "lstm", "rows", "gru", "skip", "bidirectional"])
@pytest.mark.parametrize("literal", [False, True])
def test_derivatives_by_inputs_and_first_states_are_right(name: str, literal: bool) -> None:
    model = model_of(ZOO[name], name) if name in ZOO else load_model(name)
    states = [Symbol(s.name, (Number(s.step),)) for s in model.initial if not s.from_last]
    inputs = [Symbol("x", (Number(step),)) for step in (1, 2, 4)]
    errors = relative_errors(model, 4, literal=literal, wrt=(*states, *inputs))
    assert {key: error for key, error in errors.items() if not error < 1e-11} == {}


def test_only_the_definitions_that_are_needed_are_given() -> None:
    model = model_of(ZOO["lstm"], "lstm")
    assert derive(model, 3, ["V"]).definitions == ()
    assert len(derive(model, 3, ["W_o"]).definitions) == 8


def test_a_constant_loss_is_reported() -> None:
    derivation = derive(load_model("scalar-literal"), 2)
    assert derivation.notes == (
        (
            "degenerate: the softmax of a single logit is identically 1; "
            "E does not depend on u, w, v: the derivative is 0"
        ),
    )


@pytest.mark.parametrize("wrt", ["Q", "s_7", "s", "s_t", "W_{ij}", "((", "x"])
def test_what_the_model_does_not_have_is_refused(wrt: str) -> None:
    with pytest.raises(RequestError):
        derive(load_model("elman"), 3, [wrt])


def test_a_refusal_says_what_there_is() -> None:
    with pytest.raises(RequestError, match="its parameters are U, W, V"):
        derive(load_model("elman"), 3, ["u"])


def test_numbers_of_steps_that_cannot_be() -> None:
    with pytest.raises(DeriveError, match="at least 1"):
        derive(load_model("elman"), 0)
    with pytest.raises(DeriveError, match="written out for 3 steps"):
        derive(model_of(ZOO["literal"]), 4)
