r"""`\iffalse` and its kin."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.files.hidden import hidden_end, hidden_in


@pytest.mark.parametrize(
    ("text", "live"),
    [
        (r"a \fi b", " b"),
        (r"\ifx\a\b c \else d \fi e \fi f", " f"),
        (r"a \else b \fi", r" b \fi"),
        (r"a \iff b \ifthenelse{c}{d}{e} \fi f", " f"),
        ("a % \\fi\n b \\\\fi \\fi c", " c"),
        (r"\ifmine \fi a", " a"),
    ],
)
def test_where_text_is_live_again(text: str, live: str) -> None:
    end = hidden_end(text, 0, len(text))
    assert end is not None
    assert text[end:] == live


def test_without_an_end_there_is_none() -> None:
    assert hidden_end("a = b", 0, 5) is None


def test_all_that_is_hidden_in_a_formula() -> None:
    text = r"a \iffalse b\fi c \iffalse d"
    assert [text[slice(*stretch)] for stretch in hidden_in(text, 0, len(text))] == [
        r"\iffalse b\fi",
        r"\iffalse d",
    ]
