"""Edits of names: one quantity copied for another, immediate for total derivatives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...notation.tree import Call, Derivative, DerivativeKind, Symbol
from .context import Context
from .edits import Edit
from .positions import Position


def symbols(here: Position, context: Context) -> Iterator[Edit]:
    """U for W, x for s: another quantity of the same shape."""
    node = here.node
    if not isinstance(node, Symbol) or node.name in context.numbers:
        return
    timed = bool(node.indices)
    inside_prime = isinstance(here.parent, Call) and here.parent.primes > 0
    kind = "activation-of-output" if inside_prime else "symbol-swapped"
    for item in context.like(node.name, timed):
        if item.name != context.model.loss or timed:
            yield Edit(kind, replace(node, name=item.name, layout=item.layout), 2)


def derivative_kinds(here: Position, context: Context) -> Iterator[Edit]:
    """d for ∂⁺ and ∂⁺ for d."""
    if not isinstance(here.node, Derivative):
        return
    others: tuple[DerivativeKind, ...] = ("total", "immediate")
    for other in others:
        if other != here.node.kind:
            kind = "immediate-for-total" if other == "total" else "total-for-immediate"
            yield Edit(kind, replace(here.node, kind=other), 1)


def functions(here: Position, context: Context) -> Iterator[Edit]:
    """tanh for σ and the like, where a function is applied or differentiated."""
    node = here.node
    if isinstance(node, Call) and len(node.arguments) == 1:
        used = {one.function for one in context.activations}
        if node.function in used or node.function in ("tanh", "sigmoid"):
            for function in sorted(used - {node.function}):
                yield Edit("activation-other", replace(node, function=function), 2)
            for primes in {0, 1} - {node.primes}:
                yield Edit("prime-forgotten", replace(node, primes=primes), 3)
