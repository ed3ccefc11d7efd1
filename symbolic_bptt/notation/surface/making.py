"""Nodes made of parts and of tokens."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from ..tokens.token import Token
from .nodes import Number, Part, Sequence


def sequence_of(parts: list[Part]) -> Sequence:
    """The sequence of these parts: its items are those that are no bare tokens."""
    return Sequence(
        tuple([part for part in parts if not isinstance(part, Token)]),
        parts=tuple(parts),
    )


def number_of(token: Token) -> Number:
    """The decimal literal that the token is."""
    return Number(_value(token.value), token.value, parts=(token,))


@lru_cache(maxsize=1024)
def _value(text: str) -> Fraction:
    return Fraction(text)
