r"""The radicand of a root sign: a bracket, or one number or name with its subscript."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.tokens.lexer import lex
from tests.notation.tokens.tiling import assert_tiled, shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("√x_t + 1", r"\sqrt { x _ t } + 1"),
        ("√x_{t+1}²", r"\sqrt { x _ { t + 1 } } ^ { 2 }"),
        ("√xₜ₋₁²", r"\sqrt { x _ { t - 1 } } ^ { 2 }"),
        ("√(a + (b))c", r"\sqrt { ( a + ( b ) ) } c"),
        ("√ [a] b", r"\sqrt { [ a ] } b"),
        ("√√x y", r"\sqrt { \sqrt { x } } y"),
        ("√ŷ y", r"\sqrt { \hat { y } } y"),
        ("√½", r"\sqrt { \frac { 1 } { 2 } }"),
        ("√δ_t δ", r"\sqrt { \delta _ t } \delta"),
        ("√{ab}c", r"\sqrt { { a b } } c"),
        ("√", r"\sqrt"),
        ("√ + 1", r"\sqrt + 1"),
        ("√(a", r"\sqrt ( a"),
        ("√x_", r"\sqrt { x _ }"),
        ("∜x", r"\sqrt [ 4 ] { x }"),
    ],
)
def test_radicand(text: str, expected: str) -> None:
    found = lex(text).tokens
    assert shown(found) == expected
    assert_tiled(found, 0, len(text))
