"""Which windows stand for all steps of all lengths.

A claim tells steps apart by its literals alone: by how far they are from the first step, from the
last one and from each other, up to a few steps. Two steps that are told apart by none of these are
looked at in one window. With z steps at either end that are special:

* a step far from both; a step among the last z, far from the start;
* every step of the words of at most 2z steps: the longest have the first z far from the end.

Two steps stand in one cluster if they are neighbours, else each in a cluster of its own, the later
one behind a gap; no literal may be named then. A term of a sum over near steps looks at their own
neighbours, so two steps at either end are special there, and words of up to three steps are looked
at whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from .window import Window


@dataclass(frozen=True)
class Look:
    """Where a claim is looked at: the step that its letter means, the steps near it, a far one."""

    window: Window
    position: int
    near: range
    far: int | None = None


def single_looks(first: int, offset: int, literals: int) -> Iterator[Look]:
    """Every kind of step; `literals` are the steps at an end that the claim or the model name."""
    z = offset + literals
    yield _single(2 * z + offset + 2, first + z, offset, far_end=True, start=False)
    yield from end_looks(first, offset, literals)


def end_looks(first: int, offset: int, literals: int) -> Iterator[Look]:
    """The steps near the last one, and all of short words."""
    z = offset + literals
    last = first + 2 * z
    for position in range(last - z, last + offset + 1):
        yield _single(2 * z + 1, position, offset, far_end=False, start=False)
    yield from short_looks(first, offset, 2 * z)


def short_looks(first: int, offset: int, longest: int) -> Iterator[Look]:
    """All steps of the words of at most so many steps."""
    for count in range(1, longest + 1):
        for position in range(first - offset, first + count + offset):
            yield _single(count, position, offset, far_end=False, start=True)


def _single(count: int, position: int, offset: int, *, far_end: bool, start: bool) -> Look:
    near = range(position - offset, position + offset + 1)
    return Look(Window(count, near, far_end, start), position, near)


def later_looks(first: int, *, only_last: bool) -> Iterator[Look]:
    """The other step is a later one: anywhere, or the last; with `only_last`, just that.

    All steps up to the gap are near.
    """
    for position, start in [*((p, True) for p in range(first - 1, first + 2)), (first + 2, False)]:
        gap = max(position, first) + 1
        near, far = range(position - 1, gap + 1), gap + 2
        yield _pair(first, far, Look(Window(0, near, False, start, gap, far), position, near, far))
        if not only_last:
            window = Window(0, near, True, start, gap, far)
            yield _pair(first, far + 2, Look(window, position, near, far))


def earlier_looks(first: int) -> Iterator[Look]:
    """The other step is an earlier one: anywhere, or near the start."""
    for far, start in [(first - 1, True), (first, True), (first + 1, False)]:
        gap = max(far, first) + 1
        position = gap + 3
        near = range(position - 1, position + 2)
        for last, far_end in [*((position + j, False) for j in (-1, 0, 1)), (position + 2, True)]:
            window = Window(0, near, far_end, start, gap, far)
            yield _pair(first, last, Look(window, position, near, far))


def _pair(first: int, last: int, look: Look) -> Look:
    return replace(look, window=replace(look.window, count=last - first + 1))


def pair_looks(first: int) -> Iterator[Look]:
    """Every kind of pair of steps, where steps are told apart if they are more than one apart."""
    for count in range(1, 4):
        steps = range(first - 1, first + count + 1)
        for position in steps:
            yield Look(Window(count, steps, far_end=False, start=True), position, steps)
    yield from later_looks(first, only_last=False)
    yield from earlier_looks(first)


def last_looks(first: int) -> Iterator[Look]:
    """Every step beside the last one."""
    yield from end_looks(first, 1, 0)
    yield from later_looks(first, only_last=True)
