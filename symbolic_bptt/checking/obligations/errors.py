"""What the obligations say of a claim that they do not settle."""

from __future__ import annotations


class NotSettled(ValueError):  # noqa: N818  (a finding, not a defect)
    """No rule covers a claim, or an obligation is not met; says why."""
