"""What a text may refer to: the names that decide how a run of letters or a script is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .tree import Layout


@dataclass(frozen=True)
class NameRecord:
    """How one name is written: whether its first index is a step (and where), and its rank.

    `rank` is 0 for a scalar, 1 for a vector, 2 for a matrix, None where it is not known yet.
    `indices` is how many indices belong to the symbol itself; further ones are entries.
    """

    name: str
    timed: bool = False
    layout: Layout = "sub"
    rank: int | None = None
    indices: int = 0
    parameter: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """The names in scope. A declared name wins over any other reading of the same letters."""

    names: Mapping[str, NameRecord] = field(default_factory=dict)
    functions: Mapping[str, int] = field(default_factory=dict)
    """Undetermined functions and their number of arguments."""
    sizes: frozenset[str] = frozenset()
    time_index: str = "t"
    index_letters: frozenset[str] = frozenset("ijklpqrtuvτ") | {r"\tau"}
    """Letters that are read as an index in a script when nothing declares them otherwise."""

    def with_names(self, *records: NameRecord) -> Vocabulary:
        """The same vocabulary with these names added or replaced."""
        names = {**self.names, **{record.name: record for record in records}}
        return Vocabulary(names, self.functions, self.sizes, self.time_index, self.index_letters)
