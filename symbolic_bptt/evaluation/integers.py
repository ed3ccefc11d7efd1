"""Indices, bounds and exponents: exact whole-number arithmetic on the tree, of bounded size."""

from __future__ import annotations

from fractions import Fraction

from ..notation.tree import (
    Add,
    Call,
    Expr,
    Neg,
    Number,
    Power,
    Product,
    Quotient,
    Symbol,
)
from .environment import Environment
from .errors import LimitReached, NotAnInteger, UnboundIndex

BOUND = 10**12
"""No index, bound or exponent is larger."""


def integer(expr: Expr, environment: Environment) -> int:
    """The whole number that an index or bound is.

    Raises `UnboundIndex` for a letter without a value, `NotAnInteger`, `LimitReached` beyond 10^12.
    """
    known = _plain(expr, environment)
    if known is not None:
        return known
    value = rational(expr, environment)
    if value is None or value.denominator != 1:
        raise NotAnInteger("an index must be a whole number", expr)
    return int(value)


def _plain(expr: Expr, environment: Environment) -> int | None:
    """t, T − 1, 3 without fractions; None for anything else, or beyond the bound."""
    match expr:
        case Symbol(name=name, indices=()):
            return environment.number(name)
        case Number(value=value) if value.denominator == 1 and value < BOUND:
            return value.numerator
        case Neg(operand=operand):
            inner = _plain(operand, environment)
            return None if inner is None else -inner
        case Add(terms=(left, right)):
            first, second = _plain(left, environment), _plain(right, environment)
            return None if first is None or second is None else first + second
    return None


def rational(expr: Expr, environment: Environment) -> Fraction | None:
    """The number that an expression of literals, sizes, T and indices is; None for anything else.

    A lone letter without a value raises `UnboundIndex`, since it can only be a free index.
    """
    match expr:
        case Number(value=value):
            return _bounded(value, expr)
        case Symbol(name=name, indices=()):
            known = environment.number(name)
            if known is None:
                raise UnboundIndex(name, expr)
            return Fraction(known)
        case Neg(operand=operand):
            inner = rational(operand, environment)
            return None if inner is None else -inner
        case Add(terms=terms):
            return _combined(terms, environment, expr, product=False)
        case Product(factors=factors):
            return _combined(factors, environment, expr, product=True)
        case Quotient(numerator=top, denominator=bottom):
            a, b = rational(top, environment), rational(bottom, environment)
            return None if a is None or not b else _bounded(a / b, expr)
        case Power(base=base, exponent=exponent):
            return _power(base, exponent, environment, expr)
        case Call(function="max" | "min" as name, arguments=arguments, primes=0):
            values = [rational(argument, environment) for argument in arguments]
            known_values = [value for value in values if value is not None]
            if len(known_values) < len(values):
                return None
            return max(known_values) if name == "max" else min(known_values)
    return None


def _combined(
    parts: tuple[Expr, ...], environment: Environment, whole: Expr, *, product: bool
) -> Fraction | None:
    total = Fraction(1 if product else 0)
    for part in parts:
        value = rational(part, environment)
        if value is None:
            return None
        total = _bounded(total * value if product else total + value, whole)
    return total


def _power(base: Expr, exponent: Expr, environment: Environment, whole: Expr) -> Fraction | None:
    a, k = rational(base, environment), rational(exponent, environment)
    if a is None or k is None or k.denominator != 1 or (a == 0 and k < 0):
        return None
    if abs(k) > 64:
        raise LimitReached("too large an exponent", whole)
    return _bounded(a ** int(k), whole)


def _bounded(value: Fraction, expr: Expr) -> Fraction:
    if abs(value.numerator) > BOUND or value.denominator > BOUND:
        raise LimitReached("too large a number for an index", expr)
    return value
