r"""Rows: which are statements of their own, which go on with the one above."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.statements.account import account
from symbolic_bptt.notation.statements.reader import statements
from tests.notation.statements.reading import chain, chains, read, tree

A = r"\begin{align}%s\end{align}"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (r"a &= b \\ c &= d", ["a = b", "c = d"]),
        (r"a &= b \\ &= c", ["a = b = c"]),
        (r"a &= b \\ &\quad + c \tag{1} \\ d &= e", ["a = b+c", "d = e"]),
        (r"a &= b \\ &- c", ["a = b-c"]),
        (r"a &= b \\ -c &= d", ["a = b", "-c = d"]),
        (r"a &= b \\ &\quad + c \\ &= d", ["a = b+c = d"]),
        (r"a &= b \\ &\quad + c \\ &\quad + d \\ &= e \\ f &= g", ["a = b+c+d = e", "f = g"]),
        (r"a &= b \\ &\qquad - c \\ &\quad = d", ["a = b-c = d"]),
        (r"a &= b \\ &c \\ &\quad = d", ["a = b", "c = d"]),
        (r"a &= b \\ &\quad c \\ &= d", ["a = bc = d"]),
        (r"a &= b \\ &- c = d", ["a = b-c = d"]),
        (r"a &= b \\ c", ["a = bc"]),
        (r"a &= b + \\ & c", ["a = b+c"]),
        (r"E &= a & E_t &= b", ["E = a", "E_t = b"]),
        (r"a &= b &&\text{(chain rule)} \\ &= c", ["a = b = c"]),
        (r"a_t &= b, & t &= 1, \dots, T", ["a_t = b | t in 1..T"]),
        (r"a_t &= b \\ & t = 1, \dots, T", ["a_t = b | t in 1..T"]),
        (r"a_t &= b \\ \text{for } t &< T", ["a_t = b | t in ..<T"]),
        (r"a &= \left( b \right. \\ &\left. + c \right) \\ d &= e", None),
        (r"a &= b,\\ \intertext{and anything at all} c &= d.", ["a = b", "c = d"]),
        (r"a &= b \\ &\text{where } c = d", ["a = b", "c = d"]),
        (r"\begin{split} a &= b \\ &= c \end{split} \label{x}", ["a = b = c"]),
    ],
)
def test_rows(rows: str, expected: list[str] | None) -> None:
    found = chains(A % rows)
    assert len(found) == 2 if expected is None else found == expected


@pytest.mark.parametrize(
    "text",
    [
        r"\begin{cases} a = b \\ c = d \end{cases}",
        r"\left\{ \begin{array}{rcl} a &=& b \\ c &=& d \end{array} \right.",
        r"\left\{ \begin{aligned} a &= b \\ c &= d \end{aligned} \right.",
        r"(S) \left\{ \begin{aligned} a &= b \\ c &= d \end{aligned} \right.",
        r"\begin{eqnarray} a &=& b \\ c &=& d \end{eqnarray}",
        r"\begin{IEEEeqnarray}{rCl} a &=& b \\ c &=& d \end{IEEEeqnarray}",
        r"\begin{gather} a = b \\ c = d \end{gather}",
        r"\boxed{\begin{aligned} a &= b \\ c &= d \end{aligned}}",
        r"a = b \\ c = d",
    ],
)
def test_systems_of_two_equations(text: str) -> None:
    assert chains(text) == ["a = b", "c = d"]


def test_a_clause_behind_a_block_holds_for_all_of_it() -> None:
    text = r"\begin{aligned} a_t &= b \\ c_t &= d \end{aligned} \qquad \forall t \le T"
    assert chains(text) == ["a_t = b | all t in ..T", "c_t = d | all t in ..T"]


def test_a_bare_value_in_a_row_is_a_clause_of_its_own() -> None:
    found = read(r"\begin{gather} E = E_1 \\ T = 1 \end{gather}")
    assert (len(found.statements), len(found.clauses_alone)) == (1, 1)


@pytest.mark.parametrize(
    "value", [r"\begin{cases} 1 & t = T \\ 0 & t < T \end{cases}", r"\begin{matrix} 1 \end{matrix}"]
)
def test_a_value_of_several_rows_is_one_operand(value: str) -> None:
    (only,) = read(f"a_t = {value}").statements
    assert len(only.operands[1].items) == 1


def test_multline_is_one_statement() -> None:
    assert chains(r"\begin{multline} a = b \\ + c \\ - d = e \end{multline}") == ["a = b+c-d = e"]


def test_lines_of_plain_text_go_on_like_rows() -> None:
    lines = [tree(line) for line in ("E = E + 1", "-1", "-E_t = y", "= z")]
    found = statements(*lines)
    assert [chain(one) for one in found.statements] == ["E = E+1-1", "-E_t = y = z"]
    assert not any(account(line, found) for line in lines)


def test_prose_between_lines_of_plain_text_stays_apart() -> None:
    found = statements(*(tree(line) for line in ("E = a", "Tom K", "+ b", "c = d")))
    assert [chain(one) for one in found.statements] == ["E = a", "c = d"]
    assert len(found.leftovers) == 1


def test_dots_in_a_row_of_their_own_are_a_leftover() -> None:
    found = read(A % r"a_1 &= b_1 \\ &\vdots \\ a_T &= b_T")
    assert len(found.statements) == 2
    assert "dots" in found.leftovers[0].why
