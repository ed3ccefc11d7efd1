r"""The table of the names of a document, for a reader to check."""

from __future__ import annotations

from dataclasses import dataclass, field

from .assembling import assembled
from .calls import with_call
from .facts import Facts
from .keys import Keys
from .spelling import CLOSING, joined, spelling
from .types import NameRow
from .walk import Found
from .written import Piece, Written


@dataclass
class _Row:
    kind: str
    written: dict[str, None] = field(default_factory=dict)
    lines: dict[int, None] = field(default_factory=dict)
    born: int | None = None


def rows_of(facts: Facts, keys: Keys, found: tuple[Found, ...]) -> tuple[NameRow, ...]:
    """One row for each quantity, in the order in which they first occur."""
    rows: dict[tuple[str, int], _Row] = {}
    for one in found:
        for occurrence in one.symbols:
            name = with_call(facts, occurrence)
            read = assembled(facts, keys, occurrence.line, name).read
            if not read.slots and _is_letter(facts, occurrence.line, read.key):
                continue
            row = rows.setdefault(read.identity, _Row(_kind(facts, name, read.slots)))
            row.written[text_of(name)] = None
            row.lines[occurrence.line] = None
            if occurrence.whole and row.born is None:
                row.born = occurrence.line
    return tuple(
        NameRow(key, slots, tuple(row.written), _finished(row), tuple(row.lines), row.born)
        for (key, slots), row in rows.items()
    )


def _is_letter(facts: Facts, line: int, key: str) -> bool:
    """Whether a name is an index letter of its line, and no quantity."""
    steps = facts.steps[line] - (facts.setting.steps - {facts.setting.time_index})
    return key in steps or (key in facts.indices[line] and key not in facts.setting.forms)


def _finished(row: _Row) -> str:
    return "defined" if row.kind == "unknown" and row.born is not None else row.kind


def _kind(facts: Facts, name: Written, slots: int) -> str:
    setting = facts.setting
    form = setting.form(name)
    if form is None and not slots and name.base.text in setting.sizes | setting.steps:
        return "size"
    if form is None:
        return "function" if name.base.text in setting.functions else "unknown"
    exact = (one.role for one in form.declared if one.indices == slots)
    return next(exact, form.role)


def text_of(name: Written) -> str:
    """A name as it is written, without spaces that mean nothing."""
    text = spelling(name.base, "exact")
    layers = sorted({piece.layer for piece in name.pieces})
    for number, layer in enumerate(layers):
        pieces = [piece for piece in name.pieces if piece.layer == layer]
        text = f"{{{text}}}" if number else text
        text += "".join(p.text for p in pieces if p.place == "'")
        text += _script("_", pieces) + _script("^", pieces) + _call(pieces)
    return text


def _script(place: str, pieces: list[Piece]) -> str:
    texts = [_inside(piece) for piece in pieces if piece.place == place]
    return f"{place}{{{','.join(texts)}}}" if texts else ""


def _call(pieces: list[Piece]) -> str:
    called = [piece for piece in pieces if piece.place == "("]
    inside = ",".join(spelling(piece.body) for piece in called)
    return joined([called[0].wrapped, inside, CLOSING[called[0].wrapped]]) if called else ""


def _inside(piece: Piece) -> str:
    return joined([piece.wrapped, spelling(piece.body), CLOSING.get(piece.wrapped, "")])
