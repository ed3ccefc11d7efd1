r"""The picture as a `tikzpicture`: needs `\usepackage{tikz}` and amsmath, and no library."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...notation.printer import latex
from ...notation.tree import Node as Tree
from .curves import Curve, Point
from .layout import KEY, Arrow, LegendLine, Node, Picture

Print = Callable[[Tree], str]

SCALE = 0.75
"""Points of TeX for a point of the layout: its text is set in \\footnotesize and smaller."""

_BEGIN = r"""\begin{tikzpicture}[x=1pt, y=1pt, >=latex, font=\footnotesize, line width=0.5pt,
  computed/.style={draw, rounded corners=12.7pt, fill=blue!8},
  given/.style={draw=gray, rounded corners=1.5pt, fill=gray!12},
  parameter/.style={draw, rounded corners=1.5pt, fill=green!12},
  loss/.style={draw, rounded corners=12.7pt, fill=orange!15, line width=1.2pt},
  forward/.style={->, draw=blue!60!black}, backward/.style={->, draw=red!75!black, densely dashed},
  lit/.style={line width=1.3pt}, dim/.style={opacity=0.25},
  derivative/.style={text=red!65!black, inner sep=0.8pt, font=\scriptsize, fill=white,
    fill opacity=0.85, text opacity=1},
  number/.style={draw=red!75!black, text=red!65!black, circle, fill=white, inner sep=0pt,
    minimum size=7.6pt, font=\tiny}]"""


def tikz(drawn: Picture, printed: Print = latex) -> str:
    """The picture for LaTeX; formulas are written by `printed`."""
    lines = [
        *(_node(drawn, node, printed) for node in drawn.nodes),
        *(_arrow(drawn, arrow) for arrow in drawn.arrows),
        *(label for arrow in drawn.arrows for label in _label(drawn, arrow, printed)),
        *(_legend(drawn, line, printed) for line in drawn.legend),
        *_key(drawn),
    ]
    return "\n".join([_BEGIN, *(f"  {line}" for line in lines), r"\end{tikzpicture}"])


def _node(drawn: Picture, node: Node, printed: Print) -> str:
    o = node.outline
    low = _at(drawn, (o.x - o.half_width, o.y + o.half_height))
    high = _at(drawn, (o.x + o.half_width, o.y - o.half_height))
    dim = "" if node.item.bright else ", dim"
    middle = _at(drawn, (o.x, o.y))
    label = rf"node[font=\small{dim}] at {middle} {{${printed(node.item.symbol)}$}}"
    return rf"\draw[{node.item.kind}{dim}] {low} rectangle {high} {label};"


def _arrow(drawn: Picture, arrow: Arrow) -> str:
    style: str = arrow.direction
    if not arrow.bright:
        style += ", dim"
    elif drawn.highlight is not None:
        style += ", lit"
    return rf"\draw[{style}] {_path(drawn, _extended(arrow.curve))};"


def _label(drawn: Picture, arrow: Arrow, printed: Print) -> Iterator[str]:
    label = arrow.label
    if label is None:
        return
    at = _at(drawn, (label.spot.x, label.spot.y))
    dim = "" if arrow.bright else ", dim"
    if isinstance(label.content, int):
        yield rf"\node[number{dim}] at {at} {{{label.content}}};"
        return
    anchor = {"start": ", anchor=west", "middle": "", "end": ", anchor=east"}[label.spot.anchor]
    yield rf"\node[derivative{anchor}{dim}] at {at} {{$\displaystyle {printed(label.content)}$}};"


def _legend(drawn: Picture, line: LegendLine, printed: Print) -> str:
    number, said, value = (_at(drawn, (line.x + beside, line.y)) for beside in (8, 20, 88))
    way = rf"{printed(line.start)} \to {printed(line.end)}\colon"
    return (
        rf"\node[number] at {number} {{{line.number}}}; "
        rf"\node[anchor=west, inner sep=0pt, font=\scriptsize] at {said} {{${way}$}}; "
        rf"\node[derivative, anchor=west] at {value} "
        rf"{{$\displaystyle {printed(line.derivative)}$}};"
    )


def _key(drawn: Picture) -> Iterator[str]:
    y = drawn.key_y
    for direction, x, said in KEY:
        start, end = _at(drawn, (x, y)), _at(drawn, (x + 32, y))
        yield (
            rf"\draw[{direction}] {start} -- {end} "
            rf"node[right, text=black, font=\scriptsize] {{{said}}};"
        )


def _extended(curve: Curve) -> Curve:
    """To the outline: TeX's tips end where the line does."""
    (cx, cy), (ex, ey) = curve.control, curve.end
    length = ((ex - cx) ** 2 + (ey - cy) ** 2) ** 0.5 or 1.0
    return Curve(
        curve.start, curve.control, (ex + 4 * (ex - cx) / length, ey + 4 * (ey - cy) / length)
    )


def _path(drawn: Picture, curve: Curve) -> str:
    first, second = curve.cubic
    points = (curve.start, first, second, curve.end)
    start, one, two, end = (_at(drawn, point) for point in points)
    return f"{start} .. controls {one} and {two} .. {end}"


def _at(drawn: Picture, point: Point) -> str:
    """TeX counts upwards from the bottom."""
    x, y = point[0] * SCALE, (drawn.height - point[1]) * SCALE
    return f"({x:.1f}, {y:.1f})".replace("-0.0", "0.0")
