"""The picture as SVG: no script, no font to load, in light and dark, readable in grey."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from html import escape

from ...notation.printer import text
from ...notation.tree import Expr
from .curves import Curve, Point
from .layout import KEY, Arrow, Label, LegendLine, Node, Picture
from .scripts import SCRIPT, runs

_LETTER = re.compile(r"(?<![^\W′ᵀ²³])([^\W\d_][\u0300-\u036f]?)(?![^\Wᵀ²³])")
"""A letter that stands alone is a variable; several are the name of a function."""

_STYLE = """
.bptt-graph{--paper:#fff;--ink:#1d2733;--soft:#5b6673;--given:#eef1f4;--node:#e3eefb;--loss:#fdf0d5;
--copy:#e6f4e6;--forward:#1f5fa8;--back:#b3261e;color-scheme:light dark;
max-width:100%;height:auto;
font-family:"Latin Modern Math","STIX Two Text","Cambria","DejaVu Serif",serif}
@media (prefers-color-scheme:dark){.bptt-graph{--paper:#14181d;--ink:#e8edf2;--soft:#a3afbb;
--given:#242b33;--node:#1c3047;--loss:#43371b;--copy:#20381f;--forward:#7db4f0;--back:#ff9c92}}
.bptt-graph .paper{fill:var(--paper)}
.bptt-graph text{fill:var(--ink);font-size:12px;dominant-baseline:central}
.bptt-graph .node text{font-size:14px;text-anchor:middle}
.bptt-graph .shape{stroke:var(--ink);stroke-width:1.1}
.bptt-graph .computed .shape{fill:var(--node)}
.bptt-graph .given .shape{fill:var(--given);stroke:var(--soft)}
.bptt-graph .loss .shape{fill:var(--loss);stroke-width:2.2}
.bptt-graph .parameter .shape{fill:var(--copy);stroke-dasharray:none}
.bptt-graph .line{fill:none;stroke-width:1.4}
.bptt-graph .forward .line{stroke:var(--forward)}
.bptt-graph .forward .tip{fill:var(--forward)}
.bptt-graph .backward .line{stroke:var(--back);stroke-dasharray:5 3}
.bptt-graph .backward .tip{fill:var(--back)}
.bptt-graph .backward text{fill:var(--back)}
.bptt-graph .ground{fill:var(--paper);opacity:.85}
.bptt-graph .badge circle{fill:var(--paper);stroke:var(--back)}
.bptt-graph .badge text{font-size:9.5px;text-anchor:middle}
.bptt-graph .lit .line{stroke-width:2.6}
.bptt-graph .dim{opacity:.28}
.bptt-graph .middle{text-anchor:middle}.bptt-graph .end{text-anchor:end}
""".strip()


def svg(drawn: Picture) -> str:
    """The picture as one SVG element; hovering tells equations and derivatives."""
    size = f'width="{_n(drawn.width)}" height="{_n(drawn.height)}"'
    box = f'viewBox="0 0 {_n(drawn.width)} {_n(drawn.height)}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="bptt-graph" {size} {box} role="img">',
            f"<title>{escape(drawn.title)}</title>",
            f"<style>{_STYLE}</style>",
            f'<rect class="paper" width="{_n(drawn.width)}" height="{_n(drawn.height)}"/>',
            *(_arrow(arrow, lit=drawn.highlight is not None) for arrow in drawn.arrows),
            *(_node(node) for node in drawn.nodes),
            *(_label(arrow) for arrow in drawn.arrows if arrow.label is not None),
            *(_legend_line(line) for line in drawn.legend),
            *_key(drawn),
            "</svg>",
        ]
    )


def _arrow(arrow: Arrow, *, lit: bool) -> str:
    emphasis = ("" if not lit else " lit") if arrow.bright else " dim"
    told = f"<title>{escape(_told(arrow))}</title>"
    return f'<g class="{arrow.direction}{emphasis}">{told}{_drawn(arrow.curve)}</g>'


def _told(arrow: Arrow) -> str:
    start, end = text(arrow.start.item.symbol), text(arrow.end.item.symbol)
    if arrow.derivative is None:
        return f"{end} is computed from {start}"
    return f"from {start} back to {end}: times {text(arrow.derivative)}"


def _node(node: Node) -> str:
    o = node.outline
    told = text(node.item.equation) if node.item.equation else text(node.item.symbol)
    corner = o.half_height if o.round else 3
    dim = "" if node.item.bright else " dim"
    return (
        f'<g class="node {node.item.kind}{dim}"><title>{escape(told)}</title>'
        f'<rect class="shape" x="{_n(o.x - o.half_width)}" y="{_n(o.y - o.half_height)}" '
        f'width="{_n(2 * o.half_width)}" height="{_n(2 * o.half_height)}" rx="{_n(corner)}"/>'
        f"{_text(node.item.symbol, o.x, o.y, size=14.0)}</g>"
    )


def _label(arrow: Arrow) -> str:
    label = arrow.label
    assert label is not None
    dim = "" if arrow.bright else " dim"
    return f'<g class="backward{dim}">{_written(label)}</g>'


def _written(label: Label) -> str:
    spot = label.spot
    if isinstance(label.content, int):
        return _badge(label.content, spot.x, spot.y)
    box = spot.box
    ground = (
        f'<rect class="ground" x="{_n(box.left - 2)}" y="{_n(box.top)}" '
        f'width="{_n(box.right - box.left + 4)}" height="{_n(box.bottom - box.top)}"/>'
    )
    return ground + _text(label.content, spot.x, spot.y, anchor=spot.anchor)


def _badge(number: int, x: float, y: float) -> str:
    return (
        f'<g class="badge"><circle cx="{_n(x)}" cy="{_n(y)}" r="7.5"/>'
        f'<text x="{_n(x)}" y="{_n(y)}">{number}</text></g>'
    )


def _legend_line(line: LegendLine) -> str:
    way = f"{text(line.start)} → {text(line.end)}:"
    return (
        f'<g class="backward">{_badge(line.number, line.x + 8, line.y)}</g>'
        f"{_plain(way, line.x + 22, line.y)}"
        f'<g class="backward">{_text(line.derivative, line.x + 98, line.y)}</g>'
    )


def _key(drawn: Picture) -> Iterator[str]:
    """Which arrow is which, in words."""
    y = drawn.key_y
    for direction, x, words in KEY:
        curve = Curve((x, y), (x + 14, y), (x + 28, y))
        yield f'<g class="{direction}">{_drawn(curve)}</g>{_plain(words, x + 40, y)}'


def _plain(words: str, x: float, y: float) -> str:
    return f'<text x="{_n(x)}" y="{_n(y)}">{_spans(words, 12.0)}</text>'


def _text(shown: Expr, x: float, y: float, *, size: float = 12.0, anchor: str = "start") -> str:
    placed = f' class="{anchor}"' if anchor != "start" else ""
    return f'<text{placed} x="{_n(x)}" y="{_n(y)}">{_spans(text(shown), size)}</text>'


def _spans(words: str, size: float) -> str:
    """Runs as tspans, those below and above the line moved there and back."""
    moves = {"line": 0.0, "sub": 0.28 * size, "super": -0.36 * size}
    parts, at = [], 0.0
    for run in runs(words):
        shift = moves[run.level] - at
        at = moves[run.level]
        moved = f' dy="{_n(shift)}"' if shift else ""
        small = "" if run.level == "line" else f' font-size="{_n(SCRIPT * size)}"'
        style = "" if run.level == "line" else f' style="font-size:{_n(SCRIPT * size)}px"'
        content = _italic(run.text)
        parts.append(
            f"<tspan{moved}{small}{style}>{content}</tspan>" if moved or small else content
        )
    return "".join(parts)


def _italic(words: str) -> str:
    """Escaped, with the variables in italics."""
    pieces = _LETTER.split(words)
    return "".join(
        f'<tspan font-style="italic">{escape(piece)}</tspan>' if place % 2 else escape(piece)
        for place, piece in enumerate(pieces)
    )


def _drawn(curve: Curve) -> str:
    tip = f'<polygon class="tip" points="{_tip(curve)}"/>'
    return f'<path class="line" d="{_path(curve)}"/>{tip}'


def _path(curve: Curve) -> str:
    (x, y), (cx, cy), (ex, ey) = curve.start, curve.control, curve.end
    return f"M{_n(x)} {_n(y)}Q{_n(cx)} {_n(cy)} {_n(ex)} {_n(ey)}"


def _tip(curve: Curve) -> str:
    """A triangle whose point lies a little beyond the end of the curve."""
    (cx, cy), (ex, ey) = curve.control, curve.end
    length = math.hypot(ex - cx, ey - cy) or 1.0
    ux, uy = (ex - cx) / length, (ey - cy) / length
    corners: list[Point] = [
        (ex + 4 * ux, ey + 4 * uy),
        (ex - 4.5 * ux - 3.4 * uy, ey - 4.5 * uy + 3.4 * ux),
        (ex - 4.5 * ux + 3.4 * uy, ey - 4.5 * uy - 3.4 * ux),
    ]
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in corners)


def _n(value: float) -> str:
    """A number with at most one decimal: the same bytes everywhere."""
    shown = f"{value:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown
