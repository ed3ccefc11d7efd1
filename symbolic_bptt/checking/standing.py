"""What stands on a line of its own about T: `T = 2` holds for the claims behind it.

It does so until the next heading. A display that says nothing else is such a line, and so is a
formula in running text that begins a sentence: "For $T = 2$:", "Let $T = 2$.". A later one takes
its place; "for general $T$" ends it.
Not seen: a number of steps in the middle of a sentence, and what is said in words alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from ..notation.displays import Display, Text
from ..notation.elaboration.indices import letter_text
from ..notation.statements.statement import Bounds
from ..notation.statements.words import said
from ..notation.surface.nodes import Number as Written
from ..notation.surface.nodes import Sequence, meaningful
from ..notation.surface.table import listed
from ..notation.tree import Expr, Number, Range
from .formula import Formula

_SENTENCE = re.compile(r"\n[ \t>]*\n|[.!?:;]\s|[。：；]|\n[ \t>]*(?=#|[-*+]\s|\d+[.)]\s|\\item)")
_MARKUP = re.compile(r"\\[A-Za-z]+\*?(?:\[[^\]\n]*\])?|[{}\[\]*_#>~+-]|\d+[.)]")
_NOTHING_BEHIND = re.compile(r"[)*_}]*[:：]|[ \t]*[.,;)*_}。，]*[ \t]*(?:\n|\Z)")
_OPENING = listed(
    """
    let consider take set suppose assume fix choose in sei seien betrachte betrachten nehmen setze
    setzen im soit soient considérons prenons supposons dans sea sean considere consideremos
    tomemos supongamos en 设 令 取 考虑
    """
)
"""Words that begin a case, beside those that begin a clause."""

_BESIDE = listed(
    """
    us case special example part first next wir fall spezialfall beispiel zunächst cas exemple
    caso ejemplo
    """
)
"""Words that stand beside them."""

_GENERAL = re.compile(
    r"\b(?:general|any|every|all|each|arbitrary|beliebig\w*|allgemein\w*|jedes|alle|tout|toute|"
    r"quelconque|todo|cualquier|general)\s*$",
    re.IGNORECASE,
)
_BEHIND = frozenset(("for", "if", "where", "all"))
_WINDOW = 300
"""Characters of running text before a formula that are looked at."""


@dataclass(frozen=True)
class _Said:
    """From a place on: what is said about T; None that nothing is any more."""

    display: int
    start: int
    section: int
    span: Range | None


def standing(text: Text, formulas: Iterable[Formula], last_step: str = "T") -> list[Range | None]:
    """For every formula, in the order of the text, what stands before it about T.

    last_step: what the text writes for T.
    """
    letters = ("T", last_step)
    events = list(_events(text, letters))
    found: list[Range | None] = []
    reached, number = 0, 0
    last: _Said | None = None
    for formula in formulas:
        while not _holds(text.displays[number], formula):
            number += 1
        place = (number, formula.span.start)
        while reached < len(events) and (events[reached].display, events[reached].start) < place:
            last = events[reached]
            reached += 1
        here = last is not None and last.section == text.displays[number].section
        found.append(last.span if last is not None and here else None)
    return found


def _holds(display: Display, formula: Formula) -> bool:
    region = display.region
    within = region.start <= formula.span.start < region.end
    return within and formula.source is display.source


def _events(text: Text, letters: tuple[str, ...]) -> Iterator[_Said]:
    before: Display | None = None
    for number, display in enumerate(text.displays):
        begun = before if before is not None and before.source is display.source else None
        if _is_general(display, letters):
            yield _Said(number, display.region.start, display.section, None)
        for alone in display.read.clauses_alone:
            span = _about_T(alone.clause.bounds, letters)
            if span is not None and (display.region.kind == "display" or _begins(display, begun)):
                yield _Said(number, alone.start, display.section, span)
        before = display


def _about_T(bounds: Iterable[Bounds], letters: tuple[str, ...]) -> Range | None:
    """`T = 2`, `T ≥ 3`, `2 ≤ T ≤ 5` as a range; None where it says something else."""
    for one in bounds:
        if letter_text(one.letter) not in letters or len(one.values) > 1:
            continue
        low = one.values[0] if one.values else one.lower
        high = one.values[0] if one.values else one.upper
        numbers = [_number(side) for side in (low, high, *one.unequal)]
        if all(n is None for n in numbers) or _is_open((low, high, *one.unequal), numbers):
            continue
        least, most, *without = numbers
        return Range(
            "T",
            _moved(least, int(one.lower_strict)),
            _moved(most, -int(one.upper_strict)),
            tuple(n for n in without if n is not None),
        )
    return None


def _is_open(written: Iterable[Sequence | None], numbers: Iterable[Number | None]) -> bool:
    """Whether a bound is no number."""
    return any(w is not None and n is None for w, n in zip(written, numbers, strict=True))


def _number(side: Sequence | None) -> Number | None:
    items = meaningful(side) if side is not None else ()
    if len(items) != 1 or not isinstance(items[0], Written) or items[0].value.denominator != 1:
        return None
    return Number(Fraction(items[0].value))


def _moved(bound: Number | None, by: int) -> Expr | None:
    if bound is None:
        return None
    return bound if not by else Number(bound.value + by)


# Running text


def _is_general(display: Display, letters: tuple[str, ...]) -> bool:
    """`for general $T$`."""
    region = display.region
    if display.source.text[region.inner_start : region.inner_end].strip() not in letters:
        return False
    words = display.source.text[max(0, region.start - _WINDOW) : region.start]
    return _GENERAL.search(words) is not None


def _begins(display: Display, before: Display | None) -> bool:
    """Whether an inline formula begins a sentence, behind words that open a case, or alone."""
    text, region = display.source.text, display.region
    behind = before.region.end if before is not None else 0
    words = text[max(behind, region.start - _WINDOW) : region.start]
    ends = [match.end() for match in _SENTENCE.finditer(words)]
    if not ends and before is not None and not _is_new(words, before):
        return False
    sentence = _MARKUP.sub(" ", words[ends[-1] :] if ends else words)
    found = said(sentence)
    strange = {word.casefold() for word in found.unknown.split()} - {"("}
    if not strange <= _OPENING | _BESIDE:
        return False
    if strange & _OPENING or found.roles & _BEHIND:
        return True
    return _NOTHING_BEHIND.match(text, region.end) is not None


def _is_new(words: str, before: Display) -> bool:
    """Whether a sentence begins directly behind a display."""
    return before.region.kind == "display" and words.lstrip()[:1].isupper()
