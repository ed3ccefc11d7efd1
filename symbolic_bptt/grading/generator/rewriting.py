"""Valid rewritings: what one hand writes otherwise than another, and means the same.

Each rule takes a subterm and gives other forms of it; none may change a value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from random import Random

from ...checking.diagnosis.context import Context, product, shift
from ...checking.diagnosis.positions import Position, positions, replaced_at
from ...model.steps import linear_step, replace_symbol, shifted
from ...notation.tree import (
    Add,
    BigOperator,
    Call,
    Expr,
    Neg,
    Number,
    Operation,
    Power,
    Product,
    Range,
    Symbol,
    Transpose,
    map_children,
    walk,
)

Rewriting = Callable[[Position, Context, Random], Iterator[Expr]]

ONE = Number(Fraction(1))
LETTERS = ("k", "j", "l", "m", "r", "q")
"""Letters for an index of summation, if the model does not use them."""


def commuted(here: Position, context: Context, random: Random) -> Iterator[Expr]:
    """b + a for a + b, b ⊙ a for a ⊙ b."""
    match here.node:
        case Add(terms=terms):
            order = list(terms)
            random.shuffle(order)
            if not isinstance(order[0], Neg):
                yield Add(tuple(order))
        case Operation(op="hadamard", left=left, right=right):
            if not isinstance(right, Operation) and not isinstance(left, Operation):
                yield Operation("hadamard", right, left)


def squares(here: Position, context: Context, random: Random) -> Iterator[Expr]:
    """s ⊙ s for s², (1 − s) ⊙ (1 + s) for 1 − s²."""
    times = "dot" if context.measure(here) == (1, 1) else "hadamard"
    match here.node:
        case Add(terms=(Number(value=one), Neg(operand=Power(base=base)))) if one == 1:
            if isinstance(base, Symbol):
                factors = (Add((ONE, Neg(base))), Add((ONE, base)))
                yield product(*factors) if times == "dot" else Operation("hadamard", *factors)
        case Power(base=Symbol() as base, exponent=Number(value=two)) if two == 2:
            yield Operation("hadamard", base, base) if times == "hadamard" else product(base, base)


def diagonals(here: Position, context: Context, random: Random) -> Iterator[Expr]:
    """diag(a) b for a ⊙ b."""
    match here.node:
        case Operation(op="hadamard", left=left, right=right):
            shape = context.measure(here)
            if shape and shape[1] == 1 and shape[0] > 1 and not _has_product(right):
                yield product(Call("diag", (left,)), right)


def _has_product(expr: Expr) -> bool:
    return isinstance(expr, Operation | Add)


def distributed(here: Position, context: Context, random: Random) -> Iterator[Expr]:
    """A b + A c for A (b + c)."""
    match here.node:
        case Product(factors=(*head, Add(terms=terms))) if head:
            yield Add(tuple(_times(tuple(head), term) for term in terms))


def _times(head: tuple[Expr, ...], term: Expr) -> Expr:
    if isinstance(term, Neg):
        return Neg(product(*head, term.operand))
    return product(*head, term)


def transposed(here: Position, context: Context, random: Random) -> Iterator[Expr]:
    """(b aᵀ)ᵀ for a bᵀ, and a ⊗ b for a bᵀ."""
    match here.node:
        case Product(factors=(left, Transpose(operand=right))):
            shape = context.measure(here)
            if shape and min(shape) > 1:
                yield Transpose(product(right, Transpose(left)))
                if not isinstance(left, Operation):
                    yield Operation("outer", left, right)


def renamed(here: Position, context: Context, random: Random) -> Iterator[Expr]:
    """Σ_k for Σ_t, or the same sum counted from one step before."""
    match here.node:
        case BigOperator(ranges=(Range(index=index, lower=Number() as low, upper=high),)):
            if high is None:
                return
            used = {node.name for node in walk(here.node) if isinstance(node, Symbol)}
            names = {name for name, _ in context.model.declarations} | context.numbers
            names |= context.defined
            for letter in LETTERS:
                if letter not in used | names:
                    body = replace_symbol(here.node.body, index, partial(Symbol, letter))
                    yield BigOperator(here.node.kind, (Range(letter, low, high),), body)
                    break
            span = Range(index, shifted_bound(low), shifted_bound(high))
            yield BigOperator(here.node.kind, (span,), shifted(here.node.body, index, 1))


def shifted_bound(bound: Expr) -> Expr:
    """One less."""
    return shift(bound, -1) or bound


REWRITINGS: tuple[Rewriting, ...] = (
    commuted,
    squares,
    diagonals,
    distributed,
    transposed,
    renamed,
)


def rewritten(
    expr: Expr, letters: tuple[str, ...], context: Context, random: Random, times: int
) -> Expr:
    """The expression after so many random rewritings."""
    for _ in range(times):
        options = [
            (here.path, new)
            for here in positions(expr, letters)
            if not here.variable
            for rule in REWRITINGS
            for new in rule(here, context, random)
        ]
        if not options:
            return expr
        path, new = random.choice(options)
        expr = replaced_at(expr, path, new)
    return expr


def is_of_step(expr: Expr, index: str) -> bool:
    """Whether the expression reads only the steps t and t − 1, so that it exists at every step."""
    steps = [n.indices[0] for n in walk(expr) if isinstance(n, Symbol) and n.indices]
    found = [linear_step(step, index) for step in steps]
    return bool(found) and all(
        step is not None
        and step.t_multiple == 1
        and not step.T_multiple
        and step.constant in (0, -1)
        for step in found
    )


def put_for(expr: Expr, old: Expr, new: Expr) -> Expr:
    """The expression with one subterm replaced wherever it stands."""
    if expr == old:
        return new
    return map_children(expr, lambda child: put_for(child, old, new))
