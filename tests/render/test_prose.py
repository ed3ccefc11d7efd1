"""Prose may hold anything, and still compiles."""

from __future__ import annotations

import pytest

from symbolic_bptt.render.prose import markdown_prose, tex_prose, tex_verbatim


@pytest.mark.parametrize(
    ("written", "tex"),
    [
        ("y_t sums to one", r"\(y_t\) sums to one"),
        ("ŷ^{(t)} and c̃_t", r"\(\hat y^{(t)}\) and \(\tilde c_t\)"),
        ("100% of a & b", r"100\% of a \& b"),
        ("many_to_one.tex", r"many\_to\_one.tex"),
        ("∂E/∂W ≠ 0", r"\(\partial\)E/\(\partial\)W \(\ne\) 0"),
        ("softmax of δ", r"softmax of \(\delta\)"),
        ("Peña, 中", "Peña, "),
        (r"\input{/etc/passwd}", r"\textbackslash{}input\{/etc/passwd\}"),
    ],
)
def test_tex(written: str, tex: str) -> None:
    assert tex_prose(written) == tex


def test_names_are_mathematics_in_markdown() -> None:
    assert markdown_prose("y_t sums to one") == "$y_t$ sums to one"


def test_verbatim_text_shows_the_signs_themselves() -> None:
    assert tex_verbatim("W_{hh}") == r"W\_\{hh\}"
