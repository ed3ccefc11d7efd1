"""The one evaluator: the value of an expression in any domain, under one reading.

A match over the forms of the tree; what the operations do is in `algebra`, `products` and
`structure`, ranges are in `ranges`.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from operator import eq, ge, gt, le, lt, ne

from ..notation.tree import (
    Add,
    BigOperator,
    Call,
    Cases,
    Concat,
    Constant,
    Derivative,
    Entry,
    Expr,
    Held,
    Indicator,
    KroneckerDelta,
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
from .algebra import add, divide, negate, power
from .environment import Environment
from .errors import (
    EvaluationError,
    LimitReached,
    NotAnInteger,
    OutOfRange,
    ShapeMismatch,
    UnboundIndex,
    UndefinedValue,
    Unsupported,
)
from .functions import call, indicator
from .integers import integer, rational
from .products import elementwise, multiply, outer, transpose
from .ranges import assignments, in_ranges
from .reading import STRICT, Reading
from .structure import blocks, concat, entry, identity, norm, ones, part, spectral_norm
from .value import Pair, Value, flexible, literal, scalar

COMPARED = {"=": eq, "+=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
"""The relations between numbers."""


def evaluate(
    expr: Expr,
    environment: Environment,
    reading: Reading = STRICT,
    expected: Pair | None = None,
) -> Value:
    """The value of the expression.

    `expected` is the shape its place gives it, if that is known: it decides what is ambiguous.
    Raises an `EvaluationError`, whose `node` is the innermost expression concerned.
    """
    try:
        with environment.domain.scope():
            return _value(expr, environment, reading, expected)
    except (ZeroDivisionError, FloatingPointError) as error:
        raise UndefinedValue(str(error), expr) from None
    except RecursionError:
        raise LimitReached("too deeply nested", expr) from None


def _value(expr: Expr, env: Environment, reading: Reading, expected: Pair | None) -> Value:
    try:
        value = _dispatch(expr, env, reading, expected)
    except EvaluationError as error:
        if error.node is None:
            error.node = expr
        raise
    env.budget.spend(1 if isinstance(expr, Symbol) else 1 + value.array.size)
    return value


def _dispatch(expr: Expr, env: Environment, reading: Reading, expected: Pair | None) -> Value:
    domain = env.domain

    def value(child: Expr, shape: Pair | None = None) -> Value:
        return _value(child, env, reading, shape)

    match expr:
        case Symbol():
            return _symbol(expr, env)
        case Number(value=number):
            return literal(domain, domain.number(number))
        case Product(factors=factors):
            return _product(factors, env, reading, expected)
        case Add(terms=terms):
            return add(domain, [value(term, expected) for term in terms])
        case Neg(operand=operand):
            return negate(value(operand, expected))
        case Operation():
            return _operation(expr, env, reading, expected)
        case Quotient(numerator=top, denominator=bottom):
            below = value(bottom)
            simple = below.flexible or below.is_scalar
            return divide(domain, value(top, expected if simple else None), below)
        case Power(base=base, exponent=exponent):
            return power(domain, value(base), _exponent(exponent, env, reading))
        case Transpose(operand=operand):
            return transpose(value(operand, expected and (expected[1], expected[0])))
        case Call(function="norm", arguments=(argument,)):
            return _norm(value(argument), env, reading)
        case Call():
            return call(domain, expr, [value(argument) for argument in expr.arguments])
        case BigOperator():
            return _big_operator(expr, env, reading, expected)
        case Entry(of=of, indices=indices):
            places = tuple(integer(index, env) for index in indices)
            defined = env.entry(expr, places)
            return entry(domain, value(of), places) if defined is None else defined
        case Slice(of=of, ranges=ranges):
            bounds = [(_bound(low, env), _bound(high, env)) for low, high in ranges]
            return part(value(of), bounds)
        case Constant(kind=kind, sizes=sizes):
            return _constant(kind, [integer(size, env) for size in sizes], env)
        case KroneckerDelta(left=left, right=right):
            same = integer(left, env) == integer(right, env)
            return scalar(domain, domain.number(Fraction(int(same))))
        case Indicator():
            return _indicator(expr, env, reading)
        case Derivative():
            return env.derivative(expr, reading)
        case Held(body=body, fixed=fixed):
            return _value(body, env.holding(fixed), reading, expected)
        case Concat(parts=parts, separator=separator):
            return concat(domain, [value(item) for item in parts], separator)
        case Matrix(rows=rows):
            return blocks(domain, [[value(item) for item in row] for row in rows])
        case Cases(branches=branches):
            for body, conditions in branches:
                if in_ranges(conditions, env):
                    return value(body, expected)
            raise UndefinedValue("no case applies", expr)
    raise Unsupported(f"{type(expr).__name__} has no value", expr)


def _symbol(node: Symbol, env: Environment) -> Value:
    if not node.indices:
        number = env.letter(node.name)
        if number is not None:
            return literal(env.domain, number)
    return env.symbol(node, tuple(integer(index, env) for index in node.indices))


def _operation(expr: Operation, env: Environment, reading: Reading, expected: Pair | None) -> Value:
    passed = expected if expr.op == "hadamard" else None
    values = _factors((expr.left, expr.right), (passed, passed), env, reading)
    if len(values) == 1:
        return values[0]
    left, right = values
    match expr.op:
        case "dot":
            return multiply(env.domain, left, right, reading, expected)
        case "hadamard":
            return elementwise(env.domain, left, right, reading)
        case "outer":
            env.budget.spend(left.array.size * right.array.size)
            return outer(env.domain, left, right)


def _product(
    factors: tuple[Expr, ...], env: Environment, reading: Reading, expected: Pair | None
) -> Value:
    """Factors from left to right; under the diagonal reading a column before a matrix is diag."""
    only_numbers = all(isinstance(factor, Number) for factor in factors[:-1])
    passed = (*[None] * (len(factors) - 1), expected if only_numbers else None)
    values = _factors(factors, passed, env, reading)
    result = values[0]
    for position, right in enumerate(values[1:], 1):
        shape = expected if position == len(values) - 1 else None
        between = position + 1 < len(values) and reading.diagonal
        if between and _between_matrices(result, right, values[position + 1]):
            right = call(env.domain, Call("diag", ()), [right])
        result = multiply(env.domain, result, right, reading, shape)
    return result


def _factors(
    factors: Sequence[Expr], expected: Sequence[Pair | None], env: Environment, reading: Reading
) -> list[Value]:
    """The values of all factors; or 0 alone, where one is a literal 0 and another does not exist.

    δ_{T+1} = 0 is a boundary although it is multiplied by something of a step that is not there.
    """
    values, missing = [], None
    for factor, shape in zip(factors, expected, strict=True):
        try:
            values.append(_value(factor, env, reading, shape))
        except OutOfRange as error:
            missing = missing or error
    if missing is None:
        return values
    for value in values:
        if value.flexible == "number" and env.domain.is_zero(value.coefficient):
            return [value]
    raise missing


def _between_matrices(left: Value, vector: Value, right: Value | None) -> bool:
    """Whether A v B only makes sense as A diag(v) B."""
    matrices = left.is_plain_matrix and right is not None and right.is_plain_matrix
    return matrices and vector.is_column


def _indicator(expr: Indicator, env: Environment, reading: Reading) -> Value:
    """Between numbers the truth; else entry by entry, by the sign of the difference."""
    try:
        left, right = rational(expr.left, env), rational(expr.right, env)
    except (UnboundIndex, NotAnInteger):
        left = right = None
    if left is not None and right is not None:
        holds = COMPARED[expr.op](left, right)
        return literal(env.domain, env.domain.number(Fraction(int(holds))))
    sides = [_value(side, env, reading, None) for side in (expr.left, expr.right)]
    return indicator(env.domain, sides[0], expr.op, sides[1])


def _norm(value: Value, env: Environment, reading: Reading) -> Value:
    if value.is_plain_matrix and reading.matrix_norm == "spectral":
        return spectral_norm(env.domain, value)
    return norm(env.domain, value)


def _exponent(expr: Expr, env: Environment, reading: Reading) -> Fraction | Value:
    try:
        known = rational(expr, env)
    except (UnboundIndex, NotAnInteger):
        known = None
    return _value(expr, env, reading, None) if known is None else known


def _bound(expr: Expr | None, env: Environment) -> int | None:
    return None if expr is None else integer(expr, env)


def _constant(kind: str, sizes: list[int], env: Environment) -> Value:
    if not sizes:
        return flexible(env.domain, "ones" if kind == "ones" else "identity")
    env.budget.spend(sizes[0] * sizes[-1])
    if min(sizes) < 1:
        raise ShapeMismatch("constant", f"size {min(sizes)}", "a positive size")
    if kind == "identity":
        return identity(env.domain, sizes[0])
    return ones(env.domain, (sizes[0], sizes[1] if len(sizes) > 1 else 1))


def _big_operator(
    expr: BigOperator, env: Environment, reading: Reading, expected: Pair | None
) -> Value:
    """Σ and Π in order of the index; an empty sum is 0, an empty product I.

    Where no term at all exists, as in Σ_i W_{ij} δ_{T+1,i}, the sum does not exist either.
    """
    domain = env.domain
    values: list[Value] = []
    missing: list[tuple[Environment, OutOfRange]] = []
    for place in assignments(expr, env, lambda part, place: _value(part, place, reading, None)):
        try:
            values.append(_value(expr.body, place, reading, expected))
        except OutOfRange as error:
            missing.append((place, error))
    for place, gap in missing:
        if not values or not place.leaves_out(expr, gap):
            raise gap
    if expr.kind == "sum":
        return add(domain, values) if values else literal(domain, domain.number(Fraction(0)))
    if not values:
        return flexible(domain, "identity")
    if reading.product_order == "descending" and not env.runs_down(expr.ranges[0], 0, 0):
        values.reverse()
    result = values[0]
    for following in values[1:]:
        result = multiply(domain, result, following, reading, expected)
    return result
