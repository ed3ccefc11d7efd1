r"""What each script of each written symbol is, inferred once for a document.

    signature(lines, declared).read(3, item).key

Nothing is decided by a letter as such; `learning` says what counts as evidence, `judging` what
follows from it, `keys` which spellings are one name. What a sum or an argument means is not seen
here, nor are ranks other than the declared ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence as Listing
from dataclasses import dataclass, field, replace

from ..surface.nodes import Item, Name, Scripted
from .assembling import assembled, is_function
from .calls import called, with_call
from .declaring import parsed
from .evidence import letters_in
from .facts import Facts, Setting
from .forms import forms_of
from .glued import Pair, glued, pair_of, pairs_in, word_at, words_in
from .keys import Keys
from .labelling import timed_labels
from .learning import learnt
from .parting import all_apart, parted_places, taken_apart
from .rows import rows_of
from .styles import bases_apart, labels_apart, merged_styles
from .types import Declared, Entries, Line, NameRead, NameRow
from .walk import Found, Occurrence, found_in
from .written import Written, pieces_of, written


@dataclass(frozen=True)
class Signature:
    """The names of a document.

    glued: pairs of symbols that are one name, `\\delta 4`, `dW`. words: names of several letters.
    notes: what was taken for granted and ought to be told.
    """

    facts: Facts
    keys: Keys
    found: tuple[Found, ...]
    glued: frozenset[Pair]
    words: frozenset[str]
    notes: tuple[str, ...] = field(default=())
    _known: dict[tuple[int, int], tuple[Item, NameRead]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def read(self, line: int, item: Item) -> NameRead:
        """What an occurrence is; TypeError if it is no name at all."""
        known = self._known.get((line, id(item)))
        if known is not None:
            return known[1]
        name = written(item)
        if name is None:
            raise TypeError("only a name, with scripts or without, can be read as one")
        name = taken_apart(self.facts.setting, name)
        found = assembled(self.facts, self.keys, line, name).read
        self._known[line, id(item)] = item, found  # the item is kept, so that its id stays its own
        return found

    def behind(self, line: int, item: Scripted) -> NameRead:
        r"""What scripts on something that is no name do, `(W s_t)_i^2`: in `after`, or `why`."""
        pieces = tuple(piece for script in item.scripts for piece in pieces_of(script, 1, True))
        read = assembled(self.facts, self.keys, line, Written(Name(text=""), pieces)).read
        entries = (Entries(read.entries),) if read.entries else ()
        return replace(read, entries=(), after=entries + read.after)

    def read_call(self, line: int, name_item: Item, group: Item) -> NameRead | None:
        r"""What a name with a bracket behind it is, `h(t)^\top`, `W[i,j]`, if it holds indices.

        None if it is an application of a function or a product.
        """
        name = called(self.facts, line, name_item, group)
        return None if name is None else assembled(self.facts, self.keys, line, name).read

    def read_glued(
        self, line: int, items: Listing[Item], start: int
    ) -> tuple[NameRead, int] | None:
        """The name of several symbols that begins at a place, and how many items it takes."""
        word = word_at(items, start, self.words)
        if word is not None:
            return assembled(self.facts, self.keys, line, word[0]).read, word[1]
        if start + 1 >= len(items):
            return None
        pair = pair_of(items[start], items[start + 1])
        if pair is None or pair not in self.glued:
            return None
        name = glued(pair, items[start + 1])
        return assembled(self.facts, self.keys, line, name).read, 2

    def occurrences(self, line: int) -> Iterator[tuple[Occurrence, NameRead]]:
        """Every written name of a line with what it is."""
        for one in self.found[line].symbols:
            name = with_call(self.facts, one)
            yield one, assembled(self.facts, self.keys, line, name).read

    def letters(self, line: int) -> frozenset[str]:
        """The letters that are indices or numbers in a line."""
        setting = self.facts.setting
        return setting.steps | setting.sizes | self.facts.steps[line] | self.facts.indices[line]

    def is_function(self, item: Item) -> bool:
        """Whether the base of an item is a function."""
        name = written(item)
        setting = self.facts.setting
        return name is not None and is_function(setting, name, setting.form(name))

    def table(self) -> tuple[NameRow, ...]:
        """The quantities of the document, in the order in which they first occur."""
        return rows_of(self.facts, self.keys, self.found)


def signature(
    lines: Listing[Line],
    declared: Listing[Declared],
    *,
    time_index: str = "t",
    last: str = "T",
    sizes: frozenset[str] = frozenset(),
    functions: frozenset[str] = frozenset(),
    families: frozenset[str] = frozenset(),
    plain_text: bool = False,
) -> Signature:
    r"""The names of a document.

    last: the last step as the model has it, `T`, `T-1`, `\tau`. functions: the texts of names that
    are applied, never timed. families: the letters of further families of indices, layers.
    plain_text: whether `'` may be a transpose and `W_ij` two letters.
    """
    given = tuple(lines)
    names = parsed(declared)
    alone = (one.written for one in names if not one.declared.indices)
    pairs = pairs_in(given, frozenset(one.base.text for one in alone if not one.pieces))
    found = tuple(found_in(line, number, pairs) for number, line in enumerate(given))
    apart = bases_apart(found, names, given)
    steps = frozenset((time_index,)) | letters_in(last)
    setting = Setting(
        forms=forms_of(names, steps | families, apart),
        time_index=time_index,
        steps=steps,
        families=families,
        sizes=sizes | frozenset(one.key for one in declared if one.role == "size"),
        functions=functions,
        apart=apart,
        plain=plain_text,
    )
    setting = replace(setting, labelled=timed_labels(setting, found))
    setting = replace(setting, parted=parted_places(setting, given, found))
    found = tuple(all_apart(setting, one) for one in found)
    facts = learnt(setting, given, found)
    keys = Keys(apart, labels_apart(found, apart))
    told = _settle(facts, keys, found)
    letters = {*setting.forms, *setting.steps, *setting.sizes, *functions}
    words = words_in(given, letters) | setting.forms.keys()
    notes = merged_styles(found, apart, names) + told
    return Signature(facts, keys, found, pairs, words, notes)


def _settle(facts: Facts, keys: Keys, found: tuple[Found, ...]) -> tuple[str, ...]:
    """What is a label once is a label everywhere; each name gets its key. What to tell of them."""
    told: dict[str, None] = {}
    has_labels = False
    names = [(one.line, with_call(facts, one)) for line in found for one in line.symbols]
    for line, name in names:
        outcome = assembled(facts, keys, line, name)
        has_labels = has_labels or bool(outcome.labels)
        for piece in outcome.labels:
            facts.chosen.setdefault((outcome.stem, piece.slot), "label")
            if piece.shape.kind == "relation":
                told[f"`{piece.text}` in `{outcome.read.key}` is taken for part of the name"] = None
    for line, name in names:
        if has_labels or facts.setting.form(name) is None:
            assembled(facts, keys, line, name, remember=True)
    return tuple(told)
