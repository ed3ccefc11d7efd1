r"""The one name that items side by side are: `h_t`, `net_t`, `d\gamma_o`, `\delta h_t`."""

from __future__ import annotations

from itertools import pairwise

from ..limits import MAX_WORD
from ..surface.nodes import Item, Name, Scripted
from ..surface.spelling import spelled
from .glued import glued, pair_of
from .written import Written, written


def whole_name(items: tuple[Item, ...]) -> Written | None:
    """The name that all the items together are, letters side by side as one word; else None."""
    if len(items) == 1:
        return written(items[0])
    word = _word(items)
    if word is not None or len(items) != 2:
        return word
    pair = pair_of(*items)
    return None if pair is None or pair.behind.isdigit() else glued(pair, items[1])


def _word(items: tuple[Item, ...]) -> Written | None:
    """Letters without a blank between them, the last with scripts or without."""
    if not 1 < len(items) <= MAX_WORD:
        return None
    bases = [item.base if isinstance(item, Scripted) else item for item in items]
    letters = [base.text for base in bases if isinstance(base, Name) and not base.style]
    tight = all(a.end == b.start for a, b in pairwise(items))
    plain = len(letters) == len(items) and all(len(text) == 1 for text in letters)
    if not (tight and plain) or any(isinstance(item, Scripted) for item in items[:-1]):
        return None
    last = written(items[-1])
    return last and Written(Name(spelled("".join(letters)), "upright"), last.pieces)
