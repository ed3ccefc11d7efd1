r"""Derivatives with a slash: `∂E/∂W`, `dE/dW`, where d and the name may be one word."""

from __future__ import annotations

from collections.abc import Sequence as Many
from dataclasses import replace

from ...core.terms import Term
from ..surface.nodes import Item, Name, Operator, Scripted
from .context import Elaboration, Part
from .derivatives import Mark, derivative, mark
from .written import whole


def slashed_derivative(e: Elaboration, items: Many[Part], position: int) -> tuple[Term, int] | None:
    r"""`∂E/∂W`, `dE/dW`: a sign, one factor, a slash, the sign again, one factor."""
    window = items[position : position + 5]
    if len(window) < 5 or not isinstance(window[2], Operator) or window[2].sign != "/":
        return _glued_derivative(e, items, position)
    upper, lower = mark(window[0]), mark(window[3])
    if upper is None or lower is None or "power" in (upper.kind, lower.kind):
        return None
    if isinstance(window[0], Name) and (window[0].text, 0) in e.context.types:
        return None
    return derivative(e, upper, [window[1]], [window[4]], whole(window)), position + 5


def _glued_derivative(e: Elaboration, items: Many[Part], position: int) -> tuple[Term, int] | None:
    """`dE/dW` of plain text, where d and the name are one word."""
    window = items[position : position + 3]
    if len(window) < 3 or not isinstance(window[1], Operator) or window[1].sign != "/":
        return None
    top, bottom = _unglued(window[0]), _unglued(window[2])
    if top is None or bottom is None:
        return None
    if all(_word(window[i]) in {key for key, _ in e.context.types} for i in (0, 2)):
        return None
    return derivative(e, Mark("total"), [top], [bottom], whole(window)), position + 3


def _word(item: Part) -> str:
    base = item.base if isinstance(item, Scripted) else item
    return base.text if isinstance(base, Name) else ""


def _unglued(item: Part) -> Item | None:
    """The name behind the d of `dE`, `dW_{hh}`."""
    base = item.base if isinstance(item, Scripted) else item
    if not isinstance(base, Name):
        return None
    word = base.text.removeprefix(r"\mathrm{").removesuffix("}")
    if len(word) < 2 or word[0] != "d" or not word.isalpha():
        return None
    rest = word[1:] if len(word) == 2 else rf"\mathrm{{{word[1:]}}}"
    bare = Name(rest)
    return replace(item, base=bare) if isinstance(item, Scripted) else bare
