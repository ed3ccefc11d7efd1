"""Sums and equalities: everything on both sides of a plus has one type."""

from __future__ import annotations

from collections.abc import Sequence

from ...core.terms import (
    Add,
    Compose,
    Constant,
    Derivative,
    KroneckerProduct,
    Lift,
    Scale,
    Term,
    Transpose,
    scalar,
)
from ...core.traversal import walk
from ...core.types import Type
from ..surface.nodes import Item
from .context import Elaboration
from .diagonals import as_vector, beside_diagonal
from .errors import mismatch
from .products import diagonal, ill, is_literal, transposed


def added(e: Elaboration, terms: Sequence[Term], item: Item) -> Term:
    """The sum of the terms in the type of the first that has a shape of its own."""
    if len(terms) == 1:
        return terms[0]
    if any(e.type_of(term).is_scalar for term in terms):
        terms = [as_vector(e, term, item) or term for term in terms]
    kinds = [e.type_of(term) for term in terms]
    main = _main(terms, kinds)
    parts = [_added(e, term, main, item) for term in terms]
    gradient = any(kind.gradient for kind in kinds if not kind.is_scalar)
    return Add(Type(main.out, main.into, gradient), tuple(parts))


def _main(terms: Sequence[Term], kinds: Sequence[Type]) -> Type:
    """A matrix before a vector before a scalar; of equals the first, what is no gradient first."""
    shaped = [kind for kind in kinds if not kind.is_scalar]
    widest = max((len(kind.axes) for kind in shaped), default=0)
    wide = [kind for kind in shaped if len(kind.axes) == widest]
    plain = [kind for kind in wide if not kind.gradient]
    return next(iter([*plain, *wide]), Type())


def _added(e: Elaboration, term: Term, main: Type, item: Item) -> Term:
    made = coerced(e, term, main)
    if made is not None:
        return made
    kind = e.type_of(term)
    if kind.is_scalar:
        e.oracle.force("added", "scalar", term.span or item)
        return Lift(main.plain, term)
    if kind.is_row and not kind.gradient and main.is_matrix and e.unify(kind.into, main.into):
        e.oracle.force("added", "row", term.span or item)
        return Compose(main.plain, Constant(Type(main.out), "ones"), term)
    return ill(e, term, mismatch(main, "+", e.type_of(term), item))


def coerced(e: Elaboration, term: Term, target: Type) -> Term | None:
    """The term in that type: as it is, a number lifted, a gradient turned, a vector as diagonal."""
    kind = e.type_of(term)
    if e.unify_pairs((kind.out, target.out), (kind.into, target.into)):
        return term
    if kind.is_scalar and is_literal(term):
        return Lift(target.plain, term)
    turns = kind.gradient or target.gradient
    one_sided = (kind.is_vector and target.is_row) or (kind.is_row and target.is_vector)
    if turns and one_sided and e.unify(kind.axes, target.axes):
        e.oracle.force("gradient", "row", term.span)
        return Transpose(Type(target.out, target.into, gradient=True), term)
    if kind.gradient or not target.is_matrix or not e.context.diagonals:
        return None
    return _as_diagonal(e, term, target)


def _as_diagonal(e: Elaboration, term: Term, target: Type) -> Term | None:
    """A vector as the matrix with it on its diagonal; for a Jacobian, M v as M diag(v)."""
    kind = e.type_of(term)
    line = (kind.is_vector or kind.is_row) and not isinstance(term, Transpose)
    square = line and e.unify(kind.axes * 2, target.axes)
    beside = None if target.gradient else beside_diagonal(e, term, target)
    if beside is not None and square:
        square = e.oracle.choose("vector beside a matrix", at=term.span) == "product"
    elif beside is not None:
        e.oracle.force("vector beside a matrix", "diagonal", term.span)
    if not square:
        return beside
    e.oracle.force("diagonal", "vector", term.span)
    return diagonal(term if kind.is_vector else transposed(e, term))


def _times_identity(e: Elaboration, term: Term, other: Term, item: Item) -> Term | None:
    """β, or 1, as βI where the other side is a square Jacobian: the vector of its diagonal."""
    kind = e.type_of(other)
    jacobian = kind.is_matrix and any(_is_of_a_vector(e, node) for node in walk(other))
    if not jacobian or not e.type_of(term).is_scalar or term == scalar(0):
        return None
    if not e.unify(kind.out, kind.into):
        return None
    if is_literal(term) and e.oracle.choose("number", at=item) != "identity":
        return None
    e.oracle.force("number", "identity", term.span or item)
    return Scale(kind.plain, term, Constant(kind.plain, "identity"))


def _is_of_a_vector(e: Elaboration, node: Term) -> bool:
    """Whether it is a derivative, and no gradient: ∂E/∂W is a matrix, and no Jacobian."""
    return isinstance(node, Derivative) and not e.type_of(node.of).is_scalar


def _as_jacobian(e: Elaboration, term: Term, other: Term, item: Item) -> Term | None:
    """xᵀ as xᵀ ⊗ I where the other side is ∂z/∂W: that of z = W x, by the factor that W has."""
    kind, row = e.type_of(other), e.type_of(term)
    if not row.is_row or len(kind.out) != 1 or len(kind.into) != 2:
        return None
    if not (e.unify(kind.out[:1], kind.into[:1]) and e.unify(row.into, kind.into[1:])):
        return None
    e.oracle.force("by a matrix", "factor", term.span or item)
    identity = Constant(Type(kind.out, kind.out), "identity")
    return KroneckerProduct(kind.plain, term, identity)


def equated(e: Elaboration, left: Term, right: Term, item: Item) -> tuple[Term, Term]:
    """Both sides of a relation in one type."""
    left = _times_identity(e, left, right, item) or _as_jacobian(e, left, right, item) or left
    right = _times_identity(e, right, left, item) or _as_jacobian(e, right, left, item) or right
    target = e.type_of(left)
    made = coerced(e, right, target)
    if made is not None:
        return left, made
    target = e.type_of(right)
    made = coerced(e, left, target)
    if made is not None:
        return made, right
    return left, ill(e, right, mismatch(e.type_of(left), "=", e.type_of(right), item))
