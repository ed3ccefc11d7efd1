"""Edits of sums: signs, coefficients, terms too many, parentheses, squares, sums left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import combinations

from ...model.steps import replace_symbol
from ...notation.tree import (
    Add,
    BigOperator,
    Expr,
    Neg,
    Number,
    Operation,
    OperationOp,
    Power,
    Product,
    Quotient,
    Range,
    Symbol,
    map_children,
    walk,
)
from .context import ONE, TWO, Context, product
from .edits import Edit
from .positions import Position


def signs(here: Position, context: Context) -> Iterator[Edit]:
    """−a for a, of a term or of the whole."""
    node = here.node
    if here.variable:
        return
    if isinstance(node, Add):
        for i, term in enumerate(node.terms):
            flipped = negated(term)
            terms = (*node.terms[:i], flipped, *node.terms[i + 1 :])
            yield Edit("sign", Add(terms), 1, term, flipped)
        if len(node.terms) == 2:
            yield Edit("sign", Add(tuple(negated(term) for term in node.terms[::-1])), 1)
    if not here.path:
        yield Edit("sign", negated(node), 2)
    elif isinstance(here.parent, Product | Operation | BigOperator) and isinstance(node, Neg):
        yield Edit("sign", node.operand, 1)


def negated(expr: Expr) -> Expr:
    """−a, or a of −a."""
    if isinstance(expr, Neg):
        return expr.operand
    if isinstance(expr, Number) and expr.value == 0:
        return expr
    return Neg(expr)


def coefficients(here: Position, context: Context) -> Iterator[Edit]:
    """2, ½, T or 1/T times the whole, or times a bracket."""
    if here.path and not isinstance(here.node, BigOperator):
        return
    half, letter_T = Quotient(ONE, TWO), Symbol("T")
    for factor in (TWO, half, letter_T, Quotient(ONE, letter_T)):
        yield Edit("coefficient", product(factor, here.node), 1 if not here.path else 3)


def numbers(here: Position, context: Context) -> Iterator[Edit]:
    """A number that should be 1, 2 or ½."""
    match here.node:
        case Quotient(numerator=Number(), denominator=Number() | Symbol()):
            if not here.variable:
                yield Edit("coefficient", ONE, 1)
                yield Edit("coefficient", TWO, 2)


def squares(here: Position, context: Context) -> Iterator[Edit]:
    """e for e², and a factor 1 for a power that was never differentiated."""
    match here.node:
        case Power(base=base, exponent=Number(value=value)) if value == 2:
            yield Edit("square-kept", base, 3)
            yield Edit("square-kept", product(TWO, base), 3)
        case Operation(op="hadamard", left=left, right=right) if left == right:
            yield Edit("square-kept", left, 3)


def extra_terms(here: Position, context: Context) -> Iterator[Edit]:
    """A sum without one of its terms."""
    match here.node:
        case Add(terms=terms) if not here.variable:
            for i, term in enumerate(terms):
                rest = terms[:i] + terms[i + 1 :]
                new = rest[0] if len(rest) == 1 else Add(rest)
                yield Edit("term-extra", new, 4, term)


def parentheses(here: Position, context: Context) -> Iterator[Edit]:
    """(a + b) c for a + b c, and c (a + b) for c a + b."""
    match here.node:
        case Add(terms=terms):
            for i in range(1, len(terms)):
                yield from _last_shared(terms[: i + 1], terms[i + 1 :])
            for i, j in combinations(range(len(terms) + 1), 2):
                if j - i > 1:
                    yield from _first_shared(terms[:i], terms[i:j], terms[j:])


def _last_shared(inside: tuple[Expr, ...], after: tuple[Expr, ...]) -> Iterator[Edit]:
    *others, last = inside
    for head, join in _splits(last):
        new = join(Add((*others, head)))
        yield Edit("parentheses", Add((new, *after)) if after else new, 3)


def _first_shared(
    before: tuple[Expr, ...], inside: tuple[Expr, ...], after: tuple[Expr, ...]
) -> Iterator[Edit]:
    first, *others = inside
    match first:
        case Product(factors=factors):
            for i in range(1, len(factors)):
                kept = Add((product(*factors[i:]), *others))
                new = product(*factors[:i], kept)
                whole = (*before, new, *after)
                yield Edit("parentheses", Add(whole) if len(whole) > 1 else new, 3)
        case Operation(op=op, left=left, right=right):
            new = Operation(op, left, Add((right, *others)))
            whole = (*before, new, *after)
            yield Edit("parentheses", Add(whole) if len(whole) > 1 else new, 3)


def _splits(term: Expr) -> Iterator[tuple[Expr, Callable[[Expr], Expr]]]:
    """The first part of a product, and how to put another in its place."""
    match term:
        case Product(factors=factors):
            for i in range(1, len(factors)):
                yield product(*factors[:i]), partial(_before, tail=factors[i:])
        case Operation(op=op, left=left, right=right):
            yield left, lambda e: Operation(op, e, right)
            for head, join in _splits(left):
                yield head, partial(_joined, op=op, join=join, right=right)


def _before(head: Expr, tail: tuple[Expr, ...]) -> Expr:
    return product(head, *tail)


def _joined(head: Expr, op: OperationOp, join: Callable[[Expr], Expr], right: Expr) -> Expr:
    return Operation(op, join(head), right)


def multiplied(here: Position, context: Context) -> Iterator[Edit]:
    """a + b for a b: two paths were multiplied."""
    match here.node:
        case Product(factors=factors):
            for i in range(1, len(factors)):
                left, right = product(*factors[:i]), product(*factors[i:])
                yield Edit("paths-multiplied", Add((left, right)), 4)
            for i, j in combinations(range(1, len(factors)), 2):
                both = Add((product(*factors[i:j]), product(*factors[j:])))
                yield Edit("paths-multiplied", product(*factors[:i], both), 4)


def sums(here: Position, context: Context) -> Iterator[Edit]:
    """Σ_t a_t for a_T: the sum over the steps was left out."""
    if here.path or isinstance(here.node, BigOperator):
        return
    index = context.model.time.index
    letter_T, letter = Symbol("T"), Symbol(index)
    if any(isinstance(n, Symbol) and letter_T in n.indices for n in walk(here.node)):
        body = _with_index(here.node, letter_T, letter)
        yield Edit("sum-left-out", BigOperator("sum", (Range(index),), body), 1)
        extra = replace_symbol(here.node, "T", lambda: letter)
        yield Edit("sum-left-out", BigOperator("sum", (Range(index),), extra), 1)


def _with_index(expr: Expr, old: Expr, new: Expr) -> Expr:
    if isinstance(expr, Symbol):
        indices = tuple(replace_symbol(i, "T", lambda: new) for i in expr.indices)
        return replace(expr, indices=indices)
    return map_children(expr, lambda child: _with_index(child, old, new))
