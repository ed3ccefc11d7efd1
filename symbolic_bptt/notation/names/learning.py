r"""From the lines of a document to what they say about its names."""

from __future__ import annotations

import re
from collections import defaultdict

from .evidence import Use, entered_letters, shared_letters
from .facts import (
    Facts,
    Setting,
    below_step,
    is_step,
    layout_of,
    literal_times,
    written_out_times,
)
from .shape import shape_of
from .timing import is_called_with_step, is_shift, may_be_index, steps_and_entries, times_of_letters
from .types import Line
from .walk import Found, Occurrence
from .written import Piece

_ACCENT = re.compile(r"\\[a-z]+ ?\{?(\\?[A-Za-z]+)\}?")


def learnt(setting: Setting, lines: tuple[Line, ...], found: tuple[Found, ...]) -> Facts:
    """All that a document says about its names, except which scripts are labels."""
    facts = Facts(setting)
    _left_sides(facts, found)
    literal_times(facts, found)
    written_out_times(facts, found)
    never = _labels_by_contrast(facts, lines, found)
    for line, one in zip(lines, found, strict=True):
        steps, entries = steps_and_entries(facts, line, one)
        facts.steps.append(steps)
        facts.entries.append(entries)
        facts.indices.append(_indices(facts, line, one, never) - setting.steps)
    times_of_letters(facts, found)
    for one in found:
        for occurrence in one.symbols:
            _vote(facts, occurrence)
    facts.copies = any(_is_copy(facts, symbol) for one in found for symbol in one.symbols)
    facts.below = any(_is_below(facts, piece) for one in found for piece in one.pieces)
    everywhere: frozenset[str] = frozenset().union(*facts.indices)
    facts.everywhere = everywhere - facts.known - setting.sizes
    return facts


def _left_sides(facts: Facts, found: tuple[Found, ...]) -> None:
    setting = facts.setting
    facts.known |= {_bare(base) for base in setting.forms}
    for one in found:
        for occurrence in one.symbols:
            if not occurrence.whole:
                continue
            base = setting.base(occurrence.written)
            facts.known.add(_bare(base))
            if not occurrence.written.pieces and not occurrence.call:
                facts.alone.setdefault(base, False)
            stem = setting.stem(occurrence.written)
            facts.defined |= {(stem, p.slot) for p in setting.free(occurrence.written)}
            if not any(_is_number_above(p) for p in occurrence.written.pieces):
                facts.unraised.add(stem)


def _is_number_above(piece: Piece) -> bool:
    return piece.place == "^" and not piece.wrapped and piece.text.isdigit()


def _bare(base: str) -> str:
    r"""A base without its accent: `y` of `\hat y`."""
    accented = _ACCENT.fullmatch(base)
    return accented.group(1) if accented else base


def _labels_by_contrast(
    facts: Facts, lines: tuple[Line, ...], found: tuple[Found, ...]
) -> frozenset[str]:
    r"""Letters that only tell left sides apart: f and o of `\Gamma_f = …`, `\Gamma_o = …`."""
    places: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    indexed: set[tuple[str, str, str]] = set()
    bound: set[str] = set()
    for line, one in zip(lines, found, strict=True):
        certain = line.bound | entered_letters(one)
        bound |= certain
        for occurrence in one.symbols:
            stem = facts.setting.stem(occurrence.written)
            for piece in facts.setting.free(occurrence.written):
                letter = facts.setting.shape(piece).letter
                place = stem, piece.place, piece.wrapped
                if letter in certain and letter not in facts.setting.steps:
                    indexed.add(place)
                elif letter and occurrence.whole and letter not in facts.setting.steps:
                    places[place].add(letter)
    several = (x for place, x in places.items() if len(x) > 1 and place not in indexed)
    return frozenset(letter for letters in several for letter in letters - bound)


def _indices(facts: Facts, line: Line, found: Found, never: frozenset[str]) -> frozenset[str]:
    setting = facts.setting
    certain = line.bound | entered_letters(found) | setting.families | _counted(facts, found)
    certain |= line.compared - facts.known - setting.sizes
    uses: list[Use] = []
    for occurrence in found.symbols:
        stem = setting.stem(occurrence.written)
        free = setting.free(occurrence.written)
        sole = len(free) == 1 and not is_called_with_step(facts, occurrence)
        for piece in free:
            shape = setting.shape(piece)
            if may_be_index(facts, piece) and not piece.wrapped:
                letters = tuple(x for x in shape.letters if x not in setting.steps)
                declared = _is_declared_without(facts, occurrence, shape.glued)
                uses.append(Use(stem, piece.text, occurrence.root, letters, declared, sole))
    excluded = never | facts.known | _only_glued(uses, setting.sizes)
    return frozenset(certain | shared_letters(uses, certain, excluded))


def _counted(facts: Facts, found: Found) -> frozenset[str]:
    """Letters that are counted with, `z^{(l-1)}`: no label has a successor."""
    counted: set[str] = set()
    for occurrence in found.symbols:
        for piece in facts.setting.free(occurrence.written):
            shape = facts.setting.shape(piece)
            if shape.kind == "sum" and len(shape.letters) == 1 and layout_of(piece) != "bare":
                counted |= set(shape.letters) if is_shift(piece) else set()
    return frozenset(counted - facts.known)


def _is_copy(facts: Facts, occurrence: Occurrence) -> bool:
    """Whether it is a parameter that is a number, at a literal step: `u_1`."""
    form = facts.setting.form(occurrence.written)
    if form is None or form.role != "parameter" or form.rank != 0:
        return False
    free = facts.setting.free(occurrence.written)
    return len(free) == 1 and free[0].place == "_" and free[0].text.isdigit()


def _is_declared_without(facts: Facts, occurrence: Occurrence, glued: bool) -> bool:
    """Whether letters on a declared name can be nothing but its indices."""
    form = facts.setting.form(occurrence.written)
    return form is not None and form.rank != 0 and (form.rank == 2) == glued


def _is_below(facts: Facts, piece: Piece) -> bool:
    """Whether a script is a step with an index of the document below it, `y_{t_k}`."""
    body = below_step(piece, frozenset((facts.setting.time_index,)))
    letter = "" if body is None else shape_of(body).letter
    return bool(letter) and any(letter in letters for letters in facts.indices)


def _only_glued(uses: list[Use], sizes: frozenset[str]) -> set[str]:
    """The sizes that no script has by themselves: n of `W_{in}`."""
    return {x for x in sizes if not any(use.letters == (x,) for use in uses)}


def _vote(facts: Facts, occurrence: Occurrence) -> None:
    """What the line of an occurrence says about its scripts."""
    setting, line = facts.setting, occurrence.line
    pieces = [p for p in setting.free(occurrence.written) if not p.layer]
    stem = setting.stem(occurrence.written)
    for piece in pieces:
        if not may_be_index(facts, piece) or not _counts(facts, occurrence, piece, pieces):
            continue
        shape = setting.shape(piece)
        letters = set(shape.letters)
        steps = facts.steps[line]
        allowed = _allowed(facts, line, piece) | (set() if shape.glued else set(steps))
        if piece.parted or letters <= allowed:
            facts.chosen[stem, piece.slot] = "index"
            if shape.letter and not letters & setting.steps:
                facts.slots.add((stem, piece.place, piece.wrapped))


def _allowed(facts: Facts, line: int, piece: Piece) -> set[str]:
    return set(facts.indices[line] | (facts.steps[line] if not piece.wrapped else frozenset()))


def _counts(facts: Facts, occurrence: Occurrence, piece: Piece, pieces: list[Piece]) -> bool:
    """Whether a script could be an index; a bare superscript may be a power instead."""
    if layout_of(piece) != "bare":
        return True
    setting = facts.setting
    if setting.shape(piece).kind != "letters":
        return False
    if is_step(setting.shape(piece), facts.steps[occurrence.line]):
        return "bare" in facts.timed.get(setting.stem(occurrence.written), ())
    rank, form = facts.rank(occurrence.written), facts.setting.form(occurrence.written)
    if rank in (0, 2) and (form is None or form.indices < 2):
        return False
    others = (p for p in pieces if p is not piece and p.place in "_^" and p.text not in ("T", "H"))
    return rank == 1 or any(may_be_index(facts, other) for other in others)
