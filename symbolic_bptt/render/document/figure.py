"""The unrolled graph on a known grid: a column for each step, a row for each level."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ...evaluation.graph import Graph, Key
from ...evaluation.instance import sound_sizes
from ...evaluation.unroll import unroll
from ...model.model import Model
from ...notation.printer.text import text
from ...notation.tree import Node, Product, Symbol, walk
from ..description import step_number, timed_symbol

_ACROSS, _UP, _BETWEEN = 1.15, 1.3, 0.9
"""Centimetres from node to node, from level to level, and between steps."""

Print = Callable[[Node], str]


@dataclass(frozen=True)
class Placed:
    """A quantity with its place in centimetres."""

    key: Key
    x: float
    y: float
    role: str


def tikz(model: Model, count: int, printed: Print) -> str:
    """The graph as a `tikzpicture`; parameters stand at the arrows of what they multiply."""
    graph = unroll(model, count, sound_sizes(model))
    placed = {node.key: node for node in _placed(graph)}
    names = {key: f"n{position}" for position, key in enumerate(placed)}
    lines = [
        rf"  \node[{node.role}] ({names[node.key]}) at ({node.x:.2f}, {node.y:.2f}) "
        rf"{{${printed(_symbol(model, node.key))}$}};"
        for node in placed.values()
    ]
    for edge in _edges(graph, placed):
        label = ", ".join(printed(Symbol(name)) for name in edge.parameters)
        slanted = edge.crosses and placed[edge.start].y != placed[edge.end].y
        place = ", pos=0.78" if slanted else ""
        words = rf" node[weight{place}] {{${label}$}}" if label else ""
        style = "recurrent" if edge.crosses else "flow"
        lines.append(rf"  \draw[{style}] ({names[edge.start]}) --{words} ({names[edge.end]});")
    return "\n".join([_BEGIN, *lines, r"\end{tikzpicture}"])


_BEGIN = r"""\begin{tikzpicture}[>=latex, font=\small,
  computed/.style={draw, circle, inner sep=0pt, minimum size=7.5mm},
  given/.style={draw=gray, fill=gray!12, rounded corners=2pt, minimum size=6mm, inner sep=2pt},
  loss/.style={draw, circle, inner sep=0pt, minimum size=7.5mm, very thick},
  flow/.style={->, gray!85!black}, recurrent/.style={->, very thick},
  weight/.style={midway, fill=white, inner sep=1pt, font=\scriptsize, text=black}]"""


def mermaid(model: Model, count: int) -> str:
    """The same graph as Mermaid, which GitHub and Jupyter draw; the layout is theirs."""
    graph = unroll(model, count, sound_sizes(model))
    placed = {node.key: node for node in _placed(graph)}
    names = {key: f"n{position}" for position, key in enumerate(placed)}
    lines = ["graph BT"]
    for node in placed.values():
        left, right = ("[", "]") if node.role == "given" else ("((", "))")
        lines.append(f'  {names[node.key]}{left}"{text(_symbol(model, node.key))}"{right}')
    for edge in _edges(graph, placed):
        arrow = "==>" if edge.crosses else "-->"
        label = ", ".join(text(Symbol(name)) for name in edge.parameters)
        shown = f'{arrow}|"{label}"|' if label else arrow
        lines.append(f"  {names[edge.start]} {shown} {names[edge.end]}")
    return "\n".join(lines)


@dataclass(frozen=True)
class Edge:
    """`end` is computed from `start`, multiplied by these parameters."""

    start: Key
    end: Key
    parameters: tuple[str, ...]
    crosses: bool


def _edges(graph: Graph, placed: Mapping[Key, Placed]) -> Iterator[Edge]:
    for key in placed:
        for read in graph.nodes[key].reads:
            if read in placed:
                crosses = None not in (read[1], key[1]) and read[1] != key[1]
                yield Edge(read, key, _weights(graph, key, read), crosses)


def _weights(graph: Graph, key: Key, read: Key) -> tuple[str, ...]:
    """The parameters that stand in one product with what is read."""
    equation = graph.nodes[key].equation
    assert equation is not None
    found: dict[str, None] = {}
    for node in walk(equation.body):
        if not isinstance(node, Product):
            continue
        names = [factor.name for factor in node.factors if isinstance(factor, Symbol)]
        if read[0] in names:
            found |= dict.fromkeys(name for name in names if name in graph.model.parameters)
    return tuple(found)


def _placed(graph: Graph) -> list[Placed]:
    shown = [node.key for node in graph.nodes.values() if node.role != "parameter"]
    shown = [key for key in shown if graph.nodes[key].role == "defined" or _is_read(graph, key)]
    levels = _levels(graph, shown)
    columns: dict[int, dict[int, list[Key]]] = defaultdict(lambda: defaultdict(list))
    for key in shown:
        columns[_column(graph, key)][levels[key]].append(key)
    placed: list[Placed] = []
    x = 0.0
    for column in sorted(columns):
        widest = max(len(keys) for keys in columns[column].values())
        middle = x + _ACROSS * (widest - 1) / 2
        for level, keys in columns[column].items():
            for position, key in enumerate(keys):
                offset = _ACROSS * (position - (len(keys) - 1) / 2)
                placed.append(Placed(key, middle + offset, _UP * level, _role(graph, key)))
        x += _ACROSS * widest + _BETWEEN
    return _centred(graph, placed)


def _centred(graph: Graph, placed: list[Placed]) -> list[Placed]:
    """What reads several steps stands in the middle, above everything."""
    middle = sum(node.x for node in placed) / len(placed)
    top = max(node.y for node in placed)
    return [
        Placed(node.key, middle, top, node.role) if _reads_many(graph, node.key) else node
        for node in placed
    ]


def _reads_many(graph: Graph, key: Key) -> bool:
    steps = {read[1] for read in graph.nodes[key].reads if read[1] is not None}
    return key[1] is None and len(steps) > 1


def _levels(graph: Graph, shown: list[Key]) -> Mapping[Key, int]:
    """How many computations lie below a quantity within its step; what is given is one below."""

    @cache
    def level(key: Key) -> int:
        node = graph.nodes[key]
        if node.role == "initial":
            states = [k for k in shown if k[0] == key[0] and graph.nodes[k].role == "defined"]
            return level(states[0]) if states else 0
        if node.role != "defined":
            readers = [k for k in shown if key in graph.nodes[k].reads]
            return min(level(reader) for reader in readers) - 1
        beside = [
            read
            for read in node.reads
            if graph.nodes[read].role == "defined" and (read[1] == key[1] or key[1] is None)
        ]
        return 1 + max((level(read) for read in beside), default=0)

    return {key: level(key) for key in shown}


def _column(graph: Graph, key: Key) -> int:
    return graph.steps[-1] if key[1] is None else key[1]


def _is_read(graph: Graph, key: Key) -> bool:
    return any(key in node.reads for node in graph.computed)


def _role(graph: Graph, key: Key) -> str:
    if key == graph.loss:
        return "loss"
    return "computed" if graph.nodes[key].role == "defined" else "given"


def _symbol(model: Model, key: Key) -> Symbol:
    name, step = key
    return Symbol(name) if step is None else timed_symbol(model, name, step_number(step))
