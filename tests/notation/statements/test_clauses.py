r"""Clauses behind, before and without a statement, in eight languages."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.statements.branches import condition_of
from symbolic_bptt.notation.statements.statement import Clause, Otherwise
from tests.notation.statements.reading import chains, limits, read, tree


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (r"(t = 1, \dots, T)", "t in 1..T"),
        (r", t \le T", "t in ..T"),
        (r"\text{ for } t = 1..T", "t in 1..T"),
        (r"\forall t", "all t in .."),
        (r"\forall t, k \le t", "all t in ..; k in ..t"),
        (r", 1 \le k \le t \le T", "t in 1..T; k in 1..t"),
        (r", 1 \le k < t \le T", "t in 1..T; k in 1..<t"),
        (r", T \ge t > k \ge 1", "t in 1..T; k in 1..<t"),
        (r", t \in \{1, \dots, T\}", "t in 1..T"),
        (r", t \in \{1, 3\}", "t in {1,3}"),
        (r", t \in [1, T)", "t in 1..<T"),
        (r", k < t", "k in ..<t"),
        (r", j \ne i", "j in .. not i"),
        (r", j \le n, j \ne i", "j in ..n not i"),
        (r", t = T, T-1, \dots, 1", "t in T..1"),
        (r", t = 0, 1, 2, \dots", "t in 0.."),
        (r" \quad [t=2]", "t in {2}"),
        (r", i, j = 1, \dots, n", "i in 1..n; j in 1..n"),
        (r", 1 \le i, j \le n", "i in 1..n; j in 1..n"),
        (r", t - k > 3", "t-k > 3"),
        (r"\quad (t \bmod 2 = 0)", r"t\bmod2 = 0"),
        (r"\text{ for } t \text{ from } 1 \text{ to } T", "t in 1..T"),
        (r"\text{ for all t}", "all t in .."),
        (r"\text{ for each time step } t", "all t in .."),
        (r"\text{ if } T = 1", "T in {1}"),
        (r", x_t \in \mathbb R^n", r"x_t in \mathbb R^n"),
        (r"\text{ für alle } t < T", "all t in ..<T"),
        (r"\text{ falls } t = T", "t in {T}"),
        (r"\text{ pour tout } t", "all t in .."),
        (r"\text{ si } t = T", "t in {T}"),
        (r"\text{ para todo } t \text{ y } k \le t", "all t in ..; k in ..t"),
        (r"\text{ 对于所有 } t", "all t in .."),
        (r"\text{ 当 } t = T \text{ 时}", "t in {T}"),
        (r"\text{ すべての } t \text{ に対して}", "all t in .."),
        (r"\quad t = T \text{ の場合}", "t in {T}"),
        (r"\text{ 모든 } t \text{ 에 대해}", "all t in .."),
        (r"\quad t = T \text{ 일 때}", "t in {T}"),
    ],
)
def test_a_clause_behind_a_statement(written: str, expected: str) -> None:
    assert chains(f"a_t = b_t {written}") == [f"a_t = b_t | {expected}"]


@pytest.mark.parametrize(
    "before", [r"\forall t < T:", r"\text{For } t < T, \text{ we have }", r"\text{If } t < T,"]
)
def test_a_clause_before_its_statement(before: str) -> None:
    (only,) = read(f"{before} a_t = b_t").statements
    assert limits(only.clauses[0]).removeprefix("all ") == "t in ..<T"


@pytest.mark.parametrize("text", ["t = 3", "T = 2", "n = 2 m", r"1 \le k \le t", "(t < T)"])
def test_a_clause_alone_is_never_dropped(text: str) -> None:
    found = read(text)
    assert len(found.clauses_alone) == 1
    assert not found.statements
    assert not found.leftovers


def test_a_clause_alone_can_be_taken_for_a_claim() -> None:
    (alone,) = read("n = 2 m").clauses_alone
    assert alone.statement is not None
    assert len(alone.statement.operands) == 2


@pytest.mark.parametrize("text", ["A = W", "m_t = 1", "E = 0", "i E = 2 E", "b_1 = 1", "L = E"])
def test_a_claim_about_quantities_is_no_clause(text: str) -> None:
    assert len(read(text).statements) == 1
    assert len(read(f"a = b, {text}").statements) == 2


def test_a_clause_holds_for_all_before_it_that_have_its_letter() -> None:
    assert chains("a_t = b, c = d, e_t = f, t < T") == [
        "a_t = b | t in ..<T",
        "c = d",
        "e_t = f | t in ..<T",
    ]


def test_a_clause_closes_what_stands_before_it() -> None:
    assert chains(r"a_t = b \; (t < T), \; c_t = d \; (t = T)") == [
        "a_t = b | t in ..<T",
        "c_t = d | t in {T}",
    ]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("t = T", "t in {T}"),
        (r"\text{if } t < T,", "t in ..<T"),
        (r"z > 0", "z > 0"),
        (r"\text{if } z_t \le 0 \text{ and } t > 1", r"t in 1<..; z_t \le 0"),
        (r"\text{if $i \neq j$}", "i in .. not j"),
        (r"0 \le z \le 1", r"0 \le z; z \le 1"),
    ],
)
def test_the_condition_of_a_branch(cell: str, expected: str) -> None:
    found = condition_of(tree(cell))
    assert isinstance(found, Clause)
    assert limits(found) == expected


@pytest.mark.parametrize(
    "word", ["otherwise", "else", "sonst.", "sinon", "否则", "それ以外", "그 외", "en otro caso"]
)
def test_the_other_branch(word: str) -> None:
    assert isinstance(condition_of(tree(rf"\text{{{word}}}")), Otherwise)


@pytest.mark.parametrize("cell", ["", r"x \text{ is large}", "x", r"t = 1 \text{ or } t = T"])
def test_a_condition_that_is_none_says_why(cell: str) -> None:
    assert isinstance(condition_of(tree(cell)), str)
