r"""The content of a decoration counts, and what is said about it is kept."""

from __future__ import annotations

import pytest

from tests.notation.surface.reading import spelled


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (r"\boxed{a = b}", r"\boxed[a rel:= b]"),
        (r"\bbox[5px, border: 1px]{a}", r"\bbox[a]"),
        (r"\underbrace{x + y}_{net} z", r"\underbrace[x + y]<n e t> z"),
        (r"\overbrace{x}^{a}_b", r"<\overbrace[x]<a>>_{b}"),
        (r"\color{red} a = b", r"\color[a rel:= b]"),
        (r"({\color{red} a} + b)", r"(\color[a] + b)"),
        (r"\textcolor{red}{a}_t", r"<\textcolor[a]>_{t}"),
        (r"\textcolor[rgb]{0,1,0}{a}", r"\textcolor[a]"),
        (r"\cancel{x}", r"\cancel[x]"),
        (r"\cancelto{0}{x}", r"\cancelto[x]<0>"),
        (r"a \overset{(a)}{=} b", "a rel:=<(a)> b"),
        (r"a \stackrel{!}{=} b", "a rel:=<!> b"),
        (r"\underset{W}{\max} E", r"<\max>_{W} E"),
        (r"\overset{T}{\underset{t=1}{\sum}}", r"<\sum>_{t rel:= 1}^{T}"),
        (r"\overset{\rightarrow}{h}_t", r"<\overrightarrow h>_{t}"),
        (r"\overset{a}{x}", r"\overset[x]<a>"),
    ],
)
def test_decorations(text: str, wanted: str) -> None:
    assert spelled(text) == wanted
