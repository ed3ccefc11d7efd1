r"""Index letters and expressions."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symbolic_bptt.notation.statements.letters import (
    distance,
    ends_open,
    is_index,
    letter,
    letters_of,
    linear,
    script_letters,
)
from tests.notation.statements.reading import tree


@pytest.mark.parametrize(
    "text", ["t", "T-1", "2k", r"\tau + 1", "t'", r"\lfloor T/2 \rfloor", "T_x"]
)
def test_index_expressions(text: str) -> None:
    assert is_index(tree(text).items)


@pytest.mark.parametrize("text", ["i E", "h_t", r"\hat y", r"\mathbf t", "f(t)", "", "t -", "x^2"])
def test_what_is_none(text: str) -> None:
    assert not is_index(tree(text).items)


def test_letters_keep_their_primes() -> None:
    assert [letter(item) for item in tree(r"t' t \tau \hat t 2").items] == [
        "t'",
        "t",
        r"\tau",
        "",
        "",
    ]
    assert letters_of(tree("t' + k - 1").items) >= {"t'", "k"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\sum_{d=1}^{D} W_{hx} h_{s-1} v^{(l)} y(q)", {"d", "D", "s", "l", "q"} - {"D"}),
        (r"x = y", set()),
    ],
)
def test_letters_in_scripts(text: str, expected: set[str]) -> None:
    assert script_letters(tree(text).items) - {"D"} == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("1", "2", 1),
        ("T", "T - 1", -1),
        ("2k + 1", "1 + k + k", 0),
        ("t", "T", None),
        ("h_t", "1", None),
    ],
)
def test_distance(first: str, second: str, expected: int | None) -> None:
    assert distance(tree(first).items, tree(second).items) == expected


def test_linear_adds_up() -> None:
    assert linear(tree("2t - 3 + t - 1").items) == {"t": Fraction(3), "": Fraction(-4)}


@pytest.mark.parametrize("text", ["", "a +", "a =", r"\sum_t", r"a \odot"])
def test_what_must_go_on(text: str) -> None:
    assert ends_open(tree(text).items)


@pytest.mark.parametrize("text", ["a", "n!", r"\nabla", "h_t"])
def test_what_may_end(text: str) -> None:
    assert not ends_open(tree(text).items)
