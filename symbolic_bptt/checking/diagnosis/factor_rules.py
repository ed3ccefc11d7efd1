"""Edits of factors: an activation's derivative left out or wrong, a factor missing or too many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import combinations

from ...evaluation.value import Pair
from ...model.steps import linear_step
from ...notation.tree import (
    Add,
    BigOperator,
    Call,
    Constant,
    Derivative,
    Entry,
    Expr,
    KroneckerDelta,
    Neg,
    Number,
    Operation,
    Power,
    Product,
    Quotient,
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
        case Operation(op="hadamard" | "dot", left=left, right=right):
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
                yield Edit(kind, product(symbol, Transpose(node)), cost, node)
        elif context.ill_shaped and min(item) == min(shape) == 1:
            yield Edit(kind, product(symbol, Transpose(node)), cost, node)
            yield Edit(kind, product(Transpose(node), symbol), cost, node)
        elif item[1] == 1 and shape[1] == 1 and isinstance(here.parent, Transpose):
            yield Edit(kind, product(node, Transpose(symbol)), cost, node)
        elif not symbol.indices and shape[0] > 1:
            if shape[0] == item[0]:
                yield Edit(kind, product(Transpose(symbol), node), cost, node)
            if shape[0] == item[1]:
                yield Edit(kind, product(symbol, node), cost, node)


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
