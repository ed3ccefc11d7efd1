"""Where the local derivatives stand: at their arrows where there is room, else as a number.

Arrows that are the same at every step are treated alike: either all of them carry their derivative,
or all carry the same number, and a list below the picture says what it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from .curves import Curve, Outline, Point

HEIGHT = 15.0
BADGE = 15.0

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Box:
    """The room that a label takes."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, point: Point) -> bool:
        """Whether the point lies inside."""
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom


@dataclass(frozen=True)
class Spot:
    """A place for a label: the point that its text is anchored at, and the room it takes."""

    x: float
    y: float
    anchor: Anchor
    box: Box


@dataclass(frozen=True)
class Wish:
    """An arrow that wants a label so wide, and arrows of which sort it is treated like."""

    curve: Curve
    sort: tuple[object, ...]
    width: float


def spots(
    wishes: Sequence[Wish], nodes: Iterable[Outline], curves: Sequence[Curve]
) -> Mapping[int, Spot]:
    """For each wish (by its position) a place without collision; none for sorts without room.

    `curves` are all arrows of the picture; each wish's own is among them.
    """
    taken = [_box(node) for node in nodes]
    drawn = [(curve, curve.samples) for curve in curves]
    sorts: dict[tuple[object, ...], list[int]] = {}
    for position, wish in enumerate(wishes):
        sorts.setdefault(wish.sort, []).append(position)
    found: dict[int, Spot] = {}
    for members in sorted(sorts.values(), key=lambda m: max(wishes[p].width for p in m)):
        placed: dict[int, Spot] = {}
        for position in members:
            wish = wishes[position]
            every = [points for _, points in drawn]
            others = [points for curve, points in drawn if curve is not wish.curve]
            blocked = [*taken, *(spot.box for spot in placed.values())]
            spot = next(
                (
                    spot
                    for spot, on_it in _candidates(wish)
                    if _is_free(spot.box, blocked, others if on_it else every)
                ),
                None,
            )
            if spot is None:
                break
            placed[position] = spot
        if len(placed) == len(members):
            found |= placed
            taken += [spot.box for spot in placed.values()]
    return found


def badge_spot(curve: Curve, taken: Iterable[Box], curves: Iterable[Curve]) -> Spot:
    """A place on the curve for a number: where it hides least, near the middle."""
    boxes = list(taken)
    around = _around(curve.samples)
    others = [
        point
        for other in curves
        if other is not curve and around.holds(other.at(0.5))
        for point in other.samples
    ]
    best: tuple[float, Spot] | None = None
    for t in (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82):
        x, y = curve.at(t)
        half = BADGE / 2
        box = Box(x - half, y - half, x + half, y + half)
        cost = 10.0 * sum(box.meets(other) for other in boxes)
        cost += 0.5 * sum(box.holds(point) for point in others) + abs(t - 0.5)
        if best is None or cost < best[0]:
            best = cost, Spot(x, y, "middle", box)
    assert best is not None
    return best[1]


def _candidates(wish: Wish) -> Iterable[tuple[Spot, bool]]:
    """Right of an arrow that runs up or down, under one that runs across, beside one that slants.

    The flag says that the label stands on its own arrow.
    """
    dx = wish.curve.end[0] - wish.curve.start[0]
    dy = wish.curve.end[1] - wish.curve.start[1]
    for t in (0.5, 0.4, 0.6, 0.3, 0.7):
        x, y = wish.curve.at(t)
        if abs(dx) < 0.35 * abs(dy):
            yield _right(x + 6, y, wish.width), False
            yield _left(x - 6, y, wish.width), False
        elif abs(dy) < 0.2 * abs(dx):
            yield _centred(x, y + HEIGHT / 2 + 4, wish.width), False
            yield _centred(x, y - HEIGHT / 2 - 4, wish.width), False
        else:
            if wish.width < 22:
                yield _centred(x, y, wish.width), True
            yield _right(x + 5, y + 8, wish.width), False
            yield _right(x + 5, y - 8, wish.width), False
            yield _left(x - 5, y - 8, wish.width), False
            yield _left(x - 5, y + 8, wish.width), False


def _right(x: float, y: float, width: float) -> Spot:
    return Spot(x, y, "start", Box(x, y - HEIGHT / 2, x + width, y + HEIGHT / 2))


def _left(x: float, y: float, width: float) -> Spot:
    return Spot(x, y, "end", Box(x - width, y - HEIGHT / 2, x, y + HEIGHT / 2))


def _centred(x: float, y: float, width: float) -> Spot:
    box = Box(x - width / 2, y - HEIGHT / 2, x + width / 2, y + HEIGHT / 2)
    return Spot(x, y, "middle", box)


def _is_free(box: Box, blocked: list[Box], curves: list[list[Point]]) -> bool:
    if any(box.meets(other) for other in blocked):
        return False
    return not any(
        box.holds(point) for points in curves if _around(points).meets(box) for point in points
    )


def _around(points: list[Point]) -> Box:
    """A box around a curve, by its ends and its middle: it bends by little."""
    few = (points[0], points[len(points) // 2], points[-1])
    xs, ys = [x for x, _ in few], [y for _, y in few]
    return Box(min(xs) - 30, min(ys) - 30, max(xs) + 30, max(ys) + 30)


def _box(node: Outline) -> Box:
    return Box(
        node.x - node.half_width - 2,
        node.y - node.half_height - 2,
        node.x + node.half_width + 2,
        node.y + node.half_height + 2,
    )
