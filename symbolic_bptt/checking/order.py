"""Definitions evaluated in the order of need, none inside another.

What a value needs is evaluated before it; what is missed all the same is evaluated then, and what
asked for it once more after it. A recursion over 1000 steps is no deeper than one over two, and its
work grows with the steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from ..evaluation.errors import Circular
from ..evaluation.graph import Target
from ..model.steps import LinearStep, step_expr
from ..notation.printer.text import text
from ..notation.tree import Symbol

K = TypeVar("K")

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
    needs: Callable[[Wanted], Iterable[Wanted]],
    evaluate: Callable[[Wanted, Circular | None], K],
    known: dict[Memo, K],
) -> None:
    """Evaluate what is wanted, and before it all that it needs, each once, into `known`.

    `needs` tells what is plainly read and not known yet; `evaluate` raises `Wanted` for anything
    else that is not, and is given a circle where a value needs itself. Raises `LimitReached`.
    """
    pending = {first.memo: first}
    opened: set[Memo] = set()
    while pending:
        memo, wanted = next(reversed(pending.items()))
        before: list[Wanted] = []
        if memo not in opened:
            opened.add(memo)
            before = [one for one in needs(wanted) if one.memo not in opened]
        if not before:
            try:
                known[memo] = evaluate(wanted, None)
            except Wanted as other:
                if other.memo in opened:
                    known[memo] = evaluate(wanted, _circle(list(pending.values()), other))
                else:
                    before = [other]
        for one in before:
            pending.pop(one.memo, None)
            pending[one.memo] = one
        if not before:
            del pending[memo]


def _circle(pending: Sequence[Wanted], again: Wanted) -> Circular:
    """What is wanted again while it waits, with the names it waits for."""
    start = next(place for place, one in enumerate(pending) if one.memo == again.memo)
    names = [text(with_numbers(one.node, one.indices)) for one in pending[start:]]
    return Circular(names[0], names[1:MOST_NAMED], again.node)


def with_numbers(node: Symbol, indices: tuple[int, ...]) -> Symbol:
    """The symbol at these indices, as it is written."""
    return replace(node, indices=tuple(step_expr(LinearStep(i), "") for i in indices))
