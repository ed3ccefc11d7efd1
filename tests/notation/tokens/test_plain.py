r"""Plain text: words stay words, or are commands; digits behind a word are its subscript."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.tokens.lexer import dialect_of, lex, tokens
from tests.notation.tokens.tiling import shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("W_hh h_{t-1} + b", "W _ hh h _ { t - 1 } + b"),
        ("softmax(V s_t)", "softmax ( V s _ t )"),
        ("dE/dW", "dE / dW"),
        ("yhat_t - y_hat_t", r"\hat { y } _ t - \hat { y } _ t"),
        ("ytilde + ybar + xdot", r"\tilde { y } + \bar { y } + \dot { x }"),
        ("deltahat", r"\hat { \delta }"),
        ("what that chat", "what that chat"),
        ("W_hh_hat", "W _ hh _ hat"),
        ("sum_t delta_t", r"\sum _ t \delta _ t"),
        ("prod_{k=1}^T", r"\prod _ { k = 1 } ^ T"),
        ("partial E / partial W", r"\partial E / \partial W"),
        ("grad_W E = nabla_W E", r"\nabla _ W E = \nabla _ W E"),
        ("a odot b .* c ./ d", r"a \odot b \odot c \oslash d"),
        ("s**2 + W.T x", r"s ^ 2 + W ^ \top x"),
        ("s_t.^2 + 2.^3", "s _ t ^ 2 + 2 ^ 3"),
        ("s_t.T", r"s _ t ^ \top"),
        ("W^-1 + W^-T + 2**-3", "W ^ { - 1 } + W ^ { - T } + 2 ^ { - 3 }"),
        ("for t in 1..T where inf", r"for t \in 1 \dots T where \infty"),
        ("for t = 1, ..., T", r"for t = 1 , \dots , T"),
        ("x1 + delta1 - 2", r"x _ { 1 } + \delta _ { 1 } - 2"),
        ("a^{d1}_t + W_h1 + W_{x2}", "a ^ { d1 } _ t + W _ h1 + W _ { x2 }"),
        ("i2h", "i2h"),
        ("sqrt(x_t)^2 + sqrt 2", r"\sqrt { ( x _ t ) } ^ 2 + \sqrt { 2 }"),
        ("a != b, a >= b, a <- b, a<-b", r"a \ne b , a \ge b , a \leftarrow b , a < - b"),
        ("E == E", "E = = E"),
        ("2E1 + 2E-1", "2 E _ { 1 } + 2 E - 1"),
        ("für alle t", "für alle t"),
        ("Wŷ", r"W \hat { y }"),
        ("log tanh' T", "log tanh ' T"),
    ],
)  # fmt: skip
def test_signs_and_words(text: str, expected: str) -> None:
    lexed = lex(text, dialect="plain")
    assert shown(lexed.tokens) == expected
    assert not lexed.problems


@pytest.mark.parametrize("text", ["% said", "# said"])
def test_a_line_that_begins_with_a_remark(text: str) -> None:
    (token,) = tokens(text, dialect="plain")
    assert token.kind == "comment"
    assert [token.kind for token in tokens(f"a {text}", dialect="plain")].count("comment") == 0


def test_words_of_one_letter_are_letters() -> None:
    assert [token.kind for token in tokens("W hh", dialect="plain")] == ["letter", "space", "word"]


@pytest.mark.parametrize("text", [r"\tanh(x)", r"E = \frac12", r"softmax(\hat y)"])
def test_a_control_word_makes_a_line_latex(text: str) -> None:
    assert dialect_of(text) == "latex"


@pytest.mark.parametrize("text", ["yhat = softmax(V s)", "E = ∂E", r"a \, b", ""])
def test_any_other_line_is_plain(text: str) -> None:
    assert dialect_of(text) == "plain"
