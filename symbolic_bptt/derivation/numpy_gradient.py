"""The lambdified gradient: SymPy's local derivatives as NumPy functions, composed in a loop."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import sympy

from ..evaluation.domains.domain import Array
from ..evaluation.domains.floating import FLOAT64
from ..evaluation.domains.stand_in import evaluate as stand_in
from ..evaluation.domains.symbolic import CLASSES, SoftmaxEntry, Undetermined
from ..evaluation.forward import letter_inputs
from ..evaluation.graph import Graph, Key
from ..evaluation.unroll import unroll
from ..model.model import Model
from .block import Block
from .jacobians import LocalJacobian, differentiate
from .prepared import Prepared, block_of, signature
from .staged import Point, gradient

Gradient = Callable[[Mapping[Key, Array]], dict[str, Array]]


def numpy_gradient(model: Model, count: int, sizes: Mapping[str, int]) -> Gradient:
    """A function from float64 arrays for all given nodes to ∂(loss)/∂p for each parameter p.

    Each equation is differentiated and lambdified once. Undetermined functions should be settled
    first; one that is not is the polynomial of `stand_in`.
    """
    graph = unroll(model, count, sizes)
    lambdified: dict[str, _Lambdified] = {}
    of_node: dict[Key, _Lambdified] = {}
    for node in graph.computed:
        name = signature(graph, node)
        if name not in lambdified:
            lambdified[name] = _lambdify(differentiate(graph, node))
        of_node[node.key] = lambdified[name]
    prepared = Prepared(graph, {key: made.block for key, made in of_node.items()})
    return partial(_gradient, graph, prepared, of_node)


@dataclass(frozen=True)
class _Lambdified:
    block: Block
    outputs: Callable[..., Sequence[float]]
    derivatives: Callable[..., Sequence[float]]


def _gradient(
    graph: Graph,
    prepared: Prepared,
    of_node: Mapping[Key, _Lambdified],
    given: Mapping[Key, Array],
) -> dict[str, Array]:
    values: dict[Key, Array] = {node.key: given[node.key] for node in graph.given}
    local: dict[Key, Array] = {}
    with FLOAT64.scope():
        for node in graph.computed:
            made = of_node[node.key]
            inputs = [element for read in node.reads for element in values[read].flat]
            inputs.extend(letter_inputs(node, graph, FLOAT64))
            outputs = made.outputs(*inputs)
            values[node.key] = np.array(outputs, dtype=float).reshape(node.shape)
            local[node.key] = np.array(made.derivatives(*inputs, *outputs), dtype=float)
    return gradient(Point(prepared, FLOAT64, values, _local=local))


def _lambdify(local: LocalJacobian) -> _Lambdified:
    reads = local.inputs[: len(local.inputs) - len(local.outputs)]
    derivatives = [entry.derivative for entry in local.entries]
    return _Lambdified(
        block_of(local),
        _function(reads, list(local.outputs), local.cuts),
        _function(local.inputs, derivatives, local.cuts),
    )


def _function(
    inputs: Sequence[Any], expressions: list[Any], cuts: Sequence[tuple[Any, Any]]
) -> Callable[..., Sequence[float]]:
    """One NumPy function of scalars; the cuts and common subexpressions are its local variables."""

    def common(wanted: list[Any]) -> tuple[list[tuple[Any, Any]], list[Any]]:
        replacements, reduced = sympy.cse(wanted, list=False)
        return [*cuts, *replacements], list(reduced)

    modules = [_functions([*expressions, *(e for _, e in cuts)]), "numpy"]
    made: Callable[..., Sequence[float]] = sympy.lambdify(
        list(inputs), expressions, modules=modules, cse=common
    )
    return made


def _functions(expressions: Sequence[Any]) -> dict[str, Callable[..., Any]]:
    """NumPy functions by the names that SymPy's printer gives to ours."""
    table: dict[str, Callable[..., Any]] = {
        made.__name__: partial(FLOAT64.call, name, (0,) * (2 if name in ("max", "min") else 1))
        for name, made in CLASSES.items()
        if name not in ("sqrt", *_PRINTED)
    }
    table[SoftmaxEntry.__name__] = _softmax_entry
    for expression in expressions:
        for atom in expression.atoms(Undetermined):
            table[type(atom).__name__] = partial(stand_in, atom.key, atom.orders, float)
    return table


def _softmax_entry(entry: int, *arguments: float) -> float:
    return float(FLOAT64.softmax(np.array(arguments, dtype=float))[entry - 1])


_PRINTED = ("tanh", "log", "sin", "cos", "sinh", "cosh")
"""Functions that SymPy itself prints for NumPy."""
