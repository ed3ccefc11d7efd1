"""`derive`: every partial derivative of a model's loss, in one of four styles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from ..model.model import Equation, Model
from ..notation.printer.text import text
from ..notation.shape_of import shape_of
from ..notation.sizes import SCALAR
from ..notation.tree import Call, Symbol, walk
from .closed_form import Backward
from .monomial import ZERO
from .requests import requested
from .result import Derivation, Partial, Style
from .system import variable_shape

DEFAULT_STEPS = 3


class DeriveError(ValueError):
    """A derivation that cannot be made as asked; the message says what to ask for instead."""


def derive(
    model: Model,
    T: int | None = None,
    wrt: Iterable[str | Symbol] = (),
    style: Style = "named",
) -> Derivation:
    """∂loss/∂θ for every parameter θ, or for what `wrt` names, over T steps.

    named: in matrix form, for T steps; general: the same for any T; expanded: everything
    substituted, by SymPy; entries: one formula an entry, by SymPy. `wrt` may name a parameter `W`,
    the copy `u_0` of one that a step uses, or a variable, input or state at a step, `s_1`.

    Raises `DeriveError`, `NoRuleError`, `RequestError`.
    """
    if T is not None and T < 1:
        raise DeriveError(f"the number of steps must be at least 1, not {T}")
    if model.literal_length is not None and T not in (None, model.literal_length):
        raise DeriveError(f"{model.name} is written out for {model.literal_length} steps, not {T}")
    count = model.literal_length or T or DEFAULT_STEPS
    general = style == "general" and model.literal_length is None
    symbols = requested(model, wrt, None if general else count)
    if style in ("expanded", "entries"):
        from .expanded import expanded

        found = expanded(model, count, symbols, style)
        return replace(found, notes=(*found.notes, *_notes(model, found.partials)))
    return _closed(model, None if general else count, symbols, style)


def _closed(
    model: Model, count: int | None, symbols: tuple[Symbol, ...], style: Style
) -> Derivation:
    backward = Backward(model, count, symbols)
    partials = tuple(backward.partial(symbol) for symbol in symbols)
    return Derivation(
        model,
        count,
        style,
        backward.needed(partials),
        partials,
        backward.assumptions,
        _notes(model, partials),
        backward.fewest,
    )


def _notes(model: Model, partials: tuple[Partial, ...]) -> tuple[str, ...]:
    """What a reader must know: what the loss does not depend on, and why if that is known."""
    zero = [text(p.derivative.wrt) for p in partials if p.forms == (ZERO,)]
    if not zero:
        return ()
    fact = f"{model.loss} does not depend on {', '.join(zero)}: the derivative is 0"
    if any(_is_lone_softmax(model, equation) for equation in model.equations):
        return (f"degenerate: the softmax of a single logit is identically 1; {fact}",)
    return (fact,)


def _is_lone_softmax(model: Model, equation: Equation) -> bool:
    calls = (node for node in walk(equation.body) if isinstance(node, Call))
    return any(
        call.function == "softmax"
        and (shape_of(call, partial(variable_shape, model)) or SCALAR).is_scalar
        for call in calls
    )
