"""Which quantities of a model are its loss: the loss itself and what it is a plain sum of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

from ..notation.tree import Add, BigOperator, Expr, Neg, Number, Product, Quotient, Symbol, walk
from .model import Model

Slot = tuple[str, bool]
"""A name, and whether it carries a step: E and E_t are two quantities."""


def losses_of(model: Model) -> Set[Slot]:
    """E, and E_t of E = Σ_t E_t, but nothing that a later step reads.

    They are scalars: what is multiplied by anything else is none, as h_t of E = Σ_t vᵀ h_t.
    """
    bodies = {(e.target, e.timed or e.step is not None): e.body for e in model.equations}
    states = carried(
        (((e.target, e.timed or e.step is not None), e.step, e.body) for e in model.equations),
        model.time.index,
    )
    scalars = {slot for slot, item in model.declarations.items() if item.shape.is_scalar}
    return loss_slots(bodies, model.loss, scalars, states)


def carried(
    equations: Iterable[tuple[Slot, Expr | None, Expr]], time_index: str
) -> frozenset[Slot]:
    """What the equation of one step reads of another step: the states.

    An equation is its slot, its literal step (None where it holds at every step) and its body.
    """
    return frozenset(
        (node.name, True)
        for (_, timed), step, body in equations
        if timed
        for node in walk(body)
        if isinstance(node, Symbol) and node.indices
        if node.indices[0] != (step or Symbol(time_index))
    )


def loss_slots(
    bodies: Mapping[Slot, Expr],
    loss: str,
    scalars: Set[Slot] = frozenset(),
    states: Set[Slot] = frozenset(),
) -> set[Slot]:
    """The loss, and every quantity that it adds up; `states` are none, `scalars` may scale."""
    pending, found = [(loss, False)], set[Slot]()
    while pending:
        slot = pending.pop()
        if slot in bodies and slot not in found and slot not in states:
            found.add(slot)
            pending.extend(_summands(bodies[slot], scalars))
    return found


def _summands(expr: Expr, scalars: Set[Slot]) -> Iterator[Slot]:
    match expr:
        case Symbol():
            yield _slot(expr)
        case Add(terms=terms):
            for term in terms:
                yield from _summands(term, scalars)
        case Neg(operand=inner) | BigOperator(kind="sum", body=inner) | Quotient(numerator=inner):
            yield from _summands(inner, scalars)
        case Product(factors=(*before, inner)):
            if all(_scales(factor, scalars) for factor in before):
                yield from _summands(inner, scalars)


def _scales(factor: Expr, scalars: Set[Slot]) -> bool:
    """A number, 1/T, λ: what makes of a sum of losses another one."""
    match factor:
        case Number() | Quotient(numerator=Number()):
            return True
        case Symbol():
            return _slot(factor) in scalars
    return False


def _slot(symbol: Symbol) -> Slot:
    return symbol.name, bool(symbol.indices)
