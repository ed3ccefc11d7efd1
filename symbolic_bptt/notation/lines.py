"""One equation a line, and what a line begins with when it continues the one above."""

from __future__ import annotations

import re
from collections.abc import Iterator

RELATION = (
    r"\\mathrel\s*(?:\{\s*\+\s*\}|\+)\s*=|\+=|:=|<=|>=|!=|==|=|<|>"
    r"|\\(?:leqslant|leq|le|lt|geqslant|geq|ge|gt|neq|ne|equiv|coloneqq|triangleq)(?![A-Za-z])"
)

_BEFORE = r"(?:\s|&|\\q?quad(?![A-Za-z])|\\[,;:!> ]|\{\s*\}|\\mathrel\s*\{\s*\})*"
LEAD = re.compile(_BEFORE)
"""What may stand before a row without meaning anything."""

CONTINUATION = re.compile(
    rf"{RELATION}|[-+−*/.)\]]|\\(?:cdot|times|odot|circ|otimes|pm|end|right)(?![A-Za-z])|[≤≥⊙·×⊗∘]"
    r"|\Z"
)
"""What a row of a display begins with when it continues the one above."""

UNFINISHED = re.compile(
    rf"(?:{RELATION}|[-+−*/(\[]|\\(?:cdot|times|odot|circ|otimes)(?![A-Za-z]))[\s&]*\Z"
)
"""What a row ends with when it goes on in the next."""

_LINE = re.compile(r"[^\n]*\n?")
_CONTINUES = ("=", "+", "-", "−", ":=", "≤", "≥", "⊙", "·", "×")
_COMMAND = re.compile(r"\\(?:le|leq|ge|geq|cdot|odot|times|otimes|circ|equiv)(?![A-Za-z])")


def logical_lines(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every equation; blank lines and comments part them."""
    start = end = None
    for match in _LINE.finditer(text):
        content = match[0].strip()
        continues = content.startswith(_CONTINUES) or _COMMAND.match(content)
        if start is not None and continues:
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
