r"""Fields: a line, parted at commas, gaps, words and ∀; nothing inside brackets parts anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from ..surface.nodes import Group, Item, Name, Relation, Separator, Words
from .letters import GAP, Items, bare
from .words import Said, is_word, said

WEAK = ("&", "\\\\")
HARD = (",", ";", ".", ":")
_STRENGTH = {"": 0, **dict.fromkeys(WEAK, 1), **dict.fromkeys(GAP, 2), **dict.fromkeys(HARD, 3)}


@dataclass(frozen=True)
class Field:
    r"""What stands between two separators.

    mark: the strongest separator before it; "" if only words stand there.
    before: the separators and words before it, as items.
    said: what the words before it do; `words` is their text.
    """

    items: Items = ()
    mark: str = ""
    before: Items = ()
    said: Said = field(default_factory=Said)
    words: tuple[str, ...] = ()

    @cached_property
    def strength(self) -> int:
        """0 nothing, 1 a row or column inside a formula, 2 a gap, 3 a comma or its like."""
        return _STRENGTH.get(self.mark, 2)

    @property
    def parts(self) -> Items:
        """All that it is made of."""
        return (*self.before, *self.items)

    @cached_property
    def has_relation(self) -> bool:
        """Whether it claims something."""
        return any(isinstance(item, Relation) for item in self.items)

    @property
    def is_rest(self) -> bool:
        """Whether it begins with a relation."""
        return bool(self.items) and isinstance(self.items[0], Relation)


def words_of(item: Item) -> str | None:
    r"""The text of words; `\text{if}`, which looks like a name, is words too. None for the rest."""
    if isinstance(item, Words):
        return item.text
    if not isinstance(item, Name):
        return None
    for wrapper in (r"\mathrm{", r"\operatorname{", r"\text{"):
        if item.text.startswith(wrapper) and is_word(item.text[len(wrapper) : -1]):
            return item.text[len(wrapper) : -1]
    return item.text if item.text.isalpha() and is_word(item.text) else None


def _is_inside(items: Items, place: int) -> bool:
    """Whether a full stop ends nothing, since the next item touches it: `np.outer`."""
    item = items[place]
    if item != Separator(".") or place in (0, len(items) - 1):
        return False
    return items[place - 1].end == item.start and item.end == items[place + 1].start


def is_parting(item: Item) -> bool:
    r"""Whether an item parts formulas; `\mid` and its like do not."""
    return isinstance(item, Separator) and (item.mark in _STRENGTH or item.mark == r"\forall")


def fields(items: Iterable[Item]) -> list[Field]:
    """The fields of a line; the last has no items if the line ends in a separator or in words."""
    found: list[Field] = []
    before: list[Item] = []
    held: list[Item] = []
    kept = tuple(items)
    for place, item in enumerate(kept):
        if words_of(item) is not None or (is_parting(item) and not _is_inside(kept, place)):
            if held:
                found.append(_field(before, held))
                before, held = [], []
            before.append(item)
        else:
            held.append(item)
    if before or held:
        found.append(_field(before, held))
    return found


def _field(before: list[Item], items: list[Item]) -> Field:
    texts = [text for item in before if (text := words_of(item)) is not None]
    whole = said(" ".join(texts))
    marks = [item.mark for item in before if isinstance(item, Separator)]
    if r"\forall" in marks:
        whole = replace(whole, roles=whole.roles | {"for", "all"})
    mark = max((m for m in marks if m != r"\forall"), key=lambda m: _STRENGTH.get(m, 2), default="")
    return Field(tuple(items), mark, tuple(before), whole, tuple(text for text in texts if text))


def round_body(items: Items) -> Items | None:
    """What stands in the one pair of round or square brackets that the items are."""
    if len(items) != 1 or not isinstance(items[0], Group):
        return None
    group = items[0]
    return bare(group.body.items) if group.opening in ("(", "[") else None


def without_full_stop(items: Items) -> tuple[Items, Items]:
    """The items, and the separators that end them."""
    end = len(items)
    while end and is_parting(items[end - 1]) and items[end - 1] != Separator(r"\forall"):
        end -= 1
    return items[:end], items[end:]
