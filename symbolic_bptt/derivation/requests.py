"""What a derivative is asked with respect to: `W`, `u_0`, `s_1`, `x_2`."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from ..model.model import Model
from ..notation.errors import NotationError
from ..notation.names.key import key_of
from ..notation.printer.text import text
from ..notation.tree import Symbol
from .indices import affine


class RequestError(ValueError):
    """A symbol that the model does not have, or not at that step; says which there are."""


def requested(model: Model, wrt: Iterable[str | Symbol], count: int | None) -> tuple[Symbol, ...]:
    """The symbols asked for, every parameter if none is. Raises `RequestError`."""
    found = tuple(_symbol(model, item) for item in wrt)
    for symbol in found:
        _check(model, symbol, count)
    return found or tuple(Symbol(name) for name in model.parameters)


def _symbol(model: Model, item: str | Symbol) -> Symbol:
    if isinstance(item, Symbol):
        return item
    if item in model.parameters:
        return Symbol(item)
    known = {name for name, _ in model.declarations}
    try:
        whole = key_of(item, model.time.index, indexed=False)
        if (whole.name, False) in model.declarations:
            return whole
        return key_of(item, model.time.index, known=known)
    except NotationError as error:
        raise RequestError(f"{item!r} is no symbol: {error.problems[0].message}") from None


def _check(model: Model, symbol: Symbol, count: int | None) -> None:
    timed = bool(symbol.indices)
    slots = model.declarations
    whole = slots.get((symbol.name, False))
    copy = timed and whole is not None and whole.role == "parameter"
    states = {state.name for state in model.initial}
    if (symbol.name, timed) not in slots and not copy and not (timed and symbol.name in states):
        raise RequestError(f"the model has no {text(symbol)}; {_suggestion(model, symbol)}")
    if not timed:
        return
    step = affine(symbol.indices[0])
    if step is None or len(symbol.indices) > 1:
        raise RequestError(f"{text(symbol)}: the step must be a number")
    if count is None or step.multiples:
        if count is not None:
            raise RequestError(f"{text(symbol)}: name a step, such as {_example(model, symbol)}")
        return
    initial = {state.at(model.time, count) for state in model.initial if state.name == symbol.name}
    if step.constant not in model.time.steps(count) and step.constant not in initial:
        steps = model.time.steps(count)
        raise RequestError(f"there is no {text(symbol)}: the steps are {steps[0]} to {steps[-1]}")


def _example(model: Model, symbol: Symbol) -> str:
    from .indices import whole_number

    return text(Symbol(symbol.name, (whole_number(model.time.first),), symbol.layout))


def _suggestion(model: Model, symbol: Symbol) -> str:
    names = sorted({name for name, _ in model.declarations})
    near = get_close_matches(symbol.name, names, 2, 0.5)
    if near:
        return "did you mean " + " or ".join(text(Symbol(name)) for name in near) + "?"
    return "its parameters are " + ", ".join(text(Symbol(name)) for name in model.parameters)
