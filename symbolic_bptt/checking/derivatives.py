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
from ..evaluation.graph import Graph, Key
from ..evaluation.integers import integer
from ..evaluation.reading import Reading
from ..evaluation.surroundings import GraphEnvironment
from ..evaluation.value import Pair, Value, resolve
from ..model.losses import loss_slots
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
    def held(self) -> frozenset[Key]: ...

    @property
    def budget(self) -> Budget: ...

    @property
    def blocks(self) -> Blocks: ...

    def number(self, name: str) -> int | None:
        """The value of a letter that stands for a number."""


@dataclass(frozen=True)
class Quantity:
    """A node of the graph (or a parameter's copy), or some entries of it."""

    point: Point
    key: Key
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


def derivative(node: Derivative, around: Surroundings, reading: Reading) -> Value:
    """∂of/∂wrt under a reading.

    Raises `OutOfRange` where one of them does not exist, `UndefinedSymbol` for a name that is no
    quantity of the model, `Unsupported` for what cannot be differentiated.
    """
    of = _quantity(node.of, around, as_variable=False)
    wrt = _quantity(node.wrt, around, as_variable=True)
    kind, held = _kind(node, of, wrt, around, reading)
    found = jacobian(of.point, of.key, wrt.key, kind, held)
    around.budget.spend(DERIVATIVE_COST + found.size)
    found = wrt.picked(of.picked(found, 0), 1)
    return _laid_out(found, of.own_shape, wrt.own_shape, reading)


def _quantity(expr: Expr, around: Surroundings, *, as_variable: bool) -> Quantity:
    match expr:
        case Symbol():
            indices = tuple(integer(index, around) for index in expr.indices)  # type: ignore[arg-type]
            return _named(expr, indices, around)
        case Entry(of=Symbol() as whole, indices=indices):
            quantity = _quantity(whole, around, as_variable=as_variable)
            wanted = [integer(index, around) for index in indices]  # type: ignore[arg-type]
            return replace(quantity, entries=(_flat(quantity.shape, wanted, expr),))
    if as_variable:
        raise Unsupported(f"a derivative by {text(expr)}: name it first, as in z_t = …", expr)
    return _attached(expr, around)


def _named(expr: Symbol, indices: tuple[int, ...], around: Surroundings) -> Quantity:
    graph = around.point.graph
    key: Key = (expr.name, indices[0] if indices else None)
    if len(indices) <= 1 and key in graph.nodes:
        return Quantity(around.point, key, graph.nodes[key].shape)
    whole = graph.nodes.get((expr.name, None))
    if whole is not None and whole.role == "parameter" and len(indices) == 1:
        if indices[0] not in graph.steps:
            raise OutOfRange(expr.name, indices[0], expr)
        return Quantity(around.point, key, whole.shape)
    if indices and any(name == expr.name for name, _ in graph.nodes):
        raise OutOfRange(expr.name, indices[0], expr)
    raise UndefinedSymbol(expr.name, expr)


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
    value = resolve(point.domain, evaluate(closed, environment, expected=shape), shape)
    prepared = prepare(graph, around.blocks)
    beside = Point(prepared, point.domain, {**point.values, key: value.array}, point._local)
    explicit = isinstance(expr, Call) and expr.function in graph.model.functions
    return Quantity(beside, key, shape, explicit=explicit)


def _kind(
    node: Derivative, of: Quantity, wrt: Quantity, around: Surroundings, reading: Reading
) -> tuple[Kind, frozenset[Key]]:
    graph = of.point.graph
    if around.held:
        return "total", around.held
    if node.kind == "immediate":
        return _immediate(of, wrt, graph)
    if node.kind == "total":
        return "total", frozenset()
    if of.explicit and not {wrt.key, (wrt.key[0], None)}.isdisjoint(graph.nodes[of.key].reads):
        return "total", _other_reads(of, wrt, graph)
    if _is_ambiguous(of, wrt, graph) and reading.partial == "immediate":
        return _immediate(of, wrt, graph)
    return "total", frozenset()


def _immediate(of: Quantity, wrt: Quantity, graph: Graph) -> tuple[Kind, frozenset[Key]]:
    if of.key[1] is not None or (wrt.key in graph.nodes and wrt.key[1] is not None):
        return "immediate", frozenset()
    return "total", _other_reads(of, wrt, graph)


def _other_reads(of: Quantity, wrt: Quantity, graph: Graph) -> frozenset[Key]:
    return frozenset(graph.nodes[of.key].reads) - {wrt.key, (wrt.key[0], None)}


def _is_ambiguous(of: Quantity, wrt: Quantity, graph: Graph) -> bool:
    """A variable of one step by a parameter: there total and immediate differ."""
    whole = graph.nodes.get((wrt.key[0], None))
    if wrt.key[1] is not None or whole is None or whole.role != "parameter":
        return False
    bodies = {(e.target, e.timed or e.step is not None): e.body for e in graph.model.equations}
    return (of.key[0], of.key[1] is not None) not in loss_slots(bodies, graph.model.loss)


def _laid_out(found: Array, of: Pair, wrt: Pair, reading: Reading) -> Value:
    """The Jacobian (entries of `of` by entries of `wrt`) in the shape that it is written in."""
    if of == (1, 1):
        if wrt[1] == 1 and wrt[0] > 1:
            if reading.row_gradients:
                return Value(found)
            return Value(found.reshape(-1, 1), role="covector")
        return Value(found.reshape(wrt))
    if wrt == (1, 1):
        return Value(found.reshape(of), role="tangent" if of[1] == 1 else "")
    rows = of if min(of) > 1 else None
    columns = wrt if min(wrt) > 1 else None
    if reading.layout == "denominator":
        return Value(found.T, rows_of=columns, columns_of=rows)
    return Value(found, rows_of=rows, columns_of=columns)
