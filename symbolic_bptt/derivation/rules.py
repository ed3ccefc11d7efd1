"""Reverse accumulation, one rule for each form of expression.

A rule takes a node and its cotangent g, the derivative of the loss with respect to the node's
value and of the same shape, and gives each operand with its own cotangent. For a product A B
these are (A, g Bᵀ) and (B, Aᵀ g).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from ..notation.printer.text import text
from ..notation.sizes import Size
from ..notation.tree import (
    Add,
    Call,
    Cases,
    Concat,
    Derivative,
    Entry,
    Expr,
    Indicator,
    Matrix,
    Neg,
    Number,
    Operation,
    Power,
    Product,
    Quotient,
    Slice,
    Symbol,
    Transpose,
)
from .algebra import Algebra
from .blocks import block_cotangents, padded, rows_of, unit_ranges
from .context import Context, Pull
from .errors import NoRuleError
from .functions import derivative
from .indices import affine, index_tree
from .matrix_functions import STRUCTURAL
from .monomial import ONE, ZERO
from .softmax import logistic_cotangent


def pull(context: Context, node: Expr, g: Expr, output: Expr | None) -> Pull:
    """The operands of the node with their cotangents; `output` is the name of its value, if any.

    Raises `NoRuleError`.
    """
    a = context.algebra
    match node:
        case Add(terms=terms):
            for term in terms:
                yield term, _unbroadcast(a, g, term)
        case Neg(operand=operand):
            yield operand, a.neg(g)
        case Product(factors=factors):
            yield from _product(a, factors, g)
        case Operation(op=op, left=left, right=right):
            yield from OPERATIONS[op](a, left, right, g)
        case Quotient(numerator=top, denominator=bottom):
            yield top, _unbroadcast(a, a.divide(g, bottom), top)
            value = output or node
            yield bottom, _unbroadcast(a, a.neg(a.divide(a.hadamard(g, value), bottom)), bottom)
        case Power(base=base, exponent=exponent):
            yield from _power(a, base, exponent, g, output or node)
        case Transpose(operand=operand):
            yield operand, a.transpose(g)
        case Call():
            yield from _call(context, node, g, output or node)
        case Slice(of=of, ranges=ranges):
            yield of, padded(a, of, ranges, g)
        case Entry(of=of, indices=indices):
            yield of, padded(a, of, unit_ranges(indices, node), g)
        case Concat(parts=parts, separator=separator):
            yield from block_cotangents(a, node, rows_of(a, parts, separator), g)
        case Matrix(rows=rows):
            yield from block_cotangents(a, node, rows, g)
        case Cases(branches=branches):
            for position, (value, _) in enumerate(branches):
                masked = tuple(
                    (g if place == position else ZERO, ranges)
                    for place, (_, ranges) in enumerate(branches)
                )
                yield value, Cases(masked)
        case _:
            raise NoRuleError(f"{text(node)} has no derivative in matrix notation")


def _unbroadcast(a: Algebra, g: Expr, operand: Expr) -> Expr:
    """The cotangent of an operand that may be a scalar beside vectors."""
    return a.total(g) if a.is_scalar(operand) and not a.is_scalar(g) else g


def _product(a: Algebra, factors: tuple[Expr, ...], g: Expr) -> Pull:
    """A₁ A₂ … from the left, as pairs."""
    *before, last = factors
    left: Expr = before[0] if len(before) == 1 else Product(tuple(before))
    (first, left_g), (second, last_g) = _pair(a, left, last, g)
    if len(before) == 1:
        yield first, left_g
    else:
        yield from _product(a, tuple(before), left_g)
    yield second, last_g


def _pair(a: Algebra, left: Expr, right: Expr, g: Expr) -> Pull:
    if a.is_scalar(left):
        yield left, a.inner(g, right)
        yield right, a.hadamard(g, left)
    elif a.is_scalar(right):
        yield left, a.hadamard(g, right)
        yield right, a.inner(g, left)
    else:
        yield left, a.matmul(g, a.transpose(right))
        yield right, a.matmul(a.transpose(left), g)


def _hadamard(a: Algebra, left: Expr, right: Expr, g: Expr) -> Pull:
    if a.is_scalar(left) or a.is_scalar(right):
        yield from _pair(a, left, right, g)
    else:
        yield left, a.hadamard(g, right)
        yield right, a.hadamard(g, left)


def _outer(a: Algebra, left: Expr, right: Expr, g: Expr) -> Pull:
    """a bᵀ of vectors."""
    if not a.shape(left).is_column:
        name = text(Operation("outer", left, right))
        raise NoRuleError(f"the Kronecker product {name} has no derivative in matrix notation")
    row = a.shape(right).is_row
    yield left, a.matmul(g, a.transpose(right) if row else right)
    yield right, a.matmul(a.transpose(left), g) if row else a.matmul(a.transpose(g), left)


MOST_FACTORS = 8
"""The highest whole power of a matrix that is differentiated factor by factor."""

OPERATIONS: Mapping[str, Callable[[Algebra, Expr, Expr, Expr], Pull]] = {
    "hadamard": _hadamard,
    "outer": _outer,
}


def _power(a: Algebra, base: Expr, exponent: Expr, g: Expr, value: Expr) -> Pull:
    match base, exponent:
        case Call("norm", (x,)), Number(value=number) if number == 2:
            yield x, a.scale(a.scale(Number(Fraction(2)), g), x)
            return
    shape = a.shape(base)
    if shape.is_square and not shape.is_scalar:
        yield from _matrix_power(a, base, exponent, g, value)
        return
    lower = _decremented(exponent)
    inner = base if lower == ONE else ONE if lower == ZERO else Power(base, lower)
    yield base, a.hadamard(a.scale(exponent, g), inner)
    if not isinstance(exponent, Number):
        yield exponent, a.inner(g, a.hadamard(value, Call("log", (base,))))


def _decremented(exponent: Expr) -> Expr:
    match exponent:
        case Number(value=value):
            return Number(value - 1) if value >= 1 else Neg(Number(1 - value))
        case Neg(operand=Number(value=value)):
            return Neg(Number(value + 1))
    index = affine(exponent)
    return Add((exponent, Neg(ONE))) if index is None else index_tree(index - Size(1))


def _matrix_power(a: Algebra, base: Expr, exponent: Expr, g: Expr, value: Expr) -> Pull:
    """A^k as a product; A^{-k} as one of inverses B = A^{-1}, whose cotangent G gives −Bᵀ G Bᵀ."""
    match exponent:
        case Number(value=count) if count.denominator == 1 and 1 <= count <= MOST_FACTORS:
            yield from _product(a, (base,) * int(count), g) if count > 1 else iter([(base, g)])
        case Neg(operand=Number(value=count)) if (
            count.denominator == 1 and 1 <= count <= MOST_FACTORS
        ):
            inverse = value if count == 1 else Power(base, Neg(ONE))
            turned = a.transpose(inverse)
            for _, inner in _matrix_power(a, inverse, Number(count), g, value):
                yield base, a.neg(a.matmul(a.matmul(turned, inner), turned))
        case _:
            raise NoRuleError(
                f"{text(Power(base, exponent))}: the derivative of a matrix power is written only "
                "for a small whole exponent"
            )


def _call(context: Context, node: Call, g: Expr, output: Expr) -> Pull:
    a, name = context.algebra, node.function
    if name in STRUCTURAL:
        yield from STRUCTURAL[name](context, node.arguments[0], g, output)
    elif name in ("max", "min"):
        yield from _extremum(a, node, g, output)
    elif len(node.arguments) > 1:
        for argument in node.arguments:
            yield argument, a.scale(_argument_derivative(node, argument), g)
    elif name == "sigmoid" and not node.primes:
        yield node.arguments[0], logistic_cotangent(a, node, g, output)
    else:
        slope = derivative(a, node, output)
        yield node.arguments[0], ZERO if slope == ZERO else a.hadamard(g, slope)


def _argument_derivative(node: Call, argument: Expr) -> Expr:
    if not isinstance(argument, Symbol) or node.arguments.count(argument) > 1:
        raise NoRuleError(
            f"{text(node)}: give the argument {text(argument)} a name of its own, "
            "so that the derivative with respect to it can be written"
        )
    return Derivative("immediate", node, argument)


def _extremum(a: Algebra, node: Call, g: Expr, output: Expr) -> Pull:
    """The larger or smaller operand gets g; max(0, z) is positive exactly where z is."""
    if len(node.arguments) != 2:
        raise NoRuleError(f"{text(node)} has no derivative in matrix notation")
    for x, other in (node.arguments, node.arguments[::-1]):
        named = other == ZERO and isinstance(output, Symbol)
        won = Indicator(output if named else x, ">" if node.function == "max" else "<", other)
        yield x, _unbroadcast(a, a.hadamard(g, won), x)
