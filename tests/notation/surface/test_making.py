"""Sequences have their tokens among the parts and not among the items; numbers are exact."""

from __future__ import annotations

from fractions import Fraction

from symbolic_bptt.notation.surface.making import number_of, sequence_of
from symbolic_bptt.notation.tokens.token import Token


def test_numbers_and_sequences() -> None:
    blank, token = Token("space", " ", 0, 1), Token("number", "0.50", 1, 5)
    number = number_of(token)
    assert (number.value, number.text) == (Fraction(1, 2), "0.50")
    sequence = sequence_of([blank, number])
    assert sequence.items == (number,)
    assert sequence.parts == (blank, number)
