"""The local Jacobian of one equation as data: a program, and where its outputs belong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from .program import Program, from_json, to_json, whole_numbers


@dataclass(frozen=True)
class Stage:
    """∂(group `source`)/∂(group `target`): the program outputs `entries`, at rows and columns."""

    source: int
    target: int
    entries: Any
    rows: Any
    columns: Any


@dataclass(frozen=True)
class Block:
    """The local Jacobian of one equation, as data.

    Groups are the reads, then inner quantities, then the outputs; `sizes` are theirs. Output k of
    the program is the derivative of entry `places[k][2]` of group `places[k][0]` with respect to
    entry `places[k][3]` of group `places[k][1]`. Its inputs are the reads, the letters that are
    used as numbers, and the node itself.
    """

    program: Program
    places: tuple[tuple[int, int, int, int], ...]
    sizes: tuple[int, ...]

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The places gathered by pairs of groups, in the order of a pass backwards."""
        pairs: dict[tuple[int, int], list[int]] = {}
        for entry, (source, target, _, _) in enumerate(self.places):
            pairs.setdefault((source, target), []).append(entry)
        table = np.array(self.places, dtype=int).reshape(-1, 4)
        return tuple(
            Stage(*pair, np.array(pairs[pair]), table[pairs[pair], 2], table[pairs[pair], 3])
            for pair in sorted(pairs, reverse=True)
        )


def block_to_json(block: Block) -> dict[str, Any]:
    """The block as lists, strings and whole numbers."""
    places = [list(place) for place in block.places]
    return {"program": to_json(block.program), "places": places, "sizes": list(block.sizes)}


def block_from_json(
    data: Any, reads: Sequence[int], letters: int, outputs: int, functions: Mapping[str, int]
) -> Block:
    """The block written by `block_to_json`, of an equation with these numbers of entries.

    Raises `ValueError` for anything else. What it takes to run is bounded by the length of the
    data: each inner quantity has no more entries than the block has derivatives.
    """
    try:
        program = from_json(data["program"], sum(reads) + letters + outputs, functions)
        places = tuple(_place(place) for place in data["places"])
        sizes = whole_numbers(data["sizes"])
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"not a block: {error}") from None
    inner = sizes[len(reads) : -1]
    if sizes != (*reads, *inner, outputs) or not all(0 < size <= len(places) for size in inner):
        raise ValueError("a block of an equation of other sizes")
    inside = all(
        0 <= t < s < len(sizes) and 0 <= r < sizes[s] and 0 <= c < sizes[t] for s, t, r, c in places
    )
    if len(places) != len(program.outputs) or not inside:
        raise ValueError("a block whose entries do not match its program")
    return Block(program, places, sizes)


def _place(data: Any) -> tuple[int, int, int, int]:
    source, target, row, column = whole_numbers(data)
    return source, target, row, column
