"""Edits of names: one quantity copied for another, immediate for total derivatives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from ...notation.tree import (
    Add,
    Call,
    Derivative,
    DerivativeKind,
    Entry,
    Expr,
    Symbol,
    map_children,
    walk,
)
from .context import Context, shift
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
    cost = 3 if here.variable else 2
    entry = isinstance(here.parent, Entry)
    for item in context.like(node.name, timed, entry):
        if item.name != context.model.loss or timed:
            other = replace(node, name=item.name, layout=item.layout)
            yield Edit(kind, other, cost)
            for by in (1, -1) if timed else ():
                moved = shift(node.indices[0], by)
                if moved is not None:
                    yield Edit(kind, replace(other, indices=(moved, *node.indices[1:])), cost + 2)
    if node.name in context.defined:
        for name in sorted(context.defined - {node.name}):
            yield Edit(kind, replace(node, name=name), cost)


def exchanges(here: Position, context: Context) -> Iterator[Edit]:
    """Two quantities, or two steps of one quantity, that stand in each other's place."""
    if here.path:
        return
    symbols = {n for n in walk(here.node) if isinstance(n, Symbol) and n.indices}
    ordered = sorted(symbols, key=repr)
    for first, second in combinations(ordered, 2):
        if first.name == second.name or second.name in {
            i.name for i in context.like(first.name, True)
        }:
            new = exchanged(here.node, first, second)
            yield Edit("symbols-exchanged", new, 4, first, second)


def exchanged(expr: Expr, first: Symbol, second: Symbol) -> Expr:
    """The expression with each of the two wherever the other was."""
    if expr in (first, second):
        return second if expr == first else first
    return map_children(expr, lambda child: exchanged(child, first, second))


def subterms(here: Position, context: Context) -> Iterator[Edit]:
    """i_t for 1 − f_t: a quantity of the model for something that was made up in its place."""
    node = here.node
    if here.variable or not isinstance(node, Add | Call):
        return
    shape = context.measure(here)
    if shape is None or shape == (1, 1):
        return
    for (name, timed), item in context.quantities.items():
        if timed and item.shape.is_column == (shape[1] == 1):
            for step in context.steps(here.letters, node):
                symbol = Symbol(name, (step,), item.layout)
                if symbol != context.target:
                    yield Edit("symbol-swapped", symbol, 6)


def derivative_kinds(here: Position, context: Context) -> Iterator[Edit]:
    """d for ∂⁺ and ∂⁺ for d."""
    if not isinstance(here.node, Derivative):
        return
    others: tuple[DerivativeKind, ...] = ("total", "immediate")
    for other in others:
        if other != here.node.kind:
            kind = "immediate-for-total" if other == "total" else "total-for-immediate"
            by_step = isinstance(here.node.wrt, Symbol) and here.node.wrt.indices
            yield Edit(kind, replace(here.node, kind=other), 3 if by_step else 1)


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
