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


def test_macros_of_a_file_read_before_hold_from_the_start() -> None:
    early = Macros((Macro(r"\a", (1,), 1, start=70), Macro(r"\a", (), start=90)), ((60, 70),))
    late = Macros((Macro(r"\a", (), 3, start=20),), ((10, 20),))
    both = late.preceded_by(early)
    first, last = both.at(r"\a", 0), both.at(r"\a", 20)
    assert first is not None
    assert last is not None
    assert (first.body, first.arguments) == ((), 0)
    assert last.arguments == 3
    assert both.places == late.places
