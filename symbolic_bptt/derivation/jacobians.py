"""Local Jacobians: each model equation differentiated by SymPy with respect to what it reads.

An equation that holds at every step is differentiated once; the result serves all steps, and every
number of steps. The argument of a function is a quantity of its own (a *cut*): softmax(V s) is
differentiated by V s, and V s by V and s, so that a Jacobian stays as sparse as its stages are. So
is what each column of an elimination leaves, where a matrix is inverted.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import sympy

from ..evaluation.budget import Budget
from ..evaluation.domains.domain import Array, entrywise
from ..evaluation.domains.symbolic import SymbolicDomain
from ..evaluation.evaluator import evaluate
from ..evaluation.graph import Graph, GraphNode, Key
from ..evaluation.surroundings import GraphEnvironment
from ..evaluation.value import resolve

SYMBOLIC_LIMIT = 1_000_000


@dataclass(frozen=True)
class Entry:
    """∂(row of one group)/∂(column of another) = derivative, a SymPy expression.

    Groups are numbered: the reads, then the cuts in the order in which they are computed, then the
    outputs.
    """

    source: int
    target: int
    row: int
    column: int
    derivative: Any


@dataclass(frozen=True)
class LocalJacobian:
    """An equation over symbols, and its non-zero derivatives stage by stage.

    `inputs` are the symbols of the entries of what it reads, read after read, then of the letters
    that it uses as numbers, then one symbol for each output, in which a derivative may be written
    (1 − s²). `cuts` are pairs of a symbol and
    the expression that it stands for, in order of computation, over inputs and earlier cuts.
    """

    inputs: tuple[Any, ...]
    cuts: tuple[tuple[Any, Any], ...]
    outputs: tuple[Any, ...]
    entries: tuple[Entry, ...]
    sizes: tuple[int, ...]
    """The number of entries of each group."""


def differentiate(graph: Graph, node: GraphNode) -> LocalJacobian:
    """∂(outputs)/∂(reads) of one equation, entry by entry, by SymPy."""
    reads = {key: _symbols(f"r{i}_", graph.nodes[key].shape) for i, key in enumerate(node.reads)}
    letters = {name: sympy.Symbol(f"l{i}") for i, (name, _) in enumerate(node.letters)}
    domain = CuttingDomain(letters=letters)
    outputs = _outputs(graph, node, domain, reads)
    groups = [array.ravel() for array in reads.values()]
    groups += [symbols.ravel() for _, symbols in domain.cuts]
    place = {
        symbol: (group, column)
        for group, array in enumerate(groups)
        for column, symbol in enumerate(array)
    }
    own = [sympy.Symbol(f"o{i}") for i in range(len(outputs))]
    written = {e: o for e, o in zip(outputs, own, strict=True) if e.is_Function or e.is_Mul}
    stages = [expressions.ravel() for expressions, _ in domain.cuts] + [outputs]
    entries = [
        entry
        for source, expressions in enumerate(stages, len(reads))
        for entry in _entries(source, expressions, place, written)
    ]
    inputs = [symbol for array in reads.values() for symbol in array.flat]
    inputs.extend(letters.values())
    cuts = [
        (symbol, expression)
        for expressions, symbols in domain.cuts
        for expression, symbol in zip(expressions.flat, symbols.flat, strict=True)
    ]
    sizes = (*(len(group) for group in groups), len(outputs))
    return LocalJacobian((*inputs, *own), tuple(cuts), tuple(outputs), tuple(entries), sizes)


@dataclass(frozen=True)
class CuttingDomain(SymbolicDomain):
    """SymPy expressions in which the argument of a function, and each stage of an elimination, is
    a symbol of its own.


    So does a letter that is used as a number.
    """

    letters: Mapping[str, Any] = field(default_factory=dict)
    cuts: list[tuple[Array, Array]] = field(default_factory=list)
    _known: dict[Any, Array] = field(default_factory=dict)

    def apply(self, function: str, orders: tuple[int, ...], *arguments: Array) -> Array:
        return super().apply(function, orders, *(self._cut(argument) for argument in arguments))

    def letter(self, name: str, value: int, *, index: bool) -> Any:
        return self.letters.get(name, sympy.Integer(value))

    def softmax(self, vector: Array) -> Array:
        return super().softmax(self._cut(vector))

    def named(self, array: Array) -> Array:
        compound = [not element.is_Atom for element in array.flat]
        result = array.copy()
        if any(compound):
            flat = result.reshape(-1)
            flat[compound] = self._cut(flat[compound].reshape(-1, 1)).ravel()
        return result

    def _cut(self, argument: Array) -> Array:
        if all(element.is_Atom for element in argument.flat):
            return argument
        name = (argument.shape, tuple(argument.flat))
        if name not in self._known:
            symbols = _symbols(f"c{len(self.cuts)}_", argument.shape)
            self.cuts.append((argument, symbols))
            self._known[name] = symbols
        return self._known[name]


def _outputs(
    graph: Graph, node: GraphNode, domain: SymbolicDomain, reads: Mapping[Key, Array]
) -> list[Any]:
    assert node.equation is not None
    bound = {} if node.step is None else {graph.model.time.index: node.step}
    environment = GraphEnvironment(graph, domain, reads, bound, Budget(SYMBOLIC_LIMIT))
    value = evaluate(node.equation.body, environment)
    return list(resolve(domain, value, node.shape).array.flat)


def _symbols(prefix: str, shape: tuple[int, ...]) -> Array:
    numbers = np.arange(np.prod(shape)).reshape(shape)
    return entrywise(lambda number: sympy.Symbol(f"{prefix}{number}"), numbers)


def _entries(
    source: int, expressions: Any, place: Mapping[Any, tuple[int, int]], written: Mapping[Any, Any]
) -> list[Entry]:
    found = []
    for row, expression in enumerate(expressions):
        for symbol, derivative in gradient_of(expression, place).items():
            if derivative != 0:
                target, column = place[symbol]
                found.append(Entry(source, target, row, column, derivative.xreplace(written)))
    return found


def gradient_of(expression: Any, variables: Container[Any]) -> dict[Any, Any]:
    """The derivative by every variable that occurs, each term of a sum by its own ones only.

    What has none of them in it is taken out of a product first, as a constant.
    """
    occurring = [symbol for symbol in expression.free_symbols if symbol in variables]
    constants, rest = expression.as_independent(*occurring, as_Add=False)
    terms: dict[Any, list[Any]] = {}
    for term in sympy.Add.make_args(rest):
        symbols = tuple(
            dict.fromkeys(node for node in sympy.preorder_traversal(term) if node.is_Symbol)
        )
        places = _places(len(symbols))
        pattern = term.xreplace(dict(zip(symbols, places, strict=True)))
        back = dict(zip(places, symbols, strict=True))
        for symbol, place in zip(symbols, places, strict=True):
            if symbol in variables:
                terms.setdefault(symbol, []).append(_slope(pattern, place).xreplace(back))
    ordered = sorted(terms, key=lambda symbol: str(symbol.name))
    return {symbol: constants * sympy.Add(*terms[symbol]) for symbol in ordered}


@lru_cache(maxsize=4096)
def _slope(pattern: Any, place: Any) -> Any:
    """The derivative of a term; terms that differ in the names of their symbols share it."""
    return pattern.diff(place)


@lru_cache(maxsize=256)
def _places(count: int) -> tuple[Any, ...]:
    return tuple(sympy.Symbol(f"p{number}") for number in range(count))
