"""What an expression is worth: literals, products, readings, and what does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from symbolic_bptt.evaluation.errors import (
    LimitReached,
    NotAnInteger,
    OutOfRange,
    ShapeMismatch,
    UndefinedSymbol,
    UndefinedValue,
)
from symbolic_bptt.evaluation.evaluator import evaluate
from symbolic_bptt.evaluation.products import multiply
from symbolic_bptt.evaluation.value import Value, describe, resolve
from symbolic_bptt.notation.tree import BigOperator
from tests.evaluation.surroundings import (
    FLOAT64,
    Table,
    column,
    evaluated,
    matrix,
    number,
    row,
)
from tests.evaluation.trees import TREES

A = matrix([[1, 2, 3], [4, 5, 6]])
S = matrix([[1, 2], [3, 5]])
U, V = column(1, 2), column(3, 5)
W = column(1, 2, 3)
R = row(2, 7)
KNOWN: Mapping[object, Value] = {
    "A": A, "S": S, "a": U, "b": V, "w": W, "r": R, "c": number(3)
}  # fmt: skip

VALUES = {
    r"S a": [[5], [13]],
    r"a^\top S": [[7, 12]],
    r"a b^\top": [[3, 5], [6, 10]],
    r"a^\top b": [[13]],
    r"a \otimes b": [[3, 5], [6, 10]],
    r"a \otimes b^\top": [[3, 5], [6, 10]],
    r"a \odot b": [[3], [10]],
    r"c a": [[3], [6]],
    r"a c": [[3], [6]],
    r"1 - a^2": [[0], [-3]],
    r"\mathbf 1 - a \odot a": [[0], [-3]],
    r"\mathbf 1^\top a": [[3]],
    r"A \mathbf 1": [[6], [15]],
    r"I - S": [[0, -2], [-3, -4]],
    r"S I S": [[7, 12], [18, 31]],
    r"S^2": [[7, 12], [18, 31]],
    r"S^{-1} S": [[1, 0], [0, 1]],
    r"S^0": [[1, 0], [0, 1]],
    r"S^\top": [[1, 3], [2, 5]],
    r"\frac{a}{b}": [[1 / 3], [2 / 5]],
    r"a / c": [[1 / 3], [2 / 3]],
    r"1 / a": [[1], [0.5]],
    r"\operatorname{diag}(a)": [[1, 0], [0, 2]],
    r"\operatorname{diag}(S)": [[1], [5]],
    r"\operatorname{tr}(S)": [[6]],
    r"\det(S)": [[-1]],
    r"\lVert a \rVert^2": [[5]],
    r"[a; w]": [[1], [2], [1], [2], [3]],
    r"[r, r]": [[2, 7, 2, 7]],
    r"\begin{bmatrix} S & 0 \\ 0 & I \end{bmatrix}": [
        [1, 2, 0],
        [3, 5, 0],
        [0, 0, 1],
    ],
    r"S \otimes I_2": [[1, 0, 2, 0], [0, 1, 0, 2], [3, 0, 5, 0], [0, 3, 0, 5]],
    r"\mathbb 1[a > 1]": [[0], [1]],
    r"\max(0, a - 1)": [[0], [1]],
    r"A_{2,3}": [[6]],
    r"w_{3}": [[3]],
    r"\sum_{i=1}^{3} w_i^2": [[14]],
    r"\sum_i w_i": [[6]],
    r"\sum_{i=1}^{2} \sum_{j=1}^{3} A_{ij}": [[21]],
    r"\sum_{i \ne 2} w_i": [[4]],
    r"\sum_{i=1}^{2} \delta_{i2} a_i": [[2]],
    r"\sum_{i=5}^{3} a_i + a": [[1], [2]],
    r"\prod_{i=1}^{3} w_i": [[6]],
    r"\left(\prod_{i=4}^{3} S\right) a": [[1], [2]],
    r"c \prod_{i=4}^{3} S": [[3, 0], [0, 3]],
    r"A[0:1, 1:3]": [[2, 3]],
}


@pytest.mark.parametrize("latex", VALUES)
def test_an_expression_has_the_value_of_the_textbook(latex: str) -> None:
    wanted = np.array(VALUES[latex], dtype=float)
    found = resolve(FLOAT64, evaluated(latex, KNOWN), (wanted.shape[0], wanted.shape[1]))
    assert np.allclose(found.array, wanted)


ILL_SHAPED = [
    "a + w", "S + a", "c + a", "A S", "a S", "A^2", "S w", r"a \odot w", r"a \odot S", "a / w",
    "c / S^{w}", "1 + I", "A_{1}", r"\operatorname{tr}(A)", r"\det(A)",
    r"\operatorname{softmax}(S)", "[a; r]", r"\begin{bmatrix} S & w \end{bmatrix}", r"\tanh(I)",
]  # fmt: skip


@pytest.mark.parametrize("latex", ILL_SHAPED)
def test_what_does_not_fit_is_refused_with_both_shapes(latex: str) -> None:
    with pytest.raises(ShapeMismatch) as caught:
        evaluated(latex, KNOWN)
    assert caught.value.left
    assert caught.value.right
    assert caught.value.node is not None


@pytest.mark.parametrize("latex", ["a b", "a S", "S a S"])
def test_no_product_of_vectors_is_guessed_and_no_diagonal(latex: str) -> None:
    with pytest.raises(ShapeMismatch):
        evaluated(latex, KNOWN)


def test_the_factors_of_a_matrix_product_descend_where_it_says_so() -> None:
    values: dict[object, Value] = {
        ("M", 1): S, ("M", 2): matrix([[0, 1], [1, 0]]), ("M", 3): matrix([[1, 1], [0, 1]])
    }  # fmt: skip
    first, second, third = (values[("M", k)].array for k in (1, 2, 3))
    latex = r"\prod_{t=1}^{3} M_t"
    assert np.array_equal(evaluated(latex, values).array, first @ second @ third)
    tree = TREES[latex]
    assert isinstance(tree, BigOperator)
    descending = evaluate(replace(tree, descending=True), Table(values, {}))
    assert np.array_equal(descending.array, third @ second @ first)


def test_the_chain_rule_contracts_in_written_order() -> None:
    gradient = Value(np.array([[2.0], [3.0]]), role="covector")
    jacobian = np.arange(6.0).reshape(2, 3)
    tensor = Value(np.arange(12.0).reshape(2, 6), columns_of=(3, 2))
    values: dict[object, Value] = {
        "E": number(0), "s": U, "z": W, "W": matrix(np.zeros((3, 2))), "u": number(0),
        "dE/ds": gradient, "ds/dz": Value(jacobian), "ds/dW": tensor,
        "ds/du": Value(np.array([[5.0], [7.0]]), role="tangent"),
    }  # fmt: skip
    by_z = evaluated(r"\frac{\partial E}{\partial s} \frac{\partial s}{\partial z}", values)
    assert by_z.role == "covector"
    assert by_z.array.tolist() == [[9], [14], [19]]
    by_W = evaluated(r"\frac{\partial E}{\partial s} \frac{\partial s}{\partial W}", values)
    assert by_W.shape == (3, 2)
    assert np.array_equal(by_W.array.ravel(), np.array([2.0, 3.0]) @ tensor.array)
    by_u = evaluated(r"\frac{\partial E}{\partial s} \frac{\partial s}{\partial u}", values)
    assert by_u.array.tolist() == [[31]]
    turned = r"\left(\frac{\partial s}{\partial z}\right)^\top \frac{\partial E}{\partial s}"
    assert evaluated(turned, values).array.tolist() == by_z.array.tolist()
    outside = r"\frac{\partial E}{\partial s} z^\top"
    assert evaluated(outside, {**values, "z": W}).shape == (2, 3)
    with pytest.raises(ShapeMismatch):
        evaluated(r"\frac{\partial s}{\partial z} \frac{\partial E}{\partial s}", values)


def test_jacobians_by_and_of_different_matrices_are_no_chain() -> None:
    """Guards: ∂s/∂A ∂B/∂u needs A and B to be one matrix; as many entries are not enough."""
    by_A = Value(np.arange(12.0).reshape(2, 6), columns_of=(3, 2))
    of_A, of_B = (Value(np.arange(24.0).reshape(6, 4), rows_of=one) for one in ((3, 2), (2, 3)))
    matching = multiply(FLOAT64, by_A, of_A)
    assert np.array_equal(matching.array, by_A.array @ of_A.array)
    for left, right in ((by_A, of_B), (Value(by_A.array, columns_of=(6, 1)), of_A)):
        with pytest.raises(ShapeMismatch):
            multiply(FLOAT64, left, right)


def test_a_billion_terms_are_refused_before_the_first() -> None:
    for latex in (
        r"\sum_{i=1}^{n} \frac{1}{i}",
        r"\sum_{i=1}^{100000} \sum_{j=1}^{100000} 1",
        r"\prod_{i=1}^{n} c",
    ):
        with pytest.raises(LimitReached):
            evaluated(latex, KNOWN, numbers={"n": 10**9})


def test_what_is_missing_is_named() -> None:
    with pytest.raises(UndefinedSymbol, match="q"):
        evaluated("a + q", KNOWN)
    with pytest.raises(OutOfRange):
        evaluated("w_{4}", KNOWN)
    with pytest.raises(UndefinedValue):
        evaluated(r"\frac{a}{0}", KNOWN)
    with pytest.raises(UndefinedValue):
        evaluated(r"\log(a - a)", KNOWN)
    with pytest.raises(NotAnInteger):
        evaluated(r"\sum_{i=1}^{1/2} a", KNOWN)


def test_sizes_and_bound_letters_are_numbers() -> None:
    assert evaluated(r"\frac{1}{n} a", KNOWN, numbers={"n": 4}).array.tolist() == [[0.25], [0.5]]
    power = evaluated(r"S^{n-1}", KNOWN, numbers={"n": 3})
    assert power.array.tolist() == [[7, 12], [18, 31]]


def test_shapes_are_named_as_model_files_name_them() -> None:
    assert [describe(shape) for shape in ((1, 1), (3, 1), (1, 3), (2, 3))] == [
        "scalar", "3", "1 x 3", "2 x 3",
    ]  # fmt: skip
