"""Every rule of reverse accumulation, alone: one formula against the complex step."""

from __future__ import annotations

import pytest

from symbolic_bptt.derivation.closed_form import closed_form
from symbolic_bptt.derivation.errors import NoRuleError
from symbolic_bptt.notation.printer import text
from symbolic_bptt.notation.tree import Number
from tests.derivation.witness import model_of, relative_errors
from tests.derivation.zoo import toml

PARAMETERS = {
    "A": "n x m",
    "B": "m x k",
    "C": "n x n",
    "D": "n x n",
    "a": "n",
    "b": "n",
    "c": "m",
    "r": "1 x n",
    "s": "scalar",
    "p": "scalar",
}
INPUTS = {"x": "n", "z": "m", "u": "2n", "y": "n, one-hot", "q": "1 x n"}

FORMULAS = {
    "scaling": r"x^\top (s a)",
    "scaling twice": r"x^\top (s a s p)",
    "scaling of a matrix": r"x^\top (s A) c",
    "scalar times inner product": r"s x^\top a",
    "inner product times vector": r"x^\top ((a^\top b) b)",
    "matrix product": r"x^\top A B (B^\top c)",
    "outer product": r"x^\top (a c^\top) z",
    "outer product, sign": r"x^\top (a \otimes c) z",
    "row and matrix": r"(r C) x",
    "transpose of a product": r"(A c)^\top x",
    "elementwise": r"x^\top (a \odot b \odot (A c))",
    "elementwise matrices": r"x^\top (C \odot D) a",
    "sum of matrices": r"x^\top (C + s D - D^\top) b",
    "one minus": r"x^\top ((1 - a) \odot b)",
    "quotient by a scalar": r"\frac{x^\top a}{s p}",
    "vector by a scalar": r"x^\top \frac{a}{s}",
    "elementwise quotient": r"x^\top (a / (1 + b \odot b))",
    "power": r"x^\top a^3 + s^4",
    "negative power": r"(1 + s^2)^{-2}",
    "exponent with a parameter": r"(1 + s^2)^{p}",
    "matrix power": r"x^\top C^3 b",
    "matrix inverse": r"x^\top (I + C)^{-1} b",
    "matrix inverse squared": r"x^\top (C + D)^{-2} b",
    "tanh": r"x^\top \tanh(A c)",
    "logistic": r"x^\top \sigma(A c)",
    "exp": r"x^\top \exp(a)",
    "log": r"x^\top \log(1 + a \odot a)",
    "sqrt": r"x^\top \sqrt{1 + a^2}",
    "sin and cos": r"x^\top (\sin(a) + \cos(b))",
    "sinh and cosh": r"x^\top (\sinh(a) + \cosh(b))",
    "sech": r"x^\top \operatorname{sech}(a)",
    "softplus": r"x^\top \operatorname{softplus}(a)",
    "arctan": r"x^\top \arctan(a)",
    "relu": r"x^\top \operatorname{relu}(A c)",
    "absolute value": r"x^\top \operatorname{abs}(a)",
    "max": r"x^\top \max(a, b)",
    "min with zero": r"x^\top \min(0, a)",
    "softmax of a column": r"x^\top \operatorname{softmax}(C a)",
    "softmax of a row": r"\operatorname{softmax}(r C) x",
    "cross-entropy in one": r"-y^\top \log(\operatorname{softmax}(C a))",
    "cross-entropy, free targets": r"-x^\top \log(\operatorname{softmax}(C a))",
    "likelihood": r"-\log(y^\top \operatorname{softmax}(C a))",
    "binary cross-entropy": r"-(s \log(\sigma(p)) + (1 - s) \log(1 - \sigma(p)))",
    "logistic log-likelihood": r"x^\top \log(\sigma(a))",
    "diag": r"x^\top \operatorname{diag}(a) A c",
    "diag of a matrix": r"x^\top \operatorname{diag}(C D)",
    "trace": r"s \operatorname{tr}(C D)",
    "norm": r"\lVert a - s b \rVert",
    "squared norm": r"\frac{s}{2} \lVert A \rVert^2 + \lVert a - x \rVert^2",
    "determinant": r"\det(C)",
    "concatenation": r"u^\top [a; A c]",
    "slice": r"z^\top A^\top x + (C a)[0:1] s",
    "block matrix": r"u^\top \begin{bmatrix} a \\ s b \end{bmatrix}",
    "entry": r"(a)_2 (C)_{1,2} + (C b)_1",
    "sum over entries": r"\sum_{k=1}^{n} x_k \tanh(a_k)",
    "double sum over entries": r"\sum_{i=1}^{n} \sum_{j=1}^{m} A_{ij}^2",
    "sum over entries of a product": r"\sum_{i=1}^{n} \sum_{j=1}^{n} a_i C_{ij} b_j",
    "sum over rows": r"\sum_{i=1}^{n} \tanh(\sum_{j=1}^{m} A_{ij} c_j)",
    "mean squared entries": r"\frac{1}{n} \sum_{i=1}^{n} (x_i - a_i)^2",
    "softmax by hand": r"\sum_{k=1}^{n} x_k \frac{\exp(a_k)}{\sum_{j=1}^{n} \exp(a_j)}",
    "product over an index": r"\prod_{j=1}^{3} (s + j)",
    "sum of everything": r"\mathbf 1^\top (a + s b)",
    "mean taken off": r"x^\top \tanh(a - \frac{1}{n} \mathbf 1 \mathbf 1^\top a)",
    "scalar times ones": r"x^\top \tanh(a - (b^\top a) \mathbf 1)",
    "ones times a row": r"x^\top (C + \mathbf 1 r) b",
    "ones on both sides": r"\mathbf 1^\top (C \odot D) \mathbf 1",
}


def model_with(formula: str, extra: str = "") -> object:
    return model_of(toml("one formula", f"E = {formula}", PARAMETERS, INPUTS, {}, "E", extra))


@pytest.mark.parametrize("name", FORMULAS)
def test_rule(name: str) -> None:
    model = model_with(FORMULAS[name])
    errors = relative_errors(model, 1)
    assert {key: error for key, error in errors.items() if not error < 1e-10} == {}
    gradients = closed_form(model).gradients.values()
    assert any(statement.operands[1] != Number(0) for statement in gradients)


@pytest.mark.parametrize(
    ("formula", "parameter", "gradient"),
    [
        (r"\frac{1}{2} (A c - x)^\top (A c - x)", "A", "(A c − x) cᵀ"),
        (r"\lVert A c - x \rVert^2", "c", "2 Aᵀ (A c − x)"),
        (r"\frac{s}{2} \lVert C \rVert^2", "C", "s C"),
        (r"-y^\top \log(\operatorname{softmax}(a))", "a", "softmax(a) − y"),
        (r"-x^\top \log(\operatorname{softmax}(a))", "a", "(𝟙ᵀ x) softmax(a) − x"),
        (r"-(s \log(\sigma(p)) + (1 - s) \log(1 - \sigma(p)))", "p", "σ(p) − s"),
        (r"x^\top \operatorname{diag}(a) b", "a", "b ⊙ x"),
        (r"x^\top (a \odot (1 - b))", "b", "−a ⊙ x"),
        (r"s x^\top a", "a", "s x"),
        (r"x^\top A z", "A", "x zᵀ"),
        (r"r C x", "C", "rᵀ xᵀ"),
        (r"x^\top \tanh(a)", "a", "x ⊙ (1 − tanh(a)²)"),
        (r"x^\top \operatorname{relu}(a)", "a", "x ⊙ 𝟙[a > 0]"),
        (r"x^\top a^2", "a", "2 a ⊙ x"),
        (r"\sum_{k=1}^{n} x_k \log(a_k)", "a", "x / a"),
        (r"\operatorname{tr}(C^\top C)", "C", "2 C"),
        # a scalar that all terms share stands before their sum, once
        (r"s x^\top a + s b^\top a", "a", "s (x + b)"),
        (r"s x^\top C a + s b^\top D a", "a", "s (Cᵀ x + Dᵀ b)"),
        (r"\frac{x^\top C a}{s} + \frac{b^\top D a}{s}", "a", "(1 / s) (Cᵀ x + Dᵀ b)"),
    ],
)
def test_the_gradient_is_written_as_one_writes_it(
    formula: str, parameter: str, gradient: str
) -> None:
    statement = closed_form(model_with(formula)).gradients[parameter]
    assert text(statement.operands[1]) == gradient


@pytest.mark.parametrize("formula", [r"\operatorname{tr}(A \otimes B)", r"g(A c, s)"])
def test_what_has_no_rule_is_refused(formula: str) -> None:
    with pytest.raises((NoRuleError, ValueError)):
        closed_form(model_with(formula, "\n[functions]\ng = 2\n"))
