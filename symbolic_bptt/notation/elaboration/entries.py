"""Entries: one number of a vector, a matrix or a Jacobian, by an index for each axis."""

from __future__ import annotations

from collections.abc import Sequence as Many
from fractions import Fraction

from ...core.terms import Entry, Term
from ...core.types import SCALAR, shown
from ..surface.nodes import Item, Sequence, meaningful
from ..surface.nodes import Number as Written
from .context import Elaboration
from .errors import ill_shaped
from .indices import index, letter_text, split


def entries(e: Elaboration, whole: Term, written: Many[Sequence], item: Item) -> Term:
    """The entry of a term at these indices."""
    if not written:
        return whole
    kind = e.type_of(whole)
    wanted = list(written)
    axes = kind.axes
    if len(wanted) == 1 and len(axes) > 1:
        wanted = _glued(wanted[0])
    if len(wanted) != len(axes):
        raise ill_shaped(f"{len(wanted)} indices for the entries of {shown(kind)}", item)
    made = tuple(index(e, part, axis) for part, axis in zip(wanted, axes, strict=True))
    return Entry(SCALAR, whole, made)


def _glued(sequence: Sequence) -> list[Sequence]:
    """`ij` as i and j; `12` as 1 and 2."""
    items = meaningful(sequence)
    if len(items) == 1 and isinstance(items[0], Written) and items[0].text.isdigit():
        digits = [Written(Fraction(digit), digit) for digit in items[0].text]
        return [Sequence((digit,)) for digit in digits]
    commas = split(sequence, ",")
    if len(commas) > 1:
        return commas
    if all(letter_text(item) is not None or isinstance(item, Written) for item in items):
        return [Sequence((item,)) for item in items]
    return [sequence]
