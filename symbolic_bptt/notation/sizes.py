"""Sizes and shapes: whole linear combinations of size letters, and pairs of them.

A column vector of n entries has shape (n, 1), a row (1, n), a scalar (1, 1). Two sizes are equal
only if they are the same combination: different letters are different sizes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """constant + Σ multiple · letter, with the letters in alphabetical order."""

    constant: int = 0
    multiples: tuple[tuple[str, int], ...] = ()

    @classmethod
    def letter(cls, name: str) -> Size:
        return cls(0, ((name, 1),))

    @property
    def letters(self) -> frozenset[str]:
        return frozenset(letter for letter, _ in self.multiples)

    def __add__(self, other: Size) -> Size:
        total = dict(self.multiples)
        for letter, multiple in other.multiples:
            total[letter] = total.get(letter, 0) + multiple
        kept = tuple(sorted((k, v) for k, v in total.items() if v))
        return Size(self.constant + other.constant, kept)

    def __mul__(self, factor: int) -> Size:
        kept = tuple((k, v * factor) for k, v in self.multiples if v * factor)
        return Size(self.constant * factor, kept)

    __rmul__ = __mul__

    def __sub__(self, other: Size) -> Size:
        return self + other * -1

    def value(self, sizes: Mapping[str, int]) -> int:
        """The number it is once every letter has one. Raises `KeyError` for one that has none."""
        return self.constant + sum(multiple * sizes[k] for k, multiple in self.multiples)

    def __str__(self) -> str:
        parts = [k if v == 1 else f"{v}{k}" for k, v in self.multiples]
        if self.constant or not parts:
            parts.append(str(self.constant))
        return "+".join(parts).replace("+-", "-")


ONE = Size(1)


@dataclass(frozen=True)
class Shape:
    """rows × columns."""

    rows: Size = ONE
    columns: Size = ONE

    @property
    def is_scalar(self) -> bool:
        return self.rows == ONE and self.columns == ONE

    @property
    def is_column(self) -> bool:
        return self.columns == ONE and self.rows != ONE

    @property
    def is_row(self) -> bool:
        return self.rows == ONE and self.columns != ONE

    @property
    def is_square(self) -> bool:
        return self.rows == self.columns

    @property
    def rank(self) -> int:
        """0 for a scalar, 1 for a row or column, 2 for a matrix."""
        return (self.rows != ONE) + (self.columns != ONE)

    @property
    def transposed(self) -> Shape:
        return Shape(self.columns, self.rows)

    def __str__(self) -> str:
        """As a model file writes it: `scalar`, `n`, `1 x n`, `n x m`, `n x (n+m)`."""
        if self.is_scalar:
            return "scalar"
        if self.columns == ONE:
            return str(self.rows)
        return f"{_side(self.rows)} x {_side(self.columns)}"


SCALAR = Shape()


def _side(size: Size) -> str:
    text = str(size)
    return f"({text})" if "+" in text or "-" in text else text
