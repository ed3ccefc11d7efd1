"""Plain text: what a line begins with, ends with and holds, as far as it parts or joins lines."""

from __future__ import annotations

import re

_COMMANDS = (
    r"\\(?:leqslant|leq?|lt|geqslant|geq?|gt|neq?|equiv|approx|sim|simeq|cong|propto|coloneqq"
    r"|triangleq|doteq|to|rightarrow|leftarrow|gets|Rightarrow|mapsto|in|ll|gg)(?![A-Za-z])"
)
_RELATION = (
    rf"[=<>≤≥≠≈≡∼≃≅∝≔⇒→←↦∈≪≫]|{_COMMANDS}|\\(?:mathrel|overset|stackrel|underset)(?![A-Za-z])"
)
_OPERATOR = (
    r"(?:[/⊙·×⊗∘⋅]|\*(?!\s+\S.*[=<>≤≥])"
    r"|\\(?:cdot|times|odot|otimes|circ|ast|bullet)(?![A-Za-z]))"
)
"""A star before a relation is the mark of a list."""

_BLANK = r"(?:[\s&]|\\q?quad(?![A-Za-z])|\\[,;:!> ]|\{\})*"

CONTINUES = re.compile(rf"{_BLANK}(?:[:!]?{_RELATION}|{_OPERATOR})")
"""A line that continues the one above it: a relation or a product stands in front."""

ADDS = re.compile(rf"{_BLANK}(?:[-+−±∓]|\\(?:pm|mp)(?![A-Za-z]))")
"""A line that continues the one above it, unless it has a relation of its own."""

UNFINISHED = re.compile(
    rf"(?:{_RELATION}|{_OPERATOR}|[-+−±(\[{{,]|\\(?:pm|mp|left\s?[(\[.|]))(?:[\s&]|\\\\)*\Z"
)
"""What a line ends with that goes on in the next."""

_TOP = re.compile(
    rf"(?P<open>[(\[{{])|(?P<close>[)\]}}])|(?P<clause>[,;]|\\q?quad(?![A-Za-z])|\b(?:for|if|where)\b)"
    rf"|(?P<relation>{_RELATION})|\\[A-Za-z]+|\\.",
    re.DOTALL,
)
_ANY_RELATION = re.compile(_RELATION)
_COMMAND = re.compile(r"\\[A-Za-z]")
_FORMULA = re.compile(r"[_^+*/⊙·×()\[\]|∂∑∏√∇]")
_WORD = re.compile(r"[^\W\d_]{3,}")


def has_relation_of_its_own(line: str) -> bool:
    """A relation outside of brackets, before any clause (`, t > 1` belongs to the line above)."""
    depth = 0
    for match in _TOP.finditer(line):
        depth += 1 if match["open"] else -1 if match["close"] else 0
        if depth <= 0 and match["clause"]:
            return False
        if depth <= 0 and match["relation"]:
            return True
    return False


def is_words(line: str) -> bool:
    """Whether a line says something in words and states no relation: `The forward pass:`."""
    if _ANY_RELATION.search(line) or _COMMAND.search(line):
        return False
    words = _WORD.findall(line)
    return len(words) >= 3 or (bool(words) and not _FORMULA.search(line))
