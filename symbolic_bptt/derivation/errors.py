"""What stops a derivation in matrix notation."""

from __future__ import annotations


class NoRuleError(ValueError):
    """An expression whose derivative cannot be written in matrix notation."""
