"""What every rule of reverse accumulation works with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..notation.tree import Expr
from .algebra import Algebra

Pull = Iterator[tuple[Expr, Expr]]
"""Operands with their cotangents."""


@dataclass(frozen=True)
class Context:
    """What a rule may use: arithmetic, and the totals 1ᵀy that are known to be one."""

    algebra: Algebra
    unit_total: Callable[[Expr], bool]
