"""Sentences, prices and formulas are told apart by how they are written."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.files.prose import is_formula, is_price, is_sentence


@pytest.mark.parametrize(
    "text",
    ["x_t", "E", " \\delta_t ", "tanh(W x)^2", "net_t = a", "\\text{a b c} = 1", "E=1", "12"],
)
def test_formulas(text: str) -> None:
    assert is_formula(text)
    assert not is_sentence(text)


@pytest.mark.parametrize("text", [" more. ", " and x = 7 ", " then the loss ", "，其中", ""])
def test_no_formulas(text: str) -> None:
    assert not is_formula(text)


@pytest.mark.parametrize("text", ["5 million and", "20, and x = 7 ", "5-", "6 ", "1,000"])
def test_prices(text: str) -> None:
    assert is_price(text)


@pytest.mark.parametrize("text", ["2x = 1", "1/2", "1-p", "5 = a", "2 \\text{ if } x ", "x"])
def test_no_prices(text: str) -> None:
    assert not is_price(text)
