"""What flows back along each edge of the unrolled graph: the local derivative of every equation.

The gradient of the loss with respect to a quantity is the sum, over the edges that leave it, of
the gradient with respect to the reader times what stands at the edge.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial, reduce

from ..evaluation.graph import Graph, GraphNode, Key
from ..notation.sizes import Size
from ..notation.tree import Add, BigOperator, Expr, Symbol, map_children, walk
from .algebra import Algebra
from .entries import without_entries
from .errors import NoRuleError
from .indices import affine, index_tree, substitute
from .literals import with_sizes
from .presentation import presented
from .steps.local import NoLocalFormError, local_jacobian
from .system import variable_shape

MAX_TERMS = 64
"""A sum over more steps than these is not written out."""


@dataclass(frozen=True)
class Flow:
    """The edge from `reader` back to what it reads.

    `local` is the derivative of the reader's equation with respect to `wrt`, everything else that
    it reads held fixed; None where that is no matrix. `wrt` is `read`, written as a symbol; of a
    parameter, the copy that the reader's step uses.
    """

    reader: Key
    read: Key
    copy: int | None
    local: Expr | None


def gradient_flow(graph: Graph) -> tuple[Flow, ...]:
    """Every edge along which a gradient passes on its way from the loss to some parameter."""
    useful = {key for key in _moved_by_parameters(graph) if key in _behind_loss(graph)}
    return tuple(
        flow
        for node in reversed(graph.computed)
        if node.key in useful
        for flow in _back(graph, node, useful)
    )


def paths_of(graph: Graph, parameter: str, step: int | None = None) -> frozenset[Key]:
    """The quantities on the paths from a parameter to the loss; with `step`, from that copy."""
    moved: set[Key] = set()
    for node in graph.computed:
        uses = (parameter, None) in node.reads and step in (None, node.used_at)
        if uses or any(read in moved for read in node.reads):
            moved.add(node.key)
    return frozenset(moved & _behind_loss(graph))


def symbol_of(graph: Graph, key: Key) -> Symbol:
    """The quantity as it is written, at its step."""
    name, step = key
    if step is None:
        return Symbol(name)
    declared = graph.model.declarations.get((name, True))
    return Symbol(name, (index_tree(Size(step)),), declared.layout if declared else "sub")


def _moved_by_parameters(graph: Graph) -> set[Key]:
    moved = {node.key for node in graph.given if node.role == "parameter"}
    for node in graph.computed:
        if any(read in moved for read in node.reads):
            moved.add(node.key)
    return moved


def _behind_loss(graph: Graph) -> set[Key]:
    """The loss, and all that it depends on."""
    behind = {graph.loss}
    for node in reversed(list(graph.nodes.values())):
        if node.key in behind:
            behind.update(node.reads)
    return behind


def _back(graph: Graph, node: GraphNode, useful: set[Key]) -> Iterator[Flow]:
    algebra = Algebra(partial(variable_shape, graph.model))
    body = _literal_body(graph, node)
    for read in node.reads:
        if read in useful:
            is_copy = graph.nodes[read].role == "parameter"
            local = _local(graph, algebra, body, node, read)
            yield Flow(node.key, read, node.used_at if is_copy else None, local)


def _local(graph: Graph, algebra: Algebra, body: Expr, node: GraphNode, read: Key) -> Expr | None:
    written = {
        symbol
        for symbol in walk(body)
        if isinstance(symbol, Symbol) and _key(graph, symbol) == read
    }
    if len(written) != 1:
        return None
    (wrt,) = written
    try:
        local = local_jacobian(algebra, body, wrt, symbol_of(graph, node.key))
    except (NoLocalFormError, NoRuleError):
        return None
    parameters = set(graph.model.parameters)
    return presented(algebra, local, lambda symbol: symbol.name in parameters)


def _key(graph: Graph, symbol: Symbol) -> Key | None:
    steps = [affine(index) for index in symbol.indices]
    if any(step is None or step.letters for step in steps):
        return None
    return graph.key_of(symbol.name, tuple(step.constant for step in steps if step is not None))


def _literal_body(graph: Graph, node: GraphNode) -> Expr:
    """The equation at its own step: every index a number, every sum over steps written out."""
    assert node.equation is not None
    time = graph.model.time
    numbers = {"T": Size(time.letter_T(graph.count))}
    if node.step is not None:
        numbers[time.index] = Size(node.step)
    declared = {name for name, timed in graph.model.declarations if not timed}
    settled = {letter: value for letter, value in numbers.items() if letter not in declared}
    shape = partial(variable_shape, graph.model)
    body = without_entries(with_sizes(substitute(node.equation.body, settled), shape), shape)
    return _sums_written_out(graph, body)


def _sums_written_out(graph: Graph, expr: Expr) -> Expr:
    expr = map_children(expr, lambda child: _sums_written_out(graph, child))
    match expr:
        case BigOperator("sum", (span,), body) if not span.unequal:
            steps = graph.steps
            low = Size(steps[0]) if span.lower is None else affine(span.lower)
            high = Size(steps[-1]) if span.upper is None else affine(span.upper)
            if low is None or high is None or low.letters or high.letters:
                return expr
            values = range(low.constant, high.constant + 1)
            terms = [substitute(body, {span.index: Size(value)}) for value in values[:MAX_TERMS]]
            if not 0 < len(values) <= MAX_TERMS:
                return expr
            return reduce(_added, terms)
    return expr


def _added(left: Expr, right: Expr) -> Expr:
    above = left.terms if isinstance(left, Add) else (left,)
    below = right.terms if isinstance(right, Add) else (right,)
    return Add((*above, *below))
