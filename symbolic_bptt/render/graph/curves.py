"""Arrows as quadratic Bézier curves, cut where they meet the outline of what they join."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Point = tuple[float, float]

SAMPLES = 48


@dataclass(frozen=True)
class Curve:
    """From `start` to `end`, drawn towards `control`."""

    start: Point
    control: Point
    end: Point

    def at(self, t: float) -> Point:
        """(1−t)² start + 2t(1−t) control + t² end."""
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        return (
            a * self.start[0] + b * self.control[0] + c * self.end[0],
            a * self.start[1] + b * self.control[1] + c * self.end[1],
        )

    @property
    def samples(self) -> list[Point]:
        """Points along it, both ends included."""
        return [self.at(i / SAMPLES) for i in range(SAMPLES + 1)]

    @property
    def cubic(self) -> tuple[Point, Point]:
        """The two control points of the same curve as a cubic."""
        return (
            _between(self.start, self.control, 2 / 3),
            _between(self.end, self.control, 2 / 3),
        )

    def reversed(self) -> Curve:
        """The other way."""
        return Curve(self.end, self.control, self.start)

    def part(self, low: float, high: float) -> Curve:
        """The piece between two parameters."""
        start, end = self.at(low), self.at(high)
        first = _between(self.start, self.control, low)
        second = _between(self.control, self.end, low)
        return Curve(start, _between(first, second, high), end)


@dataclass(frozen=True)
class Outline:
    """A box with round ends (`round`), or a plain one."""

    x: float
    y: float
    half_width: float
    half_height: float
    round: bool = True

    def holds(self, point: Point, margin: float = 0.0) -> bool:
        """Whether a point lies inside, or nearer than the margin."""
        dx, dy = abs(point[0] - self.x), abs(point[1] - self.y)
        if not self.round:
            return dx <= self.half_width + margin and dy <= self.half_height + margin
        over = max(0.0, dx - (self.half_width - self.half_height))
        return math.hypot(over, dy) <= self.half_height + margin


def arc(start: Point, end: Point, bulge: float) -> Curve:
    """A curve whose middle lies `bulge` to the right of the straight line, as one travels."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy) or 1.0
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    return Curve(
        start, (middle[0] - dy / length * 2 * bulge, middle[1] + dx / length * 2 * bulge), end
    )


def joined(start: Outline, end: Outline, bulge: float, tip: float) -> Curve:
    """The arc from outline to outline, its end a little off: room for the tip of the arrow."""
    whole = arc((start.x, start.y), (end.x, end.y), bulge)
    low = _crossing(lambda t: start.holds(whole.at(t), 1.0), 0.0, 1.0)
    high = _crossing(lambda t: end.holds(whole.at(t), tip), 1.0, 0.0)
    return whole.part(low, high) if low < high else whole


def free_bulge(
    start: Outline,
    end: Outline,
    others: Iterable[Outline],
    candidates: Iterable[float],
    beside: float,
) -> float:
    """The first bulge with which the arc, and the one beside it, meets nothing else.

    If there is none, the one that meets least.
    """
    near = [one for one in others if one not in (start, end)]
    met = {}
    for bulge in candidates:
        outer = bulge + (beside if bulge >= 0 else -beside)
        points = [
            point
            for bend in (bulge, outer)
            for point in arc((start.x, start.y), (end.x, end.y), bend).samples
        ]
        met[bulge] = sum(any(one.holds(point, 4.0) for point in points) for one in near)
        if not met[bulge]:
            return bulge
    return min(met, key=lambda bulge: met[bulge])


def _crossing(inside: Callable[[float], bool], low: float, high: float) -> float:
    """Where a curve leaves an outline, between a parameter inside and one outside."""
    if inside(high):
        return low
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if inside(middle) else (low, middle)
    return high


def _between(a: Point, b: Point, t: float) -> Point:
    return (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]))
