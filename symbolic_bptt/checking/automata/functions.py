"""Profiles of functions and powers: what is not linear is computed of one letter alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...model.steps import linear_step
from ...notation.functions import NORMS
from ...notation.printer.text import text
from ...notation.tree import Call, Expr, Power, Symbol, walk
from ..definitions import free_letter
from ..reach import multiples
from .matrices import contraction
from .profile import MIXED, ONE, Profile, added, everywhere, widened
from .surroundings import NoDimension, Reader

LINEAR = frozenset({"diag", "tr", "vec"})
"""Functions that only rearrange or add the entries of a matrix."""


def letter_of(reader: Reader, expr: Expr, letters: Mapping[str, str], what: str) -> Profile:
    """The profile, which must be that of one letter. Raises `NoDimension`."""
    found = reader.profile(expr, letters)
    if not found.is_letter or len(found.marks) > 1:
        raise NoDimension(f"{text(expr)} gathers over the steps as {what}")
    return found


def one_letter(parts: list[Profile], expr: Expr) -> Profile:
    """The sum of the profiles, which must be that of one letter. Raises `NoDimension`."""
    found = added(parts)
    if len(found.marks) > 1:
        raise NoDimension(f"{text(expr)} is a function of two steps")
    return found


def call(reader: Reader, expr: Call, letters: Mapping[str, str]) -> Profile:
    """diag, tr and vec of anything; any other function of what one letter says."""
    if expr.function in LINEAR:
        found = reader.profile(expr.arguments[0], letters)
        rows, columns = reader.around.lengths(found)
        if expr.function == "diag":
            axis = found.rows if found.rows == found.columns else MIXED
            return Profile(found.states, axis, axis, (max(rows, columns),) * 2)
        if expr.function == "vec":
            return Profile(found.states, MIXED, MIXED, (rows * columns, 1))
        return replace(widened(found, max(rows, columns)), shape=ONE)
    parts = [letter_of(reader, argument, letters, expr.function) for argument in expr.arguments]
    found = one_letter(parts, expr)
    return replace(found, shape=ONE) if expr.function in (*NORMS, "det") else found


def power(reader: Reader, expr: Power, letters: Mapping[str, str]) -> Profile:
    """A power of one letter, a small one of anything, or that of a constant at a step."""
    base = reader.profile(expr.base, letters)
    exponent = linear_step(expr.exponent, free_letter(expr.exponent) or "")
    names = {node.name for node in walk(expr.exponent) if isinstance(node, Symbol)}
    if names & {*letters, "T"}:
        if base.marks or not base.is_letter or multiples(expr.exponent) is None:
            raise NoDimension(f"{text(expr)} is no power of a constant")
        marks = [letters[name] for name in names if name in letters]
        return everywhere(marks, max(2, *reader.around.lengths(base)))
    if letter_of(reader, expr.exponent, letters, "an exponent").marks:
        raise NoDimension(f"{text(expr)} has an exponent of its own at each step")
    if base.is_letter and len(base.marks) <= 1:
        return base
    if exponent is None or exponent.t_multiple or not 1 <= exponent.constant <= 4:
        raise NoDimension(f"{text(expr)} is a power of what gathers over the steps")
    return contraction(reader.around, [base] * exponent.constant)
