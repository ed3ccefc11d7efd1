r"""Lists of steps: `1, \dots, T`, `T, T-1, \dots, 1`, `0, 1, 2, \dots`, `1, 3`."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise

from ..surface.nodes import Dots, Item, Separator, Sequence
from .letters import Items, distance, is_index
from .statement import Bounds

COLON = Separator(":")
"""What stands for dots between two steps, `1:T`."""


def sequence(items: Iterable[Item]) -> Sequence:
    """Items as a node of their own."""
    kept = tuple(items)
    return Sequence(kept, parts=kept)


def listed(letter: Item, values: Iterable[Items]) -> Bounds | str:
    """The bounds that a list of values says, or what is wrong with it."""
    parts = [part for value in values for part in at_dots(value)]
    dots = [place for place, part in enumerate(parts) if part is None]
    written = [part for part in parts if part is not None]
    if not written or not all(map(is_index, written)):
        return r"a list of steps has numbers and index letters only: write t = 1, \dots, T"
    if not dots:
        return Bounds(letter, values=tuple(map(sequence, written)))
    if len(dots) > 1 or dots[0] == 0:
        return r"a list of steps has its dots once, behind its first step: write t = 1, \dots, T"
    front, back = written[: dots[0]], written[dots[0] :]
    if not _is_even((front, back)):
        return r"a list of steps with dots goes up or down by one: write t = 1, \dots, T"
    last = sequence(back[-1]) if back else None
    falling = -1 in _steps((front, back))
    return Bounds(letter, sequence(front[0]), last, dots=True, falling=falling)


def at_dots(value: Items) -> list[Items | None]:
    """`1 .. T` and `1:T` without commas: the values between the dots, None for the dots."""
    found: list[Items | None] = []
    held: list[Item] = []
    for item in value:
        if isinstance(item, Dots) or item == COLON:
            found += [tuple(held), None] if held else [None]
            held = []
        else:
            held.append(item)
    return [*found, tuple(held)] if held else found


Stretches = tuple[list[Items], list[Items]]


def _is_even(stretches: Stretches) -> bool:
    """Whether neighbours differ by one, always in the same direction."""
    return _steps(stretches) in (set(), {1}, {-1})


def _steps(stretches: Stretches) -> set[Fraction | None]:
    """By how much neighbours differ."""
    return {distance(*pair) for stretch in stretches for pair in pairwise(stretch)}
