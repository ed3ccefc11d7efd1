r"""A line before it is read: tags, headings, columns, remarks at its end."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.statements.layout import spelt
from symbolic_bptt.notation.statements.letters import USUAL
from symbolic_bptt.notation.statements.lists import sequence
from symbolic_bptt.notation.statements.prepare import prepared
from tests.notation.statements.reading import tree


def shown(text: str) -> list[str]:
    ready = prepared(tree(text).items, USUAL)
    return [spelt(sequence(field.items)) for field in ready.line]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (r"(1) \quad a = b", ["a=b"]),
        (r"a = b \qquad (12)", ["a=b"]),
        (r"(1) a = b", ["(1)a=b"]),
        (r"a = b (t < T)", ["a=b", "(t<T)"]),
        (r"a = f(t)", ["a=f(t)"]),
        (r"a = b + (t < T)", ["a=b+(t<T)"]),
        (r"a & = b & c", ["a=bc"]),
        (r"a & = b & t < T", ["a=b", "t<T"]),
        (r"\text{Zounds: } a = b", ["a=b"]),
    ],
)
def test_fields_of_a_line(text: str, fields: list[str]) -> None:
    assert shown(text) == fields


def test_a_heading_is_told() -> None:
    assert prepared(tree(r"\text{Zounds: } a = b").items, USUAL).remarks


@pytest.mark.parametrize("text", [r"\text{If zounds: } a = b", r"\text{Zounds } a = b"])
def test_words_that_may_limit_are_no_heading(text: str) -> None:
    assert not prepared(tree(text).items, USUAL).remarks
