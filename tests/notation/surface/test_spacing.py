r"""Spacing means nothing, with all its arguments; only wide spaces may part formulas."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.surface.commands import IGNORED
from tests.notation.surface.reading import spelled


@pytest.mark.parametrize(
    "space",
    [
        r"\,", r"\;", r"\!", "\\ ", "~", r"\hspace{2pt}", r"\hspace*{-1em}", r"\hskip 2pt ",
        r"\kern-3mu ", r"\phantom{x+y}", r"\label{eq:a_b}", r"\tag{1)}", r"\tag*{$x$}",
        r"\nonumber", r"\displaystyle ", r"\mspace{2mu}", "{}", r"\rule{1pt}{2pt}",
    ],
)  # fmt: skip
def test_spacing_is_ignored(space: str) -> None:
    assert spelled(f"2{space} E = E") == "2 E rel:= E"


@pytest.mark.parametrize("command", sorted(IGNORED))
def test_the_closed_list(command: str) -> None:
    assert spelled(f"a{command} b") == "a b"


@pytest.mark.parametrize("space", [r"\quad", r"\qquad", r"\enspace"])
def test_wide_spaces_are_separators(space: str) -> None:
    assert spelled(f"a{space} b").startswith("a sep:\\q")


def test_a_thousand_is_kept_in_pieces() -> None:
    assert spelled("1{,}000") == "1 sep:, 000"
    assert spelled("0,5") == "0 sep:, 5"
    assert spelled(r"1\,000") == "1 000"
