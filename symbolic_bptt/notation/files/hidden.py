r"""Text that `\iffalse … \fi` hides."""

from __future__ import annotations

import re

_CONDITIONAL = re.compile(
    r"%[^\n]*|\\(?P<word>if(?!f(?![A-Za-z@])|thenelse)[A-Za-z@]*|else|fi)(?![A-Za-z@])|\\.",
    re.DOTALL,
)
_FALSE = re.compile(r"\\iffalse(?![A-Za-z@])")
_FIRST_FI = re.compile(r"\\(?:fi|else)(?![A-Za-z@])")


def hidden_end(text: str, inner: int, stop: int) -> int | None:
    r"""Where the text behind `\iffalse` is live again: behind its `\fi`, or behind its `\else`.

    Conditionals nest. If they do not come out even, for one of them is a macro of its own, the
    first `\fi` counts; None if there is none.
    """
    depth = 1
    for match in _CONDITIONAL.finditer(text, inner, stop):
        word = match["word"]
        if word is None:
            continue
        if word == "fi":
            depth -= 1
        elif word != "else":
            depth += 1
        if depth == 0 or (word == "else" and depth == 1):
            return match.end()
    first = _FIRST_FI.search(text, inner, stop)
    return first.end() if first else None


def hidden_in(text: str, start: int, end: int) -> list[tuple[int, int]]:
    r"""What `\iffalse … \fi` hides inside a formula."""
    found: list[tuple[int, int]] = []
    position = start
    while (match := _FALSE.search(text, position, end)) is not None:
        position = hidden_end(text, match.end(), end) or end
        found.append((match.start(), position))
    return found
