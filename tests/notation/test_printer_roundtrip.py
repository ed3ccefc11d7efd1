"""Printing a tree and parsing what was printed gives the same tree."""

from __future__ import annotations

from hypothesis import given, settings

from symbolic_bptt.notation.extract import formulas
from symbolic_bptt.notation.parser import parse_expression, parse_statement
from symbolic_bptt.notation.printer import break_lines, latex, text
from symbolic_bptt.notation.source import Source
from symbolic_bptt.notation.tree import Entry, Expr, Power, Statement, Symbol
from tests.strategies import VOCABULARY, expressions, statements


@settings(max_examples=200)
@given(expressions())
def test_latex_is_read_back(expression: Expr) -> None:
    assert parse_expression(latex(expression), VOCABULARY, "latex") == expression


@settings(max_examples=200)
@given(expressions())
def test_text_is_read_back(expression: Expr) -> None:
    assert parse_expression(text(expression), VOCABULARY, "plain") == expression


@given(statements())
def test_statements_are_read_back(statement: Statement) -> None:
    assert parse_statement(latex(statement), VOCABULARY, "latex") == statement
    assert parse_statement(text(statement), VOCABULARY, "plain") == statement


@given(statements(max_leaves=30))
def test_broken_lines_are_read_back_from_a_document(statement: Statement) -> None:
    found = formulas(Source(break_lines(statement)), "tex")
    assert found.problems == ()
    assert [formula.parse(VOCABULARY) for formula in found.formulas] == [statement]


def test_a_power_and_an_entry_of_a_vector_with_a_step_are_told_apart() -> None:
    step, letter = Symbol("t"), Symbol("k")
    state = Symbol("s", (step,))
    for tree in (Power(state, letter), Entry(state, (letter,))):
        assert parse_expression(latex(tree), VOCABULARY, "latex") == tree
        assert parse_expression(text(tree), VOCABULARY, "plain") == tree
