"""Subterms of an expression: where each stands, the letters it sees, and how to replace it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...notation.tree import (
    BigOperator,
    Cases,
    Constant,
    Derivative,
    Entry,
    Expr,
    Held,
    KroneckerDelta,
    Number,
    Power,
    Slice,
    Span,
    Symbol,
    map_children,
    walk,
)

Path = tuple[int, ...]


@dataclass(frozen=True)
class Position:
    """A subterm: its path from the root, its parent, and the index letters bound around it.

    `variable`: it is what a derivative is of or by, so only another quantity can stand there.
    """

    path: Path
    node: Expr
    letters: tuple[str, ...]
    parent: Expr | None = None
    variable: bool = False


def positions(expr: Expr, letters: tuple[str, ...] = ()) -> Iterator[Position]:
    """Every subterm that has a value, outermost first; indices and bounds are no subterms."""
    pending = [Position((), expr, letters)]
    while pending:
        here = pending.pop(0)
        yield here
        inner = here.letters
        if isinstance(here.node, BigOperator):
            inner = (*inner, *(span.index for span in here.node.ranges))
        variable = here.variable or isinstance(here.node, Derivative)
        pending += [
            Position((*here.path, number), child, inner, here.node, variable)
            for number, child in operands(here.node)
        ]


def operands(node: Expr) -> list[tuple[int, Expr]]:
    """The subterms directly below, numbered among all expressions directly below."""
    below: list[Expr] = []
    map_children(node, lambda child: below.append(child) or child)  # type: ignore[func-returns-value]
    numbered = list(enumerate(below))
    match node:
        case Symbol() | Number() | Constant() | KroneckerDelta():
            return []
        case BigOperator():
            return numbered[-1:]
        case Entry() | Slice() | Held() | Power():
            return numbered[:1]
        case Cases(branches=branches):
            bodies = [id(body) for body, _ in branches]
            return [(number, child) for number, child in numbered if id(child) in bodies]
    return numbered


def replaced_at(expr: Expr, path: Path, new: Expr) -> Expr:
    """The expression with another subterm at that place."""
    if not path:
        return new
    count = iter(range(1_000_000))

    def change(child: Expr) -> Expr:
        return replaced_at(child, path[1:], new) if next(count) == path[0] else child

    return map_children(expr, change)


def extent(expr: Expr) -> Span | None:
    """From the first to the last character of everything in the expression that was written."""
    spans = [node.span for node in walk(expr) if node.span is not None]
    if not spans:
        return None
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def size(expr: Expr) -> int:
    """The number of nodes."""
    return sum(1 for _ in walk(expr))
