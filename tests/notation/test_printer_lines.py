"""Long equations are broken so that no line is wider than the column."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from symbolic_bptt.notation.printer import align, break_lines, latex
from symbolic_bptt.notation.printer.widths import width
from symbolic_bptt.notation.tree import (
    Add,
    BigOperator,
    Call,
    Derivative,
    Expr,
    Matrix,
    Number,
    Operation,
    Product,
    Quotient,
    Range,
    Statement,
    Symbol,
    Transpose,
    walk,
)
from tests.strategies import expressions, statements
from tests.tex import complaints, log_of

Tool = Callable[[str], str]

COLUMN = 345.0


def rows(block: str) -> list[str]:
    """The lines of an align block, without its frame."""
    return [row.removesuffix(r" \\") for row in block.split("\n")[1:-1]]


def terms(count: int, name: str = "a") -> Expr:
    numbered = (Number(Fraction(index)) for index in range(count))
    return Add(tuple(Product((Symbol(name, (step,)), Symbol("b", (step,)))) for step in numbered))


def equation(body: Expr, left: Expr | None = None) -> Statement:
    return Statement((left or Symbol("x"), body), ("=",))


def without_layout(text: str) -> str:
    """What only sets the page is dropped, and brackets have one size."""
    return re.sub(r"\\(left|right|Bigl|Bigr|quad)(?![a-zA-Z])|[\s&]", "", text)


def test_a_short_equation_stays_on_its_line() -> None:
    block = break_lines(equation(terms(3)))
    assert block == "\\begin{align*}\nx &= a_0 b_0 + a_1 b_1 + a_2 b_2\n\\end{align*}"


def test_a_long_sum_is_broken_before_its_signs() -> None:
    first, *others = rows(break_lines(equation(terms(30))))
    assert first.startswith("x &= a_0 b_0 + ")
    assert others
    assert all(row.startswith(r"&\quad + ") for row in others)


def test_brackets_that_are_parted_have_a_size_of_their_own() -> None:
    wide = Product((Add((terms(14), Quotient(Symbol("a"), Symbol("b")))), Symbol("c")))
    block = break_lines(equation(wide))
    assert r"\Bigl(" in block
    assert r"\Bigr)" in block
    for row in rows(block):
        assert row.count(r"\left") == row.count(r"\right")


def test_a_fraction_wider_than_the_column_is_written_with_a_slash() -> None:
    block = break_lines(equation(Quotient(terms(20), terms(20, "c"))))
    assert r"\frac" not in block
    assert ") / (" in block.replace("\n", " ")


def test_each_relation_of_a_long_chain_has_its_row() -> None:
    chain = Statement((Symbol("x"), terms(12), terms(12), terms(2)), ("=",) * 3)
    assert [row[:4] for row in rows(break_lines(chain)) if "&=" in row] == ["x &=", "&= a", "&= a"]


def test_equations_in_one_block_share_their_alignment() -> None:
    block = align([equation(terms(2)), equation(terms(2), Symbol("y"))])
    assert rows(block) == ["x &= a_0 b_0 + a_1 b_1", "y &= a_0 b_0 + a_1 b_1"]


def has(statement: Statement, *names: str) -> bool:
    return any(type(node).__name__ in names for node in walk(statement))


@settings(max_examples=40, suppress_health_check=[HealthCheck.filter_too_much])
@given(statements(max_leaves=20).filter(lambda each: not has(each, "Quotient", "Matrix")))
def test_breaking_changes_nothing_but_the_layout(statement: Statement) -> None:
    broken = "".join(rows(break_lines(statement)))
    assert without_layout(broken) == without_layout(latex(statement))


def breakable(statement: Statement) -> bool:
    """Cases and scripts are the pieces that no break divides."""
    return not has(statement, "Cases", "Power")


def test_a_matrix_wider_than_the_column_is_written_on_the_line() -> None:
    wide = Matrix(((terms(9), terms(2)), (terms(2), terms(9))))
    block = break_lines(equation(wide))
    assert "bmatrix" not in block
    assert r"\begin{bmatrix}" in break_lines(equation(Matrix(((terms(2), terms(2)),))))


@settings(max_examples=40, suppress_health_check=[HealthCheck.filter_too_much])
@given(statements(max_leaves=30).filter(breakable))
def test_no_row_is_estimated_wider_than_the_column(statement: Statement) -> None:
    for row in rows(break_lines(statement)):
        assert width(row.replace("&", "")) <= COLUMN


def model_like(state: str, count: int) -> Statement:
    """∂E/∂W = Σ_t (δ_t ⊙ (… long …)) s_{t-1}ᵀ"""
    long = Add(tuple(Call("tanh", (terms(3, name),)) for name in "acdfghk"[:count]))
    masked = Operation("hadamard", Symbol(r"\delta", (Symbol("t"),)), long)
    span = Range("t", Number(Fraction(1)), Symbol("T"))
    body = BigOperator("sum", (span,), Product((masked, Transpose(Symbol(state)))))
    return equation(body, Derivative("partial", Symbol("E"), Symbol("W")))


def test_tex_finds_no_line_too_wide(tool: Tool, tmp_path: Path) -> None:
    blocks = [
        align([equation(terms(count)), model_like("s", count % 7 + 1)]) for count in range(2, 40, 3)
    ]
    fractions = [Quotient(terms(count), terms(count, "W")) for count in (3, 9, 30)]
    blocks += [break_lines(equation(fraction)) for fraction in fractions]
    assert complaints(log_of(tool, tmp_path, "\n\n".join(blocks))) == []


def test_tex_finds_no_line_of_random_equations_too_wide(tool: Tool, tmp_path: Path) -> None:
    drawn: list[Statement] = []

    @settings(max_examples=100, database=None, suppress_health_check=[HealthCheck.filter_too_much])
    @given(statements(max_leaves=25).filter(breakable))
    def draw(statement: Statement) -> None:
        drawn.append(statement)

    draw()
    log = log_of(tool, tmp_path, "\n\n".join(map(break_lines, drawn)))
    assert complaints(log) == []


def test_the_estimate_is_no_less_than_what_tex_measures(tool: Tool, tmp_path: Path) -> None:
    drawn: list[Expr] = []

    @settings(max_examples=100, database=None)
    @given(expressions(max_leaves=6))
    def draw(expression: Expr) -> None:
        drawn.append(expression)

    draw()
    body = "\n".join(
        rf"\setbox0\hbox{{$\displaystyle {latex(expression)}$}}\message{{^^JWIDTH \the\wd0 ^^J}}"
        for expression in drawn
    )
    found = re.findall(r"WIDTH ([\d.]+)pt", log_of(tool, tmp_path, body))
    measured = [float(points) for points in found]
    assert len(measured) == len(drawn)
    for expression, points in zip(drawn, measured, strict=True):
        assert width(latex(expression)) >= points - 1.0, latex(expression)


@pytest.mark.parametrize(
    ("written", "points"),
    [("a + b", 21.8), (r"\frac{a}{b}", 7.7), (r"\sum_{t=1}^{T} a", 21.4), ("W^\\top", 17.6)],
)
def test_widths_are_those_of_computer_modern(written: str, points: float) -> None:
    assert points <= width(written) <= 1.25 * points
