"""Edits of factors: one left out or too many, and the Jacobian of the softmax."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ...evaluation.value import Pair
from ...model.steps import linear_step
from ...notation.tree import (
    Add,
    BigOperator,
    Call,
    Derivative,
    Entry,
    Expr,
    KroneckerDelta,
    Neg,
    Number,
    Operation,
    Product,
    Quotient,
    Symbol,
    Transpose,
    walk,
)
from .activation_rules import own_steps
from .context import Context, product
from .edits import Edit
from .positions import Position


def kronecker(here: Position, context: Context) -> Iterator[Edit]:
    """y_i δ_{ij} for δ_{ij}, δ_{ij} for 1, and a δ_{ij} left out."""
    node = here.node
    pairs = list(combinations(here.letters, 2))
    match node:
        case Number(value=value) if value == 1:
            for left, right in pairs:
                yield Edit("kronecker", KroneckerDelta(Symbol(left), Symbol(right)), 2)
        case Add(terms=terms):
            entries = {n for term in terms for n in walk(term) if isinstance(n, Entry)}
            for i, term in enumerate(terms):
                if isinstance(term, KroneckerDelta):
                    for entry in sorted(entries, key=repr):
                        new = (*terms[:i], product(entry, term), *terms[i + 1 :])
                        yield Edit("softmax-dropped", Add(new), 2)
    if not here.path or isinstance(here.parent, Add):
        for left, right in pairs:
            delta = KroneckerDelta(Symbol(left), Symbol(right))
            yield Edit("kronecker", product(delta, node), 4)


def missing_factors(here: Position, context: Context) -> Iterator[Edit]:
    """v a, vᵀ a or v ⊙ a for a alone: a factor was left out."""
    node = here.node
    if here.variable or isinstance(here.parent, Entry):
        return
    shape = context.measure(here)
    if shape is None or (isinstance(here.parent, Product) and shape == (1, 1)):
        return
    near = own_steps(node)
    for symbol, item in _factors(here, context):
        kind = "product-node" if _is_gate(symbol.name, context) else "factor-missing"
        cost = 4 if not symbol.indices or symbol.indices[0] in near else 6
        if item == (1, 1):
            yield Edit(kind, product(symbol, node), cost, node)
        elif min(item) == 1 and shape == item:
            yield Edit(kind, Operation("hadamard", symbol, node), cost, node)
            if context.ill_shaped:
                for new in _outer_products(symbol, node):
                    yield Edit(kind, new, cost, node)
        elif context.ill_shaped and min(item) == min(shape) == 1:
            for new in _outer_products(symbol, node):
                yield Edit(kind, new, cost, node)
        elif item[1] == 1 and shape[1] == 1 and isinstance(here.parent, Transpose):
            yield Edit(kind, product(node, Transpose(symbol)), cost, node)
        elif not symbol.indices and shape[0] > 1:
            if shape[0] == item[0]:
                yield Edit(kind, product(Transpose(symbol), node), cost, node)
            if shape[0] == item[1]:
                yield Edit(kind, product(symbol, node), cost, node)


def _outer_products(left: Expr, right: Expr) -> Iterator[Expr]:
    """The ways in which two vectors, columns or rows, make a matrix."""
    yield product(left, Transpose(right))
    yield product(right, Transpose(left))
    yield product(Transpose(left), right)
    yield product(Transpose(right), left)


def _factors(here: Position, context: Context) -> Iterator[tuple[Symbol, Pair]]:
    """Quantities that may have been left out as a factor, each with its shape."""
    steps = [
        step
        for step in context.steps(here.letters, here.node)
        if linear_step(step, "") is None or not here.letters
    ]
    index = context.model.time.index
    names = [(name, timed, item.layout) for (name, timed), item in context.quantities.items()]
    names += [(name, True, "sub") for name in sorted(context.defined)]
    for name, timed, layout in names:
        if name == context.model.loss:
            continue
        for symbol in (
            [Symbol(name, (step,), layout) for step in steps] if timed else [Symbol(name)]
        ):
            probe = Symbol(name, (Symbol(index),), layout) if timed else symbol
            shape = context.measure(Position((), probe, (index,)))
            if shape is not None:
                yield symbol, shape


def _is_gate(name: str, context: Context) -> bool:
    """Whether an equation multiplies this quantity by another that varies too."""
    for equation in context.model.equations:
        match equation.body:
            case Product(factors=factors):
                names = {f.name for f in factors if isinstance(f, Symbol) and f.indices}
            case Operation(left=Symbol(name=left), right=Symbol(name=right)):
                names = {left, right}
            case _:
                continue
        if name in names and len(names) > 1:
            return True
    return False


def extra_factors(here: Position, context: Context) -> Iterator[Edit]:
    """A product without one of its factors."""
    if here.variable:
        return
    match here.node:
        case Product(factors=factors):
            for i, factor in enumerate(factors):
                yield Edit("factor-extra", product(*factors[:i], *factors[i + 1 :]), 4, factor)
        case Operation(left=left, right=right):
            yield Edit("factor-extra", left, 4, right)
            yield Edit("factor-extra", right, 4, left)
        case BigOperator(kind="sum", body=body, ranges=(span,)):
            if all(span.index != letter for letter in _free(body)):
                yield Edit("factor-extra", body, 4)


def _free(body: Expr) -> set[str]:
    return {node.name for node in walk(body) if isinstance(node, Symbol)}


def softmax(here: Position, context: Context) -> Iterator[Edit]:
    """ŷ − y for −y/ŷ, and the other ways of losing the softmax's Jacobian."""
    match here.node:
        case Quotient(numerator=top, denominator=bottom):
            difference = Add((bottom, Neg(top)))
            yield Edit("softmax-dropped", Neg(difference), 2)
            yield Edit("softmax-dropped", difference, 2)
        case Neg(operand=Quotient(numerator=top, denominator=bottom)):
            yield Edit("softmax-dropped", Add((bottom, Neg(top))), 1)
        case Call(function="diag", arguments=(inner,)):
            probability = _probability(inner)
            if probability is not None:
                outer = product(probability, Transpose(probability))
                diagonal = Call("diag", (probability,))
                yield Edit("softmax-dropped", Add((diagonal, Neg(outer))), 1)
        case Add(
            terms=(first, Neg(operand=Product(factors=(left, Transpose(operand=right))) as o))
        ):
            if left == right and first != Call("diag", (left,)):
                yield Edit("softmax-dropped", Add((Call("diag", (left,)), Neg(o))), 1)


def _probability(inner: Expr) -> Expr | None:
    match inner:
        case Operation(left=left, right=Add(terms=(Number(), Neg(operand=rest)))) if rest == left:
            return left
    return inner if isinstance(inner, Symbol | Derivative) else None
