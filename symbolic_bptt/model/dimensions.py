"""The right-hand sides of a model file's declarations: `n x (n+m)`, `K, one-hot`, `n, zero`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..notation.sizes import ONE, SCALAR, Shape, Size
from .model import Constraint

_TOKEN = re.compile(r"\s*(?:(\d{1,6})|([A-Za-z](?:_\w+)?)|([x×+\-*()]))")
_FORM = "write scalar, n, 1 x n, n x m or n x (n+m)"
_QUALIFIERS: dict[str, Constraint] = {"one-hot": "one-hot", "sums to one": "sums to one"}


@dataclass(frozen=True)
class Dimensions:
    """A declared shape with what was said about its values."""

    shape: Shape
    constraint: Constraint | None = None
    zero: bool = False


def parse_dimensions(text: str) -> Dimensions:
    """The shape and the qualifiers after the comma. Raises `ValueError` saying what to write."""
    shape_text, *qualifiers = (part.strip() for part in text.split(","))
    shape = _parse_shape(shape_text)
    constraint: Constraint | None = None
    zero = False
    for qualifier in qualifiers:
        if qualifier == "zero":
            zero = True
        elif qualifier in _QUALIFIERS:
            constraint = _QUALIFIERS[qualifier]
        else:
            raise ValueError(f"{qualifier!r} is not one of one-hot, sums to one, zero")
    return Dimensions(shape, constraint, zero)


def _parse_shape(text: str) -> Shape:
    if text == "scalar":
        return SCALAR
    sides = [_parse_size(side) for side in _split_sides(text)]
    if len(sides) > 2:
        raise ValueError(f"{text!r} has more than two dimensions; {_FORM}")
    return Shape(sides[0], sides[1] if len(sides) == 2 else ONE)


def _split_sides(text: str) -> list[str]:
    """Split at each `x` that stands between sizes, outside parentheses."""
    sides, depth, current = [], 0, ""
    for index, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        separated = char == "×" or (
            char == "x" and text[max(0, index - 1)] in " )" and text[index + 1 : index + 2] in " ("
        )
        if depth == 0 and separated and current.strip():
            sides.append(current)
            current = ""
        else:
            current += char
    return [*sides, current]


def _parse_size(text: str) -> Size:
    """A sum of letters, numbers and whole multiples: `n`, `3`, `n+m`, `4n`, `2(n+m)`."""
    tokens = _tokens(text)
    size, rest = _sum(tokens, text)
    if rest:
        raise ValueError(f"{text.strip()!r} is no size; {_FORM}")
    if not size.letters and size.constant < 1:
        raise ValueError(f"a size of {size} is too small; it must be at least 1")
    return size


def _tokens(text: str) -> list[str]:
    position, tokens = 0, []
    while text[position:].strip():
        match = _TOKEN.match(text, position)
        if match is None:
            raise ValueError(f"{text.strip()!r} is no size; {_FORM}")
        tokens.append(match.group().strip())
        position = match.end()
    return tokens


def _sum(tokens: list[str], text: str) -> tuple[Size, list[str]]:
    total, rest = _term(tokens, text)
    while rest and rest[0] in "+-":
        sign = 1 if rest[0] == "+" else -1
        term, rest = _term(rest[1:], text)
        total = total + term * sign
    return total, rest


def _term(tokens: list[str], text: str) -> tuple[Size, list[str]]:
    if not tokens:
        raise ValueError(f"{text.strip()!r} ends where a size should stand; {_FORM}")
    head, rest = tokens[0], tokens[1:]
    if head == "(":
        inner, rest = _sum(rest, text)
        if not rest or rest[0] != ")":
            raise ValueError(f"{text.strip()!r} has an unclosed parenthesis")
        return inner, rest[1:]
    if head.isdigit():
        if rest and rest[0] == "*":
            rest = rest[1:]
        if rest and (rest[0] == "(" or rest[0][0].isalpha()):
            inner, rest = _term(rest, text)
            return inner * int(head), rest
        return Size(int(head)), rest
    if head[0].isalpha():
        return Size.letter(head), rest
    raise ValueError(f"{text.strip()!r} is no size; {_FORM}")
