"""Answers: what a relation of a line means in one reading, and what came out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..notation.elaboration.choices import CHOICES, WORDS, Oracle
from ..notation.elaboration.errors import ElaborationError
from ..notation.tree import RelationOp
from .claims import Judged
from .definitions import Definitions

OPS: Mapping[str, RelationOp] = {
    "=": "=", ":=": "=", r"\equiv": "=", r"\triangleq": "=", r"\coloneqq": "=",
    "<": "<", r"\le": "<=", ">": ">", r"\ge": ">=", r"\ne": "!=", "+=": "+=",
}  # fmt: skip
"""The relations that are judged."""


def _is_told(kind: str, options: tuple[str, ...]) -> bool:
    """Whether the plainest answer is told: which ∂ it is, and what was written so, ‖A‖_2."""
    return kind.startswith("partial") or options[0] != CHOICES.get(kind, options)[0]


@dataclass
class Answer:
    """What came out of one relation: its judgement in the reading chosen, or why it has none."""

    link: int
    judged: Judged | None = None
    definitions: Definitions | None = None
    departures: Mapping[str, str] = field(default_factory=dict)
    oracle: Oracle | None = None
    error: ElaborationError | None = None

    @property
    def departed(self) -> frozenset[str]:
        """The kinds in which it was not read in the plainest way, or had to be by its shapes."""
        forced = () if self.oracle is None else (kind for kind, _ in self.oracle.forced)
        return frozenset((*self.departures, *forced))

    @property
    def words(self) -> tuple[str, ...]:
        """The reading in words, as far as it is told."""
        if self.oracle is None:
            return ()
        asked = self.oracle.asked
        plain = {kind: options[0] for kind, options in asked.items() if _is_told(kind, options)}
        found = [WORDS.get(pair, "") for pair in ({**plain, **self.departures}).items()]
        found += [WORDS.get(key, "") for key in self.oracle.forced]
        return tuple(dict.fromkeys(word for word in found if word))
