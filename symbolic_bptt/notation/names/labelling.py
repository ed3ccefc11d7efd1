r"""Labels that are timed names: `\delta_{s_t}` is `\delta_s` at step t, `\delta^{h_t}` `\delta^h`.

A base has such a label if the document defines it so: it stands on a left side, no model declares
it, and what its script holds is a name with a step: one that always has one, or the time index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..surface.nodes import Scripted, Sequence, meaningful
from .braces import single
from .facts import Setting, is_step
from .walk import Found
from .written import Piece, Written, written

EULER = "e"
"""What is raised to a name and is no name itself: `e^{s_t}`."""


def timed_labels(setting: Setting, found: Iterable[Found]) -> frozenset[tuple[str, str, str]]:
    """The bases with labels that are timed names: the base, the place, and the label."""
    return frozenset(
        (setting.base(one.written), piece.place, label.base.text)
        for line in found
        for one in line.symbols
        if one.whole and _may_have_labels(setting, one.written)
        for piece in one.written.pieces
        if (label := _label(setting, piece)) is not None and _has_step(setting, label)
    )


def with_labels_apart(setting: Setting, name: Written) -> Written:
    """A name with its label and the label's step side by side, `\\delta_{s,t}`."""
    if not setting.labelled or not _may_have_labels(setting, name):
        return name
    pieces = tuple(one for piece in name.pieces for one in _apart(setting, name, piece))
    return name if len(pieces) == len(name.pieces) else Written(name.base, pieces)


def _may_have_labels(setting: Setting, name: Written) -> bool:
    base = setting.base(name)
    return setting.form(name) is None and base != EULER and base not in setting.functions


def _apart(setting: Setting, name: Written, piece: Piece) -> Iterator[Piece]:
    label = _label(setting, piece)
    if label is None or (setting.base(name), piece.place, label.base.text) not in setting.labelled:
        yield piece
        return
    inner = tuple(_indices_of(setting, label))
    own = [one for one in label.pieces if not any(one is index for index in inner)]
    yield replace(piece, body=Sequence(items=(label.base,)), named=True)
    yield from (replace(one, place=piece.place, named=True) for one in own)
    for one in inner:
        step = len(inner) == 1 or is_step(setting.shape(one), setting.steps)
        yield replace(one, layer=0, parted="step" if step else "index")


def _indices_of(setting: Setting, label: Written) -> Iterator[Piece]:
    """The scripts of a label that are its step and its entries; f of `z_{f,t}` is none."""
    form, free = setting.form(label), setting.free(label)
    for piece in free:
        step = len(free) == 1 or is_step(setting.shape(piece), setting.steps)
        if step or (form is not None and form.rank):
            yield piece


def _label(setting: Setting, piece: Piece) -> Written | None:
    """The name with scripts that a script is, if it is nothing else and no step, `y_{t_k}`."""
    items = tuple(single(item) for item in meaningful(piece.body))
    if piece.wrapped or piece.closed or piece.layer or piece.place not in "_^" or len(items) != 1:
        return None
    label = written(items[0]) if isinstance(items[0], Scripted) else None
    if label is None or label.base.text in setting.steps or not label.pieces:
        return None
    return label if all(one.place in "_^" and not one.layer for one in label.pieces) else None


def _has_step(setting: Setting, label: Written) -> bool:
    """Whether a label is a name at a step: one that must have it, or the time index is there."""
    form = setting.form(label)
    free = setting.free(label)
    literal = any(is_step(setting.shape(piece), setting.steps) for piece in free)
    return literal or (form is not None and form.is_timed and len(free) == 1)
