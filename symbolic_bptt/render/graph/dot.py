"""The picture for Graphviz, on the same grid: `dot -Kneato -n -Tpdf FILE` keeps every place."""

from __future__ import annotations

from ...notation.printer import text
from .layout import Arrow, Node, Picture

_STYLES = {
    "computed": 'shape=box, style="rounded,filled", fillcolor="#e3eefb"',
    "given": 'shape=box, style=filled, fillcolor="#eef1f4", color="#5b6673"',
    "parameter": 'shape=box, style=filled, fillcolor="#e6f4e6"',
    "loss": 'shape=box, style="rounded,filled", fillcolor="#fdf0d5", penwidth=2',
}
_FORWARD = 'color="#1f5fa8"'
_BACKWARD = 'color="#b3261e", fontcolor="#b3261e", style=dashed, constraint=false'


def dot(drawn: Picture) -> str:
    """The picture as a digraph."""
    lines = [
        "  graph [layout=neato, splines=true, outputorder=edgesfirst];",
        f"  label={_quoted(drawn.title)};",
        '  node [fontname="DejaVu Serif", fontsize=13];',
        '  edge [fontname="DejaVu Serif", fontsize=10, arrowsize=0.7];',
        *(f"  {_node(drawn, node)}" for node in drawn.nodes),
        *(f"  {_edge(drawn, arrow)}" for arrow in drawn.arrows),
    ]
    return "\n".join([f"digraph {_quoted(drawn.model.name)} {{", *lines, "}"])


def _node(drawn: Picture, node: Node) -> str:
    x, y = node.outline.x * 1.35, (drawn.height - node.outline.y) * 1.35
    dim = "" if node.item.bright else ', fontcolor="#b8b8b8", color="#cccccc"'
    place = f'pos="{x:.0f},{y:.0f}!"'
    label = _quoted(text(node.item.symbol))
    return f"{node.name} [label={label}, {place}, {_STYLES[node.item.kind]}{dim}];"


def _edge(drawn: Picture, arrow: Arrow) -> str:
    if arrow.derivative is None:
        style = _FORWARD
    else:
        style = f"label={_quoted(text(arrow.derivative))}, {_BACKWARD}"
    if not arrow.bright:
        style += ', color="#cccccc", fontcolor="#b8b8b8"'
    elif drawn.highlight is not None:
        style += ", penwidth=2.4"
    return f"{arrow.start.name} -> {arrow.end.name} [{style}];"


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
