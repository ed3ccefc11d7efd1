"""The picture that a reader asks for by name: a model, steps, a parameter."""

from __future__ import annotations

from ...derivation.indices import affine
from ...derivation.requests import requested
from ...model.model import Model
from .contents import Highlight
from .grid import COMPACT, WIDE
from .layout import Picture, picture


class HighlightError(ValueError):
    """Something to be highlighted that is no parameter; says which there are."""


def graph(
    model: Model, T: int | None = None, highlight: str | None = None, *, compact: bool = False
) -> Picture:
    """The unrolled graph over T steps, forward and backward; a notebook shows it as SVG.

    `highlight` names a parameter `W` whose paths to the loss shall stand out, or its copy `W_2`.
    `compact` is for a column of a paper. Raises `RequestError`, `HighlightError`, `TooLargeError`.
    """
    steps = T or model.literal_length or 3
    lit = None if highlight is None else _highlighted(model, highlight, steps)
    return picture(model, steps, lit, COMPACT if compact else WIDE)


def _highlighted(model: Model, written: str, steps: int) -> Highlight:
    (symbol,) = requested(model, [written], steps)
    variable = bool(symbol.indices) and (symbol.name, True) in model.declarations
    if variable or symbol.name not in model.parameters:
        known = ", ".join(model.parameters)
        raise HighlightError(f"{written} is no parameter of {model.name}; there are {known}")
    step = affine(symbol.indices[0]) if symbol.indices else None
    return Highlight(symbol.name, None if step is None else step.constant)
