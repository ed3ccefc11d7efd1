"""The value of a written derivative: which quantities it names, total or immediate, which layout.

The derivative itself comes from the staged composition of SymPy's local Jacobians; nothing here
differentiates.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from ..derivation.prepared import Blocks, prepare
from ..derivation.staged import Kind, Point, jacobian
from ..evaluation.attached import attach, with_letters
from ..evaluation.budget import Budget
from ..evaluation.domains.domain import Array
from ..evaluation.errors import OutOfRange, UndefinedSymbol, Unsupported
from ..evaluation.evaluator import evaluate
from ..evaluation.graph import Copy, Graph, Key, Target
from ..evaluation.integers import integer
from ..evaluation.surroundings import GraphEnvironment
from ..evaluation.value import Pair, Value, resolve
from ..notation.printer.text import text
from ..notation.tree import Call, Derivative, Entry, Expr, Symbol

DERIVATIVE_COST = 10
"""What looking up one derivative counts, beside its entries, in operations."""


class Surroundings(Protocol):
    """What a derivative needs to know about where it stands."""

    @property
    def point(self) -> Point: ...

    @property
    def bound(self) -> dict[str, int]: ...

    @property
    def held(self) -> frozenset[Target]: ...

    @property
    def budget(self) -> Budget: ...

    @property
    def blocks(self) -> Blocks: ...

    def number(self, name: str) -> int | None:
        """The value of a letter that stands for a number."""

    def body_at(self, node: Symbol, indices: tuple[int, ...]) -> Expr | None:
        """What the file says that a name is at a step at which the model has none."""


@dataclass(frozen=True)
class Quantity:
    """A node of the graph or a parameter's copy, or some entries of it."""

    point: Point
    key: Target
    shape: Pair
    entries: tuple[int, ...] | None = None
    explicit: bool = False
    """Written as a function of arguments, f(x, h, w), so that ∂ is by that argument alone."""

    def picked(self, array: Array, axis: int) -> Array:
        """The rows (columns) of a Jacobian that belong to the entries."""
        return array if self.entries is None else array.take(list(self.entries), axis)

    @property
    def own_shape(self) -> Pair:
        return self.shape if self.entries is None else (1, 1)

    @property
    def step(self) -> int | None:
        """The step of a variable; a parameter has none, nor has its copy."""
        return None if isinstance(self.key, Copy) else self.key[1]

    @property
    def node(self) -> Key:
        """The node that an equation reads where it uses this quantity."""
        return self.key.whole if isinstance(self.key, Copy) else self.key

    @property
    def reads(self) -> frozenset[Key]:
        """What its equation reads: a copy, the parameter."""
        if isinstance(self.key, Copy):
            return frozenset({self.key.whole})
        return frozenset(self.point.graph.nodes[self.key].reads)


def derivative(node: Derivative, around: Surroundings) -> Value:
    """∂of/∂wrt in numerator layout: row i, column j is ∂of_i/∂wrt_j.

    Raises `OutOfRange` where one of them does not exist, `UndefinedSymbol` for a name that is no
    quantity of the model, `Unsupported` for what cannot be differentiated.
    """
    of = _quantity(node.of, around, as_variable=False)
    wrt = _quantity(node.wrt, around, as_variable=True)
    kind, held = _kind(node, of, wrt, around)
    found = jacobian(of.point, of.key, wrt.key, kind, held)
    found = wrt.picked(of.picked(found, 0), 1)
    around.budget.spend(DERIVATIVE_COST + found.size)
    return _laid_out(found, of.own_shape, wrt.own_shape)


def _quantity(expr: Expr, around: Surroundings, *, as_variable: bool) -> Quantity:
    match expr:
        case Symbol():
            indices = tuple(integer(index, around) for index in expr.indices)  # type: ignore[arg-type]
            try:
                return _named(expr, indices, around)
            except OutOfRange:
                body = None if as_variable else around.body_at(expr, indices)
                if body is None:
                    raise
                return _attached(body, around)
        case Entry(of=Symbol() as whole, indices=indices):
            quantity = _quantity(whole, around, as_variable=as_variable)
            wanted = [integer(index, around) for index in indices]  # type: ignore[arg-type]
            return replace(quantity, entries=(_flat(quantity.shape, wanted, expr),))
    if as_variable:
        raise Unsupported(f"a derivative by {text(expr)}: name it first, as in z_t = …", expr)
    return _attached(expr, around)


def _named(expr: Symbol, indices: tuple[int, ...], around: Surroundings) -> Quantity:
    target = named(expr, indices, around.point.graph)
    return Quantity(around.point, target, around.point.graph.shape_of(target))


def named(expr: Symbol, indices: tuple[int, ...], graph: Graph) -> Target:
    """What a symbol of the model names. Raises `OutOfRange`, `UndefinedSymbol`."""
    target = graph.target_of(expr.name, indices)
    if target is not None and (not isinstance(target, Copy) or target.step in graph.steps):
        return target
    if indices and (target is not None or expr.name in graph.timed):
        raise OutOfRange(expr.name, indices[0], expr)
    raise UndefinedSymbol(text(expr), expr)


def _flat(shape: Pair, indices: list[int], expr: Expr) -> int:
    if len(indices) == 1:
        indices = [indices[0], 1] if shape[1] == 1 else [1, indices[0]]
    for index, size in zip(indices, shape, strict=True):
        if not 1 <= index <= size:
            raise OutOfRange(text(expr), index, expr)
    return (indices[0] - 1) * shape[1] + indices[1] - 1


def _attached(expr: Expr, around: Surroundings) -> Quantity:
    """An expression as a quantity of its own, computed beside the model."""
    point = around.point
    closed = with_letters(expr, around.bound)
    graph, key = attach(point.graph, f"({text(closed)})", closed)
    environment = GraphEnvironment(graph, point.domain, point.values, budget=around.budget)
    shape = graph.nodes[key].shape
    value = resolve(point.domain, evaluate(closed, environment), shape)
    prepared = prepare(graph, around.blocks)
    values = {**point.values, key: value.array}
    beside = Point(prepared, point.domain, values, point.outputs, point._local)
    explicit = isinstance(expr, Call) and expr.function in graph.model.functions
    return Quantity(beside, key, shape, explicit=explicit)


def _kind(
    node: Derivative, of: Quantity, wrt: Quantity, around: Surroundings
) -> tuple[Kind, frozenset[Target]]:
    if around.held:
        return "total", around.held
    if node.kind == "immediate":
        return _immediate(of, wrt)
    if node.kind != "total" and of.explicit and wrt.node in of.reads:
        return "total", of.reads - {wrt.node}
    return "total", frozenset()


def _immediate(of: Quantity, wrt: Quantity) -> tuple[Kind, frozenset[Target]]:
    if of.step is not None or wrt.step is not None:
        return "immediate", frozenset()
    return "total", of.reads - {wrt.node}


def _laid_out(found: Array, of: Pair, wrt: Pair) -> Value:
    """The Jacobian (entries of `of` by entries of `wrt`) in the shape that it is written in."""
    if of == (1, 1):
        if wrt[1] == 1 and wrt[0] > 1:
            return Value(found.reshape(-1, 1), role="covector")
        return Value(found.reshape(wrt))
    if wrt == (1, 1):
        return Value(found.reshape(of), role="tangent" if of[1] == 1 else "")
    rows = of if min(of) > 1 else None
    columns = wrt if min(wrt) > 1 else None
    return Value(found, rows_of=rows, columns_of=columns)
