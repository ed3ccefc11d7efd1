"""Profiles of Σ and Π: a sum adds the states before and after its step, a chain needs n between."""

from __future__ import annotations

from collections.abc import Mapping

from ...notation.printer.text import text
from ...notation.tree import BigOperator, Entry, Expr, Symbol, walk
from .profile import END, START, Profile, between, everywhere, summed, widened
from .steps import check_range, mark_of
from .surroundings import NoDimension, Reader, Surroundings


def sum_over(reader: Reader, expr: BigOperator, letters: Mapping[str, str]) -> Profile:
    """Σ over steps, whose marks it forgets, and over entries, one automaton beside the other."""
    inner, marks = _inside(reader.around, expr, letters)
    found = reader.profile(expr.body, inner)
    for span in reversed(expr.ranges):
        if span.index in marks:
            found = summed(found, marks[span.index])
        else:
            found = widened(found, _axis(reader, span.index, expr.body, inner))
    return found


def _axis(reader: Reader, index: str, body: Expr, letters: Mapping[str, str]) -> int:
    """How many entries an index runs over."""
    return max(
        (
            reader.around.lengths(reader.profile(node.of, letters))[place % 2]
            for node in walk(body)
            if isinstance(node, Entry)
            for place, one in enumerate(node.indices)
            if one == Symbol(index)
        ),
        default=reader.around.widest,
    )


def _inside(
    around: Surroundings, expr: BigOperator, letters: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The letters inside a sum or product, and the marks of those that it binds to steps."""
    inner, marks = dict(letters), dict[str, str]()
    for span in expr.ranges:
        inner.pop(span.index, None)
        limits = [limit for limit in (span.lower, span.upper) if limit is not None]
        if around.is_step(span.index, expr.body) or any(map(_names_T, limits)):
            mark = f"{span.index}{len(inner)}{id(expr)}"
            inner[span.index] = marks[span.index] = mark
        check_range(around, span, inner)
    return inner, marks


def chain(reader: Reader, expr: BigOperator, letters: Mapping[str, str]) -> Profile:
    """Π over one index: what it multiplies is a letter of its own step."""
    inner, marks = _inside(reader.around, expr, letters)
    found = reader.profile(expr.body, inner)
    if len(expr.ranges) != 1 or not found.is_letter or not found.marks <= set(marks.values()):
        raise NoDimension(f"{text(expr)} multiplies more than letters of its own step")
    span = expr.ranges[0]
    if span.index not in marks:
        return everywhere((), 1)
    down = span in reader.around.downward
    lower, upper = (span.upper, span.lower) if down else (span.lower, span.upper)
    low, high = _limit(lower, START, letters), _limit(upper, END, letters)
    first_is_high = down or expr.descending
    rows, columns = (high, low) if first_is_high else (low, high)
    return between(low, high, max(reader.around.lengths(found)), rows, columns, found.shape)


def _limit(limit: Expr | None, default: str, letters: Mapping[str, str]) -> str:
    if limit is None:
        return default
    return mark_of(Symbol("?", (limit,)), letters)


def _names_T(limit: Expr) -> bool:
    return any(isinstance(node, Symbol) and node.name == "T" for node in walk(limit))
