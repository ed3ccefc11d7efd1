from __future__ import annotations

import pytest

from symbolic_bptt.notation.names.written import written
from tests.notation.names.documents import parse

PIECES = (
    ("a_{b,t}", [("_", "", "b"), ("_", "", "t")]),
    ("h^{(t)}", [("^", "(", "t")]),
    (r"h^{(t)^\top}", [("^", "(", "t"), ("^", "", r"\top")]),
    (r"h^{(t)\top}", [("^", "(", "t"), ("^", "", r"\top")]),
    (r"x^{t\top}", [("^", "", "t"), ("^", "", r"\top")]),
    (r"W^{-\top}", [("^", "", r"-\top")]),
    (r"a^{[l]\langle t\rangle}", [("^", "[", "l"), ("^", r"\langle", "t")]),
    ("W_{h[i,j]}", [("_", "", "h"), ("_", "[", "i"), ("_", "[", "j")]),
    ("V''", [("'", "", "''")]),
    ("V^{'}", [("'", "", "'")]),
    ("a_{{b,t}}", [("_", "", "b"), ("_", "", "t")]),
    ("a_{t,}", [("_", "", "t"), ("_", "", "")]),
    (r"\hat{y_t}", [("_", "", "t")]),
    ("a_{}^{}", []),
)


@pytest.mark.parametrize(("text", "slots"), PIECES)
def test_scripts_fall_apart(text: str, slots: list[tuple[str, str, str]]) -> None:
    name = written(parse(text))
    assert name is not None
    assert [piece.slot for piece in name.pieces] == slots


@pytest.mark.parametrize("text", ["a b", "(a + b)_i", r"\sum_t", "2", r"\frac ab", ""])
def test_what_is_no_name(text: str) -> None:
    assert written(parse(text)) is None


def test_braces_and_brackets_are_layers() -> None:
    name = written(parse("{(W_{hh}^T)}_{ij}"))
    assert name is not None
    assert [(p.layer, p.closed) for p in name.pieces] == [(0, False), (0, False), (2, True)]


def test_an_accent_over_scripts_belongs_to_the_base() -> None:
    inside, outside = written(parse(r"\hat{y_t}")), written(parse(r"\hat y_t"))
    assert inside is not None
    assert inside == outside
