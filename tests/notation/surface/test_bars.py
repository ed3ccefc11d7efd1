r"""Bars open and close by what stands before them; the rule is the docstring of `bars`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.notation.surface.reading import problems, read, short, spelled


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("|x|", "|x|"),
        (r"\|x\|^2", r"<\|x\|>^{2}"),
        ("||x||_F^2", r"<\|x\|>_{F}^{2}"),
        (r"\lvert x\rvert", "|x|"),
        (r"\left|x\right|", "|x|"),
        (r"\bigl| x \bigr|", "|x|"),
        ("|s_t|_1", "<|<s>_{t}|>_{1}"),
        ("2|x|", "2 |x|"),
        ("|a||b|", "|a| |b|"),
        ("|a + |b||", "|a + |b||"),
        (r"\log|x|", r"\log |x|"),
        (r"|\log|x||", r"|\log |x||"),
        (r"|\sum_t |x_t||", r"|<\sum>_{t} |<x>_{t}||"),
        ("|-x| = |x|", "|- x| rel:= |x|"),
        (r"|\cdot|", r"|\cdot|"),
        ("p(x|y)", "p (x sep:| y)"),
        (r"p(x \mid y) = p(y|x)", "p (x sep:| y) rel:= p (y sep:| x)"),
        (r"\{x | x > 0\}", r"\{x sep:| x rel:> 0\}"),
        ("x|_{t=0}", "<x>|{t rel:= 0}"),
        (r"x_i|_{s_2\text{ const}}", '<x>_{i}|{<s>_{2} "const"}'),
        (r"\frac{a}{b}\Big|_{t=0} + |c|", "<(a)÷(b)>|{t rel:= 0} + |c|"),
        ("D(p||q)", "D (p sep:| sep:| q)"),
        (r"D(p \| q)", r"D (p sep:\| q)"),
        ("a ||b||", r"a \|b\|"),
        (r"x\bigg\rvert_{t}", "<x>|{t}"),
        (r"\left. x \right|_{s_2}", "<.x|>|{<s>_{2}}"),
    ],
)
def test_bars(text: str, wanted: str) -> None:
    assert spelled(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("(|)", ["| is never closed"]),
        ("|x", ["| is never closed"]),
        ("= |_{a}", ["a bar with a script stands behind nothing"]),
        ("F|_a^b", ["what stands at this bar is not understood"]),
    ],
)
def test_problems(text: str, wanted: list[str]) -> None:
    assert problems(text) == wanted


TERMS = st.recursive(
    st.sampled_from(("x", "y_t", "1")),
    lambda inner: st.one_of(
        inner.map(lambda text: rf"\lvert {text} + z\rvert "),
        st.tuples(inner, inner).map(" - ".join),
    ),
    max_leaves=8,
)


@given(TERMS)
def test_the_rule_finds_the_pairs_that_the_writer_meant(text: str) -> None:
    plain = text.replace(r"\lvert ", "|").replace(r"\rvert ", "|")
    assert short(read(plain).tree) == short(read(text).tree)
