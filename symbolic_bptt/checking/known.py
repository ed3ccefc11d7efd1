"""What the definitions of a file gave at a point, and what was taken for granted on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ..derivation.staged import Point
from ..evaluation.errors import EvaluationError
from ..evaluation.value import Value
from .definitions import Definitions
from .order import Memo

Missing = Literal["left out", "zero", "refused"]
"""What a term of a sum is that reads what does not exist: none, with 0 for it, or an error."""

Zeros = Literal["none", "gradients", "all"]
"""What does not exist and is 0: the loss has no derivative by what comes after the last step."""


@dataclass
class Notes:
    """What was taken for granted on the way to a value."""

    boundaries: dict[str, None] = field(default_factory=dict)
    left_out: dict[str, None] = field(default_factory=dict)
    dropped: bool = False
    """Whether a term of a sum was left out."""

    def add(self, other: Notes) -> None:
        """Take over what another value took for granted."""
        self.boundaries |= other.boundaries
        self.left_out |= other.left_out
        self.dropped = self.dropped or other.dropped


@dataclass(frozen=True)
class Known:
    """What a definition gives, or why there is nothing, with what was taken for granted."""

    found: Value | EvaluationError
    notes: Notes


def known_at(
    at: Point, definitions: Definitions, missing: Missing = "left out"
) -> dict[Memo, Known]:
    """What the definitions gave at this point, shared by all that is evaluated there."""
    key = (id(definitions), definitions.version, missing)
    known: dict[Memo, Known]
    _, known = at.claimed.setdefault(key, (definitions, {}))
    return known
