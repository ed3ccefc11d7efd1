"""The one evaluator: the value of an expression in any domain.

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
from .algebra import add, divide, hadamard, negate, power
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
from .products import multiply, outer, transpose
from .ranges import assignments, in_ranges
from .structure import blocks, concat, entry, identity, ones, part
from .value import Value, flexible, literal, scalar

COMPARED = {"=": eq, "+=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
"""The relations between numbers."""


def evaluate(expr: Expr, environment: Environment) -> Value:
    """The value of the expression.

    Raises an `EvaluationError`, whose `node` is the innermost expression concerned.
    """
    try:
        with environment.domain.scope():
            return _value(expr, environment)
    except (ZeroDivisionError, FloatingPointError) as error:
        raise UndefinedValue(str(error), expr) from None
    except RecursionError:
        raise LimitReached("too deeply nested", expr) from None


def _value(expr: Expr, env: Environment) -> Value:
    try:
        value = _dispatch(expr, env)
    except EvaluationError as error:
        if error.node is None:
            error.node = expr
        raise
    env.budget.spend(1 if isinstance(expr, Symbol) else 1 + value.array.size)
    return value


def _dispatch(expr: Expr, env: Environment) -> Value:
    domain = env.domain

    def value(child: Expr) -> Value:
        return _value(child, env)

    match expr:
        case Symbol():
            return _symbol(expr, env)
        case Number(value=number):
            return literal(domain, domain.number(number))
        case Product(factors=factors):
            return _product(factors, env)
        case Add(terms=terms):
            return add(domain, [value(term) for term in terms])
        case Neg(operand=operand):
            return negate(value(operand))
        case Operation():
            return _operation(expr, env)
        case Quotient(numerator=top, denominator=bottom):
            below = value(bottom)
            return divide(domain, value(top), below)
        case Power(base=base, exponent=exponent):
            return power(domain, value(base), _exponent(exponent, env))
        case Transpose(operand=operand):
            return transpose(value(operand))
        case Call():
            return call(domain, expr, [value(argument) for argument in expr.arguments])
        case BigOperator():
            return _big_operator(expr, env)
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
            return _indicator(expr, env)
        case Derivative():
            return env.derivative(expr)
        case Held(body=body, fixed=fixed):
            return _value(body, env.holding(fixed))
        case Concat(parts=parts, separator=separator):
            return concat(domain, [value(item) for item in parts], separator)
        case Matrix(rows=rows):
            return blocks(domain, [[value(item) for item in row] for row in rows])
        case Cases(branches=branches):
            for body, conditions in branches:
                if in_ranges(conditions, env):
                    return value(body)
            raise UndefinedValue("no case applies", expr)
    raise Unsupported(f"{type(expr).__name__} has no value", expr)


def _symbol(node: Symbol, env: Environment) -> Value:
    if not node.indices:
        number = env.letter(node.name)
        if number is not None:
            return literal(env.domain, number)
    return env.symbol(node, tuple(integer(index, env) for index in node.indices))


def _operation(expr: Operation, env: Environment) -> Value:
    values = _factors((expr.left, expr.right), env)
    if len(values) == 1:
        return values[0]
    left, right = values
    match expr.op:
        case "hadamard":
            return hadamard(env.domain, left, right)
        case "outer":
            env.budget.spend(left.array.size * right.array.size)
            return outer(env.domain, left, right)


def _product(factors: tuple[Expr, ...], env: Environment) -> Value:
    """Factors from left to right."""
    result, *others = _factors(factors, env)
    for right in others:
        result = multiply(env.domain, result, right)
    return result


def _factors(factors: Sequence[Expr], env: Environment) -> list[Value]:
    """The values of all factors; or 0 alone, where one is a literal 0 and another does not exist.

    δ_{T+1} = 0 is a boundary although it is multiplied by something of a step that is not there.
    """
    values, missing = [], None
    for factor in factors:
        try:
            values.append(_value(factor, env))
        except OutOfRange as error:
            missing = missing or error
    if missing is None:
        return values
    for value in values:
        if value.flexible == "number" and env.domain.is_zero(value.coefficient):
            return [value]
    raise missing


def _indicator(expr: Indicator, env: Environment) -> Value:
    """Between numbers the truth; else entry by entry, by the sign of the difference."""
    try:
        left, right = rational(expr.left, env), rational(expr.right, env)
    except (UnboundIndex, NotAnInteger):
        left = right = None
    if left is not None and right is not None:
        holds = COMPARED[expr.op](left, right)
        return literal(env.domain, env.domain.number(Fraction(int(holds))))
    sides = [_value(side, env) for side in (expr.left, expr.right)]
    return indicator(env.domain, sides[0], expr.op, sides[1])


def _exponent(expr: Expr, env: Environment) -> Fraction | Value:
    try:
        known = rational(expr, env)
    except (UnboundIndex, NotAnInteger):
        known = None
    return _value(expr, env) if known is None else known


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


def _big_operator(expr: BigOperator, env: Environment) -> Value:
    """Σ and Π in order of the index; an empty sum is 0, an empty product I.

    Where no term at all exists, as in Σ_i W_{ij} δ_{T+1,i}, the sum does not exist either. What the
    environment takes for 0 there is 0, and the term is what is left of it.
    """
    domain = env.domain
    values: list[Value] = []
    missing: list[tuple[Environment, OutOfRange]] = []
    for place in assignments(expr, env, _value):
        try:
            values.append(_value(expr.body, place))
        except OutOfRange as error:
            missing.append((place, error))
    left_out: list[tuple[Environment, OutOfRange]] = []
    for place, gap in missing:
        zeros = place.with_zeros() if expr.kind == "sum" else None
        try:
            values += [] if zeros is None else [_value(expr.body, zeros)]
        except OutOfRange:
            zeros = None
        left_out += [(place, gap)] if zeros is None else []
    for place, gap in left_out:
        if not values or not place.leaves_out(expr, gap):
            raise gap
    if expr.kind == "sum":
        return add(domain, values) if values else literal(domain, domain.number(Fraction(0)))
    if not values:
        return flexible(domain, "identity")
    if expr.descending and not env.runs_down(expr.ranges[0], 0, 0):
        values.reverse()
    result = values[0]
    for following in values[1:]:
        result = multiply(domain, result, following)
    return result
