r"""Indicators: `\mathbb 1[i = j]`, `\mathbb{1}_{k = j}`, `\mathbf 1_{\{z > 0\}}`."""

from __future__ import annotations

from ...core.terms import Term
from ..surface.nodes import Group, Item, Name, Number, Relation, Scripted, Sequence, meaningful
from .applications import indicator
from .constants import ONES
from .context import Elaboration

SIGNS = ONES | {r"\mathbb{I}"}
BRACKETS = ("(", "[", r"\{", "{")


def with_condition_below(e: Elaboration, item: Scripted) -> Term | None:
    """1 with a comparison below it; None for anything else."""
    if len(item.scripts) != 1 or item.scripts[0].place != "_" or not _is_sign(item.base):
        return None
    body = _comparison(item.scripts[0].body)
    return None if body is None else indicator(e, body, item)


def before_condition(e: Elaboration, item: Item, following: Group) -> Term | None:
    """1 before a comparison in brackets; None for anything else."""
    plain_name = isinstance(item, Name) and item.text in SIGNS
    braced_number = isinstance(item, Number) and item.value == 1 and following.opening == r"\{"
    if not (plain_name or braced_number) or following.opening not in BRACKETS:
        return None
    body = _comparison(following.body)
    return None if body is None else indicator(e, body, item)


def _is_sign(base: Item) -> bool:
    if isinstance(base, Number):
        return base.value == 1
    return isinstance(base, Name) and base.text in SIGNS


def _comparison(body: Sequence) -> Sequence | None:
    """What stands in brackets, if it is a comparison; its own brackets count for nothing."""
    items = meaningful(body)
    if len(items) == 1 and isinstance(items[0], Group) and items[0].opening in BRACKETS:
        return _comparison(items[0].body)
    return body if any(isinstance(part, Relation) for part in items) else None
