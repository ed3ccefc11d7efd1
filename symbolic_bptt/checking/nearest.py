"""The names that an undefined one may have been meant to be."""

from __future__ import annotations

from difflib import get_close_matches

from ..notation.printer.text import text
from ..notation.tree import Symbol
from .binding import Bound


def nearest(name: str, bound: Bound) -> str:
    """`did you mean ŷ?`; empty if nothing is near."""
    known = bound.model.names
    near = get_close_matches(name, sorted(known - {name}), 2, 0.5)
    return f"did you mean {' or '.join(text(Symbol(one)) for one in near)}?" if near else ""
