"""SymPy symbols for the entries of an unrolled graph, and the syntax tree that each stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import sympy

from ..evaluation.domains.domain import Array
from ..evaluation.graph import Copy, Graph, Key, Target
from ..notation.tree import Entry, Expr, Neg, Number, Symbol


@dataclass(frozen=True)
class Names:
    """A symbol for each entry of each node; `tree` prints it, `rank` orders as the model does."""

    arrays: Mapping[Key, Array]
    tree: Mapping[Any, Expr]
    rank: Mapping[Any, int]


def name_entries(graph: Graph) -> Names:
    """Symbols for every entry of every node: W_{1,2}, s_{3,1}, in the order of the graph."""
    arrays: dict[Key, Array] = {}
    tree: dict[Any, Expr] = {}
    for node in graph.nodes.values():
        whole = node_symbol(graph, node.key)
        array = np.empty(node.shape, dtype=object)
        for place in np.ndindex(*node.shape):
            symbol = sympy.Symbol(f"{node.key[0]}|{node.key[1]}|{place[0]},{place[1]}")
            array[place] = symbol
            tree[symbol] = entry_tree(whole, node.shape, place)
        arrays[node.key] = array
    return Names(arrays, tree, ranks(graph, tree))


def ranks(graph: Graph, symbols: Iterable[Any]) -> dict[Any, int]:
    """Parameters first, in the order of the model; then everything else as it comes."""
    parameters = graph.model.parameters

    def place(symbol: Any) -> int:
        name = symbol.name.split("|")[0]
        return parameters.index(name) if name in parameters else len(parameters)

    return {symbol: rank for rank, symbol in enumerate(sorted(symbols, key=place))}


def node_symbol(graph: Graph, target: Target) -> Symbol:
    """The symbol that names a node or a copy, as the model writes it."""
    name, step = (target.name, target.step) if isinstance(target, Copy) else target
    if step is None:
        return Symbol(name)
    item = graph.model.declarations.get((name, True))
    return Symbol(name, (whole_number(step),), item.layout if item else "sub")


def entry_tree(whole: Symbol, shape: tuple[int, ...], place: tuple[int, ...]) -> Expr:
    """(whole)_{ij}, counted from 1, with one index for a vector and none for a scalar."""
    sizes = zip(place, shape, strict=True)
    indices = [Number(Fraction(i + 1)) for i, size in sizes if size > 1]
    return Entry(whole, tuple(indices)) if indices else whole


def whole_number(value: int) -> Expr:
    """A literal; a negative one is a `Neg`."""
    number = Number(Fraction(abs(value)))
    return Neg(number) if value < 0 else number
