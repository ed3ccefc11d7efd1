"""Derivations in every format: complete, readable again, and accepted by TeX."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from symbolic_bptt.derivation.result import Derivation, Partial
from symbolic_bptt.model import load_model
from symbolic_bptt.model.model import Model
from symbolic_bptt.notation.files import Kind
from symbolic_bptt.notation.printer import latex, text
from symbolic_bptt.notation.tree import Derivative, Expr, Statement, Symbol
from symbolic_bptt.render import render_derivation
from tests.reading import read_back
from tests.tex import complaints, log_of

GOLDEN = Path(__file__).parent.parent / "golden"

OUTPUT = r"V^\top (\hat y_t - y_t)"
DEFINITIONS = (
    r"\delta_3 = V^\top (\hat y_3 - y_3)",
    rf"\delta_t = {OUTPUT} + W^\top (\delta_{{t+1}} \odot (1 - s_{{t+1}}^2)) \quad t = 1, 2",
)
FORMS = {
    "U": (r"\sum_{t=1}^{3} (\delta_t \odot (1 - s_t^2)) x_t^\top",),
    "W": (
        r"\sum_{t=1}^{3} (\delta_t \odot (1 - s_t^2)) s_{t-1}^\top",
        " + ".join(rf"(\delta_{t} \odot (1 - s_{t}^2)) s_{t - 1}^\top" for t in (3, 2, 1)),
    ),
    "V": (r"\sum_{t=1}^{3} (\hat y_t - y_t) s_t^\top",),
}


@pytest.fixture(scope="module")
def elman() -> Model:
    return load_model("elman")


@pytest.fixture(scope="module")
def derivation(elman: Model) -> Derivation:
    definitions = read_back(elman, "\n".join(DEFINITIONS), "txt")

    def parsed(form: str) -> Expr:
        text = "\n".join((*DEFINITIONS, f"x = {form}"))
        return read_back(elman, text, "txt")[-1].operands[1]

    partials = tuple(
        Partial(
            Derivative("partial", Symbol("E"), Symbol(name)),
            elman.declarations[(name, False)].shape,
            tuple(map(parsed, forms)),
        )
        for name, forms in FORMS.items()
    )
    return Derivation(
        elman,
        3,
        "named",
        tuple(definitions),
        partials,
        assumptions=("y_t sums to one",),
        notes=("o = softmax(q) of one logit is 1, so the loss is constant",),
    )


def statements(derivation: Derivation) -> list[Statement]:
    return [*derivation.definitions, *(partial.statement for partial in derivation.partials)]


@pytest.mark.parametrize(
    ("format_", "ending"), [("text", "txt"), ("latex", "tex"), ("markdown", "md")]
)
def test_is_the_golden_document(derivation: Derivation, format_: Any, ending: str) -> None:
    expected = (GOLDEN / f"elman.{ending}").read_text("utf-8")
    assert render_derivation(derivation, format_) == expected


@pytest.mark.parametrize(
    ("format_", "kind"), [("text", "txt"), ("latex", "tex"), ("markdown", "md")]
)
def test_the_formulas_of_the_document_are_read_back(
    derivation: Derivation, format_: Any, kind: Kind
) -> None:
    found = read_back(derivation.model, render_derivation(derivation, format_), kind)
    assert found == statements(derivation)


@pytest.mark.parametrize("format_", ["text", "latex", "markdown"])
def test_a_warning_stands_before_every_formula(derivation: Derivation, format_: Any) -> None:
    document = render_derivation(derivation, format_)
    warning = re.search("warning", document, re.IGNORECASE)
    assert warning is not None
    assert warning.start() < min(
        document.index(sign) for sign in ("with", "&=", "∂") if sign in document
    )


def test_further_forms_stand_under_the_first(derivation: Derivation) -> None:
    lines = render_derivation(derivation, "text").split("\n")
    (first,) = (line for line in lines if line.startswith("  ∂E/∂W = "))
    second = lines[lines.index(first) + 1]
    assert second.index("=") == first.index("=")


def test_json_is_what_the_interface_promises(derivation: Derivation) -> None:
    result = json.loads(render_derivation(derivation, "json"))
    assert {key: result[key] for key in ("schema", "model", "T", "style", "layout")} == {
        "schema": 1,
        "model": "elman",
        "T": 3,
        "style": "named",
        "layout": "denominator for scalars",
    }
    assert result["definitions"][0] == {
        "symbol": r"\delta_3",
        "latex": latex(derivation.definitions[0]),
        "text": text(derivation.definitions[0]),
    }
    assert [(each["of"], each["wrt"], each["shape"]) for each in result["partials"]] == [
        ("E", "U", "n x m"),
        ("E", "W", "n x n"),
        ("E", "V", "K x n"),
    ]
    assert result["partials"][0]["latex"] == latex(derivation.partials[0].statement)
    assert result["assumptions"] == ["y_t sums to one"]
    assert len(result["notes"]) == 1


def test_the_latex_compiles_with_amsmath_alone(
    derivation: Derivation, tool: Callable[[str], str], tmp_path: Path
) -> None:
    assert complaints(log_of(tool, tmp_path, render_derivation(derivation, "latex"))) == []
