"""What is printed of a tree is read back with the same value."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from symbolic_bptt.notation.printer import latex, text
from symbolic_bptt.notation.tree import Entry, Expr, Power, Symbol
from tests.notation.typed import read_back, trees, value, whole


def same(one: Expr, other: Expr) -> bool:
    return np.allclose(value(one), value(other), rtol=1e-9, equal_nan=True)


@settings(max_examples=200)
@given(trees())
def test_latex_is_read_back(tree: Expr) -> None:
    assert same(read_back(latex(tree)), tree)


@settings(max_examples=200)
@given(trees())
def test_text_is_read_back(tree: Expr) -> None:
    assert same(read_back(text(tree)), tree)


@settings(max_examples=100)
@given(trees())
def test_what_was_read_is_printed_the_same_again(tree: Expr) -> None:
    once = read_back(latex(tree))
    assert read_back(latex(once)) == once


@pytest.mark.parametrize("show", [latex, text])
def test_a_power_and_an_entry_of_a_vector_with_a_step_are_told_apart(show: object) -> None:
    assert callable(show)
    state = Symbol("s", (Symbol("t"),))
    for tree in (Power(state, whole(2)), Entry(state, (whole(2),))):
        assert read_back(show(tree)) == tree
