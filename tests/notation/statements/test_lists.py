r"""Lists of steps."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.statements.letters import commas
from symbolic_bptt.notation.statements.lists import listed
from symbolic_bptt.notation.statements.statement import Bounds
from symbolic_bptt.notation.surface.nodes import Name
from tests.notation.statements.reading import span, tree


def of(text: str) -> Bounds | str:
    return listed(Name("t"), commas(tree(text).items))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"1, \dots, T", "1..T"),
        (r"1, 2, \dots, T-1, T", "1..T"),
        (r"T, T-1, \dots, 1", "T..1"),
        (r"1 \dots T", "1..T"),
        (r"0, 1, \dots", "0.."),
        ("1, 3", "{1,3}"),
        ("T", "{T}"),
        (r"k+1, k+2, \dots, T", "k+1..T"),
    ],
)
def test_lists(text: str, expected: str) -> None:
    found = of(text)
    assert isinstance(found, Bounds)
    assert span(found) == f"t in {expected}"


@pytest.mark.parametrize(
    "text",
    [r"1, 3, \dots, T", r"\dots, T", r"1, \dots, 3, \dots, T", "h_t", "", r"1, 2, \dots, 5, 3"],
)
def test_what_is_none_says_why(text: str) -> None:
    assert isinstance(of(text), str)
