"""Diagonal matrices: Jacobians of what depends entry by entry, and what is made of them.

Books write such a Jacobian as the vector of its diagonal: δ_t = δ_{t+1} ⊙ ∂c_{t+1}/∂c_t. Beside a
vector or a number it may be that vector; only a matrix that is surely diagonal is.
"""

from __future__ import annotations

from ...core.linear import difference
from ...core.terms import (
    Add,
    Compose,
    Constant,
    Derivative,
    Diagonal,
    Divide,
    Negative,
    Scale,
    Symbol,
    Term,
    Transpose,
)  # fmt: skip
from ...core.types import Type
from ..surface.nodes import Item
from .context import Context, Elaboration


def is_diagonal(context: Context, term: Term) -> bool:
    """Whether a square matrix is diagonal for certain."""
    match term:
        case Diagonal():
            return term.type.is_matrix
        case Constant(kind="identity"):
            return True
        case Symbol(name=name, indices=indices):
            return (name, len(indices)) in context.diagonal
        case Derivative(of=Symbol() as of, by=Symbol() as by):
            return _is_entrywise(context, of, by)
        case Add(terms=terms):
            return all(is_diagonal(context, part) for part in terms)
        case Negative(body=body) | Scale(body=body) | Transpose(body=body) | Divide(top=body):
            return is_diagonal(context, body)
        case Compose(left=left, right=right):
            return is_diagonal(context, left) and is_diagonal(context, right)
    return False


def as_vector(e: Elaboration, term: Term, item: Item) -> Term | None:
    """The diagonal of a diagonal matrix, where it is read as that; else None.

    diag(v), written as a matrix, is one.
    """
    kind = e.type_of(term)
    if isinstance(term, Diagonal) or not kind.is_matrix or not is_diagonal(e.context, term):
        return None
    if e.oracle.choose("entrywise", at=item) != "vector":
        return None
    e.oracle.force("entrywise", "vector", term.span or item)
    return Diagonal(Type(kind.out), term)


def _is_entrywise(context: Context, of: Symbol, by: Symbol) -> bool:
    """Whether every way from `by` to `of` through the equations goes entry by entry."""
    if len(of.indices) != 1 or len(by.indices) != 1:
        return False
    apart = difference(by.indices[0], of.indices[0])
    if apart not in (0, -1):
        return False
    return _ways(context, (of.name, 0), (by.name, int(apart)), {}) == "entrywise"


def _ways(
    context: Context,
    start: tuple[str, int],
    goal: tuple[str, int],
    known: dict[tuple[str, int], str],
) -> str:
    """How the first depends on the second: `none`, `entrywise` or `mixed`."""
    if start == goal:
        return "entrywise"
    if start[1] < goal[1]:
        return "none"
    if start[1] > 0:
        return "mixed"
    if start not in known:
        known[start] = "mixed"
        known[start] = _worst(context, start, goal, known)
    return known[start]


def _worst(
    context: Context,
    start: tuple[str, int],
    goal: tuple[str, int],
    known: dict[tuple[str, int], str],
) -> str:
    name, step = start
    found = "none"
    for read in context.arguments.get(name, ()):
        way = _ways(context, (read[0], step + read[1]), goal, known)
        if way == "none":
            continue
        if way == "mixed" or read not in context.entrywise.get(name, ()):
            return "mixed"
        found = "entrywise"
    return found
