r"""Weight and slant: `\mathbf x` and `x` are one quantity, unless a document has both as two.

It does if both stand on left sides with equal scripts, or both are declared; not if what stands on
the right of them is the same up to weight and slant: the document says one thing twice then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from .forms import Parsed, base_of
from .spelling import name_text, spelling
from .types import Line
from .walk import Found, Occurrence
from .written import Piece, Slot, Written


def _whole(found: Iterable[Found]) -> Iterator[Occurrence]:
    return (one for line in found for one in line.symbols if one.whole)


def bases_apart(
    found: Iterable[Found], declared: Iterable[Parsed], lines: Sequence[Line]
) -> frozenset[str]:
    """The bases of which two styles are two quantities."""
    styles: dict[tuple[object, ...], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in _whole(found):
        own = styles[_scripts(one.written, one.call)][name_text(one.written.base, "exact")]
        own.update(spelling(root, "folded") for root in lines[one.line].roots[1:2])
    for known in declared:
        key = ("declared", known.declared.indices, *_scripts(known.written, ()))
        styles[key][name_text(known.written.base, "exact")].update(())
    several = {key: one for key, one in styles.items() if len(one) > 1}
    alike = {str(key[-1]) for key, one in several.items() if _agree(one)}
    return frozenset(str(key[-1]) for key in several) - alike


def _agree(styles: Mapping[str, set[str]]) -> bool:
    """Whether every style has a right side in common with one that has one with another, and so on.

    What is merely declared has none.
    """
    first, *rest = styles.values()
    joined = set(first)
    while rest and (near := next((one for one in rest if one & joined), None)) is not None:
        joined |= near
        rest.remove(near)
    return not rest


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


def merged_styles(
    found: Iterable[Found], apart: frozenset[str], declared: Iterable[Parsed]
) -> tuple[str, ...]:
    """What is told about styles, in the order of the document; a declared style counts as one."""
    styles: dict[str, dict[str, None]] = defaultdict(dict)
    for line in found:
        for one in line.symbols:
            styles[one.written.base.text][name_text(one.written.base, "exact")] = None
    for known in declared:
        if known.written.base.text in styles:
            styles[known.written.base.text][name_text(known.written.base, "exact")] = None
    notes = []
    for text, several in styles.items():
        names = " and ".join(f"`{name}`" for name in several)
        if len(several) > 1 and text in apart:
            notes.append(f"{names} are different quantities here")
        elif len(several) > 1:
            notes.append(f"{names} are read as one quantity")
    return tuple(notes)
