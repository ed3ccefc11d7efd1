r"""Functions without a backslash: one word before parentheses, or before an operand."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.tokens.applied import with_functions
from symbolic_bptt.notation.tokens.lexer import tokens


def words(text: str) -> list[str]:
    """The tokens that are no single letters of the text."""
    found = with_functions(tokens(text), text)
    assert [text[one.start : one.end] for one in found if one.kind == "word"] == [
        one.value for one in found if one.kind == "word"
    ]
    return [one.value for one in found if one.kind == "word" or one.value == r"\top"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("softmax(x)", ["softmax"]), (r"tanh\left(x\right)", ["tanh"]),
        (r"tanh\big(x\big)", ["tanh"]),
        (r"y log \hat y", ["log"]), ("y log y", ["log"]), (r"tanh \mathbf x", ["tanh"]),
        ("s^{Tr}", [r"\top"]), (r"(a)^{ Tr } log(b)", [r"\top", "log"]),
    ],
)  # fmt: skip
def test_a_function_is_one_word(text: str, wanted: list[str]) -> None:
    assert words(text) == wanted


@pytest.mark.parametrize(
    "text", ["logy", "l o g y", r"log = y", r"log \cdot y", "xlog y", "Tr(W)", "s_{Tr}", "log ab"]
)
def test_what_stays_letters(text: str) -> None:
    assert words(text) == (["Tr"] if text == "Tr(W)" else [])
