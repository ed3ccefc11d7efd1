r"""One line: lists, gaps, brackets, words, implications."""

from __future__ import annotations

import pytest

from tests.notation.statements.reading import chains, read, unread

T = r"t = 1, \dots, T"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = b = c", ["a = b = c"]),
        (r"a = b,\quad c = d", ["a = b", "c = d"]),
        ("a = b; c = d.", ["a = b", "c = d"]),
        (r"a = b \quad c = d", ["a = b", "c = d"]),
        (r"E \quad = 0", ["E = 0"]),
        (r"E = \quad \sum_t\quad E_t = \quad 0", [r"E = \sum_tE_t = 0"]),
        (r"\frac12\,a = b\;c", [r"\frac12a = bc"]),
        (r"i E = 2 E", ["iE = 2E"]),
        (r"(a = b)", ["a = b"]),
        (r"\left( a = b, \; t < T \right)", ["a = b | t in ..<T"]),
        (r"((a = b)), c = d", ["c = d", "a = b"][::-1]),
        (r"\boxed{a = b} \quad (t < T)", ["a = b | t in ..<T"]),
        (r"{\color{red} a = b}, c = d", ["a = b", "c = d"]),
        (r"a = \underbrace{b = c}_{x} + d", ["a = b = c+d"]),
        (r"\cancel{2} a = b", ["a = b"]),
        (r"a = b \Rightarrow c = d", ["a = b", "c = d"]),
        (r"\Rightarrow a = b", ["a = b"]),
        (r"a \Rightarrow b", [r"a \Rightarrow b"]),
        (r"a \approx b \propto c", [r"a \approx b \propto c"]),
        ("a = b = ?", ["a = b = ?"]),
        ("E = ...", ["E = ..."]),
        (r"z = [h, x]", ["z = [h,x]"]),
        (r"y = \mathbb 1[t < 5]", [r"y = \mathbb1[t<5]"]),
        (r"a = b \mid c", [r"a = b\mid c"]),
        (r"a = b \quad (3)", ["a = b"]),
        (r"(i) \quad a = b", ["a = b"]),
        (r"\text{Step 1: } a = b", ["a = b"]),
        (r"a = b \text{ (chain rule)}", ["a = b"]),
        (r"a_t = b_t for all t < T", ["a_t = b_t | all t in ..<T"]),
        (r"a = b + for_t", ["a = b+for_t"]),
    ],
)
def test_statements_of_a_line(text: str, expected: list[str]) -> None:
    assert chains(text) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2, E = E", "a list"),
        ("h_1, h_2 = 3", "a list"),
        ("a = b, c", "a list"),
        (r"5, \text{ and } x = 7", "a list"),
        (r"a \text{ and } b = 7", "a list"),
        ("1,000 E = E", "decimal comma"),
        ("0,5 E = E", "decimal comma"),
        ("1{,}000 E = E", "decimal comma"),
        ("= c", "nothing stands before"),
        ("a = b +", "nothing stands behind ‘+’"),
        ("a = = b", "nothing stands behind"),
        ("(E = 0", "no partner"),
        ("E = 0)", "no partner"),
        (r"\left( E = 0", "no partner"),
        (r"a = b \text{ where } y \text{ is one-hot}", "‘where … is one-hot’"),
        (r"a = b \text{ with high probability}", "‘with high probability’"),
        (r"a = b \text{ unless } t = T", "‘unless’"),
        (r"a_t = b_t \text{ for some } t", "‘for some’"),
        (r"a = b \text{ if } x_t > 0", "‘if’: a condition on indices"),
        (r"a = b \text{ otherwise}", "‘otherwise’"),
    ],
)
def test_what_is_not_understood_is_said(text: str, why: str) -> None:
    assert why in unread(text)


@pytest.mark.parametrize("text", [r"2 \quad E = E", r"W \qquad s_t = W s_t"])
def test_a_gap_before_a_statement_drops_nothing(text: str) -> None:
    (only,) = read(text).statements
    assert len(only.operands[0].items) == 2
    assert any("gap" in remark for remark in only.remarks)


def test_dots_between_statements_are_a_leftover() -> None:
    found = read(r"a = b, \dots, c = d")
    assert len(found.statements) == 2
    assert "dots" in found.leftovers[0].why


def test_where_supports_the_statement_before() -> None:
    first, second = read(r"a = e \text{ where } e = c").statements
    assert (first.supports, second.supports) == (False, True)


def test_a_relation_goes_on_from_the_display_above() -> None:
    above = read("a = b").statements[0]
    (only,) = read("= c", above).statements
    assert only.operands[0] == above.operands[-1]
    assert not only.unread


@pytest.mark.parametrize("text", ["W", "U, V, W", r"\frac{\partial E}{\partial W}"])
def test_a_mention_claims_nothing(text: str) -> None:
    (only,) = read(text).leftovers
    assert only.mention


def test_a_struck_out_part_is_told() -> None:
    assert "struck out" in read(r"\cancel{2} a = b").statements[0].remarks[0]


def test_mathematics_at_a_brace_is_told() -> None:
    assert "not judged" in read(r"a = \underbrace{b}_{= c}").statements[0].remarks[0]
    assert not read(r"a = \underbrace{b}_{\text{loss}}").statements[0].remarks
