r"""Indices side by side in one script: `\hat y_{ti}` is `\hat y_{t,i}`, `W_{1k}` is `W_{1,k}`.

Digits and letters are indices, one each, where a name has room for exactly so many: the two of a
matrix, the step and the entry of a timed vector. The letters must be indices for another reason:
the time index, a letter that the line binds, one that stands in scripts of another name, or one of
i, j, k, l. `2t` is the product where nothing else in the document is written so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from ..surface.nodes import Item, Name, Number, Sequence, meaningful
from .braces import single
from .evidence import entered_letters
from .facts import CLASSIC, Setting, layout_of
from .labelling import with_labels_apart
from .shape import letter_of
from .types import Line
from .walk import Found, Occurrence
from .written import Piece, Slot, Written

Place = tuple[str, Slot]


@dataclass(frozen=True)
class _Case:
    """A script that may be several indices: where it stands, its items, what else is known."""

    place: Place
    items: tuple[Item, ...]
    evidence: frozenset[str]
    timed: bool

    @property
    def letters(self) -> list[str]:
        return [letter for item in self.items if (letter := letter_of(item))]

    @property
    def is_product(self) -> bool:
        """Whether it may be a number times a step: `2t`, but nobody writes `1t`."""
        first = self.items[0]
        return self.timed and isinstance(first, Number) and first.text != "1"


def parted_places(
    setting: Setting, lines: Iterable[Line], found: Iterable[Found]
) -> frozenset[Place]:
    """The scripts of the names of a document that are several indices side by side."""
    pairs = list(zip(lines, found, strict=True))
    stepped = _defined_at_steps(setting, (one for _, one in pairs))
    cases = [case for line, one in pairs for case in _cases(setting, line, one, stepped)]
    certain = {case.place for case in cases if not case.is_product}
    return frozenset(case.place for case in cases if certain or not case.is_product)


def taken_apart(setting: Setting, name: Written) -> Written:
    """A name with a comma between the indices that stand side by side, and before a label's."""
    name = with_labels_apart(setting, name)
    if not setting.parted:
        return name
    stem = setting.stem(name)
    if not any((stem, piece.slot) in setting.parted for piece in name.pieces):
        return name
    pieces: list[Piece] = []
    for piece in name.pieces:
        if (stem, piece.slot) in setting.parted and not piece.layer:
            items = side_by_side(piece, setting.plain)
            bodies = (Sequence(items=(item,)) for item in items)
            pieces += [replace(piece, body=body, parted="index") for body in bodies]
        else:
            pieces.append(piece)
    return Written(name.base, tuple(pieces))


def all_apart(setting: Setting, found: Found) -> Found:
    """What stands in a line, with the indices of its names taken apart."""
    symbols = tuple(replace(s, written=taken_apart(setting, s.written)) for s in found.symbols)
    return replace(found, symbols=symbols)


def side_by_side(piece: Piece, plain: bool = False) -> tuple[Item, ...]:
    """The digits and letters of a script below that has nothing else in it; or nothing."""
    if piece.place != "_" or piece.wrapped or piece.closed or piece.layer:
        return ()
    items = tuple(single(item) for item in meaningful(piece.body))
    if plain and len(items) == 1 and piece.text.isascii() and piece.text.isalnum():
        items = tuple(_sign(sign) for sign in piece.text)
    return items if len(items) > 1 and all(map(_is_index, items)) else ()


def _sign(sign: str) -> Item:
    return Number(value=Fraction(sign), text=sign) if sign.isdigit() else Name(text=sign)


def _is_index(item: Item) -> bool:
    if isinstance(item, Number):
        return item.text.isdigit() and len(item.text) == 1
    return bool(letter_of(item)) and not (isinstance(item, Name) and item.style == "upright")


def _cases(setting: Setting, line: Line, found: Found, stepped: set[str]) -> Iterator[_Case]:
    """The scripts of a line that may be several indices."""
    owners = _owners(setting, found)
    certain = line.bound | entered_letters(found)
    for occurrence in found.symbols:
        name = occurrence.written
        stem = setting.stem(name)
        for piece in setting.free(name):
            items = side_by_side(piece, setting.plain)
            if not items or not _has_room(setting, occurrence, piece, len(items), stepped):
                continue
            shared = {x for x, stems in owners.items() if stems - {stem}}
            evidence, timed = frozenset(certain | shared), _has_step(setting, name)
            case = _Case((stem, piece.slot), items, evidence, timed)
            if _are_indices(setting, case):
                yield case


def _owners(setting: Setting, found: Found) -> dict[str, set[str]]:
    """The names that have a letter in their scripts, for each letter."""
    owners: dict[str, set[str]] = defaultdict(set)
    for occurrence in found.symbols:
        stem = setting.stem(occurrence.written)
        for piece in (*setting.free(occurrence.written), *occurrence.call):
            for letter in piece.shape.letters:
                owners[letter].add(stem)
    return owners


def _has_step(setting: Setting, name: Written) -> bool:
    form = setting.form(name)
    return form is None or form.indices > 0


def _has_room(
    setting: Setting, occurrence: Occurrence, piece: Piece, count: int, stepped: set[str]
) -> bool:
    """Whether a name has exactly so many indices, and writes them all in this script."""
    name = occurrence.written
    form = setting.form(name)
    others = [p for p in setting.free(name) if p is not piece and p.place in "_^" and not p.layer]
    if any(p.place == "_" for p in others):
        return False
    if form is None:
        return setting.base(name) in stepped and count == 2 and not any(p.wrapped for p in others)
    if not form.rank or form.role == "function":
        return False
    elsewhere = any(layout_of(p) != "bare" for p in (*others, *occurrence.call))
    return count == form.rank + form.indices and not (form.indices and elsewhere)


def _are_indices(setting: Setting, case: _Case) -> bool:
    letters = set(case.letters)
    steps = setting.steps & letters
    mixed = 0 < len(letters) < len(case.items)
    if not case.timed:
        return mixed and not steps and letters <= case.evidence | CLASSIC
    if steps or mixed:
        return len(steps) < 2 and letters - steps <= case.evidence | CLASSIC
    return bool(letters) and letters <= case.evidence


def _defined_at_steps(setting: Setting, found: Iterable[Found]) -> set[str]:
    """The bases that no model declares and that stand on left sides with the time index."""
    return {
        setting.base(one.written)
        for line in found
        for one in line.symbols
        if one.whole and setting.form(one.written) is None
        if any(setting.steps & set(piece.shape.letters) for piece in one.written.pieces)
    }
