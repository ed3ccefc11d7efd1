from __future__ import annotations

import pytest

from symbolic_bptt.notation.names.spelling import spelling
from tests.notation.names.documents import parse

SAME = (
    ("a_{t}", "a_t"),
    (r"\widehat{y}_t", r"\hat y_{t}"),
    (r"\mathbf{W}_{hh}", "W_{hh}"),
    ("a^2_t", "a_t^2"),
    (r"\frac{a}{b}", r"\frac ab"),
    (r"a\,b", "a b"),
)
APART = (
    ("a_{12}", "a_{1 2}"),
    (r"\delta a", r"\deltaa"),
    ("{W^T}_{ij}", "W^T_{ij}"),
    ("a_{bc}", "a_{b,c}"),
    ("a_{(b)}", "a_{b}"),
    ("a'", "a''"),
    (r"\mathcal W", "W"),
    (r"a_{\mathrm{bc}}", "a_{bc}"),
)


@pytest.mark.parametrize(("left", "right"), SAME)
def test_one_spelling(left: str, right: str) -> None:
    assert spelling(parse(left)) == spelling(parse(right))


@pytest.mark.parametrize(("left", "right"), APART)
def test_two_spellings(left: str, right: str) -> None:
    assert spelling(parse(left)) != spelling(parse(right))


def test_upright_words_fold() -> None:
    assert spelling(parse(r"\mathrm{in}"), "folded") == spelling(parse("in"), "folded") == "in"


def test_weight_is_kept_on_demand() -> None:
    assert spelling(parse(r"\mathbf x_t"), "exact") == r"\mathbf{x}_{t}"
    assert spelling(parse(r"\mathbf 1")) == r"\mathbf{1}"


TEXTS = (
    "a_{t-1}^{(l)}", r"\frac{a}{b_t}", r"\sqrt[3]{x}", r"\sum_{t=1}^{T} a_t", r"|x|", r"a \odot b'",
    r"\begin{bmatrix}a & b \\ c & d\end{bmatrix}", r"\boxed{a = b}", r"\left. x \right|_{a = 0}",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_a_spelling_is_spelt_as_itself(text: str) -> None:
    once = spelling(parse(text))
    assert spelling(parse(once)) == once
