"""What the definitions of a file gave at a point, and what was taken for granted on the way."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..evaluation.errors import EvaluationError
from ..evaluation.value import Value


@dataclass
class Notes:
    """What was taken for granted on the way to a value."""

    boundaries: dict[str, None] = field(default_factory=dict)
    left_out: dict[str, None] = field(default_factory=dict)

    def add(self, other: Notes) -> None:
        """Take over what another value took for granted."""
        self.boundaries |= other.boundaries
        self.left_out |= other.left_out


@dataclass(frozen=True)
class Known:
    """What a definition gives, or why there is nothing, with all that it hangs on."""

    found: Value | EvaluationError
    notes: Notes
    asked: frozenset[str]
