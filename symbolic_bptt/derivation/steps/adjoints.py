"""The derivative of the loss with respect to every quantity, one after the other, backwards."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain as flattened

from ...notation.tree import Add, Call, Constant, Expr, Product, Symbol, walk
from ..indices import affine
from ..monomial import ONE, ZERO
from ..softmax import softmax_cotangent
from ..system import Quantity
from .local import NoLocalFormError, local_jacobian
from .named import name_steps, through
from .pieces import Piece, Term, is_zero, pieces_of
from .statements import chain, on_steps
from .step import Prose, Stage, Step
from .trace import Trace


def local_stage(trace: Trace) -> Stage:
    """∂⁺y/∂x for every equation and every quantity that it reads, where it is a matrix."""
    seen: dict[tuple[Symbol, Symbol], Step] = {}
    for quantity in trace.system.bodies:
        output = trace.symbol(quantity)
        body = trace.system.bodies[quantity]
        found = tuple(trace.system.reads(body, trace.system.scope(quantity, trace.system.axis)))
        for symbol, scope in found:
            if (output, symbol) in seen or len(scope) > quantity.every or _is_given(trace, symbol):
                continue
            if any(_may_coincide(symbol, other) for other, _ in found):
                continue
            step = _local(trace, body, symbol, output)
            if step is not None:
                seen[output, symbol] = step
    return Stage("local", ("Local derivatives",), parts=tuple(seen.values()))


def _may_coincide(symbol: Symbol, other: Symbol) -> bool:
    """Whether two different symbols name one quantity at some step: h_{t-1} and h_0 at t = 1."""
    if symbol == other or symbol.name != other.name or not (symbol.indices and other.indices):
        return False
    own, its = affine(symbol.indices[0]), affine(other.indices[0])
    return own is None or its is None or bool((own - its).letters)


def _is_given(trace: Trace, symbol: Symbol) -> bool:
    declared = trace.model.declarations.get((symbol.name, bool(symbol.indices)))
    return declared is None or declared.role == "input"


def _local(trace: Trace, body: Expr, symbol: Symbol, output: Symbol) -> Step | None:
    try:
        jacobian = local_jacobian(trace.algebra, body, symbol, output)
    except NoLocalFormError:
        return None
    local = trace.local(output, symbol)
    flat = trace.algebra.is_scalar(output) or trace.algebra.is_scalar(symbol)
    if trace.manner.layout == "denominator" and not flat:
        jacobian = trace.algebra.transpose(jacobian)
    match jacobian:
        case Constant(kind="identity", sizes=(size,)) if not isinstance(size, Symbol):
            jacobian = Constant("identity")  # I_{4n} would be read as an entry
    return Step("local derivative", chain(local, trace.finished(jacobian)))


def adjoint_stage(trace: Trace) -> Stage:
    """One stage a quantity, from the loss backwards."""
    loss = Quantity(trace.model.loss, False)
    kept = [q for q in trace.order if q != loss and q.name not in trace.found.dead]
    live = [(q, pieces) for q in kept if not all(map(is_zero, pieces := pieces_of(trace, q)))]
    names = [step for quantity, _ in live for step in name_steps(trace, quantity)]
    named = Stage(
        "names", ("Names",), ("These derivatives are needed more than once.",), parts=tuple(names)
    )
    stages = [_quantity_stage(trace, quantity, pieces) for quantity, pieces in live]
    return Stage("adjoints", ("Backward pass",), parts=(*([named] if names else []), *stages))


def _quantity_stage(trace: Trace, quantity: Quantity, pieces: tuple[Piece, ...]) -> Stage:
    symbol = trace.symbol(quantity)
    steps = [
        *(_chain_step(trace, symbol, piece) for piece in pieces),
        *_softmax(trace, quantity, pieces),
        *_inner(trace, quantity, pieces),
    ]
    return Stage(
        f"adjoint of {symbol.name}",
        ("Derivative with respect to ", symbol),
        (),
        symbol,
        tuple(steps),
    )


def _chain_step(trace: Trace, symbol: Symbol, piece: Piece) -> Step:
    left = trace.shown(symbol)
    if piece.value == ZERO:
        return Step(
            "no effect",
            on_steps(trace, chain(left, ZERO), piece.steps),
            _nobody(trace, symbol, piece),
        )
    operands: list[Expr] = [left]
    if piece.terms:
        whole = (
            piece.terms[0].value
            if len(piece.terms) == 1
            else Add(tuple(t.value for t in piece.terms))
        )
        operands.append(whole)
    statement = on_steps(trace, chain(*operands, piece.value), piece.steps)
    return Step("chain rule", statement, _readers(trace, symbol, piece))


def _nobody(trace: Trace, symbol: Symbol, piece: Piece) -> Prose:
    return ("Nothing on the way to the loss reads ", _moved(trace, symbol, piece), " there.")


def _moved(trace: Trace, symbol: Symbol, piece: Piece) -> Expr:
    return on_steps(
        trace, chain(symbol), piece.steps if piece.steps and piece.steps.single else None
    ).operands[0]


def _readers(trace: Trace, symbol: Symbol, piece: Piece) -> Prose:
    """`s_t is read by ŷ_t and, at the next step, by s_{t+1}.`"""
    shown = _moved(trace, symbol, piece)
    if not piece.terms:
        loss = Symbol(trace.model.loss)
        if piece.value == ONE:
            return (shown, " is a term of the loss ", loss, ".")
        return (loss, " reads ", shown, " directly.")
    readers = list(dict.fromkeys(_reader(trace, term, piece) for term in piece.terms))
    listed: list[tuple[str | Expr, ...]] = [(reader,) for reader in readers]
    for position in range(1, len(listed)):
        joint = " and " if position == len(listed) - 1 else ", "
        listed[position] = (joint, *listed[position])
    plural = "this gives one term" if len(readers) == 1 else "each gives one term"
    return (
        shown,
        " is read in the equation of " if len(readers) == 1 else " is read in the equations of ",
        *flattened.from_iterable(listed),
        f"; {plural}, into which the local derivatives are put.",
    )


def _reader(trace: Trace, term: Term, piece: Piece) -> Symbol:
    moved = on_steps(
        trace, chain(term.reader), piece.steps if piece.steps and piece.steps.single else None
    ).operands[0]
    assert isinstance(moved, Symbol)
    return moved


def _softmax(trace: Trace, quantity: Quantity, pieces: tuple[Piece, ...]) -> Iterator[Step]:
    """The Jacobian of softmax applied to the derivative with respect to its output."""
    body = trace.system.bodies[quantity]
    if not (isinstance(body, Call) and body.function == "softmax") or len(pieces) != 1:
        return
    a, output = trace.algebra, trace.symbol(quantity)
    shape = a.shape(output)
    if not shape.is_column and not shape.is_row:
        return
    (piece,) = pieces
    turned = a.transpose(output)
    square = Product((output, turned) if shape.is_column else (turned, output))
    jacobian = a.subtract(Call("diag", (output,)), square)
    carried = trace.adjoint(output)
    applied = Product((jacobian, carried) if shape.is_column else (carried, jacobian))
    plain = softmax_cotangent(a, piece.raw, output, lambda _: False)
    known = softmax_cotangent(a, piece.raw, output, trace.sums_to_one)
    back: Prose = ("This is what comes back to the argument of softmax",)
    ones = [n for n in walk(piece.value) if isinstance(n, Symbol) and trace.sums_to_one(n)]
    because = (*back, ".") if plain == known else (*back, ", since ", ones[0], " sums to one.")
    statement = chain(applied, trace.finished(plain), trace.finished(known))
    yield Step("softmax and logarithm", on_steps(trace, statement, piece.steps), because)


def _inner(trace: Trace, quantity: Quantity, pieces: tuple[Piece, ...]) -> Iterator[Step]:
    """What comes back to the argument of the outermost function, where that has a name."""
    name = trace.name_of(quantity, inner=True)
    body = trace.system.bodies[quantity]
    symbol = trace.symbol(quantity)
    if name is None or not isinstance(body, Call) or quantity.name in trace.found.deeper:
        return
    general = through(trace, body, trace.pending(symbol), symbol)
    because: Prose = ("Passing through the outermost function in the equation of ", symbol, ".")
    for piece in pieces:
        inside = through(trace, body, piece.raw, symbol)
        if inside != general:
            statement = on_steps(trace, chain(name, inside), piece.steps)
            yield Step("outermost function", statement, because)
