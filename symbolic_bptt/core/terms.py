r"""Terms: what a formula means, with the shape in every node and every product by its own name.

After elaboration nobody asks again what a product, a slash or a script means. Scaling, the
matrix product, the elementwise and the Kronecker product are different constructors; a row is a
transpose, a vector on the diagonal is a `Diagonal`, a number that takes a shape is a `Lift`.
Binders are locally nameless: the letter of a sum is `Bound(0)` in its body, and its name is a hint
for printing, so that equal terms are equal whatever their letters, and nothing is ever captured.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from ..notation.names.types import Layout
from ..notation.tree import Span
from .axes import Axis
from .types import SCALAR, Type


@dataclass(frozen=True)
class Term:
    """What every term has: its type, and where it was written, which says nothing about it."""

    type: Type
    span: Span | None = field(default=None, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True)
class Number(Term):
    """A number, a scalar."""

    value: Fraction


@dataclass(frozen=True)
class Letter(Term):
    """An index letter without a binder, T, or a size as a number; `sort` is what it ranges over."""

    name: str
    sort: Axis


@dataclass(frozen=True)
class Bound(Term):
    """The letter of the binder that is `depth` binders further out."""

    depth: int


@dataclass(frozen=True)
class Symbol(Term):
    """A quantity of the model or the document: its key, its steps and families."""

    name: str
    indices: tuple[Term, ...] = ()
    layout: Layout = "sub"


@dataclass(frozen=True)
class Constant(Term):
    """Ones, the identity, zero, or the unit vector e_i, of the shape of its type."""

    kind: Literal["ones", "identity", "unit"]
    index: Term | None = None


@dataclass(frozen=True)
class Kronecker(Term):
    """1 if both letters are equal, else 0."""

    left: Term
    right: Term


@dataclass(frozen=True)
class Add(Term):
    """A sum of terms of one type."""

    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Negative(Term):
    """-body."""

    body: Term


@dataclass(frozen=True)
class Scale(Term):
    """scalar · body."""

    scalar: Term
    body: Term


@dataclass(frozen=True)
class Elementwise(Term):
    """left ⊙ right, of one type."""

    left: Term
    right: Term


@dataclass(frozen=True)
class Compose(Term):
    """left right, contracting the axes `into` of left with the axes `out` of right."""

    left: Term
    right: Term


@dataclass(frozen=True)
class KroneckerProduct(Term):
    """left ⊗ right of matrices."""

    left: Term
    right: Term


@dataclass(frozen=True)
class Transpose(Term):
    """bodyᵀ; of a gradient the row that it acts as."""

    body: Term


@dataclass(frozen=True)
class Diagonal(Term):
    """The matrix with that diagonal, or the diagonal of a matrix."""

    body: Term


@dataclass(frozen=True)
class Lift(Term):
    """A number in every entry of its type."""

    body: Term


@dataclass(frozen=True)
class Entry(Term):
    """One entry of a vector, a matrix or a Jacobian."""

    body: Term
    indices: tuple[Term, ...]


@dataclass(frozen=True)
class Slice(Term):
    """Rows a, …, b-1, counted from 0, and the same of columns; None is an open end."""

    body: Term
    ranges: tuple[tuple[Term | None, Term | None], ...]


@dataclass(frozen=True)
class Blocks(Term):
    """A matrix of blocks, row by row."""

    rows: tuple[tuple[Term, ...], ...]


@dataclass(frozen=True)
class Divide(Term):
    """top / bottom, by a scalar or entry by entry."""

    top: Term
    bottom: Term


@dataclass(frozen=True)
class Power(Term):
    """base^exponent, entry by entry."""

    base: Term
    exponent: Term


@dataclass(frozen=True)
class MatrixPower(Term):
    """base^exponent of a square matrix, the inverse included."""

    base: Term
    exponent: Term


@dataclass(frozen=True)
class Apply(Term):
    """function^{(primes)}(arguments), entry by entry or of a whole vector or matrix."""

    function: str
    arguments: tuple[Term, ...]
    primes: int = 0


Comparison = Literal["=", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True)
class Indicator(Term):
    """1 where left op right, else 0, entry by entry."""

    left: Term
    op: Comparison
    right: Term


BigKind = Literal["sum", "product"]


@dataclass(frozen=True)
class Big(Term):
    """Σ or Π of the body for lower ≤ letter ≤ upper; None is the end of the letter's own range.

    `descending`: the factors of a product of matrices from the highest index to the lowest.
    The bounds and the values left out do not see the letter; the body sees it as `Bound(0)`.
    """

    kind: BigKind
    hint: str
    sort: Axis
    lower: Term | None
    upper: Term | None
    unequal: tuple[Term, ...]
    body: Term
    descending: bool = False


DerivativeKind = Literal["total", "immediate"]


@dataclass(frozen=True)
class Derivative(Term):
    """∂of/∂by: through every path, or with all but the arguments of its own equation held fixed.

    Of a scalar it has the type of `by`, a gradient; by a scalar that of `of`; else the axes of
    `of` are `out` and those of `by` are `into`. `held` are quantities held fixed besides.
    """

    kind: DerivativeKind
    of: Term
    by: Term
    held: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Condition:
    """lower ≤ letter ≤ upper, and none of `unequal`."""

    letter: Term
    lower: Term | None = None
    upper: Term | None = None
    unequal: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Cases(Term):
    """The first branch whose conditions hold; no conditions at all mean otherwise."""

    branches: tuple[tuple[Term, tuple[Condition, ...]], ...]


def scalar(value: Fraction | int) -> Number:
    """A number as a term."""
    return Number(SCALAR, Fraction(value))
