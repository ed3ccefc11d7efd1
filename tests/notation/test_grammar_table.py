"""The finished table of the grammar is that of the grammar as it stands."""

from __future__ import annotations

import json
from importlib.resources import files

import lark
import pytest

from symbolic_bptt.notation import grammar


def resource(name: str) -> str:
    return (files("symbolic_bptt.notation") / name).read_text("utf-8")


def test_the_table_is_up_to_date() -> None:
    table = json.loads(resource("grammar.json"))
    if table["lark"] != lark.__version__:
        pytest.skip("the table was made with another version of lark, and is not used")
    message = "run python scripts/grammar_table.py"
    assert table["digest"] == grammar.digest(resource("grammar.lark")), message


def test_table_and_grammar_read_alike() -> None:
    formula = r"\frac{\partial E}{\partial W} = \sum_{t=1}^{T} -\hat y_{t,k} [a; b]^\top"
    slow = grammar.worked_out(resource("grammar.lark"))
    assert grammar.parser().parse(formula, start="statement") == slow.parse(
        formula, start="statement"
    )
