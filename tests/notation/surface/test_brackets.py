r"""Groups keep their brackets as written; braces around one thing are that thing."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.surface.nodes import Group
from tests.notation.surface.reading import problems, read, spelled


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("(a)", "(a)"),
        (r"\left(a\right)", "(a)"),
        (r"\bigl( a \bigr)", "(a)"),
        (r"\{a\}", r"\{a\}"),
        (r"\lbrace a \rbrace", r"\{a\}"),
        (r"\langle a, b \rangle", r"\langlea sep:, b\rangle"),
        (r"\left< a \right>", r"\langlea\rangle"),
        (r"\lfloor T/2 \rfloor", r"\lfloorT / 2\rfloor"),
        ("⌈x⌉", r"\lceilx\rceil"),
        ("[0, 1)", "[0 sep:, 1)"),
        ("(a, b]", "(a sep:, b]"),
        (r"\left(a, b\right]", "(a sep:, b]"),
        (r"(t \in [0, T))", r"(t rel:\in [0 sep:, T))"),
        (r"\left\{ a \right.", r"\{a."),
        (r"\left( a \middle| b \right)", "(a sep:| b)"),
        ("{a + b}", "{a + b}"),
        ("{s}_{t}", "<s>_{t}"),
        ("{s_t}^2", "<<s>_{t}>^{2}"),
        ("a{}b", "a b"),
        ("{=}", "rel:="),
        (r"a \mathrel{=} b", "a rel:= b"),
        (r"\mathop{\mathrm{net}}", r"\mathrm{net}~"),
    ],
)
def test_groups(text: str, wanted: str) -> None:
    assert spelled(text) == wanted


def test_a_group_knows_its_place() -> None:
    group = read("a + ( b )").tree.items[2]
    assert isinstance(group, Group)
    assert (group.start, group.end) == (4, 9)


def test_what_is_broken_costs_only_itself() -> None:
    assert problems(r"(a + [b) = c_t \right)") == [
        "[ is never closed",
        r"\right closes nothing",
    ]
    result = read(r"(a + [b) = c_t \right)")
    assert [type(item).__name__ for item in result.tree.items] == [
        "Group",
        "Relation",
        "Scripted",
        "Unknown",
    ]
