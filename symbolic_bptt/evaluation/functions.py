"""Function calls on values: elementwise, of a whole vector or matrix, or undetermined."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from ..notation.functions import FUNCTIONS
from ..notation.tree import Call, RelationOp
from .domains.domain import Array, Domain, filled, vanishes
from .errors import ShapeMismatch, Unsupported
from .structure import WHOLE
from .value import Value, resolve

MAX_PRIMES = 12


def call(domain: Domain, node: Call, arguments: Sequence[Value]) -> Value:
    """function^{(primes)}(arguments); an undetermined one of several arguments takes scalars."""
    name, primes = node.function, node.primes
    if primes > MAX_PRIMES:
        raise Unsupported(f"more than {MAX_PRIMES} primes")
    known = FUNCTIONS.get(name)
    if known is not None and not known.elementwise:
        return _whole(domain, name, primes, arguments)
    if known is not None and name in ("max", "min") and len(arguments) == 1:
        return _extreme(domain, name, arguments[0])
    if known is None and len(arguments) > 1 and not all(_is_single(a) for a in arguments):
        raise ShapeMismatch(name, str(arguments[0]), "scalars")
    if primes and len(arguments) > 1:
        raise Unsupported(f"{name} of several arguments with a prime")
    whole, shaped = _aligned(domain, name, arguments)
    orders = (primes,) if len(arguments) == 1 else (0,) * len(arguments)
    return whole.with_array(domain.apply(name, orders, *shaped))


def _is_single(value: Value) -> bool:
    return value.is_scalar or value.flexible == "number"


def _whole(domain: Domain, name: str, primes: int, arguments: Sequence[Value]) -> Value:
    if primes or len(arguments) != 1:
        raise Unsupported(f"{name} with a prime or several arguments")
    return WHOLE[name](domain, arguments[0])


def _aligned(domain: Domain, name: str, arguments: Sequence[Value]) -> tuple[Value, list[Array]]:
    """The arguments in one shape, and a value of that shape."""
    if any(argument.flexible == "identity" for argument in arguments):
        raise ShapeMismatch(name, "I", "a vector")
    shaped = next((argument for argument in arguments if not argument.flexible), None)
    if shaped is None:
        return arguments[0], [argument.array for argument in arguments]
    whole = next((a for a in arguments if not a.flexible and a.array.size > 1), shaped)
    arrays = []
    for argument in arguments:
        if argument.is_scalar and whole.array.size > 1:
            arrays.append(filled(domain, whole.shape, argument.coefficient))
        else:
            arrays.append(resolve(domain, argument, whole.shape, name).array)
    return whole.plain(), arrays


def _extreme(domain: Domain, name: str, vector: Value) -> Value:
    """The largest (smallest) entry."""
    entries = [entry.reshape(1, 1) for entry in vector.array.reshape(-1, 1)]
    result = entries[0]
    for other in entries[1:]:
        result = domain.apply(name, (0, 0), result, other)
    return Value(result)


def indicator(domain: Domain, left: Value, op: RelationOp, right: Value) -> Value:
    """𝟙[left op right], entry by entry."""
    whole, (a, b) = _aligned(domain, "indicator", [left, right])
    return whole.with_array(_compared(domain, a, op, b))


def _compared(domain: Domain, a: Array, op: RelationOp, b: Array) -> Array:
    match op:
        case ">":
            return domain.apply("step", (0,), a - b)
        case "<":
            return domain.apply("step", (0,), b - a)
        case ">=":
            return 1 - domain.apply("step", (0,), b - a)
        case "<=":
            return 1 - domain.apply("step", (0,), a - b)
        case "=" | "!=":
            difference = a - b
            equal = [vanishes(domain, d) == (op == "=") for d in difference.flat]
            array = np.empty(difference.shape, dtype=domain.dtype)
            array.ravel()[:] = [domain.number(Fraction(int(e))) for e in equal]
            return array
    raise Unsupported(f"an indicator with {op}")
