r"""Rows and cells inside of environments; outside they are separators."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.surface.environments import ENVIRONMENTS
from tests.notation.surface.reading import problems, spelled


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (r"\begin{bmatrix} a & b \\ c & d \end{bmatrix}", "bmatrix[a & b // c & d]"),
        (r"\begin{cases} 1 & t = T \\ 0 \\ \end{cases}", "cases[1 & t rel:= T // 0]"),
        (r"\begin{array}{c|c} a & b \end{array}", "arrayc|c[a & b]"),
        (
            r"\begin{aligned}[t] a &= b \\[2pt] &= c \end{aligned}",
            "aligned[a & rel:= b //  & rel:= c]",
        ),
        (r"\begin{align*} a \\* b \end{align*}", "align[a // b]"),
        (r"\begin{IEEEeqnarray}{rCl} E &=& 0 \end{IEEEeqnarray}", "IEEEeqnarrayrCl[E & rel:= & 0]"),
        (r"\begin{aligned} (a \\ & + b) \end{aligned}", r"aligned[(a sep:\\ sep:& + b)]"),
        (
            r"\begin{pmatrix} \begin{matrix} a & b \end{matrix} \\ c \end{pmatrix}",
            "pmatrix[matrix[a & b] // c]",
        ),
        (r"\sum_{\substack{i \\ j}}", r"<\sum>_{substack[i // j]}"),
        (r"\left\{\begin{array}{l} a \end{array}\right.", r"\{arrayl[a]."),
        (r"a &= b \\ c", r"a sep:& rel:= b sep:\\ c"),
        (r"\begin{pmatrix} a \end{pmatrix}^T", "<pmatrix[a]>^{T}"),
    ],
)
def test_environments(text: str, wanted: str) -> None:
    assert spelled(text) == wanted


@pytest.mark.parametrize("name", sorted(ENVIRONMENTS))
def test_every_environment_has_its_rows(name: str) -> None:
    assert spelled(rf"\begin{{{name}}}{{}}a & b \\ c\end{{{name}}}").endswith("a & b // c]")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (r"\begin{foo} a \end{foo}", "the environment foo is not known here"),
        (r"\begin{cases} a", r"\begin{cases} is never closed"),
        (r"a \end{cases}", r"\end{cases} closes nothing"),
        (r"\begin{cases} a \end{matrix}", r"\begin{cases} is closed by \end{matrix}"),
        (r"\begin{cases} (a \\ b \end{cases}", "( is never closed"),
    ],
)
def test_problems(text: str, wanted: str) -> None:
    assert problems(text) == [wanted]
