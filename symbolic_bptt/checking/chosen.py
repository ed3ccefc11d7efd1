"""What an oracle was asked, as choices that can be told: each with the text it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..notation.elaboration.choices import Choice, Oracle
from ..notation.source import Source
from ..notation.surface.nodes import Item


def chosen(oracle: Oracle | None, source: Source, sides: Iterable[Item]) -> tuple[Choice, ...]:
    """Every choice that the sides of a formula met, one for each text in question.

    Behind them is what the shapes forced. What was asked about no text of the sides, of a
    definition that they use, is told only where the answer is not the plainest one. A question
    with one answer is none.
    """
    if oracle is None:
        return ()
    bounds = [(side.start, side.end) for side in sides]
    texts = {kind: _texts(oracle, kind, source, bounds) for kind in oracle.places}
    return tuple(dict.fromkeys((*_asked(oracle, texts), *_forced(oracle, texts))))


Texts = Mapping[str, list[str]]
Bounds = Sequence[tuple[int, int]]


def _asked(oracle: Oracle, texts: Texts) -> Iterator[Choice]:
    for kind, options in oracle.asked.items():
        read, asked = oracle.answer(kind), texts.get(kind, [])
        others = tuple(option for option in options if option != read)
        if others and (asked or (read != options[0] and kind not in texts)):
            yield from (Choice(kind, read, text, others) for text in asked or [""])


def _forced(oracle: Oracle, texts: Texts) -> Iterator[Choice]:
    for kind, read in oracle.forced:
        yield from (Choice(kind, read, text) for text in texts.get(kind, [""]))


def _texts(oracle: Oracle, kind: str, source: Source, bounds: Bounds) -> list[str]:
    """The texts in question that are part of a side."""
    return [
        " ".join(source.text[start:end].split())
        for start, end in oracle.places[kind]
        if any(first <= start and end <= last for first, last in bounds)
    ]
