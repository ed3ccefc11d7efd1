"""Which quantities an equation reads entry by entry: its i-th entry reads their i-th alone."""

from __future__ import annotations

from collections.abc import Iterator

from ..notation.functions import FUNCTIONS
from ..notation.tree import (
    Add,
    Call,
    Expr,
    Neg,
    Number,
    Operation,
    Power,
    Product,
    Quotient,
    Symbol,
    walk,
)
from .model import Equation, Model
from .steps import offset

Read = tuple[str, int]
"""A timed quantity, and how many steps on it is read."""


def read_by(model: Model) -> dict[str, tuple[Read, ...]]:
    """What the equation of each timed quantity reads, in order."""
    timed = [one for one in model.equations if one.timed]
    return {one.target: tuple(_reads(one.body, model)) for one in timed}


def entrywise(model: Model) -> dict[str, frozenset[Read]]:
    """What the equation of each timed vector reads entry by entry everywhere."""
    return {
        one.target: _entrywise(one, model)
        for one in model.equations
        if one.timed and one.shape.rank == 1
    }


def _entrywise(equation: Equation, model: Model) -> frozenset[Read]:
    mixed = {read for part in _whole(equation.body, model) for read in _reads(part, model)}
    return frozenset(_reads(equation.body, model)) - mixed


def _reads(expr: Expr, model: Model) -> dict[Read, None]:
    found: dict[Read, None] = {}
    for node in walk(expr):
        if isinstance(node, Symbol) and len(node.indices) == 1:
            apart = offset(node.indices[0], model.time.index)
            if apart is not None:
                found[node.name, apart] = None
    return found


def _whole(expr: Expr, model: Model) -> Iterator[Expr]:
    """The parts that stand under something that mixes entries."""
    match expr:
        case Number() | Symbol():
            return
        case Add(terms=parts):
            pass
        case Neg(operand=body):
            parts = (body,)
        case Operation(op="hadamard", left=left, right=right):
            parts = (left, right)
        case Quotient(numerator=top, denominator=bottom):
            parts = (top, bottom)
        case Power(base=base, exponent=Number()):
            parts = (base,)
        case Call(function=name, arguments=(_,) as parts) if _is_entrywise(name, model):
            pass
        case Product(factors=factors):
            shaped = [one for one in factors if not _is_scalar(one, model)]
            parts = (shaped[-1],) if shaped and all(map(_is_diag, shaped[:-1])) else ()
            yield from (one for one in factors if one not in parts)
        case _:
            yield expr
            return
    for part in parts:
        yield from _whole(part, model)


def _is_entrywise(name: str, model: Model) -> bool:
    known = FUNCTIONS.get(name)
    return name in model.functions if known is None else known.elementwise


def _is_diag(expr: Expr) -> bool:
    return isinstance(expr, Call) and expr.function == "diag"


def _is_scalar(expr: Expr, model: Model) -> bool:
    """Whether it is made of numbers and scalars alone."""
    kinds = (Number, Symbol, Neg, Add, Product, Quotient, Power)
    return all(
        isinstance(node, kinds) and (not isinstance(node, Symbol) or _has_no_shape(node, model))
        for node in walk(expr)
    )


def _has_no_shape(symbol: Symbol, model: Model) -> bool:
    declared = model.declarations.get((symbol.name, bool(symbol.indices)))
    return declared is None or declared.shape.is_scalar
