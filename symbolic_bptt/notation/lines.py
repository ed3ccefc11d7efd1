"""One equation a line: which lines of a text belong together."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LINE = re.compile(r"[^\n]*\n?")
_CONTINUES = ("=", "+", "-", "−", r"\le", r"\ge", r"\cdot", r"\odot", r"\times", "≤", "≥", "<", ">")


def logical_lines(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every equation; blank lines and comments part them."""
    start = end = None
    for match in _LINE.finditer(text):
        content = match[0].strip()
        if start is not None and content.startswith(_CONTINUES):
            end = _stripped_end(match)
            continue
        if start is not None and end is not None:
            yield start, end
        start = end = None
        if content and not content.startswith(("%", "#")):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            end = _stripped_end(match)
    if start is not None and end is not None:
        yield start, end


def _stripped_end(match: re.Match[str]) -> int:
    return match.start() + len(match[0].rstrip())
