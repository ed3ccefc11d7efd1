"""Profiles of derivatives: they run along what the steps hand on, between their two ends."""

from __future__ import annotations

from collections.abc import Mapping

from ...notation.printer.text import text
from ...notation.tree import Derivative, Entry, Expr, Symbol
from .profile import END, MIXED, ONE, START, UNKNOWN, Profile, Size, between, everywhere, letter
from .steps import mark_of
from .surroundings import NoDimension, Reader


def derivative(
    reader: Reader, expr: Derivative, letters: Mapping[str, str], *, held: bool
) -> Profile:
    """∂s_t/∂s_k between its ends, ∂E/∂W over all the steps. Raises `NoDimension`."""
    around = reader.around
    if around.memory.disturbed and not around.disturbed:
        raise NoDimension(f"{text(expr)} while {_listed(around.memory.disturbed)} remember")
    if around.memory.numbers and not around.free_letters:
        raise NoDimension("T or t is a number in the model, and what it is matters")
    above, below = _end(reader, expr.of, letters), _end(reader, expr.wrt, letters)
    forward = around.memory.forward(around.sizes)
    backward = around.memory.backward(around.sizes)
    immediate = expr.kind == "immediate"
    shape = _jacobian_size(reader, expr, letters)
    rows, columns = _jacobian_axes(reader, expr, above, below, letters)
    if above is not None and (above == below or immediate) and not held:
        return letter(*{above, below or above}, shape=shape)
    if forward and backward:
        marks = [mark for mark in (above, below) if mark is not None]
        return everywhere(marks, (forward + 1) * (backward + 1) + 1, shape)
    width = (forward or backward) + 1
    if above is None:
        if below is None:
            return everywhere((), width + 1, shape)
        low, high = (below, END) if not backward else (START, below)
        return between(low, high, width, below, below, shape)
    if below is not None:
        width -= 1
    low, high = (below or START, above) if not backward else (above, below or END)
    return between(low, high, max(1, width), rows, columns, shape)


def _jacobian_axes(
    reader: Reader,
    expr: Derivative,
    above: str | None,
    below: str | None,
    letters: Mapping[str, str],
) -> tuple[str, str]:
    """Where rows and columns come in; those of a scalar's derivative are of the variable."""
    of, wrt = above or MIXED, below or MIXED
    size = _declared(reader, expr.of, letters)
    if size == ONE or None in size:
        return (wrt, wrt) if size == ONE else (MIXED, MIXED)
    return of, wrt


def _jacobian_size(reader: Reader, expr: Derivative, letters: Mapping[str, str]) -> Size:
    """Rows and columns: of the variable for a scalar, else entries by entries."""
    above, below = (_declared(reader, side, letters) for side in (expr.of, expr.wrt))
    if above == ONE:
        return below
    counts = [None if a is None or b is None else a * b for a, b in (above, below)]
    return counts[0], counts[1]


def _declared(reader: Reader, expr: Expr, letters: Mapping[str, str]) -> Size:
    """The shape of a quantity of the model, or of another expression as far as it is known."""
    if isinstance(expr, Entry):
        return ONE
    if not isinstance(expr, Symbol):
        return reader.profile(expr, letters).shape
    declared = reader.around.model.declarations
    item = declared.get((expr.name, bool(expr.indices))) or declared.get((expr.name, False))
    return UNKNOWN if item is None else reader.around.size(item.shape)


def _end(reader: Reader, expr: Expr, letters: Mapping[str, str]) -> str | None:
    """The mark at which one end of a derivative stands; None if it has no step."""
    named = expr.of if isinstance(expr, Entry) else expr
    if isinstance(named, Symbol):
        return mark_of(named, letters) if named.indices else None
    found = reader.profile(expr, letters)
    if not found.is_letter or len(found.marks) > 1:
        raise NoDimension(f"{text(expr)} gathers over the steps and is differentiated")
    return next(iter(found.marks), None)


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))
