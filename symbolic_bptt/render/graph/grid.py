"""Places on a grid: a column of the picture for each step, a row for each level of computation.

Lengths are in points of a 12-point text; x grows to the right and y downwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from ...evaluation.graph import Key
from .contents import Contents, Item


@dataclass(frozen=True)
class Spacing:
    """Distances: from level to level, from quantity to quantity within a step, between steps.

    The room between steps is that of the longest derivative, within bounds; `crowded` where a step
    is several quantities wide, and long derivatives find no room anyway.
    """

    row: float
    beside: float
    narrowest: float
    widest: float
    crowded: float


WIDE = Spacing(92.0, 78.0, 96.0, 190.0, 96.0)
"""For a screen: derivatives stand at their arrows where they can."""

COMPACT = Spacing(80.0, 56.0, 40.0, 62.0, 40.0)
"""For a column of a paper: most derivatives are numbered."""


@dataclass(frozen=True)
class Place:
    """The middle of a quantity."""

    x: float
    y: float


def places(
    shown: Contents, spacing: Spacing, gap: float, half_width: Callable[[Item], float]
) -> dict[Key, Place]:
    """A place for every item; `gap` is the free room between two steps."""
    levels = _levels(shown)
    columns: dict[int, list[Item]] = defaultdict(list)
    for item in _in_written_order(shown):
        if not _reads_many_steps(item):
            columns[item.step].append(item)
    found: dict[Key, Place] = {}
    left = 0.0
    for step in sorted(columns):
        across = _Row(spacing.beside, half_width).across(columns[step], levels)
        low = min(across[item.key] - half_width(item) for item in columns[step])
        high = max(across[item.key] + half_width(item) for item in columns[step])
        for item in columns[step]:
            found[item.key] = Place(left - low + across[item.key], -spacing.row * levels[item.key])
        alone = all(item.kind == "given" for item in columns[step])
        left += high - low + (min(gap, spacing.narrowest) if alone else gap)
    _place_above(shown, found, spacing.row)
    return found


def _in_written_order(shown: Contents) -> list[Item]:
    """In the order of the model's equations, at every step the same."""
    names = [equation.target for equation in shown.graph.model.equations]
    order = {name: place for place, name in reversed(list(enumerate(names)))}
    return sorted(shown.items.values(), key=lambda item: order.get(item.key[0], len(order)))


def _place_above(shown: Contents, found: dict[Key, Place], row: float) -> None:
    """What reads many steps stands over the middle of what it reads."""
    for item in shown.items.values():
        if _reads_many_steps(item):
            below = [found[read] for read in item.reads if read in found]
            top = min(place.y for place in found.values())
            xs = [place.x for place in below]
            found[item.key] = Place((min(xs) + max(xs)) / 2, top - row)


def _reads_many_steps(item: Item) -> bool:
    return item.key[1] is None and len({step for _, step in item.reads if step is not None}) > 1


def _levels(shown: Contents) -> Mapping[Key, float]:
    """How many computations lie below a quantity within its step; what is given is one below.

    Two states on one level would stand in each other's way from step to step: the second of them
    is raised by half a level.
    """
    items = shown.items

    @cache
    def level(key: Key) -> int:
        item = items[key]
        if _is_given(item):
            same = [k for k in items if k[0] == key[0] and items[k].kind == "computed"]
            if same:  # an initial state
                return level(same[0])
            readers = [k for k in items if key in items[k].reads]
            return min(level(reader) for reader in readers) - 1
        beside = [
            read
            for read in item.reads
            if read in items
            and items[read].kind == "computed"
            and (read[1] == key[1] or None in (read[1], key[1]))
        ]
        return 1 + max((level(read) for read in beside), default=0)

    whole = {key: level(key) for key in items}
    return {key: whole[key] + _raised(shown, whole, key) for key in items}


def _raised(shown: Contents, whole: Mapping[Key, int], key: Key) -> float:
    states = dict.fromkeys(
        item.key[0]
        for item in shown.items.values()
        if item.kind == "computed" and any(_is_before(item.key, read) for read in item.reads)
    )
    beside = [
        name for name in states if any(k[0] == name and whole[k] == whole[key] for k in whole)
    ]
    return 0.5 * beside.index(key[0]) if key[0] in beside else 0.0


def _is_before(key: Key, read: Key) -> bool:
    return key[0] == read[0] and key[1] != read[1]


@dataclass(frozen=True)
class _Row:
    """Places across one step: at least `beside` from middle to middle."""

    beside: float
    half_width: Callable[[Item], float]

    def across(self, column: list[Item], levels: Mapping[Key, float]) -> dict[Key, float]:
        """Each computed quantity over the middle of what it reads in its step; the given left."""
        found: dict[Key, float] = {}
        rows: dict[int, list[Item]] = defaultdict(list)
        for item in column:
            rows[int(levels[item.key])].append(item)
        for level in sorted(rows):
            computed = [item for item in rows[level] if not _is_given(item)]
            self._spread([(_middle(found, item.reads), item) for item in computed], found)
        for level in sorted(rows, reverse=True):
            for item in filter(_is_given, rows[level]):
                readers = [reader.key for reader in column if item.key in reader.reads]
                row = [other for other in rows[level] if other.key in found]
                found[item.key] = self._left_of(item, _middle(found, readers), row, found)
        return found

    def _spread(self, wanted: list[tuple[float, Item]], found: dict[Key, float]) -> None:
        """Items of one row near the places they want, in that order, none in another's way."""
        ordered = sorted(wanted, key=lambda pair: pair[0])
        xs: list[float] = []
        for place, (want, item) in enumerate(ordered):
            apart = self._apart(ordered[place - 1][1], item)
            xs.append(max(want, xs[-1] + apart) if xs else want)
        if xs:
            shift = sum(want for want, _ in ordered) / len(xs) - sum(xs) / len(xs)
            found.update({item.key: x + shift for (_, item), x in zip(ordered, xs, strict=True)})

    def _left_of(
        self, item: Item, want: float, row: list[Item], found: Mapping[Key, float]
    ) -> float:
        """Where it wants to be, or left of everything in its row."""
        near = [abs(found[other.key] - want) < self._touching(item, other) for other in row]
        if not any(near):
            return want
        return min(found[other.key] - self._apart(item, other) for other in row)

    def _touching(self, one: Item, other: Item) -> float:
        return self.half_width(one) + self.half_width(other) + 20

    def _apart(self, one: Item, other: Item) -> float:
        return max(self.beside, self._touching(one, other))


def _is_given(item: Item) -> bool:
    return item.kind in ("given", "parameter")


def _middle(found: Mapping[Key, float], keys: Iterable[Key]) -> float:
    xs = [found[key] for key in keys if key in found]
    return sum(xs) / len(xs) if xs else 0.0
