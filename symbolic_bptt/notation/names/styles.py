r"""Weight and slant: `\mathbf x` and `x` are one quantity, unless a document has both as two.

It does if both stand on left sides with equal scripts, or both are declared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from .forms import Parsed, base_of
from .spelling import name_text, spelling
from .walk import Found, Occurrence
from .written import Piece, Slot, Written


def _whole(found: Iterable[Found]) -> Iterator[Occurrence]:
    return (one for line in found for one in line.symbols if one.whole)


def bases_apart(found: Iterable[Found], declared: Iterable[Parsed]) -> frozenset[str]:
    """The bases of which two styles are two quantities."""
    styles: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for one in _whole(found):
        styles[_scripts(one.written, one.call)].add(name_text(one.written.base, "exact"))
    for known in declared:
        key = ("declared", known.declared.indices, *_scripts(known.written, ()))
        styles[key].add(name_text(known.written.base, "exact"))
    return frozenset(str(key[-1]) for key, several in styles.items() if len(several) > 1)


def _scripts(written: Written, call: tuple[Piece, ...]) -> tuple[object, ...]:
    return tuple(p.slot for p in written.pieces + call), written.base.text


def labels_apart(
    found: Iterable[Found], apart: frozenset[str]
) -> frozenset[tuple[str, str, str, str]]:
    """The scripts of a base of which two styles are two names."""
    exact: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    groups: dict[tuple[str, tuple[Slot, ...]], set[tuple[str, ...]]] = defaultdict(set)
    for one in _whole(found):
        base = base_of(one.written.base, apart)
        texts = tuple(spelling(piece.body, "exact") for piece in one.written.pieces)
        groups[base, tuple(p.slot for p in one.written.pieces)].add(texts)
        for piece, text in zip(one.written.pieces, texts, strict=True):
            exact[base, *piece.slot].add(text)
    several = {
        (base, *slot) for (base, slots), texts in groups.items() if len(texts) > 1 for slot in slots
    }
    return frozenset(place for place in several if len(exact[place]) > 1)


def merged_styles(found: Iterable[Found], apart: frozenset[str]) -> tuple[str, ...]:
    """What is told about styles, in the order of the document."""
    styles: dict[str, dict[str, None]] = defaultdict(dict)
    for line in found:
        for one in line.symbols:
            styles[one.written.base.text][name_text(one.written.base, "exact")] = None
    notes = []
    for text, several in styles.items():
        names = " and ".join(f"`{name}`" for name in several)
        if len(several) > 1 and text in apart:
            notes.append(f"{names} are different quantities here")
        elif len(several) > 1:
            notes.append(f"{names} are read as one quantity")
    return tuple(notes)
