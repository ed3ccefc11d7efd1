"""What the words in a formula do, by the longest phrases of the table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .vocabulary import ADVERBS, TABLE, Role


def _phrases() -> Iterator[tuple[str, Role]]:
    for role, written in TABLE.items():
        for phrase in written.split("|"):
            yield " ".join(phrase.split()), role


_ROLES: dict[str, Role] = dict(_phrases())
_LONGEST = max(map(len, _ROLES))
_SPACE = re.compile(r"[\s,;:.!?()（），；：。、．~–—-]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\S")
_NUMBERED = re.compile(r"[0-9]{1,3}[a-z]?(?=\)|\.|$)|(?:[ivx]{1,4}|[a-h])(?=\))")
_LETTER = re.compile(r"[A-Za-zΑ-Ωα-ω]")


@dataclass(frozen=True)
class Said:
    """What some words do. `letters` are single letters among them; `unknown` is in no table."""

    roles: frozenset[Role] = frozenset()
    letters: tuple[str, ...] = ()
    unknown: str = ""


def said(text: str) -> Said:
    """What the words of a text do, by the longest phrases of the table; linear in the text."""
    spelt = text.casefold().replace("’", "'")
    roles: set[Role] = set()
    letters: list[str] = []
    unknown: list[str] = []
    position = 0
    while position < len(spelt):
        if gap := _SPACE.match(spelt, position):
            position = gap.end()
            continue
        if (phrase := _phrase(spelt, position)) is not None:
            roles.add(_ROLES[phrase])
            position += len(phrase)
            continue
        if number := _NUMBERED.match(spelt, position):
            roles.add("link")
            position = number.end()
            continue
        word = _WORD.match(spelt, position)
        assert word is not None
        shown = text[position : word.end()] if len(text) == len(spelt) else word[0]
        (letters if _LETTER.fullmatch(shown) else unknown).append(shown)
        position = word.end()
    return Said(frozenset(roles), tuple(letters), " ".join(unknown))


def _phrase(text: str, position: int) -> str | None:
    """The longest phrase of the table that begins here and ends with a word."""
    for length in range(min(_LONGEST, len(text) - position), 0, -1):
        phrase = text[position : position + length]
        if phrase in _ROLES and _ends_a_word(text, position + length):
            return phrase
    return None


def _ends_a_word(text: str, end: int) -> bool:
    """Whether no Latin letter goes on where another has just ended; CJK has no word ends."""
    if end >= len(text):
        return True
    before, behind = text[end - 1], text[end]
    return not (_is_latin(before) and _is_latin(behind))


def _is_latin(char: str) -> bool:
    return char.isalpha() and ord(char) < 0x2000


def is_word(text: str) -> bool:
    """Whether what looks like a name, `\\text{ansonsten}`, is a word of the table."""
    lower = text[:1].lower() + text[1:]
    if lower in ADVERBS:
        return True
    return len(text) > 3 and _ROLES.get(lower, "link") not in ("link", "noun")
