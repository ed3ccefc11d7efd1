"""Shapes as a person reads them: `n x m` instead of the sizes of the instance at hand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import combinations_with_replacement

from ..evaluation.errors import ShapeMismatch
from ..notation.printer.text import text

_NUMBER = re.compile(r"\d+")

OPERATIONS = {
    "+": "cannot be added to",
    "product": "cannot be multiplied by",
    "⊙": "cannot be multiplied elementwise by",
    "/": "cannot be divided by",
    "=": "cannot equal",
}
"""What did not fit, as a verb between two shapes."""


def in_letters(shape: str, sizes: Mapping[str, int]) -> str:
    """`4 x 2` as `n x m`, where n = 4 and m = 2; a sum of two letters where no single one fits."""
    known = {value: letter for letter, value in reversed(list(sizes.items()))}
    for pair in combinations_with_replacement(sizes, 2):
        known.setdefault(sum(sizes[letter] for letter in pair), "+".join(pair))
    return _NUMBER.sub(lambda found: known.get(int(found[0]), found[0]), shape)


def mismatch_message(error: ShapeMismatch, sizes: Mapping[str, int]) -> str:
    """What does not fit what, with both shapes in size letters, and where."""
    left, right = (_noun(in_letters(shape, sizes)) for shape in (error.left, error.right))
    if error.operation == "=":
        return f"the left side is {left}, the right side is {right}"
    where = f"in {text(error.node)}: " if error.node is not None else ""
    verb = OPERATIONS.get(error.operation, f"does not fit ({error.operation})")
    return f"{where}{left} {verb} {right}"


def _noun(shape: str) -> str:
    """`n` as `a vector of n`, `n x m` as `an n x m matrix`; words are left as they are."""
    if re.fullmatch(r"[A-Za-z0-9+]+", shape) and shape not in ("scalar", "ones", "I"):
        return f"a vector of {shape}"
    if shape == "scalar":
        return "a scalar"
    if shape.startswith("1 x "):
        return f"a row of {shape[4:]}"
    return f"a matrix {shape}" if " x " in shape else shape
