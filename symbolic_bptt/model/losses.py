"""Which quantities of a model are its loss: the loss itself and what it is a plain sum of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..notation.tree import Add, BigOperator, Expr, Neg, Product, Quotient, Symbol

Slot = tuple[str, bool]
"""A name, and whether it carries a step: E and E_t are two quantities."""


def loss_slots(bodies: Mapping[Slot, Expr], loss: str) -> set[Slot]:
    """The loss, and every quantity that it adds up: E, E_t."""
    pending, found = [(loss, False)], set()
    while pending:
        slot = pending.pop()
        if slot in bodies and slot not in found:
            found.add(slot)
            pending.extend(_summands(bodies[slot]))
    return found


def _summands(expr: Expr) -> Iterator[Slot]:
    match expr:
        case Symbol():
            yield expr.name, bool(expr.indices)
        case Add(terms=terms):
            for term in terms:
                yield from _summands(term)
        case Neg(operand=inner) | BigOperator(kind="sum", body=inner) | Quotient(numerator=inner):
            yield from _summands(inner)
        case Product(factors=(*_, inner)):
            if isinstance(inner, BigOperator | Symbol):
                yield from _summands(inner)
