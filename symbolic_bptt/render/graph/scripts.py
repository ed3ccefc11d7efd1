"""Unicode text as runs on, below and above the line, and an estimate of its width."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

Level = Literal["line", "sub", "super"]

_NARROW = set("()[]|,.:;'′ijlftr1I ")
_WIDE = set("mwMW−⊙Σ=+∂")
SCRIPT = 0.72
"""The size of a script, compared with the line."""


@dataclass(frozen=True)
class Run:
    """Letters at one height."""

    text: str
    level: Level


def runs(text: str) -> tuple[Run, ...]:
    """`W_{hh} s_2` as W, below it hh, then s, below it 2.

    >>> [(run.text, run.level) for run in runs("s_{t-1}ᵀ")]
    [('s', 'line'), ('t-1', 'sub'), ('ᵀ', 'line')]
    """
    found: list[Run] = []
    line, place = "", 0
    while place < len(text):
        mark = text[place]
        if mark not in "_^" or place + 1 == len(text):
            line += mark
            place += 1
            continue
        if line:
            found.append(Run(line, "line"))
            line = ""
        script, place = _script(text, place + 1)
        found.append(Run(script, "sub" if mark == "_" else "super"))
    return (*found, Run(line, "line")) if line else tuple(found)


def _script(text: str, place: int) -> tuple[str, int]:
    """The script that begins here, without its braces, and the place behind it."""
    if text[place] != "{":
        return text[place], place + 1
    depth = 0
    for end in range(place, len(text)):
        depth += {"{": 1, "}": -1}.get(text[end], 0)
        if depth == 0:
            return text[place + 1 : end], end + 1
    return text[place + 1 :], len(text)


def width(text: str, size: float = 12.0) -> float:
    """About how wide the text is in points."""
    return sum(
        size * (1.0 if run.level == "line" else SCRIPT) * sum(map(_letter, run.text))
        for run in runs(text)
    )


def _letter(char: str) -> float:
    if unicodedata.combining(char):
        return 0.0
    if char in _NARROW:
        return 0.36
    return 0.78 if char in _WIDE else 0.56
