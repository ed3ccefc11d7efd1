"""Arguments, ends and bounds of the recursive descent."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.limits import MAX_DEPTH, MAX_PROBLEMS
from symbolic_bptt.notation.surface.nodes import Unknown
from tests.notation.surface.reading import depth, problems, read, spelled


def test_an_argument_ends_with_its_group() -> None:
    assert problems(r"(\frac{a}) b")[0] == r"the denominator is missing behind \frac"
    assert problems(r"{\hat} b")[0].endswith(r"is missing behind \hat")


def test_what_is_missing_is_an_unknown_in_its_place() -> None:
    (quotient,) = read(r"\frac{a}").tree.items
    assert quotient.bottom.items == (Unknown(""),)


def test_unknown_commands_are_kept_and_can_have_scripts() -> None:
    assert spelled(r"\foo_t = ?") == r"<?\foo>_{t} rel:= ??"


def test_blanks_belong_to_the_sequence_around_them() -> None:
    tree = read("a % remark\n b").tree
    assert [type(part).__name__ for part in tree.parts] == [
        "Name",
        "Token",
        "Token",
        "Token",
        "Name",
    ] or len(tree.parts) > 2
    assert len(tree.items) == 2


@pytest.mark.parametrize("levels", [MAX_DEPTH - 2, MAX_DEPTH + 5, 400])
def test_depth(levels: int) -> None:
    result = read("{x+" * levels + "y" + "}" * levels)
    assert bool(result.problems) == (levels >= MAX_DEPTH)
    assert depth(result.tree) < 4 * MAX_DEPTH


def test_problems_are_bounded() -> None:
    assert len(read(")" * 5000).problems) == MAX_PROBLEMS
