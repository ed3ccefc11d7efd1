"""Columns line up in a terminal, whatever accents their cells carry."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.printer import text
from symbolic_bptt.notation.tree import Symbol
from symbolic_bptt.render.table import display_width, markdown_table, plain_table


@pytest.mark.parametrize("name", [r"\hat y", r"\tilde c", r"\bar x", r"\dot s", r"\hat c"])
def test_an_accented_letter_takes_one_column(name: str) -> None:
    assert display_width(text(Symbol(name))) == 1


def test_columns_begin_at_the_same_place() -> None:
    table = plain_table(("symbol", "shape"), [("c̃_t", "n"), ("ŷ_t", "K"), ("W_{hh}", "n x n")])
    lines = table.split("\n")
    places = [
        display_width(line) - display_width(shape)
        for line, shape in zip(lines, ["shape", "n", "K", "n x n"], strict=True)
    ]
    assert set(places) == {8}


def test_a_wide_character_takes_two_columns() -> None:
    assert display_width("中") == 2


def test_no_line_ends_in_a_space() -> None:
    assert plain_table(("", ""), [("a", ""), ("bb", "c")]) == "a\nbb  c"


def test_a_bar_in_a_cell_does_not_end_it() -> None:
    assert markdown_table(("a",), [("x|y",)]).endswith(r"| x\|y |")
