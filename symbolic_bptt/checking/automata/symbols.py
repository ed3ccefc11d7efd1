"""Profiles of symbols: quantities of the model are letters of their step, T and t are counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...notation.printer.text import text
from ...notation.tree import Derivative, Symbol
from .jacobians import derivative
from .names import defined
from .profile import END, MIXED, ONE, START, UNKNOWN, Profile, between, everywhere, letter
from .steps import mark_of
from .surroundings import NoDimension, Reader, Surroundings


def symbol(reader: Reader, expr: Symbol, letters: Mapping[str, str]) -> Profile:
    """A quantity of the model, a name of the file, a number, or an index of entries."""
    model, name = reader.around.model, expr.name
    if not expr.indices and (name == "T" or name in letters):
        return _number(reader.around, name, letters)
    known = model.declarations.get((name, bool(expr.indices)))
    if known is None and expr.indices:
        whole = model.declarations.get((name, False))
        if whole is not None and whole.role == "parameter":
            return letter(shape=reader.around.size(whole.shape))
    if known is not None or any(state.name == name for state in model.initial):
        return _of_model(reader.around, expr, letters)
    if name in reader.around.definitions.by_name:
        return defined(reader, expr, letters)
    if (gradient := _gradient_named(reader.around, expr)) is not None:
        return derivative(reader, gradient, letters, held=False)
    if name in letters.values() or not expr.indices:
        return letter(shape=ONE)  # a size, or an index of entries
    raise NoDimension(f"{text(expr)} is not known")


def _gradient_named(around: Surroundings, expr: Symbol) -> Derivative | None:
    """What dW is where nobody says what it is."""
    model, name = around.model, expr.name[1:].lstrip()
    timed = (bool(expr.indices), False)
    if not expr.name.startswith("d") or not any((name, t) in model.declarations for t in timed):
        return None
    return Derivative("gradient", Symbol(model.loss), replace(expr, name=name))


def _number(around: Surroundings, name: str, letters: Mapping[str, str]) -> Profile:
    if around.free_letters:
        return letter(*([letters[name]] if name in letters else []), shape=ONE)
    if name == "T":
        return everywhere((), 2, ONE)
    return between(START, letters[name], 2, MIXED, MIXED, ONE)


def _of_model(around: Surroundings, expr: Symbol, letters: Mapping[str, str]) -> Profile:
    shapes = [
        item.shape
        for (name, timed), item in around.model.declarations.items()
        if name == expr.name and timed == bool(expr.indices)
    ]
    shape = around.size(shapes[0]) if shapes else UNKNOWN
    remembers = expr.name in around.memory.remembering and not around.disturbed
    if remembers or (expr.name in around.memory.counting and not around.free_letters):
        raise NoDimension(f"the equation of {text(expr)}, which remembers, is needed")
    if expr.indices:
        return letter(mark_of(expr, letters), shape=shape)
    if expr.name in around.memory.gathered and expr.name not in around.memory.disturbed:
        return everywhere((), 2, shape)
    if expr.name in around.memory.after_steps:
        if around.memory.gathered & around.memory.disturbed and not around.disturbed:
            raise NoDimension(f"{text(expr)} reads sums over the steps")
        return letter(END, shape=shape)
    return letter(shape=shape)
