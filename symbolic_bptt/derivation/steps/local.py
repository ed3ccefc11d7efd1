r"""The local Jacobian ∂⁺y/∂x of one equation, in matrix form: diag(1 − s_t²) W.

Forward differentiation over the tree, one rule for each form of expression. Rows count as columns:
in numerator layout [i, j] = ∂y_i/∂x_j either way. A derivative with respect to a matrix is no
matrix, and has no form here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import reduce

from ...notation.functions import NORMS
from ...notation.sizes import Size
from ...notation.tree import (
    Add,
    Call,
    Concat,
    Constant,
    Expr,
    Neg,
    Number,
    Operation,
    Power,
    Product,
    Quotient,
    Symbol,
    Transpose,
    walk,
)
from ..algebra import Algebra
from ..functions import derivative
from ..indices import index_tree
from ..monomial import ONE, ZERO

Jacobian = Expr | None
"""None stands for zero of any shape."""


class NoLocalFormError(ValueError):
    """An equation whose Jacobian is not written in matrix form."""


def local_jacobian(algebra: Algebra, body: Expr, wrt: Symbol, output: Symbol) -> Expr:
    """∂⁺output/∂wrt of output = body. Raises `NoLocalFormError`.

    The derivative of a scalar has the shape of `wrt`.
    """
    if not _is_vector(algebra, wrt) or not _is_vector(algebra, output):
        raise NoLocalFormError
    found = _Forward(algebra, wrt).of(body, output)
    if found is None:
        return ZERO
    scalar = algebra.is_scalar(output)
    return algebra.transpose(found) if scalar and algebra.shape(wrt).is_column else found


class _Forward:
    """Forward differentiation with respect to one symbol."""

    def __init__(self, algebra: Algebra, wrt: Symbol) -> None:
        self.a = algebra
        self.wrt = wrt

    def of(self, node: Expr, output: Expr | None = None) -> Jacobian:
        """The Jacobian of a node that is a scalar or a vector."""
        if node == self.wrt:
            return self._identity()
        if self.wrt not in walk(node):
            return None
        if not _is_vector(self.a, node):
            raise NoLocalFormError
        match node:
            case Add(terms=terms):
                shape = self.a.shape(node)
                return self._sum(self._broadcast(term, shape.rows, shape.columns) for term in terms)
            case Neg(operand=operand):
                return self._map(self.of(operand), self.a.neg)
            case Transpose(operand=operand):
                return self.of(operand)
            case Product(factors=(first, *rest)):
                right = rest[0] if len(rest) == 1 else Product(tuple(rest))
                return self._product(first, right)
            case Operation(op=op, left=left, right=right):
                return OPERATIONS[op](self, left, right)
            case Quotient(numerator=top, denominator=bottom) if self.wrt not in walk(bottom):
                return self._scaled(self.a.divide(ONE, bottom), self.of(top))
            case Quotient() if self.a.is_scalar(node):
                return self._quotient(node, output or node)
            case Power(base=base, exponent=Number(value=value)) if value == 2:
                inner = self.a.scale(Number(value), base)
                return self._scaled(inner, self.of(base))
            case Concat(parts=parts) if self.a.shape(node).is_column:
                return self._stacked(parts)
            case Call():
                return self._call(node, output or node)
        raise NoLocalFormError

    def _broadcast(self, term: Expr, rows: Size, columns: Size) -> Jacobian:
        found = self.of(term)
        if found is not None and self.a.is_scalar(term) and (rows, columns) != (Size(1), Size(1)):
            raise NoLocalFormError
        return found

    def _product(self, left: Expr, right: Expr) -> Jacobian:
        """A x, x B, xᵀ y, and scalings."""
        a = self.a
        if a.is_scalar(left) or a.is_scalar(right):
            return self._hadamard(left, right)
        parts: list[Jacobian] = []
        if self.wrt in walk(right):
            if not _is_column_or_scalar(a, right):
                raise NoLocalFormError
            parts.append(self._map(self.of(right), lambda j: a.matmul(left, j)))
        if self.wrt in walk(left):
            if not a.shape(left).is_row:
                raise NoLocalFormError
            turned = a.transpose(right)
            parts.append(self._map(self.of(left), lambda j: a.matmul(turned, j)))
        return self._sum(parts)

    def _hadamard(self, left: Expr, right: Expr) -> Jacobian:
        return self._sum(
            (self._weighted(left, right), self._weighted(right, left)),
        )

    def _weighted(self, weight: Expr, moving: Expr) -> Jacobian:
        """What `moving` adds to weight ⊙ moving."""
        found = self.of(moving)
        if found is None:
            return None
        if self.a.is_scalar(moving) and not self.a.is_scalar(weight):
            return self.a.matmul(self._column(weight), found)
        return self._scaled(weight, found)

    def _scaled(self, weight: Expr, jacobian: Jacobian) -> Jacobian:
        """weight · J for a scalar weight, diag(weight) J for a vector."""
        if jacobian is None:
            return None
        if self.a.is_scalar(weight):
            return self.a.scale(weight, jacobian)
        match jacobian:
            case Call("diag", (inner,)):
                return Call("diag", (self.a.hadamard(weight, inner),))
            case Product(factors=(Call("diag", (inner,)), *rest)):
                return Product((Call("diag", (self.a.hadamard(weight, inner),)), *rest))
        return self.a.matmul(Call("diag", (weight,)), jacobian)

    def _quotient(self, node: Quotient, output: Expr) -> Jacobian:
        a, bottom = self.a, node.denominator
        slope = a.neg(a.divide(output, bottom))
        top = self._scaled(a.divide(ONE, bottom), self.of(node.numerator))
        return self._sum((top, self._scaled(slope, self.of(bottom))))

    def _stacked(self, parts: tuple[Expr, ...]) -> Jacobian:
        rows = [self.of(part) for part in parts]
        found = tuple(row for row in rows if row is not None)
        if len(found) < len(rows):  # blocks of zeros have no name in the language
            raise NoLocalFormError
        return Concat(found)

    def _call(self, node: Call, output: Expr) -> Jacobian:
        a = self.a
        if node.function == "softmax" and not node.primes:
            y = self._column(output)
            square = a.matmul(y, a.transpose(y))
            whole = a.subtract(Call("diag", (output,)), square)
            return self._map(self.of(node.arguments[0]), lambda j: a.matmul(whole, j))
        if len(node.arguments) != 1 or node.function in ("diag", "tr", *NORMS, "det", "vec"):
            raise NoLocalFormError
        if node.function in ("max", "min"):
            raise NoLocalFormError
        return self._scaled(derivative(a, node, output), self.of(node.arguments[0]))

    def _column(self, x: Expr) -> Expr:
        return self.a.transpose(x) if self.a.shape(x).is_row else x

    def _identity(self) -> Expr:
        shape = self.a.shape(self.wrt)
        if shape.is_scalar:
            return ONE
        return Constant("identity", (index_tree(shape.rows if shape.is_column else shape.columns),))

    def _sum(self, parts: Iterable[Jacobian]) -> Jacobian:
        found = [part for part in parts if part is not None]
        return reduce(self.a.add, found) if found else None

    def _map(self, jacobian: Jacobian, change: Callable[[Expr], Expr]) -> Jacobian:
        return None if jacobian is None else change(jacobian)


def _no_form(forward: _Forward, left: Expr, right: Expr) -> Jacobian:
    raise NoLocalFormError


OPERATIONS: Mapping[str, Callable[[_Forward, Expr, Expr], Jacobian]] = {
    "hadamard": _Forward._hadamard,
    "outer": _no_form,
}


def _is_vector(algebra: Algebra, expr: Expr) -> bool:
    shape = algebra.shape(expr)
    return shape.is_scalar or shape.is_column or shape.is_row


def _is_column_or_scalar(algebra: Algebra, expr: Expr) -> bool:
    shape = algebra.shape(expr)
    return shape.is_scalar or shape.is_column
