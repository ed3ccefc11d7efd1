"""A bias added to every row of a batch: H_t = X_t U + H_{t-1} + b, as batches are written."""

from __future__ import annotations

import pytest

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.checking.verdict import CheckedClaim
from symbolic_bptt.model.loader import model_from_source
from symbolic_bptt.model.model import Model
from symbolic_bptt.notation.errors import NotationError
from symbolic_bptt.notation.source import Source

TEXT = r"""
loss = "L"
equations = '''
H_t = X_t U + H_{t-1} + BIAS
L = \sum_{t=1}^{T} \operatorname{tr}(Y_t^\top H_t)
'''
[parameters]
U = "d x h"
b = "1 x h"
[inputs]
X_t = "B x d"
Y_t = "B x h"
[initial]
H_0 = "B x h"
"""


def model(bias: str) -> Model:
    return model_from_source(Source(TEXT.replace("BIAS", bias), "model.toml"), "model")


def claim(of: Model, formula: str) -> CheckedClaim:
    (found,) = check_text(of, f"$${formula}$$", ".tex").claims
    return found


def test_a_row_is_added_to_every_row() -> None:
    of = model("b")
    assert claim(of, r"H_t = X_t U + H_{t-1} + \mathbf 1 b").verdict == "holds"
    assert claim(of, r"H_{t,ij} = \sum_k X_{t,ik} U_{kj} + H_{t-1,ij} + b_j").verdict == "holds"
    assert claim(of, r"H_t = X_t U + H_{t-1}").verdict == "fails"


@pytest.mark.parametrize("bias", ["b", r"\mathbf 1 b"])
def test_its_gradient_adds_the_rows_up(bias: str) -> None:
    of = model(bias)
    for right, verdict in (
        (r"\mathbf 1^\top \sum_{t=1}^T \frac{\partial L}{\partial H_t}", "holds"),
        (r"\mathbf 1^\top \sum_{t=1}^T \sum_{k=t}^T Y_k", "holds"),
        (r"\mathbf 1^\top \sum_{t=1}^T Y_t", "fails"),
    ):
        assert claim(of, rf"\frac{{\partial L}}{{\partial b}} = {right}").verdict == verdict


def test_it_is_told_in_a_document_and_asks_for_a_row() -> None:
    said = claim(model("b"), r"H_t = X_t U + H_{t-1} + b")
    assert said.verdict == "holds"
    assert "a row added to every row" in said.reading
    with pytest.raises(NotationError, match=r"have different shapes|cannot be added"):
        model("U")


SOFTMAX = r"""
loss = "L"
equations = '''
P_t = \operatorname{softmax}(X_t U)
L = \sum_{t=1}^{T} \operatorname{tr}(Y_t^\top P_t)
'''
[parameters]
U = "d x h"
[inputs]
X_t = "B x d"
Y_t = "B x h"
"""


def test_softmax_of_a_matrix_is_that_of_its_rows() -> None:
    of = model_from_source(Source(SOFTMAX, "model.toml"), "model")
    entry = r"\frac{\exp((X_t U)_{ij})}{\sum_{k=1}^h \exp((X_t U)_{ik})}"
    assert claim(of, rf"P_{{t,ij}} = {entry}").verdict == "holds"
    column = entry.replace("_{ik}", "_{kj}").replace("^h", "^B")
    assert claim(of, rf"P_{{t,ij}} = {column}").verdict == "fails"
    assert claim(of, r"P_t \mathbf 1 = \mathbf 1").verdict == "holds"


def test_softmax_of_the_columns_is_a_reading_that_is_told() -> None:
    of = model_from_source(Source(SOFTMAX, "model.toml"), "model")
    columns = r"\mathbf 1^\top \operatorname{softmax}(Y_t) = \mathbf 1^\top"
    assert claim(of, r"\operatorname{softmax}(Y_t) \mathbf 1 = \mathbf 1").reading == ()
    said = claim(of, columns)
    assert said.verdict == "holds"
    assert said.reading == ("softmax of the columns of a matrix",)
    assert claim(of, r"\operatorname{softmax}(Y_t) = Y_t").verdict == "fails"
