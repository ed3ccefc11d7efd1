"""A macro holds from its definition to the next one of its name."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from symbolic_bptt.notation.tokens.macro import Macro, Macros


@given(st.lists(st.integers(0, 50), max_size=8), st.integers(0, 60))
def test_the_last_definition_before_a_position_holds(starts: list[int], position: int) -> None:
    macros = Macros(tuple(Macro(r"\a", (), start=start) for start in sorted(starts)))
    found = macros.at(r"\a", position)
    before = [start for start in starts if start <= position]
    assert (found.start if found else None) == max(before, default=None)
    assert macros.at(r"\b", position) is None
