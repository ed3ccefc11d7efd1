r"""Delimiters come in pairs, and every one has its bracket."""

from __future__ import annotations

from symbolic_bptt.notation.surface.delimiters import (
    CLOSING,
    DELIMITERS,
    is_delimiter,
    skip_blanks,
)
from symbolic_bptt.notation.tokens.lexer import tokens


def test_every_written_bracket_may_stand_behind_left_and_right() -> None:
    assert {*CLOSING, *CLOSING.values()} <= set(DELIMITERS)
    assert all(DELIMITERS[DELIMITERS[value]] == DELIMITERS[value] for value in DELIMITERS)


def test_blanks_are_skipped() -> None:
    found = tokens(" % a\n (")
    assert skip_blanks(found, 0) == len(found) - 1
    assert is_delimiter(found, len(found) - 1)
    assert not is_delimiter(found, len(found))
