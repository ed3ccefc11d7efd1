"""Definitions evaluated in the order of need, none inside another.

A value that is asked for and is not there yet is evaluated first, and what asked for it once more
after it: a recursion over 1000 steps is no deeper than one over two, and its work grows with the
steps.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from ..evaluation.errors import Circular, EvaluationError, LimitReached
from ..evaluation.graph import Target
from ..evaluation.value import Value
from ..model.steps import LinearStep, step_expr
from ..notation.printer.text import text
from ..notation.tree import Symbol

MOST_NAMED = 4
"""So many members of a circle are named."""

Memo = tuple[Any, ...]
"""A name, literal indices, and what is held constant in derivatives if anything is."""


class Wanted(Exception):  # noqa: N818  (it is no error)
    """A value that must be had before the one that asks for it."""

    def __init__(self, node: Symbol, indices: tuple[int, ...], held: frozenset[Target]) -> None:
        self.node, self.indices, self.held = node, indices, held
        super().__init__(node.name)

    @property
    def memo(self) -> Memo:
        held = (self.held,) if self.held else ()
        return self.node.name, self.indices, *held


def settle(
    first: Wanted,
    evaluate: Callable[[Wanted], Value],
    values: dict[Memo, Value],
    failures: dict[Memo, EvaluationError],
) -> None:
    """Evaluate what is wanted, and before it all that it needs, into `values` or `failures`.

    `evaluate` raises `Wanted` for what is in neither. What needs itself is `Circular`. Raises
    `LimitReached`.
    """
    pending = {first.memo: first}
    while pending:
        memo, wanted = next(reversed(pending.items()))
        try:
            values[memo] = evaluate(wanted)
        except Wanted as other:
            if other.memo not in pending:
                pending[other.memo] = other
                continue
            failures[memo] = _circle(list(pending.values()), other)
        except LimitReached:
            raise
        except EvaluationError as error:
            failures[memo] = error
        del pending[memo]


def _circle(pending: Sequence[Wanted], again: Wanted) -> Circular:
    """What is wanted again while it waits, with the names it waits for."""
    start = next(place for place, one in enumerate(pending) if one.memo == again.memo)
    names = [text(with_numbers(one.node, one.indices)) for one in pending[start:]]
    return Circular(names[0], names[1:MOST_NAMED], again.node)


def with_numbers(node: Symbol, indices: tuple[int, ...]) -> Symbol:
    """The symbol at these indices, as it is written."""
    return replace(node, indices=tuple(step_expr(LinearStep(i), "") for i in indices))
