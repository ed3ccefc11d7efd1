"""Every statement of every step of every derivation is true, in each manner of writing it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from symbolic_bptt.checking.steps import check_steps, failing
from symbolic_bptt.derivation.steps import Manner, Stage, derivation_steps, every_step
from symbolic_bptt.derivation.steps.rules import RULES
from symbolic_bptt.model import library_names, load_model
from symbolic_bptt.model.loader import model_from_source
from symbolic_bptt.notation.printer import text
from symbolic_bptt.notation.source import Source
from symbolic_bptt.notation.tree import Neg, Statement
from tests.derivation.zoo import ZOO

OTHER_MANNER = Manner("denominator", inner=True)

OTHER_KINDS = (
    "learned-start",
    "mean-pooling",
    "encoder-decoder",
    "pooling-attention",
    "one-step-loss",
)
"""Models that read a fixed step, a whole sum of steps, or one quantity at every step."""


@pytest.mark.parametrize("name", library_names())
@pytest.mark.parametrize("manner", [Manner(), OTHER_MANNER], ids=["usual", "other"])
def test_every_step_holds(name: str, manner: Manner) -> None:
    checked = check_steps(derivation_steps(load_model(name), 3, manner))
    assert [text(one.step.statement) for one in failing(checked)] == []
    assert all(one.error_bound_log2 is None or one.error_bound_log2 < -60 for one in checked)


@pytest.mark.parametrize("name", OTHER_KINDS)
def test_every_step_holds_for_models_of_other_kinds(name: str) -> None:
    model = model_from_source(Source(ZOO[name], f"{name}.toml"), name)
    checked = check_steps(derivation_steps(model, 3))
    assert [text(one.step.statement) for one in failing(checked)] == []


def test_a_wrong_step_is_found() -> None:
    steps = derivation_steps(load_model("elman"), 3)
    (stage,) = (s for s in steps.stages if s.key == "local")
    step = stage.parts[0]
    left, right = step.statement.operands  # type: ignore[union-attr]
    wrong = replace(step, statement=Statement((left, Neg(right)), ("=",)))
    broken = replace(steps, stages=(replace(stage, parts=(wrong,)),))
    (one,) = check_steps(broken)
    assert one.verdicts == ("fails",)
    assert failing((one,)) == (one,)


def test_the_recurrence_of_the_textbook_with_its_boundary() -> None:
    shown = [text(s.statement) for s in every_step(derivation_steps(load_model("elman"), 3))]
    assert "δ_T = (∂⁺ŷ_T/∂s_T)ᵀ (∂E/∂ŷ_T) = Vᵀ (ŷ_T − y_T)" in shown
    assert (
        "δ_t = (∂⁺ŷ_t/∂s_t)ᵀ (∂E/∂ŷ_t) + (∂⁺s_{t+1}/∂s_t)ᵀ δ_{t+1} "
        "= Vᵀ (ŷ_t − y_t) + Wᵀ (δ_{t+1} ⊙ (1 − s_{t+1}²)), t = 1, …, T-1" in shown
    )


def test_the_product_of_the_scalar_model_meets_the_other_branch() -> None:
    steps = derivation_steps(load_model("scalar-multiplicative"), 3)
    shown = [text(step.statement) for step in every_step(steps)]
    assert "∂⁺z_t/∂a_t = b_t" in shown
    assert "∂⁺z_t/∂b_t = a_t" in shown


def test_what_depends_on_the_same_quantity_within_a_step_is_held_fixed() -> None:
    steps = derivation_steps(load_model("gru"), 3)
    shown = [text(step.statement) for step in every_step(steps.stage("local"))]
    assert any(one.startswith("(∂h_t/∂h_{t-1})|_{z_t, h̃_t} = diag(1 − z_t)") for one in shown)


def test_a_pre_activation_adjoint_carries_the_slope() -> None:
    steps = derivation_steps(load_model("elman"), 3, Manner(inner=True))
    shown = [text(step.statement) for step in every_step(steps)]
    assert "∂E/∂W = Σ_{t=1}^{T} ∂E/∂W_t = Σ_{t=1}^{T} δ_t s_{t-1}ᵀ" in shown


def test_written_out_steps_are_claimed_for_their_length_alone() -> None:
    steps = derivation_steps(load_model("elman"), 4)
    written = list(every_step(steps.stage("expansion")))
    assert {step.count for step in written} == {4}
    assert text(written[0].statement) == "δ_4 = Vᵀ (ŷ_4 − y_4)"


@pytest.mark.parametrize("name", ["elman", "lstm", "scalar-literal"])
def test_every_step_names_a_rule_that_is_explained(name: str) -> None:
    steps = derivation_steps(load_model(name), 3)
    assert [stage.key for stage in steps.stages] == ["local", "adjoints", "gradients", "expansion"]
    assert {step.rule for step in every_step(steps)} <= set(RULES)
    assert all(isinstance(stage, Stage) for stage in steps.stages)
