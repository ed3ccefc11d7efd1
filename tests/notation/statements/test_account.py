"""Everything is accounted for, whatever stands there; and nothing grows faster than the text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbolic_bptt.notation.source import Source
from symbolic_bptt.notation.statements.account import account
from symbolic_bptt.notation.statements.reader import statements
from symbolic_bptt.notation.statements.statement import Piece, Read, written
from symbolic_bptt.notation.surface.nodes import Relation, Sequence
from symbolic_bptt.notation.surface.parser import surface
from symbolic_bptt.notation.tokens.lexer import tokens
from tests.notation.statements.reading import tree
from tests.notation.statements.toy import toy
from tests.work import calls_of

PIECES = (
    *("a", "E", "t", "T", "k", "h_t", "2", "0", "5", "=", "<", r"\le", r"\ne", r"\in", "+", "-"),
    *(",", ";", ".", ":", r"\quad", "&", r"\\", r"\forall ", r"\Rightarrow ", r"\dots ", "(", ")"),
    *(r"\,", r"\text{for all }", r"\text{where}", r"\text{zounds}", r"\text{(chain rule)}", "for "),
    *(
        r"\boxed{",
        "{",
        "}",
        r"\left(",
        r"\right)",
        "[",
        "]",
        r"\{",
        r"\}",
        r"\sum_t",
        r"\cancel{2}",
    ),
    *(r"\begin{aligned}", r"\end{aligned}", r"\begin{cases}", r"\end{cases}", r"\intertext{so}"),
    *(r"\underbrace{a}_{b}", r"\text{if $i=j$}", r"\mathbb R^n", r"\label{x}", " ", "'", "^"),
)
TOY = (
    *("a", "t", "T", "h_t", "1", "=", "<=", "!=", r"\in", "+", "-", ",", ";", ":", r"\quad", "&"),
    *(r"\\", r"\forall", "...", r"\,", "~for~", "~all~", "~where~", "~zounds~", "=>", "(", ")"),
    *("[", "]", r"\{", r"\}", "{", "}", "<<", ">>"),
)


@settings(max_examples=250, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_every_token_belongs_to_something(text: str) -> None:
    whole = tree(text)
    assert account(whole, statements(whole)) == ()


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(TOY), max_size=20).map(" ".join))
def test_every_token_of_a_toy_tree_belongs_to_something(text: str) -> None:
    whole = toy(text)
    assert account(whole, statements(whole)) == ()


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_no_relation_outside_brackets_vanishes(text: str) -> None:
    whole = tree(text)
    read = statements(whole)
    tokens_read = {id(token) for piece in _pieces(read) for token in piece.tokens}
    for item in whole.items:
        if isinstance(item, Relation) and item.sign != r"\Rightarrow":
            assert all(id(token) in tokens_read for token in written(item))


def _pieces(read: Read) -> tuple[Piece, ...]:
    return (*read.statements, *read.leftovers, *read.clauses_alone)


def test_the_account_finds_a_lost_operand() -> None:
    whole = tree("a = b + c")
    read = statements(whole)
    (only,) = read.statements
    short = Sequence(only.operands[1].items[:1])
    lost = replace(read, statements=(replace(only, operands=(only.operands[0], short)),))
    assert [token.value for token in account(whole, lost)] == ["+", "c"]


@pytest.mark.parametrize(
    ("head", "body", "tail"),
    [
        ("a=b", ",t", ""),
        (r"\begin{align}a=b", "& t", r"\end{align}"),
        (r"\begin{align}a=b", r"\\+c", r"\end{align}"),
        ("a=b", r",t<T,c=d", ""),
        ("", r"\sum_t\quad ", "=0"),
        ("a=b", r"\Rightarrow a=b", ""),
        (r"a=b, t \in \{", "1,", r"T\}"),
        (r"a=b \text{", "对于所有 ", "}"),
    ],
)
def test_eight_times_the_text_takes_about_eight_times_the_work(
    head: str, body: str, tail: str
) -> None:
    def work(count: int) -> int:
        text = head + body * count + tail
        whole = surface(tokens(text), Source(text)).tree
        return calls_of(lambda: statements(whole))

    assert work(240) < 16 * work(30) + 500


def test_nested_brackets_do_not_recurse_without_end() -> None:
    whole = tree("(" * 300 + "a = b" + ")" * 300)
    assert account(whole, statements(whole)) == ()
