"""The picture of an unrolled model as data: nodes and arrows with places; nothing is printed."""

from __future__ import annotations

from dataclasses import dataclass

from ...evaluation.graph import Key
from ...evaluation.instance import sound_sizes
from ...evaluation.unroll import unroll
from ...model.model import Model
from ...notation.printer import text
from ...notation.tree import Expr
from .contents import Contents, Direction, Highlight, Item, Link, contents
from .curves import Curve, Outline, free_bulge, joined
from .grid import WIDE, Place, Spacing, places
from .labels import Box, Spot, Wish, badge_spot, spots
from .scripts import width

RADIUS = 17.0
TIP = 5.0
BULGE = 11.0
"""How far the way back bends away from the way forward."""

MARGIN = 14.0
LINE = 21.0

MOST_ITEMS = 600
"""More quantities than these make no picture that anybody could read."""

KEY: tuple[tuple[Direction, float, str], ...] = (
    ("forward", 14.0, "computed from"),
    ("backward", 148.0, "gradient, times the derivative at the arrow"),
)
"""What tells the two kinds of arrow apart, in words, and where that stands in its line."""

_BENDS = (0.0, *(side * bend for bend in (20.0, 30.0, 42.0, 56.0, 72.0, 95.0) for side in (1, -1)))


class TooLargeError(ValueError):
    """A graph with too many quantities to be looked at; says how many."""


@dataclass(frozen=True)
class Node:
    """A quantity with its outline. `name` is n0, n1, …: a word in every format."""

    name: str
    item: Item
    outline: Outline


@dataclass(frozen=True)
class Label:
    """What stands at an arrow: the local derivative, or the number of its line in the legend."""

    spot: Spot
    content: Expr | int


@dataclass(frozen=True)
class Arrow:
    """A curve from node to node. `derivative` is that of a backward arrow, wherever it stands."""

    start: Node
    end: Node
    direction: Direction
    curve: Curve
    derivative: Expr | None
    label: Label | None
    bright: bool


@dataclass(frozen=True)
class LegendLine:
    """What a number stands for, at the first step that has such an arrow."""

    number: int
    start: Expr
    end: Expr
    derivative: Expr
    x: float
    y: float


@dataclass(frozen=True)
class Picture:
    """Everything to be drawn, in points, from (0, 0) at the top left."""

    model: Model
    count: int
    highlight: Highlight | None
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    legend: tuple[LegendLine, ...]
    width: float
    height: float
    key_y: float
    """Where the line stands that tells forward from backward."""

    @property
    def title(self) -> str:
        """One line for those who cannot see it."""
        steps = "1 step" if self.count == 1 else f"{self.count} steps"
        return f"{self.model.title or self.model.name}, unrolled over {steps}"

    def _repr_svg_(self) -> str:
        from .svg import svg

        return svg(self)


def picture(
    model: Model, count: int = 3, highlight: Highlight | None = None, spacing: Spacing = WIDE
) -> Picture:
    """The graph of `count` steps on a grid. Raises `UnrollError`, `TooLargeError`."""
    graph = unroll(model, count, sound_sizes(model))
    if len(graph.nodes) > MOST_ITEMS:
        raise TooLargeError(
            f"{len(graph.nodes)} quantities are too many for a picture (at most {MOST_ITEMS}); "
            "try a smaller -T"
        )
    shown = contents(graph, highlight)
    placed = places(shown, spacing, _gap(shown, spacing), _half_width)
    return _Drawing(shown, placed, highlight).picture()


class _Drawing:
    """From places to outlines, arrows, labels, and a legend."""

    def __init__(
        self, shown: Contents, placed: dict[Key, Place], highlight: Highlight | None
    ) -> None:
        self.shown = shown
        self.highlight = highlight
        left = min(p.x - _half_width(shown.items[key]) for key, p in placed.items()) - MARGIN
        top = min(p.y for p in placed.values()) - RADIUS - MARGIN
        self.nodes = {
            key: Node(f"n{number}", item, _outline(item, placed[key].x - left, placed[key].y - top))
            for number, (key, item) in enumerate(shown.items.items())
        }

    def picture(self) -> Picture:
        """The whole, with labels where they have room."""
        graph = self.shown.graph
        curves = self._curves()
        written = self._labels(curves)
        arrows = tuple(
            Arrow(
                self.nodes[link.start],
                self.nodes[link.end],
                link.direction,
                curve,
                link.label,
                written.get(position),
                link.bright,
            )
            for position, (link, curve) in enumerate(zip(self.shown.links, curves, strict=True))
        )
        width_, bottom = self._extent(curves, [label.spot.box for label in written.values()])
        legend, bottom, width_ = self._legend(written, width_, bottom)
        return Picture(
            graph.model,
            graph.count,
            self.highlight,
            tuple(self.nodes.values()),
            arrows,
            legend,
            max(width_, 330.0),
            bottom + LINE + MARGIN,
            bottom + LINE / 2,
        )

    def _curves(self) -> list[Curve]:
        """Straight on the way forward, where nothing stands in between; bent on the way back."""
        outlines = [node.outline for node in self.nodes.values()]
        bends: dict[tuple[Key, Key], float] = {}
        curves = []
        for link in self.shown.links:
            pair = (link.start, link.end) if link.direction == "forward" else (link.end, link.start)
            low, high = (self.nodes[key].outline for key in pair)
            if pair not in bends:
                bends[pair] = free_bulge(low, high, outlines, _BENDS, BULGE)
            bend = bends[pair]
            if link.direction == "forward":
                curves.append(joined(low, high, bend, TIP))
            else:
                beside = bend + (BULGE if bend >= 0 else -BULGE)
                curves.append(joined(high, low, -beside, TIP))
        return curves

    def _labels(self, curves: list[Curve]) -> dict[int, Label]:
        links = self.shown.links
        wanting = [i for i, link in enumerate(links) if link.label is not None]
        wishes = [Wish(curves[i], links[i].sort, _width(links[i])) for i in wanting]
        outlines = [node.outline for node in self.nodes.values()]
        found = spots(wishes, outlines, curves)
        labels: dict[int, Label] = {}
        for position, spot in found.items():
            content = links[wanting[position]].label
            assert content is not None
            labels[wanting[position]] = Label(spot, content)
        numbers: dict[tuple[object, ...], int] = {}
        taken = [label.spot.box for label in labels.values()]
        for i in wanting:
            if i not in labels:
                number = numbers.setdefault(links[i].sort, len(numbers) + 1)
                spot = badge_spot(curves[i], taken, curves)
                taken.append(spot.box)
                labels[i] = Label(spot, number)
        return labels

    def _extent(self, curves: list[Curve], boxes: list[Box]) -> tuple[float, float]:
        outlines = [node.outline for node in self.nodes.values()]
        rights = [o.x + o.half_width for o in outlines] + [box.right for box in boxes]
        bottoms = [o.y + o.half_height for o in outlines] + [box.bottom for box in boxes]
        points = [point for curve in curves for point in curve.samples]
        rights += [x for x, _ in points]
        bottoms += [y for _, y in points]
        return max(rights) + MARGIN, max(bottoms) + MARGIN

    def _legend(
        self, labels: dict[int, Label], room: float, bottom: float
    ) -> tuple[tuple[LegendLine, ...], float, float]:
        """The numbers and what they stand for, in as many columns as fit."""
        first: dict[int, Link] = {}
        for position, label in labels.items():
            if isinstance(label.content, int):
                first[label.content] = self.shown.links[position]
        if not first:
            return (), bottom, room
        widths = [_width(link) + 105 for link in first.values()]
        across = max(1, int((room - 2 * MARGIN) // max(widths)))
        down = -(-len(first) // across)
        lines = []
        for place, (number, link) in enumerate(sorted(first.items())):
            assert link.label is not None
            x = MARGIN + (place // down) * max(widths)
            y = bottom + LINE * (place % down + 0.5)
            start, end = (self.nodes[key].item.symbol for key in (link.start, link.end))
            lines.append(LegendLine(number, start, end, link.label, x, y))
        return tuple(lines), bottom + LINE * down, max(room, max(widths) + 2 * MARGIN)


def _outline(item: Item, x: float, y: float) -> Outline:
    if item.kind in ("given", "parameter"):
        return Outline(x, y, _half_width(item), 13.0, round=False)
    return Outline(x, y, _half_width(item), RADIUS)


def _half_width(item: Item) -> float:
    inner = width(text(item.symbol), 14.0) / 2
    return max(RADIUS, inner + 9) if item.kind in ("computed", "loss") else max(14.0, inner + 7)


def _width(link: Link) -> float:
    return 0.0 if link.label is None else width(text(link.label))


def _gap(shown: Contents, spacing: Spacing) -> float:
    """Room between two steps: for the longest derivative, where a step is one quantity wide."""
    items = shown.items.values()
    if any(sum(key in item.reads for item in items) > 3 for key in shown.items):
        return spacing.crowded
    widest = max(map(_width, shown.links), default=0.0)
    return min(spacing.widest, max(spacing.narrowest, widest + 34))
