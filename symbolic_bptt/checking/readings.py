"""The readings of a formula: which of its ambiguities matter, and in which order they are tried.

Which fields of a reading a formula depends on is not guessed from its looks but noted while it is
evaluated. A claim is tried in the strict reading first, then with one ambiguity resolved the other
way, then with two, and so on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from itertools import combinations, product
from typing import Any

from ..evaluation.reading import STRICT, Reading

ALTERNATIVES: dict[str, tuple[object, ...]] = {
    "partial": ("immediate",),
    "layout": ("denominator",),
    "product_order": ("descending",),
    "vectors": ("elementwise", "inner"),
    "diagonal": (True,),
    "row_gradients": (True,),
    "matrix_norm": ("spectral",),
}
"""What each ambiguous form may mean besides its strict reading."""

WORDS: dict[tuple[str, object], str] = {
    ("partial", "total"): "total",
    ("partial", "immediate"): "immediate",
    ("layout", "numerator"): "numerator layout",
    ("layout", "denominator"): "denominator layout",
    ("product_order", "ascending"): "factors in ascending order",
    ("product_order", "descending"): "factors in descending order",
    ("vectors", "elementwise"): "elementwise product of vectors",
    ("vectors", "inner"): "inner product of vectors",
    ("diagonal", True): "vector beside a matrix as diag",
    ("row_gradients", True): "gradients as rows",
    ("matrix_norm", "Frobenius"): "Frobenius norm",
    ("matrix_norm", "spectral"): "spectral norm",
}

MAX_CHANGES = 3
"""At most so many ambiguities are resolved against the strict reading at once."""

_FIELDS = frozenset(item.name for item in fields(Reading))


class Noting(Reading):
    """A reading that notes which of its fields are asked for."""

    def __init__(self, reading: Reading, asked: set[str]) -> None:
        for item in fields(Reading):
            object.__setattr__(self, item.name, getattr(reading, item.name))
        object.__setattr__(self, "asked", asked)
        object.__setattr__(self, "plain", reading)

    def __getattribute__(self, name: str) -> Any:
        if name in _FIELDS:
            object.__getattribute__(self, "asked").add(name)
        return object.__getattribute__(self, name)


def noting(reading: Reading, asked: set[str]) -> Noting:
    """The same reading, which notes its fields here and nowhere else."""
    if isinstance(reading, Noting):
        reading = object.__getattribute__(reading, "plain")
    return Noting(reading, asked)


def note(reading: Reading, asked: Iterable[str]) -> None:
    """Note fields that were asked for when a value was made that is used again."""
    if isinstance(reading, Noting):
        object.__getattribute__(reading, "asked").update(asked)


def candidates(asked: Iterable[str]) -> Iterator[Reading]:
    """Every reading that differs from the strict one in these fields, the nearest first."""
    relevant = [name for name in ALTERNATIVES if name in set(asked)]
    for changes in range(1, min(len(relevant), MAX_CHANGES) + 1):
        for names in combinations(relevant, changes):
            for values in product(*(ALTERNATIVES[name] for name in names)):
                changed: dict[str, Any] = dict(zip(names, values, strict=True))
                yield replace(STRICT, **changed)


def restricted(reading: Reading, asked: Iterable[str]) -> Reading:
    """The reading with every field that does not matter set back to strict."""
    kept: dict[str, Any] = {name: getattr(reading, name) for name in asked}
    return replace(STRICT, **kept)


def changes(reading: Reading) -> tuple[str, ...]:
    """The fields in which a reading differs from the strict one."""
    return tuple(name for name in ALTERNATIVES if getattr(reading, name) != getattr(STRICT, name))


def words(reading: Reading, asked: Iterable[str]) -> tuple[str, ...]:
    """The reading in words, as far as it matters: every field that was changed, and which ∂."""
    shown = [name for name in ALTERNATIVES if name in set(asked)]
    named = set(changes(reading)) | {"partial"}
    pairs = ((name, getattr(reading, name)) for name in shown if name in named)
    return tuple(WORDS[pair] for pair in pairs if pair in WORDS)
