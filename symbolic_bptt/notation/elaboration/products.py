"""Products: what two terms side by side, or with a sign between them, mean by their types.

This is the only place where a product is decided. Types decide nearly all; what is left is asked.
"""

from __future__ import annotations

from ...core.terms import (
    Add,
    Bound,
    Compose,
    Constant,
    Diagonal,
    Divide,
    Elementwise,
    KroneckerProduct,
    Letter,
    Lift,
    Negative,
    Number,
    Power,
    Scale,
    Term,
    Transpose,
)
from ...core.traversal import walk
from ...core.types import Type
from ..surface.nodes import Item
from .context import Elaboration
from .diagonals import as_vector
from .errors import ElaborationError, mismatch

LITERALS = (Number, Letter, Bound, Add, Negative, Scale, Divide, Power)


def is_literal(term: Term) -> bool:
    """A scalar made of numbers, T and sizes alone: it may take the shape that its place needs."""
    return term.type.is_scalar and all(isinstance(node, LITERALS) for node in walk(term))


def juxtaposed(e: Elaboration, left: Term, right: Term, item: Item) -> Term:
    """left right: scaling, composition, a gradient as a row, two vectors, or a diagonal."""
    a, b = e.type_of(left), e.type_of(right)
    if a.is_scalar:
        return Scale(b, left, right)
    if b.is_scalar:
        return Scale(a, right, left)
    if len(a.into) == len(b.out) and e.unify(a.into, b.out):
        return composed(e, left, right)
    if a.gradient and not b.is_vector and e.unify(a.axes, b.out):
        e.oracle.force("gradient", "row chained", left.span or item)
        return _chained(e, left, right)
    if a.is_vector and b.is_vector and e.unify(a.out, b.out):
        return _two_vectors(e, left, right, item)
    if a.is_row and b.is_row and e.unify(a.into, b.into):
        return _two_rows(e, left, right, item)
    beside = as_vector(e, right, item) if a.is_vector else None
    if beside is not None and e.unify(a.out, beside.type.out):
        return Elementwise(Type(a.out, (), a.gradient), left, beside)
    # a product of matrices is no list of derivatives
    written = e.context.diagonals and not isinstance(left, Compose)
    if written and a.is_vector and b.is_matrix and e.unify(a.out, b.out):
        e.oracle.force("diagonal", "vector", left.span or item)
        return composed(e, diagonal(left), right)
    return ill(e, Compose(Type(a.out, b.into), left, right), mismatch(a, "product", b, item))


def composed(e: Elaboration, left: Term, right: Term) -> Term:
    """The contraction of what fits; the axes are known to."""
    a, b = e.type_of(left), e.type_of(right)
    if a.is_row and b.is_vector and isinstance(left, Transpose) and not a.gradient:
        e.transposed_inner.append(True)
    if a.gradient and not a.out and len(b.into) > 1:
        return Compose(_gradient_of(b), left, right)
    return Compose(Type(a.out, b.into, a.gradient and not a.out and bool(b.into)), left, right)


def _chained(e: Elaboration, gradient: Term, right: Term) -> Term:
    """A gradient before a Jacobian: the gradient by what the Jacobian is by, in its shape."""
    return Compose(_gradient_of(e.type_of(right)), _as_row(gradient), right)


def _gradient_of(b: Type) -> Type:
    """What a row over b's `out` becomes: the gradient by b's `into`, in the shape of that."""
    if len(b.into) == 2:
        return Type(b.into[:1], b.into[1:], gradient=True)
    return Type(b.into, (), gradient=bool(b.into))


def _as_row(term: Term) -> Term:
    kind = term.type
    return Transpose(Type((), kind.axes, gradient=True), term)


def _two_vectors(e: Elaboration, left: Term, right: Term, item: Item) -> Term:
    a, b = e.type_of(left), e.type_of(right)
    if a.gradient:
        kind = e.oracle.choose("gradient and vector", at=item)
    else:
        options = ("elementwise",) if e.context.writes_inner() else ("elementwise", "inner")
        kind = e.oracle.choose("vectors", options, item)
    if kind == "inner":
        return Compose(Type(), Transpose(Type((), a.out), left), right)
    return Elementwise(Type(a.out, (), a.gradient or b.gradient), left, right)


def _two_rows(e: Elaboration, left: Term, right: Term, item: Item) -> Term:
    """Two rows of data, y_t log ŷ_t, as two vectors: entry by entry, or the inner product a bᵀ."""
    a, b = e.type_of(left), e.type_of(right)
    plain = not (a.gradient or b.gradient or e.context.writes_inner())
    if plain and e.oracle.choose("vectors", at=item) == "inner":
        return Compose(Type(), left, Transpose(Type(b.into), right))
    return Elementwise(Type(a.out, a.into, a.gradient or b.gradient), left, right)


def ill(e: Elaboration, term: Term, error: ElaborationError) -> Term:
    """The term as it is written, where shapes are not asked for; else raises the error."""
    if not e.oracle.lenient:
        raise error
    return term


def elementwise(e: Elaboration, left: Term, right: Term, item: Item) -> Term:
    """left ⊙ right: of one type; a number takes it; a gradient turns; a vector scales rows."""
    a, b = e.type_of(left), e.type_of(right)
    if a.is_scalar or b.is_scalar:
        return juxtaposed(e, left, right, item)
    gradient = a.gradient or b.gradient
    if e.unify_pairs((a.out, b.out), (a.into, b.into)):
        return Elementwise(Type(a.out, a.into, gradient), left, right)
    if gradient and e.unify_pairs((a.out, b.into), (a.into, b.out)):
        e.oracle.force("gradient", "row", right.span or item)
        turned = Transpose(Type(b.into, b.out, gradient), right)
        return Elementwise(Type(a.out, a.into, gradient), left, turned)
    for vector, matrix in ((left, right), (right, left)):
        v, m = e.type_of(vector), e.type_of(matrix)
        beside = as_vector(e, matrix, item) if v.is_vector else None
        if beside is not None and e.unify(v.out, beside.type.out):
            return Elementwise(Type(v.out, (), gradient), vector, beside)
        if e.context.diagonals and v.is_vector and m.is_matrix and e.unify(v.out, m.out):
            e.oracle.force("diagonal", "vector", vector.span or item)
            return composed(e, diagonal(vector), matrix)
    return ill(e, Elementwise(a, left, right), mismatch(a, "⊙", b, item))


def outer(e: Elaboration, left: Term, right: Term, item: Item) -> Term:
    """a ⊗ b = a bᵀ of vectors, also where b is written as a row; of matrices Kronecker's."""
    a, b = e.type_of(left), e.type_of(right)
    if a.is_scalar or b.is_scalar:
        return juxtaposed(e, left, right, item)
    if a.is_matrix or b.is_matrix:
        return KroneckerProduct(_open_matrix(e), left, right)
    column = left if a.is_vector else transposed(e, left)
    row = right if b.is_row else transposed(e, right)
    return composed(e, column, row)


def _open_matrix(e: Elaboration) -> Type:
    """A matrix whose sizes are products, which no axis says."""
    return Type((e.sizes.hole(),), (e.sizes.hole(),))


def divided(e: Elaboration, top: Term, bottom: Term, item: Item) -> Term:
    """top / bottom: by a scalar, or entry by entry."""
    a, b = e.type_of(top), e.type_of(bottom)
    if b.is_scalar:
        return Divide(a, top, bottom)
    if a.is_scalar and is_literal(top):
        return Divide(b, Lift(b.plain, top), bottom)
    if e.unify_pairs((a.out, b.out), (a.into, b.into)):
        return Divide(a, top, bottom)
    return ill(e, Divide(a, top, bottom), mismatch(a, "/", b, item))


def transposed(e: Elaboration, term: Term) -> Term:
    """termᵀ; a scalar is its own."""
    kind = e.type_of(term)
    if kind.is_scalar:
        return term
    if isinstance(term, Transpose):
        return term.body
    if isinstance(term, Constant) and term.kind == "identity":
        return term
    return Transpose(Type(kind.into, kind.out, gradient=kind.gradient and not kind.into), term)


def diagonal(vector: Term) -> Term:
    """diag(v)."""
    return Diagonal(Type(vector.type.out, vector.type.out), vector)


PRODUCTS = {
    r"\odot": elementwise,
    r"\circ": elementwise,
    r"\cdot": juxtaposed,
    "*": juxtaposed,
    "@": juxtaposed,
    r"\times": juxtaposed,
    r"\otimes": outer,
    r"\oslash": divided,
}
"""The sign of a product to what it does."""
