"""Equality is of the mathematics as written, not of places and blanks."""

from __future__ import annotations

from symbolic_bptt.notation.surface.nodes import meaningful
from tests.notation.surface.reading import read


def test_blanks_and_other_spellings_do_not_count() -> None:
    assert read(r"\frac{a}{b} + \hat{y}").tree == read(r"\dfrac ab+\widehat y").tree
    assert read("x_{t}").tree == read("x _ t").tree


def test_places() -> None:
    tree = read("  a + b_t ").tree
    assert (tree.start, tree.end) == (2, 9)
    assert (tree.items[2].start, tree.items[2].end) == (6, 9)


def test_meaningful_leaves_out_spacing() -> None:
    assert len(meaningful(read(r"a \, b \label{x}").tree)) == 2
