"""Braces and environments are paired by one pass."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from symbolic_bptt.notation.files.nesting import Nesting


def test_escaped_and_commented_braces_do_not_count() -> None:
    text = "{a\\{b% }\n}"
    assert Nesting.of(text, comments=True).braces == {0: len(text)}
    assert Nesting.of(text, comments=False).braces == {0: text.index("}") + 1}


def test_an_opener_without_closer_does_not_take_that_of_another() -> None:
    text = r"\begin{a}\begin{b}\begin{a}\end{a}\end{b}"
    pairs = Nesting.of(text, comments=True).environments
    assert {text[start : start + 9]: text[slice(*end)] for start, end in pairs.items()} == {
        r"\begin{b}": r"\end{b}",
        r"\begin{a}": r"\end{a}",
    }
    assert 0 not in pairs


@given(st.text("{}a", max_size=60))
def test_what_stands_between_a_pair_is_even(text: str) -> None:
    for start, end in Nesting.of(text, comments=True).braces.items():
        inner = text[start:end]
        assert inner[0] + inner[-1] == "{}"
        assert inner.count("{") == inner.count("}")
