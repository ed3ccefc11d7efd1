"""The plain SymPy derivatives of the fully substituted loss, where they are still readable.

The size of every expression is computed before any is built; what would be too large is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from ..evaluation.domains.field import FieldDomain
from ..evaluation.graph import Graph, Target
from ..evaluation.integers import integer
from ..evaluation.surroundings import GraphEnvironment
from ..evaluation.unroll import unroll
from ..model.model import Model
from ..notation.printer.text import text
from ..notation.sizes import SCALAR
from ..notation.tree import Derivative, Expr, Matrix, Symbol
from .from_sympy import from_sympy
from .result import Derivation, Partial, Style
from .substitution import SubstitutedLoss, derivative_size, substitute
from .symbols import entry_tree, node_symbol

READABLE = 3_000
"""Operations in one formula: about three printed pages."""

ALL_TOGETHER = 60_000
"""Operations in all formulas of one request."""


class TooLargeError(ValueError):
    """An expanded derivative that nobody could read; `operations` is the size it would have."""

    def __init__(self, what: str, operations: int, limit: int) -> None:
        self.operations, self.limit = operations, limit
        super().__init__(
            f"{what} would have about {operations:,} operations written out, more than {limit:,}; "
            "use the style `named`, or fewer steps"
        )


def expanded(model: Model, count: int, wrt: Sequence[Symbol], style: Style) -> Derivation:
    """∂loss/∂(each symbol), everything substituted, each by `sympy.diff`.

    Every size letter is 2, which a note says. `entries` gives one formula for each entry,
    `expanded` a matrix of them. Raises `TooLargeError` before anything is built.
    """
    graph = unroll(model, count, dict.fromkeys(model.sizes, 2))
    keys = [_target(graph, symbol) for symbol in wrt]
    check_size(graph, keys, style)
    whole = substitute(graph, keys)
    partials: list[Partial] = []
    for symbol, key in zip(wrt, keys, strict=True):
        gradient = expanded_gradient(whole, key)
        partials.extend(_partials(model, symbol, gradient, style))
    notes = (f"written out for {' = '.join(model.sizes)} = 2",) if model.sizes else ()
    return Derivation(model, count, style, (), tuple(partials), (), notes)


def check_size(graph: Graph, targets: Sequence[Target], style: Style) -> None:
    """Raise `TooLargeError` if a formula, or all together, would be unreadably large."""
    together = 0
    for target in targets:
        rows, columns = graph.shape_of(target)
        size = derivative_size(graph, target)
        formula = size if style == "entries" else size * rows * columns
        together += size * rows * columns
        if formula > READABLE:
            what = text(node_symbol(graph, target))
            raise TooLargeError(f"∂{graph.model.loss}/∂{what}", formula, READABLE)
    if together > ALL_TOGETHER:
        raise TooLargeError("all of it together", together, ALL_TOGETHER)


def expanded_gradient(whole: SubstitutedLoss, target: Target) -> Any:
    """∂(loss)/∂(each entry of a target) as an array of trees, each by `sympy.diff`."""
    symbols = whole.targets[target]
    result = np.empty(symbols.shape, dtype=object)
    for place, symbol in np.ndenumerate(symbols):
        result[place] = from_sympy(whole.loss.diff(symbol), whole.names)
    return result


def _partials(model: Model, symbol: Symbol, gradient: Any, style: Style) -> Iterator[Partial]:
    loss = Symbol(model.loss)
    if style == "entries" or gradient.size == 1:
        for place, form in np.ndenumerate(gradient):
            entry: Expr = entry_tree(symbol, gradient.shape, place)
            yield Partial(Derivative("partial", loss, entry), SCALAR, (form,))
        return
    shape = next(d.shape for (name, _), d in model.declarations.items() if name == symbol.name)
    rows = tuple(tuple(row) for row in gradient)
    yield Partial(Derivative("partial", loss, symbol), shape, (Matrix(rows),))


def _target(graph: Graph, symbol: Symbol) -> Target:
    environment = GraphEnvironment(graph, FieldDomain(), {})
    steps = tuple(integer(index, environment) for index in symbol.indices)
    target = graph.target_of(symbol.name, steps)
    assert target is not None
    return target
