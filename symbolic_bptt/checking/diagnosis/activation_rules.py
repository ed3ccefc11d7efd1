"""Edits of activations: a derivative left out, taken of another function, or at the wrong place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from ...evaluation.value import Pair
from ...notation.tree import (
    Add,
    BigOperator,
    Call,
    Constant,
    Entry,
    Expr,
    Neg,
    Number,
    Operation,
    Power,
    Product,
    Range,
    Symbol,
    Transpose,
    walk,
)
from .context import Context, from_output, product, shift
from .edits import Edit
from .positions import Position

Join = Callable[[Expr], Expr]


def activations(here: Position, context: Context) -> Iterator[Edit]:
    """f′ as it should be for something that looks like another derivative of an activation."""
    for subterm, join in _parts(here.node):
        for edit in _activations(subterm, context):
            yield replace(edit, new=join(edit.new), wrong=subterm, right=edit.new)


def _parts(node: Expr) -> Iterator[tuple[Expr, Join]]:
    """The node itself, and the end of a chain of products: s ⊙ (1 − s) of a ⊙ s ⊙ (1 − s)."""
    yield node, lambda new: new
    match node:
        case Operation(op=op, left=Operation(op=inner, left=head, right=last), right=right):
            if op == inner:
                yield Operation(op, last, right), lambda new: Operation(op, head, new)
        case Product(factors=factors) if len(factors) > 2:
            for i in range(len(factors) - 1):
                pair = Product(factors[i : i + 2])
                yield pair, partial(_among, factors[:i], after=factors[i + 2 :])


def _among(before: tuple[Expr, ...], new: Expr, after: tuple[Expr, ...]) -> Expr:
    return product(*before, new, *after)


def _activations(wrong: Expr, context: Context) -> Iterator[Edit]:
    match wrong:
        case Add(
            terms=(Constant() | Number(), Neg(operand=Product(factors=(left, Transpose(right)))))
        ):
            if left == right and _is_activated(left, context):
                for function in ("tanh", "sigmoid"):
                    form = from_output(function, left)
                    if form is not None:
                        yield Edit("activation-other", Call("diag", (form,)), 1)
    subject = _subject(wrong)
    if subject is None:
        return
    argument, taken_at_output = subject
    if not taken_at_output and not _is_activated(argument, context):
        return
    for function in ("tanh", "sigmoid"):
        form = from_output(function, argument)
        if form is not None and form != wrong:
            kind = "activation-of-output" if taken_at_output else "activation-other"
            yield Edit(kind, form, 1)
    for call in (Call("tanh", (argument,)), Call("sigmoid", (argument,))):
        form = from_output(call.function, call)
        if form is not None and form != wrong:
            yield Edit("activation-other", form, 2 if taken_at_output else 3)
    if isinstance(argument, Symbol) and argument.indices:
        for one in context.activations:
            if one.output == argument.name:
                yield Edit(
                    "activation-of-output", context.derivative_of(one, argument.indices[0]), 2
                )


def _is_activated(argument: Expr, context: Context) -> bool:
    """Whether it is the output or the argument of an activation."""
    symbol = argument.of if isinstance(argument, Entry) else argument
    if not isinstance(symbol, Symbol):
        return True
    for one in context.activations:
        inner = one.argument
        if one.output == symbol.name or (isinstance(inner, Symbol) and inner.name == symbol.name):
            return True
    return False


def _subject(node: Expr) -> tuple[Expr, bool] | None:
    """s where the node is 1 − s, 1 − s², s (1 − s), …; and whether a function of s stands there."""
    match node:
        case Add(terms=(Number(value=one), Neg(operand=rest))) if one == 1:
            match rest:
                case Power(base=Call(function="tanh", arguments=(inner,))):
                    return inner, True
                case Power(base=base):
                    return base, False
                case Operation(op="hadamard", left=left, right=right) if left == right:
                    return left, False
                case Operation(op="outer", left=left, right=right) if left == right:
                    return left, False
                case Product(factors=(left, Transpose(operand=right))) if left == right:
                    return left, False
                case Call(function="tanh" | "sigmoid", arguments=(inner,)):
                    return inner, True
            return rest, False
        case Operation(op="hadamard", left=left, right=right):
            return _sigmoid_form(left, right) or _sigmoid_form(right, left)
        case Product(factors=(left, right)):
            return _sigmoid_form(left, right) or _sigmoid_form(right, left)
        case Call(primes=1, arguments=(inner,)):
            return inner, True
    return None


def _sigmoid_form(left: Expr, right: Expr) -> tuple[Expr, bool] | None:
    match right:
        case Add(terms=(Number(), Neg(operand=rest))) if rest == left:
            if isinstance(left, Call) and left.function in ("sigmoid", "tanh"):
                return left.arguments[0], True
            return left, False
        case Add(terms=(Number(), Neg(operand=Power(base=base)))) if base == left:
            return left, False
    return None


def powers(here: Position, context: Context) -> Iterator[Edit]:
    """Π_j (A f′_j) for A^{t-k}: the activations' derivatives were left out on the way back."""
    match here.node:
        case Power(base=base, exponent=Add(terms=terms)):
            above = [term for term in terms if not isinstance(term, Neg)]
            below = [term.operand for term in terms if isinstance(term, Neg)]
            letters = {n.name for t in below for n in walk(t) if isinstance(n, Symbol)}
            lower = [t for t in below if not isinstance(t, Number)]
            if len(lower) != 1 or not letters or "j" in here.letters:
                return
            upper = [t for t in terms if t not in (Neg(lower[0]),)]
            high = upper[0] if len(upper) == 1 else Add(tuple(upper))
            first = shift(lower[0], 1)
            if not above or first is None:
                return
            span = Range("j", first, high)
            for one in context.activations:
                factor = context.derivative_of(one, Symbol("j"))
                shape = context.measure(here) or (1, 1)
                for body in times(factor, base, shape):
                    new = BigOperator("product", (span,), body)
                    yield Edit("activation-dropped", new, 3)


def squashing(here: Position, context: Context) -> Iterator[Edit]:
    """tanh(c) for c, and c for tanh(c): an activation left out, or applied once too often."""
    node = here.node
    if here.variable or isinstance(here.parent, Entry):
        return
    used = {one.function for one in context.activations}
    if isinstance(node, Symbol) and node.indices:
        for function in sorted(used):
            yield Edit("squashing", Call(function, (node,)), 4)
    elif isinstance(node, Call) and node.function in used and not node.primes:
        yield Edit("squashing", node.arguments[0], 3)


def missing_activations(here: Position, context: Context) -> Iterator[Edit]:
    """f′ ⊙ a, diag(f′) A or A diag(f′) for a alone: the activation's derivative was left out."""
    node = here.node
    if here.variable or isinstance(node, Number) or isinstance(here.parent, Entry):
        return
    shape = context.measure(here)
    if shape is None or (isinstance(here.parent, Product) and shape == (1, 1)):
        return
    near = own_steps(node)
    for one in context.activations:
        for step in context.steps(here.letters, node):
            factor = context.derivative_of(one, step)
            for new in times(factor, node, shape):
                cost = 3 if step in near else 5
                yield Edit("activation-dropped", new, cost, node)


def own_steps(node: Expr) -> set[Expr]:
    """The steps of the symbols in a subterm."""
    return {n.indices[0] for n in walk(node) if isinstance(n, Symbol) and n.indices}


def times(factor: Expr, node: Expr, shape: Pair) -> Iterator[Expr]:
    """The ways in which an elementwise factor may act on something of that shape."""
    if shape == (1, 1):
        yield product(factor, node)
    elif shape[1] == 1 or shape[0] == 1:
        yield Operation("hadamard", factor, node)
    else:
        diagonal = Call("diag", (factor,))
        yield product(diagonal, node)
        yield product(node, diagonal)
