"""An edit: one small change of a subterm, and the name of the mistake that it undoes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ...notation.tree import Expr
from .context import Context
from .positions import Position


@dataclass(frozen=True)
class Edit:
    """`new` in the place of the subterm. `kind` is a name in the catalogue of misconceptions.

    The lower the `cost`, the commoner the mistake: edits are tried in that order. `wrong` and
    `right` are what to show, where that is less than the whole subterm.
    """

    kind: str
    new: Expr
    cost: int = 2
    wrong: Expr | None = None
    right: Expr | None = None


Rule = Callable[[Position, Context], Iterator[Edit]]
"""From a subterm to the edits that it admits."""
