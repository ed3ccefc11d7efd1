r"""Fields: where a line is parted."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.statements.fields import fields, round_body
from tests.notation.statements.reading import tree


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("a = b", [""]),
        (r"a, \quad b; c", ["", ",", ";"]),
        (r"f(a, b) \quad [c; d]", ["", r"\quad"]),
        (r"a \text{ for } b", ["", ""]),
        (r"a \mid b", [""]),
        (r"a,", ["", ","]),
        ("a.b", [""]),
        ("a. b", ["", "."]),
    ],
)
def test_the_strongest_mark_counts(text: str, marks: list[str]) -> None:
    assert [field.mark for field in fields(tree(text).items)] == marks


def test_no_item_is_lost() -> None:
    items = tree(r"\text{if } a = b, \; \quad c \text{ for all } t;").items
    assert tuple(item for field in fields(items) for item in field.parts) == items


def test_what_words_say() -> None:
    _, second = fields(tree(r"a \text{ for all time steps } t").items)
    assert second.said.roles == {"all", "noun"}
    assert second.words == ("for all time steps",)


def test_round_brackets_around_everything() -> None:
    assert round_body(tree("(a = b)").items) is not None
    assert round_body(tree("(a) = b").items) is None
