"""`export`, `explain` and `doctor` on the command line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from symbolic_bptt.cli.commands.export import PARTS
from symbolic_bptt.model import load_model
from symbolic_bptt.render import document
from symbolic_bptt.render.explanation import explain


def test_the_parts_of_the_option_are_those_of_the_document() -> None:
    assert PARTS == document.PARTS


def test_export_writes_a_file_to_input(bptt, tmp_path: Path) -> None:
    outcome = bptt("export", "elman", "-T", "2", "-o", "appendix.tex")
    assert (outcome.status, outcome.out) == (0, "")
    text = (tmp_path / "appendix.tex").read_text("utf-8")
    assert "documentclass" not in text
    assert r"\subsection{Forward equations}" in text


def test_export_refuses_to_replace_a_file(bptt, tmp_path: Path) -> None:
    (tmp_path / "mine.tex").write_text("precious")
    outcome = bptt("export", "elman", "-o", "mine.tex")
    assert outcome.status == 2
    assert "--force" in outcome.err
    assert (tmp_path / "mine.tex").read_text() == "precious"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "x.docx"], "the ending must be one of .tex, .pdf"),
        (["-o", "x.tex", "--part", "poem"], "gradients"),
        (["-o", "x.tex", "--notation", "bishop"], "goodfellow"),
        (["-o", "nowhere/x.tex"], "nowhere"),
        ([], "--output"),
    ],
    ids=["ending", "part", "notation", "folder", "no file"],
)
def test_export_says_what_it_needs(bptt, arguments: list[str], said: str) -> None:
    outcome = bptt("export", "elman", *arguments)
    assert outcome.status == 2
    assert said in outcome.err


def test_export_warns_of_a_degenerate_model(bptt) -> None:
    outcome = bptt("export", "scalar-literal", "-o", "x.md", "--part", "gradients")
    assert outcome.status == 0
    assert "degenerate" in outcome.err


def test_explain_goes_from_the_loss_to_the_parameter() -> None:
    found = explain(load_model("elman"), 3, "W")
    last = found.step(len(found.steps))
    assert "∂E/∂W = Σ_{t=1}^{T}" in last
    assert not any("∂E/∂U" in found.step(k) for k in range(1, len(found.steps) + 1))


def test_explain_says_the_rule_and_the_reason(bptt) -> None:
    text = bptt("explain", "elman", "--wrt", "W").out
    assert "chain rule: " in text
    assert "s_t is read in the equations of ŷ_t and s_{t+1}" in text
    assert "δ_t = (∂⁺ŷ_t/∂s_t)ᵀ (∂E/∂ŷ_t)" in text


def test_a_hint_does_not_give_the_step_away(bptt) -> None:
    hint = bptt("explain", "elman", "--wrt", "W", "--step", "6", "--hint").out
    step = bptt("explain", "elman", "--wrt", "W", "--step", "6").out
    assert "hint: Which equations read this quantity" in hint
    assert "=" not in hint
    assert "Wᵀ (δ_{t+1} ⊙ (1 − s_{t+1}²))" in step


def test_the_output_vector_s_gradient_rests_on_softmax_alone() -> None:
    rules = {item.step.rule for item in explain(load_model("elman"), 3, "V").steps}
    assert "softmax and logarithm" in rules


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["--wrt", "Q"], "U, W, V"), (["--step", "99"], "there are")],
    ids=["parameter", "step"],
)
def test_explain_says_what_there_is(bptt, arguments: list[str], said: str) -> None:
    outcome = bptt("explain", "elman", *arguments)
    assert outcome.status == 2
    assert said in outcome.err


def test_doctor_reports_versions_and_engines(bptt) -> None:
    import sympy

    outcome = bptt("doctor")
    assert outcome.status == 0
    assert re.search(rf"^sympy +{re.escape(sympy.__version__)}$", outcome.out, re.MULTILINE)
    for name in ("Python", "numpy", "python-flint", "latexmk", "tectonic"):
        assert re.search(rf"^{name} ", outcome.out, re.MULTILINE)


def test_doctor_says_what_to_install(bptt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    outcome = bptt("doctor")
    assert outcome.status == 0
    assert "No PDF can be made" in outcome.out
