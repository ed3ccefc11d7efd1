"""What joins a line of plain text to the one above it."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.files.signs import has_relation_of_its_own, is_words


@pytest.mark.parametrize("line", ["-c = d", "+ (a = b) = c", "- x \\le y", "- a ≤ b, t > 1"])
def test_a_relation_of_its_own(line: str) -> None:
    assert has_relation_of_its_own(line)


@pytest.mark.parametrize(
    "line",
    ["- c", "+ f(t=1)", "- \\sum_{t=1}^T x", "- c_t, t > 1", "+ c \\quad t = 1", "- c for t = 1"],
)
def test_a_relation_in_brackets_or_in_a_clause(line: str) -> None:
    assert not has_relation_of_its_own(line)


@pytest.mark.parametrize("line", ["E = the loss of all", "E \\to 0", "x_t", "a + b", "E", "E ∈ ℝ"])
def test_what_may_be_mathematics_is_no_words(line: str) -> None:
    assert not is_words(line)
