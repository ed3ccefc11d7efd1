r"""Pairs of brackets: the strong ones first, each opening closed once, each fault told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbolic_bptt.notation.surface.pairs import environment_name, pairing
from symbolic_bptt.notation.tokens.token import Token


def signs(*values: str) -> list[Token]:
    return [Token("sign", value, place, place + 1) for place, value in enumerate(values)]


def faults(*values: str) -> list[str]:
    return [fault.message for fault in pairing(signs(*values)).faults]


BALANCED = st.recursive(
    st.just(("x",)),
    lambda inner: st.one_of(
        st.tuples(
            st.sampled_from((("(", ")"), ("[", "]"), ("{", "}"), (r"\langle", r"\rangle"))), inner
        ).map(lambda pair: (pair[0][0], *pair[1], pair[0][1])),
        st.tuples(inner, inner).map(lambda pair: (*pair[0], *pair[1])),
    ),
    max_leaves=12,
)


@given(BALANCED)
def test_balanced_brackets_are_paired_as_a_stack_does(values: tuple[str, ...]) -> None:
    stack, wanted = [], {}
    for place, value in enumerate(values):
        if value in ("(", "[", "{", r"\langle"):
            stack.append(place)
        elif value != "x":
            wanted[stack.pop()] = place
    found = pairing(signs(*values))
    assert found.partner == wanted
    assert found.faults == []


@given(st.lists(st.sampled_from(("(", ")", "[", "]", "{", "}", ",", "x", r"\left", r"\right"))))
def test_every_bracket_is_paired_once_or_told(values: list[str]) -> None:
    found = pairing(signs(*values))
    paired = [*found.partner, *found.partner.values()]
    assert len(set(paired)) == len(paired)
    told = {fault.index for fault in found.faults}
    behind = {place + 1 for place, value in enumerate(values) if value in (r"\left", r"\right")}
    for place, value in enumerate(values):
        if value not in (",", "x") and place not in behind:
            assert place in paired or place in told


@given(BALANCED, st.data())
def test_pairs_do_not_cross(values: tuple[str, ...], data: st.DataObject) -> None:
    broken = list(values)
    del broken[data.draw(st.integers(0, len(broken) - 1))]
    pairs = sorted(pairing(signs(*broken)).partner.items())
    for opening, closing in pairs:
        for other, end in pairs:
            assert not opening < other < closing < end


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        (("(", "x", "]"), ["( is closed by ']' instead of )"]),
        (("(", "x"), ["( is never closed"]),
        (("x", ")"), [") closes nothing"]),
        (("{", "(", "}", ")"), ["( is never closed", ") closes nothing"]),
        (("x", "}"), ["} closes nothing"]),
        ((r"\right", ")"), [r"\right closes nothing"]),
        ((r"\left", "(", "x"), [r"\left( is never closed"]),
        (("x", "$"), ["a dollar sign inside a formula"]),
        ((r"\begin", "{", "a", "}"), [r"\begin{a} is never closed"]),
        ((r"\end", "{", "a", "}"), [r"\end{a} closes nothing"]),
        (
            (r"\begin", "{", "a", "}", r"\end", "{", "b", "}"),
            [r"\begin{a} is closed by \end{b}"],
        ),
        (("(", "x", ",", "y", "]"), []),
        ((r"\text", "{", "(", "}"), []),
    ],
)
def test_faults(values: tuple[str, ...], wanted: list[str]) -> None:
    assert faults(*values) == wanted


def test_the_name_of_an_environment() -> None:
    tokens = signs(r"\begin", "{", "a", "b", "*", "}", "x")
    assert environment_name(tokens, 0) == ("ab*", 6)
    assert environment_name(tokens[:3], 0) == ("", 1)
