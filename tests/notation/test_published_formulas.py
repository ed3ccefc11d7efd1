"""Formulas as books, courses, forums and students wrote them: all are read, and read back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from symbolic_bptt.notation.errors import NotationError
from symbolic_bptt.notation.parser import parse_statement
from symbolic_bptt.notation.printer import latex
from symbolic_bptt.notation.vocabulary import Vocabulary

DATA = json.loads((Path(__file__).parent / "data" / "formulas.json").read_text("utf-8"))
SIZES = frozenset({"n", "m", "K"})


def vocabulary(source: str) -> Vocabulary:
    """The functions of the source: one text's f has three arguments, the others' has one."""
    f = 3 if source.startswith("d2l") else 1
    return Vocabulary(functions={"f": f, "g": 2, "l": 2}, sizes=SIZES)


@pytest.mark.parametrize("source", DATA["formulas"])
def test_a_published_formula_is_read(source: str) -> None:
    names = vocabulary(source)
    tree = parse_statement(DATA["formulas"][source], names)
    assert latex(parse_statement(latex(tree), names)) == latex(tree)


@pytest.mark.parametrize("source", DATA["not formulas"])
def test_words_lists_and_dots_are_refused(source: str) -> None:
    with pytest.raises(NotationError):
        parse_statement(DATA["not formulas"][source], vocabulary(source))
