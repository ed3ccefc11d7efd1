"""Diagonal matrices: Jacobians of what depends entry by entry, and what is made of them.

Books write such a Jacobian as the vector of its diagonal: δ_t = δ_{t+1} ⊙ ∂c_{t+1}/∂c_t. Beside a
vector or a number it may be that vector; only a matrix that is surely diagonal is.
"""

from __future__ import annotations

from ...core.linear import difference
from ...core.terms import (
    Add,
    Apply,
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
from ..functions import FUNCTIONS
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
        case Derivative(of=Apply(function=name, arguments=(inner,)), by=by):
            return inner == by and _acts_by_entries(context, name)
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


def beside_diagonal(e: Elaboration, term: Term, target: Type) -> Term | None:
    r"""M diag(v) of the column M v, and diag(v) M of the row v M, where they have that type.

    `W^\top (1 - s_t^2)` is often written for Wᵀ diag(1 − s_t²). None for what is no such product;
    a row that is written as a transpose, vᵀ M, is none.
    """
    match term:
        case Negative(body=body):
            inner = beside_diagonal(e, body, target)
            return inner and Negative(inner.type, inner)
        case Scale(scalar=factor, body=body):
            inner = beside_diagonal(e, body, target)
            return inner and Scale(inner.type, factor, inner)
        case Compose(left=left, right=right):
            return _beside(e, left, right, target)
    return None


def _beside(e: Elaboration, left: Term, right: Term, target: Type) -> Term | None:
    a, b = e.type_of(left), e.type_of(right)
    if a.gradient or b.gradient:
        return None
    if a.is_matrix and b.is_vector:
        fits = e.unify_pairs((a.out, target.out), (b.out, target.into))
        on_diagonal = Diagonal(Type(b.out, b.out), right)
        return Compose(target.plain, left, on_diagonal) if fits else None
    if a.is_row and b.is_matrix and not isinstance(left, Transpose):
        fits = e.unify_pairs((a.into, target.out), (b.into, target.into))
        turned = Transpose(Type(a.into), left)
        return (
            Compose(target.plain, Diagonal(Type(a.into, a.into), turned), right) if fits else None
        )
    return None


def _acts_by_entries(context: Context, name: str) -> bool:
    """Whether a function is one of numbers, applied to each entry: σ, and one that is left open."""
    known = FUNCTIONS.get(name)
    return context.undetermined.get(name) == 1 if known is None else known.elementwise


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
