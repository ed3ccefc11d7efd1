"""Mistakes made while going back through the graph, whatever the answer then looks like.

Each alters the local Jacobians of one equation at every step: an edge is not followed, an
activation's derivative is left out or is another's, a product is differentiated as a sum, the
weights are not transposed. The altered derivative is compared with the answer as a value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np

from ...derivation.staged import Point, local
from ...evaluation.domains.domain import Array
from ...evaluation.graph import GraphNode
from ...model.model import Equation
from ...model.steps import LinearStep, step_expr
from ...notation.printer.text import text
from ...notation.tree import Add, Call, Expr, Operation, Product, Symbol
from .opened import EdgeKind, altered, closing, edges, kind_of
from .values import Jacobians


@dataclass(frozen=True)
class BackwardRule:
    """One mistake at one equation. `about` fills the places of the catalogue's sentence."""

    kind: str
    node: str
    about: tuple[tuple[str, str], ...]
    change: Callable[[Point], Jacobians]
    path: tuple[str, ...] = ()


def backward_rules(at: Point) -> Iterator[BackwardRule]:
    """Every mistake of the table that this model offers an occasion for."""
    yield from _edges_not_followed(at)
    by_target: dict[str, list[Equation]] = {}
    for equation in at.graph.model.equations:
        by_target.setdefault(equation.target, []).append(equation)
    for equations in by_target.values():
        yield from _of_equations(tuple(equations), at.graph.model.time.index)


def _edges_not_followed(at: Point) -> Iterator[BackwardRule]:
    index = at.graph.model.time.index
    kinds: dict[EdgeKind, None] = {}
    for edge in edges(at.graph):
        if at.graph.nodes[edge[1]].role != "parameter":
            kinds[kind_of(edge)] = None
    groups: dict[tuple[EdgeKind, ...], None] = {(kind,): None for kind in kinds}
    for read in {kind.read for kind in kinds}:
        later = tuple(kind for kind in kinds if kind.read == read and kind.back)
        if len(later) > 1:
            groups[later] = None
    for group in groups:
        readers = ", ".join(_step(kind.reader, kind.back, index) for kind in group)
        about = (("read", _step(group[0].read, None, index)), ("readers", readers))
        path = (_step(group[0].reader, group[0].back, index), _step(group[0].read, None, index))
        yield BackwardRule("edge-not-followed", "", about, _closing(set(group)), path)


def _step(name: str, back: int | None, index: str) -> str:
    """The quantity so many steps after t, as a reader writes it."""
    return text(Symbol(name, (step_expr(LinearStep(back or 0, 1), index),)))


def _closing(kinds: set[EdgeKind]) -> Callable[[Point], Jacobians]:
    def change(at: Point) -> Jacobians:
        return closing(at, [edge for edge in edges(at.graph) if kind_of(edge) in kinds])

    return change


def _of_equations(equations: tuple[Equation, ...], index: str) -> Iterator[BackwardRule]:
    """Mistakes at a quantity, at whichever steps it has an equation of its own."""
    body, target = equations[0].body, equations[0].target
    node = _step(target, None, index)
    if isinstance(body, Call) and len(body.arguments) == 1:
        if body.function == "softmax":
            yield _stage_rule("softmax-dropped", equations, _identity, node)
            yield _stage_rule("softmax-elementwise", equations, _elementwise_softmax, node)
        else:
            yield _stage_rule("activation-dropped", equations, _identity, node)
            for kind, form in ACTIVATIONS.items():
                yield _stage_rule(kind, equations, form, node)
    for reads in _multiplied(body):
        of_node = partial(_to_one, names=reads)
        about = (("node", node), ("factors", ", ".join(reads)))
        yield BackwardRule("product-node", target, about, _each_node(equations, of_node))
    if not equations[0].shape.is_scalar:
        change = _each_node(equations, _transposed)
        yield BackwardRule("weights-not-transposed", target, (("node", node),), change)


StageForm = Callable[[Point, GraphNode, Array], Array]


def _stage_rule(
    kind: str, equations: tuple[Equation, ...], form: StageForm, node_name: str
) -> BackwardRule:
    def of_node(at: Point, node: GraphNode) -> Array | None:
        block = at.prepared.block_of[node.key]
        last = len(block.sizes) - 1
        stages = [stage for stage in block.stages if stage.source == last]
        if len(stages) != 1 or block.sizes[last] != block.sizes[stages[0].target]:
            return None
        return altered(at, node, last, stages[0].target, lambda dense: form(at, node, dense))

    target = equations[0].target
    about = (("node", node_name),)
    return BackwardRule(kind, target, about, _each_node(equations, of_node))


def _each_node(
    equations: tuple[Equation, ...], of_node: Callable[[Point, GraphNode], Array | None]
) -> Callable[[Point], Jacobians]:
    def change(at: Point) -> Jacobians:
        found = {}
        for node in at.graph.computed:
            if any(node.equation is one for one in equations):
                new = of_node(at, node)
                if new is not None:
                    found[node.key] = new
        return found

    return change


def _identity(at: Point, node: GraphNode, dense: Array) -> Array:
    return _diagonal(dense, [at.domain.number(Fraction(1))] * len(dense))


def _elementwise_softmax(at: Point, node: GraphNode, dense: Array) -> Array:
    one = at.domain.number(Fraction(1))
    return _diagonal(dense, [y * (one - y) for y in at.values[node.key].flat])


def _form(entry: Callable[[Any, Any, Point], Any]) -> StageForm:
    def form(at: Point, node: GraphNode, dense: Array) -> Array:
        one = at.domain.number(Fraction(1))
        return _diagonal(dense, [entry(one, s, at) for s in at.values[node.key].flat])

    return form


ACTIVATIONS: dict[str, StageForm] = {
    "activation-other": _form(lambda one, s, at: s * (one - s)),
    "activation-unsquared": _form(lambda one, s, at: one - s),
    "activation-tanh": _form(lambda one, s, at: one - s * s),
}
"""Derivatives that are written for the right one, in terms of the activation's output."""


def _diagonal(dense: Array, entries: list[Any]) -> Array:
    new = dense.copy()
    new[...] = entries[0] - entries[0]
    for i, entry in enumerate(entries):
        new[i, i] = entry
    return new


def _multiplied(body: Expr) -> Iterator[tuple[str, ...]]:
    """Names that are multiplied with each other in an equation: all at once, and one by one."""
    terms = body.terms if isinstance(body, Add) else (body,)
    for term in terms:
        match term:
            case Operation(left=Symbol(name=left), right=Symbol(name=right)):
                names: tuple[str, ...] = (left, right)
            case Product(factors=factors) if all(isinstance(f, Symbol) for f in factors):
                names = tuple(f.name for f in factors if isinstance(f, Symbol) and f.indices)
            case _:
                continue
        if len(names) == 2:
            yield names
            yield names[:1]
            yield names[1:]


def _to_one(at: Point, node: GraphNode, names: tuple[str, ...]) -> Array | None:
    block = at.prepared.block_of[node.key]
    entries = None
    one = at.domain.number(Fraction(1))
    for target, read in enumerate(node.reads):
        if read[0] in names:
            entries = local(at, node.key).copy() if entries is None else entries
            for stage in block.stages:
                if stage.target == target and np.array_equal(stage.rows, stage.columns):
                    entries[stage.entries] = one
    return entries


def _transposed(at: Point, node: GraphNode) -> Array | None:
    """Square blocks of weights turned over, where a state is read through them."""
    block = at.prepared.block_of[node.key]
    entries = None
    for stage in block.stages:
        if stage.target >= len(node.reads):
            continue
        read = at.graph.nodes[node.reads[stage.target]]
        side = block.sizes[stage.source]
        full = len(stage.entries) == side * block.sizes[stage.target] == side * side
        if full and side > 1 and read.role in ("defined", "initial"):
            entries = local(at, node.key).copy() if entries is None else entries
            dense = {
                (row, column): entries[entry]
                for row, column, entry in zip(stage.rows, stage.columns, stage.entries, strict=True)
            }
            for row, column, entry in zip(stage.rows, stage.columns, stage.entries, strict=True):
                entries[entry] = dense[column, row]
    return entries
