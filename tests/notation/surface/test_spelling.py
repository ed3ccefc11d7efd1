"""Canonical spellings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from symbolic_bptt.notation.surface.commands import FUNCTIONS, OPERATOR_NAMES
from symbolic_bptt.notation.surface.nodes import Words
from symbolic_bptt.notation.surface.spelling import (
    CONNECTIVES,
    PLAIN_CONNECTIVES,
    accented,
    is_connective,
    is_name,
    spelled,
    upright_name,
)


def test_a_spelling_is_as_plain_as_it_can_be() -> None:
    assert spelled("x") == "x"
    assert spelled("net") == r"\mathrm{net}"
    assert spelled("tanh") == r"\tanh"
    assert spelled("softmax") == r"\operatorname{softmax}"
    assert accented(r"\hat", "y") == r"\hat y"
    assert accented(r"\hat", r"\delta") == r"\hat \delta"
    assert accented(r"\hat", r"\bar y") == r"\hat{\bar y}"


@given(st.text("abcxyz0123", min_size=1), st.text("abcxyz0123", min_size=1))
def test_spelling_is_injective(one: str, other: str) -> None:
    assert (spelled(one) == spelled(other)) == (one == other)


def test_no_function_is_a_word_between_formulas() -> None:
    assert not CONNECTIVES & (FUNCTIONS | OPERATOR_NAMES)
    assert all(len(word) > 1 for word in PLAIN_CONNECTIVES)


def test_what_may_be_a_name() -> None:
    assert is_name("net")
    assert is_name("pre-act")
    assert not is_name("w.r.t.")
    assert not is_name("2nd")
    assert is_connective("Where,")
    assert upright_name(Words("s.t.")) is None
