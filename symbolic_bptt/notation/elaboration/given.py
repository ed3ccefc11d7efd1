"""What a document may rely on before its first line: the names of a model and their types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...core.types import Type
from ..names.types import Declared

Arguments = Mapping[str, tuple[tuple[str, int], ...]]
"""Of every timed quantity the timed ones that its own equation reads, and how many steps on."""


@dataclass(frozen=True)
class Given:
    """types: by key and number of slots. functions: every spelling to its name.

    arguments: what the equation of each timed quantity reads; `entrywise` what entry by entry.
    diagonals: whether a vector may stand for the matrix that has it on its diagonal.
    """

    declared: tuple[Declared, ...] = ()
    types: Mapping[tuple[str, int], Type] = field(default_factory=dict)
    functions: Mapping[str, str] = field(default_factory=dict)
    undetermined: Mapping[str, int] = field(default_factory=dict)
    sizes: frozenset[str] = frozenset()
    time_index: str = "t"
    last: str = "T"
    losses: frozenset[tuple[str, int]] = frozenset()
    parameters: frozenset[str] = frozenset()
    arguments: Arguments = field(default_factory=dict)
    entrywise: Mapping[str, frozenset[tuple[str, int]]] = field(default_factory=dict)
    diagonals: bool = True
