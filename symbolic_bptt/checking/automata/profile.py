"""Profiles: how many states an automaton needs for an expression, by the marks it has passed.

A word of T letters is read from its start. The steps that an expression names are marks in it; what
is remembered may depend on which of them have passed. The rules are those of `dimension`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

Marks = frozenset[str]

START, END = "the start", "the end"
"""Marks that every word has passed from the beginning, and that it passes last."""

EVERYWHERE = "everywhere"
"""Where the axis of a constant begins."""

MIXED = "mixed"
"""Where an axis begins that no single mark decides."""


Size = tuple[int | None, int | None]

UNKNOWN: Size = (None, None)
ONE: Size = (1, 1)


@dataclass(frozen=True)
class Profile:
    """States for each set of marks that have passed.

    `rows` and `columns` name the mark at which the entries along an axis come in or go out.
    `shape` is how many there are along each, None where that is not known.
    """

    states: Mapping[Marks, int]
    rows: str = EVERYWHERE
    columns: str = EVERYWHERE
    shape: Size = UNKNOWN

    @property
    def marks(self) -> Marks:
        """Every mark that it knows."""
        return max(self.states, key=len)

    @property
    def is_letter(self) -> bool:
        """Whether nothing is remembered but what the marked letters say."""
        return all(count == 1 for count in self.states.values())

    def at(self, passed: Marks) -> int:
        """The states when these marks (and perhaps others) have passed."""
        return self.states[passed & self.marks]


def subsets(marks: Iterable[str]) -> Iterator[Marks]:
    """All sets of marks but the start and the end, which say nothing about a word."""
    ordered = sorted(set(marks) - {START, END})
    for size in range(len(ordered) + 1):
        yield from map(frozenset, combinations(ordered, size))


def letter(*marks: str, shape: Size = UNKNOWN) -> Profile:
    """A value that the letters at these marks decide; without marks a constant."""
    axis = EVERYWHERE if not marks else marks[0] if len(set(marks)) == 1 else MIXED
    return Profile(dict.fromkeys(subsets(marks), 1), axis, axis, shape)


def between(
    low: str, high: str, width: int, rows: str, columns: str, shape: Size = UNKNOWN
) -> Profile:
    """What is handed from mark to mark: so many states once `low` has passed, until `high` has."""
    states = {
        passed: width if _has(low, passed) and not _has(high, passed) else 1
        for passed in subsets((low, high))
    }
    return Profile(states, rows, columns, shape)


def everywhere(marks: Iterable[str], width: int, shape: Size = UNKNOWN) -> Profile:
    """So many states whatever has passed."""
    return Profile(dict.fromkeys(subsets(marks), width), MIXED, MIXED, shape)


def added(parts: list[Profile]) -> Profile:
    """A sum, or what has these parts."""
    marks = frozenset[str]().union(*(part.marks for part in parts))
    rows, columns = same(part.rows for part in parts), same(part.columns for part in parts)
    together = len(marks) <= 1 and all(part.is_letter for part in parts)
    states = {
        passed: 1 if together else sum(part.at(passed) for part in parts)
        for passed in subsets(marks)
    }
    return Profile(states, rows, columns, _largest(part.shape for part in parts))


def scaled(left: Profile, right: Profile) -> Profile:
    """A product entry by entry, or by a scalar."""
    if left.shape == ONE:
        rows, columns = right.rows, right.columns
    elif right.shape == ONE:
        rows, columns = left.rows, left.columns
    else:
        rows, columns = same((left.rows, right.rows)), same((left.columns, right.columns))
    return Profile(_product(left, right), rows, columns, _largest((left.shape, right.shape)))


def contracted(left: Profile, right: Profile, widest: int) -> Profile:
    """A product that sums over an axis, of at most that size, if neither side is a scalar.

    Entries that have come in on one side of the axis wait for those of the other.
    """
    if ONE in (left.shape, right.shape):
        return scaled(left, right)
    size = max(left.shape[1] or widest, right.shape[0] or widest)
    states = {
        passed: count * (size if _waits(left.columns, right.rows, passed) else 1)
        for passed, count in _product(left, right).items()
    }
    rows = _first(left.rows, right.rows)
    columns = _first(right.columns, left.columns)
    if not (_is_shaped(left) and _is_shaped(right)):
        rows, columns = same((left.rows, right.rows)), same((left.columns, right.columns))
        return Profile(states, rows, columns)
    return Profile(states, rows, columns, (left.shape[0], right.shape[1]))


def widened(body: Profile, size: int) -> Profile:
    """A sum over the entries of an axis, each remembered for itself where more than letters are."""
    if body.is_letter and len(body.marks) <= 1:
        return body
    return replace(body, states={passed: size * count for passed, count in body.states.items()})


def summed(body: Profile, mark: str) -> Profile:
    """Σ over a mark: what was remembered before it and after it is remembered together."""
    states = {
        passed: body.at(passed) + body.at(passed | {mark})
        for passed in subsets(body.marks - {mark})
    }
    rows = MIXED if body.rows == mark else body.rows
    columns = MIXED if body.columns == mark else body.columns
    return Profile(states, rows, columns, body.shape)


def moved(body: Profile, mark: str, to: str) -> Profile:
    """The profile with another name for a mark, or with it put at the start or the end."""

    def old(passed: Marks) -> Marks:
        return passed - {to} | {mark} if _has(to, passed) else passed - {mark}

    marks = body.marks - {mark} | {to}
    states = {passed: body.at(old(passed)) for passed in subsets(marks)}
    rows = to if body.rows == mark else body.rows
    columns = to if body.columns == mark else body.columns
    return Profile(states, rows, columns, body.shape)


def _product(left: Profile, right: Profile) -> dict[Marks, int]:
    marks = left.marks | right.marks
    return {passed: left.at(passed) * right.at(passed) for passed in subsets(marks)}


def _is_shaped(part: Profile) -> bool:
    """Whether it is known to be no scalar."""
    return any(size is not None and size > 1 for size in part.shape)


def _largest(shapes: Iterable[Size]) -> Size:
    """The shape of what is added or multiplied entry by entry: scalars take that of the others."""
    found: Size = ONE
    for shape in shapes:
        if shape == UNKNOWN:
            return UNKNOWN
        if shape != ONE:
            found = shape
    return found


def _has(mark: str, passed: Marks) -> bool:
    return mark == START or mark in passed


def same(axes: Iterable[str]) -> str:
    """The mark of two axes that are laid on each other."""
    named = set(axes) - {EVERYWHERE}
    return EVERYWHERE if not named else named.pop() if len(named) == 1 else MIXED


def _first(axis: str, other: str) -> str:
    return other if axis == EVERYWHERE else axis


def _waits(left: str, right: str, passed: Marks) -> bool:
    if MIXED in (left, right):
        return True
    if EVERYWHERE in (left, right):
        return False
    return _has(left, passed) != _has(right, passed)
