"""Ones are as long as their place needs: the length follows from what they stand beside."""

from __future__ import annotations

import pytest

from symbolic_bptt.model.given import type_of
from symbolic_bptt.notation.elaboration.lower import lowered
from symbolic_bptt.notation.printer import text
from symbolic_bptt.notation.shape_of import shape_of
from symbolic_bptt.notation.sizes import Shape, Size
from symbolic_bptt.notation.tree import Expr, Symbol
from tests.notation.elaboration.terms import meant

N, M = Size.letter("n"), Size.letter("m")
SHAPES = {
    "a": Shape(N),
    "b": Shape(M),
    "c": Shape(N),
    "W": Shape(N, M),
    "S": Shape(N, N),
    "s": Shape(),
    "u": Shape(N + M),
}
TYPES = {(name, 0): type_of(shape) for name, shape in SHAPES.items()}

SETTLED = {
    r"\mathbf 1^\top a": ("𝟙_nᵀ a", Shape()),
    r"W \mathbf 1": ("W 𝟙_m", Shape(N)),
    r"\mathbf 1^\top W": ("𝟙_nᵀ W", Shape(Size(1), M)),
    r"\mathbf 1^\top W \mathbf 1": ("𝟙_nᵀ W 𝟙_m", Shape()),
    r"a - \frac{1}{2} \mathbf 1 \mathbf 1^\top a": ("a − (1 / 2) 𝟙_n 𝟙_nᵀ a", Shape(N)),
    r"a - s \mathbf 1": ("a − s 𝟙_n", Shape(N)),
    r"a + \mathbf 1 (\mathbf 1^\top b)": ("a + 𝟙_n (𝟙_mᵀ b)", Shape(N)),
    r"W + \mathbf 1 b^\top": ("W + 𝟙_n bᵀ", Shape(N, M)),
    r"W + a \mathbf 1^\top": ("W + a 𝟙_mᵀ", Shape(N, M)),
    r"W - \mathbf 1 \mathbf 1^\top": ("W − 𝟙_n 𝟙_mᵀ", Shape(N, M)),
    r"\tanh(a + \mathbf 1) \odot c": ("tanh(a + 𝟙_n) ⊙ c", Shape(N)),
    r"\mathbf 1^\top u": ("𝟙_{m+n}ᵀ u", Shape()),
    r"a / (s \mathbf 1)": ("a / (s 𝟙_n)", Shape(N)),
}

OPEN = {
    r"s \mathbf 1": "s 𝟙_m",
    r"\mathbf 1 \mathbf 1^\top": "𝟙_m 𝟙_mᵀ",
}


def read(formula: str) -> Expr:
    return lowered(meant(formula, TYPES))


def lookup(symbol: Symbol) -> Shape | None:
    return SHAPES.get(symbol.name)


@pytest.mark.parametrize("formula", SETTLED)
def test_a_length_follows_from_the_place(formula: str) -> None:
    found = read(formula)
    shown, shape = SETTLED[formula]
    assert text(found) == shown
    assert shape_of(found, lookup) == shape


@pytest.mark.parametrize("formula", OPEN)
def test_what_no_place_settles_is_one_of_the_sizes(formula: str) -> None:
    assert text(read(formula)) == OPEN[formula]
