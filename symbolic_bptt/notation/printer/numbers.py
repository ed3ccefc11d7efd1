"""Exact numbers as decimals."""

from __future__ import annotations

from fractions import Fraction


def is_decimal(value: Fraction) -> bool:
    """Whether the number can be written with finitely many decimals."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def decimal(value: Fraction) -> str:
    """`2`, `0.5`: the exact decimal digits."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    digits = str(value.numerator * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits
