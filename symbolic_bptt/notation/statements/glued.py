r"""Words that LaTeX sets as letters side by side: `\delta_t = 0 for t < T`."""

from __future__ import annotations

from collections.abc import Sequence as Many

from ..surface.nodes import Item, Name, Words
from ..surface.table import listed
from ..tokens.token import Token

PLAIN = listed("for all every each if when where with and otherwise else")
"""English words that are read without `\\text`, if blanks part them from all else."""


def with_words(items: Many[Item]) -> list[Item]:
    """The items, with letters that touch each other and spell such a word as words."""
    found: list[Item] = []
    place = 0
    while place < len(items):
        end = _run_end(items, place)
        run = items[place:end]
        spelt = "".join(item.text for item in run if isinstance(item, Name))
        if len(run) > 1 and spelt in PLAIN and _stands_apart(items, place, end):
            found.append(Words(spelt, parts=tuple(run)))
        else:
            found += run
        place = end
    return found


def _run_end(items: Many[Item], start: int) -> int:
    """Where the single letters end that begin there and have nothing between them."""
    end = start + 1
    last = _letter(items[start])
    while last is not None and end < len(items):
        following = _letter(items[end])
        if following is None or following.start != last.end:
            break
        last = following
        end += 1
    return end


def _letter(item: Item) -> Token | None:
    """The token of a single letter."""
    if not isinstance(item, Name) or item.style or len(item.parts) != 1:
        return None
    token = item.parts[0]
    return token if isinstance(token, Token) and token.kind == "letter" else None


def _stands_apart(items: Many[Item], start: int, end: int) -> bool:
    """Whether nothing touches the letters: `for_t` and `if(` are no words."""
    before = start == 0 or items[start - 1].end < items[start].start
    behind = end == len(items) or items[end - 1].end < items[end].start
    return before and behind
