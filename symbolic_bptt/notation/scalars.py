"""Which expressions are known to be single numbers before any shape is: 2, T, n, α where α = 2."""

from __future__ import annotations

from fractions import Fraction

from .tree import Add, Expr, Neg, Number, Operation, Power, Product, Quotient, Symbol, walk
from .vocabulary import Vocabulary

NUMERIC = (Number, Symbol, Neg, Add, Product, Operation, Quotient, Power)
"""What numbers may be joined by."""


def is_scalar(expr: Expr, vocabulary: Vocabulary) -> bool:
    """Whether it is made of numbers, T, sizes and scalars without a step. 0 alone has any shape."""
    parts = list(walk(expr))
    if expr == Number(Fraction(0)) or not all(isinstance(part, NUMERIC) for part in parts):
        return False
    return all(_is_known(part, vocabulary) for part in parts if isinstance(part, Symbol))


def _is_known(symbol: Symbol, vocabulary: Vocabulary) -> bool:
    record = vocabulary.names.get(symbol.name)
    if record is not None:
        return record.rank == 0 and not symbol.indices
    return not symbol.indices and symbol.name in {"T", *vocabulary.sizes}
