r"""Landau's symbols, O(T), o(1), Θ(n): how fast something grows is no value, and is not judged."""

from __future__ import annotations

import re

from ..surface.nodes import Group, Name, Scripted
from .context import Elaboration, Part
from .errors import unreadable

_SYMBOL = re.compile(
    r"(?:\\(?:mathcal|mathscr|mathrm|tilde|widetilde)\s*\{?)*"
    r"(?P<letter>[Oo]|\\Theta|\\Omega|\\omega)\}*"
)


def refuse_growth(e: Elaboration, item: Part, following: Part | None) -> None:
    """Refuse `O(T)` and its kin, unless the document has a quantity of that name."""
    if not isinstance(item, Name | Scripted) or not isinstance(following, Group | Scripted):
        return
    base = item.base if isinstance(item, Scripted) else item
    group = following.base if isinstance(following, Scripted) else following
    symbol = _SYMBOL.fullmatch(base.text) if isinstance(base, Name) else None
    if symbol is None or not isinstance(group, Group) or group.opening != "(":
        return
    key = e.context.signature.read(e.line, item).key
    if any(known == key for known, _ in e.context.types):
        return
    shown = symbol["letter"]
    raise unreadable(f"{shown}(·) says how fast something grows: it is read, and not judged", item)
