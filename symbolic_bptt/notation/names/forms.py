r"""The names that a model declares, as patterns that written names are matched with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ..surface.nodes import Name
from .shape import shape_of
from .spelling import name_text
from .types import Declared
from .written import Piece, Written

Slot = tuple[str, str, str]


@dataclass(frozen=True)
class Form:
    """A declared name: the scripts that belong to it, and what is declared.

    others: all that is declared under the same key, `E` and `E_t`, by the number of indices.
    """

    labels: frozenset[Slot]
    key: str
    declared: tuple[Declared, ...]

    @cached_property
    def indices(self) -> int:
        """The largest number of indices that it is declared with."""
        return max(declared.indices for declared in self.declared)

    @property
    def is_timed(self) -> bool:
        """Whether it never stands without a step."""
        return all(declared.indices > 0 for declared in self.declared)

    @property
    def rank(self) -> int | None:
        return self.declared[0].rank

    @property
    def role(self) -> str:
        return self.declared[0].role


@dataclass(frozen=True)
class Parsed:
    """A declaration and its key, read."""

    declared: Declared
    written: Written


def forms_of(
    parsed: Iterable[Parsed], indices: frozenset[str], apart: frozenset[str]
) -> dict[str, tuple[Form, ...]]:
    """The declared forms by base, those with most labels first.

    indices: the letters of the time and of the families. apart: see `base_of`.
    """
    grouped: dict[tuple[str, frozenset[Slot]], list[Declared]] = {}
    for one in parsed:
        labels = frozenset(p.slot for p in one.written.pieces if not _is_index(p, one, indices))
        base = base_of(one.written.base, apart)
        grouped.setdefault((base, labels), []).append(one.declared)
    result: dict[str, list[Form]] = {}
    for (base, labels), declared in grouped.items():
        result.setdefault(base, []).append(Form(labels, declared[0].key, tuple(declared)))
    return {
        base: tuple(sorted(forms, key=lambda form: -len(form.labels)))
        for base, forms in result.items()
    }


def base_of(name: Name, apart: frozenset[str]) -> str:
    r"""What tells bases apart: the spelling, and the weight of those in `apart`, as `\mathbf x`."""
    return name_text(name, "exact") if name.text in apart else name.text


def _is_index(piece: Piece, one: Parsed, indices: frozenset[str]) -> bool:
    r"""Whether a script of a declared key is an index: (l) of `h^{(l)}` with two indices."""
    if one.declared.indices == 0 or piece.place == "'":
        return False
    shape = shape_of(piece.body, indices)
    if shape.kind in ("sum", "letters") and indices.intersection(shape.letters):
        return True
    return bool(shape.letter) and bool(piece.wrapped) and one.declared.indices > 1


def matched(forms: tuple[Form, ...], pieces: tuple[Piece, ...]) -> Form | None:
    """The declared form with most labels that all stand among the scripts."""
    if not forms:
        return None
    slots = {piece.slot for piece in pieces if not piece.layer}
    return next((form for form in forms if form.labels <= slots), None)
