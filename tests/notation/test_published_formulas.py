"""Formulas as books, courses, forums and students wrote them: all are read whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.model import load_model
from symbolic_bptt.notation.displays import Display, read_text
from symbolic_bptt.notation.source import Source

MODEL = load_model("elman")
DATA = json.loads((Path(__file__).parent / "data" / "formulas.json").read_text("utf-8"))


def read(formula: str) -> Display:
    (display,) = read_text(Source(rf"\[{formula}\]"), "tex").displays
    return display


def is_read(display: Display) -> bool:
    """Whether every part of it has a place, and no statement is left unread."""
    said = display.read
    unread = [one for one in said.statements if one.unread]
    return not (display.problems or unread or [one for one in said.leftovers if not one.mention])


@pytest.mark.parametrize("source", DATA["formulas"])
def test_a_published_formula_is_read(source: str) -> None:
    assert is_read(read(DATA["formulas"][source]))


@pytest.mark.parametrize("source", DATA["not formulas"])
def test_words_lists_and_dots_are_no_value_of_the_loss(source: str) -> None:
    first, *_ = check_text(MODEL, rf"\[E = {DATA['not formulas'][source]}\]", "tex").claims
    assert first.verdict in ("unreadable", "undefined", "ill-shaped")
