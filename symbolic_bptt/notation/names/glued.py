r"""Names of two written symbols: `\delta 4`, `d\gamma`, `\Delta W`, `\nabla W`.

A document has such a name if it stands, as a whole, on a left side: a letter followed by a bare
number, or d, δ, Δ or ∇ followed by a name. It does not if the first symbol has a meaning of its
own, `d = 3`, nor, for numbers, if the letter stands on left sides without one.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from collections.abc import Sequence as Sequenced
from dataclasses import dataclass

from ..limits import MAX_WORD
from ..surface.nodes import Item, Name, Number, Operator, Scripted, Sequence, meaningful
from ..surface.spelling import spelled
from .braces import single
from .spelling import joined, name_text
from .types import Line
from .written import Written, written

PREFIXES = frozenset(("d", r"\delta", r"\Delta", r"\nabla", r"\partial"))


@dataclass(frozen=True)
class Pair:
    """Two symbols side by side that are one name: the prefix, and the base or the number."""

    prefix: str
    behind: str


def prefix_of(item: Item) -> str:
    """The prefix that an item is: a name without scripts, or ∇."""
    item = single(item)
    if isinstance(item, Name):
        return name_text(item)
    return item.sign if isinstance(item, Operator) and item.sign == r"\nabla" else ""


def pair_of(first: Item, second: Item) -> Pair | None:
    """The pair that two items could be."""
    prefix = prefix_of(first)
    second = single(second)
    if not prefix:
        return None
    if isinstance(second, Number):
        return Pair(prefix, second.text) if second.text.isdigit() else None
    name = written(second)
    if name is None or prefix not in PREFIXES:
        return None
    return Pair(prefix, name_text(name.base))


def pairs_in(lines: Iterable[Line], taken: frozenset[str]) -> frozenset[Pair]:
    """The pairs that are names in a document; taken: bases that mean something by themselves."""
    found: set[Pair] = set()
    alone: set[str] = set()
    for line in lines:
        head = _head(line)
        if len(head) == 1:
            alone.add(prefix_of(head[0]))
        elif len(head) == 2 and (pair := pair_of(*head)) is not None:
            found.add(pair)
    return frozenset(pair for pair in found if pair.prefix not in taken | alone)


def words_in(lines: Iterable[Line], known: Container[str]) -> frozenset[str]:
    """The words that left sides are, `net_t`, of which some letter means nothing by itself."""
    found: set[str] = set()
    for line in lines:
        head = _head(line)
        spelt = _letters(head, 0)
        paired = len(head) == 2 and pair_of(*head) is not None
        if (
            not paired
            and len(spelt) == len(head) > 1
            and any(letter not in known for letter in spelt)
        ):
            found.add(spelled("".join(spelt)))
    return frozenset(found)


def _letters(items: Sequenced[Item], start: int) -> list[str]:
    """Single letters that touch each other, as far as none before the last has scripts."""
    found: list[str] = []
    for place, item in enumerate(items[start : start + MAX_WORD], start):
        base = item.base if isinstance(item, Scripted) else item
        if not isinstance(base, Name) or len(base.text) != 1 or base.style:
            break
        if place > start and items[place - 1].end != item.start:
            break
        found.append(base.text)
        if isinstance(item, Scripted):
            break
    return found


def _head(line: Line) -> tuple[Item, ...]:
    """The items of the left side of a line that has several operands."""
    if len(line.roots) < 2:
        return ()
    head = single(line.roots[0])
    return meaningful(head) if isinstance(head, Sequence) else (head,)


def glued(pair: Pair, behind: Item) -> Written:
    """A pair as one written name: its base is the pair, its scripts those of what stands behind."""
    name = written(behind)
    if name is None:
        return Written(Name(text=joined([pair.prefix, " ", pair.behind])))
    return Written(Name(text=joined([pair.prefix, pair.behind])), name.pieces)


def word_at(
    items: Sequenced[Item], start: int, declared: Container[str]
) -> tuple[Written, int] | None:
    """The longest declared word that letters side by side spell, `L o s s_t`, and its length."""
    letters = _letters(items, start)
    for count in range(len(letters), 1, -1):
        word, item = spelled("".join(letters[:count])), items[start + count - 1]
        name = written(item)
        if name is not None and word in declared:
            return Written(Name(word, "upright", parts=item.parts), name.pieces), count
    return None
