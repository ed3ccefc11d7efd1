"""Formulas without delimiters: what a fence of mathematics or a `.. math::` holds."""

from __future__ import annotations

import re

from .mathematics import Mathematics
from .tex import TexReader

_OPTIONS = re.compile(r"(?:[ \t>]*:[A-Za-z-]{1,30}:[^\n]*(?:\n|\Z)|[ \t>]*\n)*")
_CONTENT = re.compile(r"[^\s>]")
_NESTED = re.compile(
    r"\\(?P<name>begin|end)|\\.|(?P<brace>[{}])|(?P<blank>\n[ \t>]*(?=\n))", re.DOTALL
)
_STEPS = {"begin": 1, "end": -1, "{": 1, "}": -1}


def read_formulas(mathematics: Mathematics, start: int, end: int) -> None:
    """The formulas between two places: those that are set off, or else all of it.

    Options (`:label: a`) at the front are left out. Without delimiters it is one display, or
    several that blank lines part; a blank line in braces or in an environment parts nothing.
    """
    options = _OPTIONS.match(mathematics.text, start, end)
    start = options.end() if options else start
    if mathematics.has_delimiters(start, end):
        TexReader(mathematics.findings, mathematics).read(start, end)
        return
    for stop in [*_parts(mathematics.text, start, end), end]:
        if _CONTENT.search(mathematics.text, start, stop):
            mathematics.add("display", start, (start, stop), stop)
        start = stop


def _parts(text: str, start: int, end: int) -> list[int]:
    """Behind the blank lines that stand in no braces and no environment."""
    depth, found = 0, []
    for match in _NESTED.finditer(text, start, end):
        depth += _STEPS.get(match["name"] or match["brace"] or "", 0)
        if match["blank"] is not None and depth <= 0:
            found.append(min(match.end() + 1, end))
    return found
