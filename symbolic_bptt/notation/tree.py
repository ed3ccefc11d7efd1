"""The syntax tree: one frozen dataclass for each form of expression, and nothing that acts on it.

Models, formula files and derived closed forms are all made of these nodes. Two nodes are equal
when they are the same mathematics as written; where they stood in the source (`span`) does not
count. What a product means (scaling, matrix product, …) is not decided here: see `shapes`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from functools import cache
from typing import Literal, TypeVar


@dataclass(frozen=True)
class Span:
    """Half-open range of character offsets in a source text."""

    start: int
    end: int


@dataclass(frozen=True)
class Node:
    """What every node has: the place where it was written, if it was."""

    span: Span | None = field(default=None, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True)
class Expr(Node):
    """An expression with a value: scalar, vector or matrix."""


@dataclass(frozen=True)
class Number(Expr):
    """A non-negative decimal literal, kept exactly. Alone, it takes the shape its place needs."""

    value: Fraction


Layout = Literal["sub", "paren", "angle", "bracket", "bare"]
"""Where the first index is written: s_t, h^{(t)}, a^{\\langle t\\rangle}, a^{[t]}, z^t."""


@dataclass(frozen=True)
class Symbol(Expr):
    """A named quantity, with its step (or family) indices.

    `name` is canonical LaTeX without indices: `s`, `\\hat y`, `W_{hh}`, `\\Gamma_f`, `dh`.
    `indices` are the time index first, then any further family indices; entries of a vector or
    matrix are `Entry` nodes instead.
    """

    name: str
    indices: tuple[Expr, ...] = ()
    layout: Layout = "sub"


@dataclass(frozen=True)
class Entry(Expr):
    """(of)_{i} of a vector or (of)_{ij} of a matrix; an index letter left free means *for all*."""

    of: Expr
    indices: tuple[Expr, ...]


@dataclass(frozen=True)
class Slice(Expr):
    """of[a:b, c:d], with None for an open end and 0-based, half-open bounds as in NumPy."""

    of: Expr
    ranges: tuple[tuple[Expr | None, Expr | None], ...]


@dataclass(frozen=True)
class Constant(Expr):
    """`\\mathbf 1` (ones) or `I` (identity), of the shape its place needs or of the given sizes."""

    kind: Literal["ones", "identity"]
    sizes: tuple[Expr, ...] = ()


@dataclass(frozen=True)
class KroneckerDelta(Expr):
    """δ_{ij} = 1 if i = j, else 0."""

    left: Expr
    right: Expr


RelationOp = Literal["=", "!=", "<", "<=", ">", ">=", "+="]


@dataclass(frozen=True)
class Indicator(Expr):
    """`\\mathbb 1[left op right]`, elementwise."""

    left: Expr
    op: RelationOp
    right: Expr


@dataclass(frozen=True)
class Add(Expr):
    """A sum of two or more terms; a subtracted term is a `Neg`. No term is itself a bare `Add`."""

    terms: tuple[Expr, ...]


@dataclass(frozen=True)
class Neg(Expr):
    """-operand."""

    operand: Expr


@dataclass(frozen=True)
class Product(Expr):
    """Two or more factors side by side: each product a scaling, a matrix product or a chain."""

    factors: tuple[Expr, ...]


OperationOp = Literal["hadamard", "outer"]


@dataclass(frozen=True)
class Operation(Expr):
    """left ⊙ right, entry by entry (also `\\circ`, `.*`), or left ⊗ right."""

    op: OperationOp
    left: Expr
    right: Expr


@dataclass(frozen=True)
class Quotient(Expr):
    """numerator / denominator, elementwise between equal shapes."""

    numerator: Expr
    denominator: Expr


@dataclass(frozen=True)
class Power(Expr):
    """base^exponent: elementwise for a vector, matrix power for a square matrix."""

    base: Expr
    exponent: Expr


@dataclass(frozen=True)
class Transpose(Expr):
    """operand^⊤."""

    operand: Expr


@dataclass(frozen=True)
class Call(Expr):
    """function^{(primes)}(arguments): elementwise for a function of one scalar.

    `function` is a key of `functions.FUNCTIONS` (`tanh`, `softmax`, …) or the name of an
    undetermined function of the model.
    """

    function: str
    arguments: tuple[Expr, ...]
    primes: int = 0


DerivativeKind = Literal["partial", "total", "immediate", "gradient"]


@dataclass(frozen=True)
class Derivative(Expr):
    """∂of/∂wrt (`partial`), d of/d wrt (`total`), ∂⁺of/∂wrt (`immediate`), ∇_wrt of."""

    kind: DerivativeKind
    of: Expr
    wrt: Expr


@dataclass(frozen=True)
class Held(Expr):
    """body|_{fixed}: the derivatives in the body are taken with these quantities held constant."""

    body: Expr
    fixed: tuple[Expr, ...]


@dataclass(frozen=True)
class Range(Node):
    """lower ≤ index ≤ upper; a bound that is None is the end of the index's own range.

    A strict bound is written into the tree as ± 1. `unequal` lists values left out (j ≠ i).
    """

    index: str
    lower: Expr | None = None
    upper: Expr | None = None
    unequal: tuple[Expr, ...] = ()


@dataclass(frozen=True)
class BigOperator(Expr):
    """Σ or Π of the body over one or more ranges, the last varying fastest.

    `descending`: the factors of a product of matrices from the highest index to the lowest.
    """

    kind: Literal["sum", "product"]
    ranges: tuple[Range, ...]
    body: Expr
    descending: bool = False


@dataclass(frozen=True)
class Concat(Expr):
    """[a; b] (`separator` ";") stacks one under the other; [a, b] as its shapes allow."""

    parts: tuple[Expr, ...]
    separator: Literal[";", ","] = ";"


@dataclass(frozen=True)
class Matrix(Expr):
    """`\\begin{bmatrix}…\\end{bmatrix}`: rows of blocks."""

    rows: tuple[tuple[Expr, ...], ...]


@dataclass(frozen=True)
class Cases(Expr):
    """`\\begin{cases}`: the first branch whose ranges hold; no ranges at all mean *otherwise*."""

    branches: tuple[tuple[Expr, tuple[Range, ...]], ...]


@dataclass(frozen=True)
class Statement(Node):
    """operands joined by relations (`a = b = c` is two claims), claimed where the ranges hold."""

    operands: tuple[Expr, ...]
    operators: tuple[RelationOp, ...]
    ranges: tuple[Range, ...] = ()


N = TypeVar("N", bound=Node)


def children(node: Node) -> list[Node]:
    """The nodes directly below, in the order written."""
    found: list[Node] = []
    for name in _parts(type(node)):  # type: ignore[arg-type]
        value = getattr(node, name)
        if isinstance(value, Node):
            found.append(value)
        elif value.__class__ is tuple:
            _add_nodes(value, found)
    return found


def walk(node: Node) -> Iterator[Node]:
    """The node and all nodes below it, outermost first."""
    pending = [node]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(reversed(children(current)))


def map_children(node: N, change: Callable[[Expr], Expr]) -> N:
    """The node with `change` applied to every expression directly below it (also inside ranges).

    It is the node itself where nothing changes.
    """
    old = {name: getattr(node, name) for name in _parts(type(node))}  # type: ignore[arg-type]
    new = {name: _mapped(value, change) for name, value in old.items()}
    if all(new[name] is value for name, value in old.items()):
        return node
    return replace(node, **new)  # type: ignore[arg-type]


@cache
def _parts(kind: type[Node]) -> tuple[str, ...]:
    """The names of the fields of a kind of node; asking a dataclass each time is slow."""
    return tuple(item.name for item in fields(kind) if item.name != "span")


def _add_nodes(values: tuple[object, ...], found: list[Node]) -> None:
    for value in values:
        if isinstance(value, Node):
            found.append(value)
        elif isinstance(value, tuple):
            _add_nodes(value, found)


def _mapped(value: object, change: Callable[[Expr], Expr]) -> object:
    if isinstance(value, Expr):
        return change(value)
    if isinstance(value, Node):
        return map_children(value, change)
    if isinstance(value, tuple):
        mapped = tuple(_mapped(item, change) for item in value)
        same = all(new is old for new, old in zip(mapped, value, strict=True))
        return value if same else mapped
    return value
