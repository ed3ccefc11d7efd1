r"""Digits behind a word of plain text are its subscript, one with what else stands below it."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.tokens.lexer import lex
from tests.notation.tokens.tiling import assert_tiled, shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("W1", "W _ { 1 }"),
        ("h1_t + b", "h _ { 1 , t } + b"),
        ("h1_{t-1} + b", "h _ { 1 , t - 1 } + b"),
        ("yhat1_t'", r"\hat { y } _ { 1 , t } '"),
        ("h1_t^2", "h _ { 1 , t } ^ 2"),
        ("h1_h2", "h _ { 1 , h2 }"),
        ("h1 _t", "h _ { 1 } _ t"),
        ("h1_", "h _ { 1 } _"),
        ("W_h1 + W_{h1} + a^{d1}_t + W_x1_t", "W _ h1 + W _ { h1 } + a ^ { d1 } _ t + W _ x1 _ t"),
        ("i2h", "i2h"),
        ("W_hh_hat + y_hat", r"W _ hh _ hat + \hat { y }"),
        ("W^-1 + W^-T + W^−1 + W^-Ta", "W ^ { - 1 } + W ^ { - T } + W ^ { - 1 } + W ^ - Ta"),
        ("2**-3", "2 ^ { - 3 }"),
        ("sqrt2 + sqrt x1", r"\sqrt { 2 } + \sqrt { x _ { 1 } }"),
    ],
)
def test_word(text: str, expected: str) -> None:
    lexed = lex(text, dialect="plain")
    assert shown(lexed.tokens) == expected
    assert_tiled(lexed.tokens, 0, len(text))
    assert not lexed.problems


@pytest.mark.parametrize("end", range(1, 9))
def test_braces_are_closed_where_the_text_is_cut(end: int) -> None:
    found = [token.value for token in lex("h1_tau+1", 0, end, dialect="plain").tokens]
    assert found.count("{") == found.count("}")
