r"""Brackets that the rows of a display split: one bracket, and never a column or a system."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.surface.split import rejoined
from symbolic_bptt.notation.tokens.lexer import tokens


def left(text: str) -> str:
    """What counts of a text, without blanks."""
    found = rejoined(tokens(text))
    assert [(one.start, one.end) for one in found] == [(t.start, t.end) for t in tokens(text)]
    return "".join(token.value for token in found if not token.is_blank)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (r"a = \Big( b \\ & + c \Big) d", r"a=\Big(b+c\Big)d"),
        (r"a = ( b + \\ & c )", "a=(b+c)"),
        (r"a &= [ b \\ & \quad \odot c ] \\ d &= e", r"a&=[b\odotc]\\d&=e"),
        (r"\{ b \\ {} - c \}", r"\{b{}-c\}"),
        (r"\left( b \right. \\ & \left. + c \right)", r"\left(b+c\right)"),
        (r"\left( b \right. \nonumber \\ & + \left. c \right)", r"\left(b\nonumber+c\right)"),
        (r"\left( b \right. \\ & \left. c \right)", r"\left(bc\right)"),
        (r"\left[ \left( b \right. \right. \\ \left. \left. c \right) d \right]",
         r"\left[\left(bc\right)d\right]"),
        (r"f(a, \\ & b)", "f(a,b)"),
        (r"( \sum_{t=1}^T a \\ & + b(t=1) )", r"(\sum_{t=1}^Ta+b(t=1))"),
    ],
)  # fmt: skip
def test_one_bracket(text: str, whole: str) -> None:
    assert left(text) == whole


@pytest.mark.parametrize(
    "text",
    [
        r"(a\\b)", r"(a=b\\+c=d)", r"\left\{a=b\\-c=d\right.", r"a&=b\\&+c",
        r"\begin{pmatrix}a&+b\\c&d\end{pmatrix}", r"(\begin{matrix}a\\+b\end{matrix})",
        r"\left(\begin{array}{c}a\\+b\end{array}\right)", r"\left(a\right.\\+\left.b\right|_c",
        r"\left.a\right|_b\\+\left.c\right|_d", r"\substack{a\\+b}", r"(a\\+b",
        r"\left(a\right.\\b",
    ],
)  # fmt: skip
def test_what_stays_as_it_is(text: str) -> None:
    assert left(text) == text


def test_it_is_linear() -> None:
    for text in ("(" * 20_000 + r"\\", r"\left(a\right.\\" * 4_000, r"(a\\+b)" * 4_000):
        assert len(rejoined(tokens(text))) == len(tokens(text))
