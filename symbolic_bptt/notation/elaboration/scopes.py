r"""How far a Σ or Π may reach: over what contains its index freely, and no further.

`\sum_t a_t - b_t + c` may be Σ (a_t − b_t) + c, and never Σ (a_t − b_t + c): a term without the
index would be counted once for each of its values. `\prod_j A_j b` may be (Π A_j) b.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence as Many

from ...core.terms import Letter, Term
from ...core.traversal import walk
from ..surface.nodes import Big, Item, Scripted
from ..tokens.token import Token
from .context import Part
from .indices import letter_text
from .lines import bound_by
from .summands import is_sign


def indices_of(items: Iterable[Part]) -> frozenset[str]:
    """The letters that the Σ and Π among some items bind."""
    return frozenset(letter for item in items for letter in _bound(item))


def last_with(items: Many[Part], letters: frozenset[str]) -> int:
    """The place behind the last item that contains one of the letters freely; 0 if none does."""
    if not letters:
        return 0
    found, left = 0, letters
    for place, item in enumerate(items):
        if not isinstance(item, Term) and is_sign(item):
            left = letters
        elif _contains(item, left):
            found = place + 1
        left -= _bound(item)
    return found


def _bound(item: Part) -> frozenset[str]:
    is_head = isinstance(item, Scripted) and isinstance(item.base, Big)
    return frozenset(bound_by(item)) if is_head and isinstance(item, Scripted) else frozenset()


def _contains(item: Part, letters: frozenset[str]) -> bool:
    if isinstance(item, Term):
        return any(isinstance(node, Letter) and node.name in letters for node in walk(item))
    text = letter_text(item)
    if text is not None:
        return text in letters
    inside: list[Item] = [part for part in item.parts if not isinstance(part, Token)]
    return bool(last_with(inside, letters - _bound(item)))
