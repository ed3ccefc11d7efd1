r"""Functions that LaTeX writes without a backslash, `softmax(V s_t)`: one word each."""

from __future__ import annotations

import re

from ..functions import SPELLINGS
from .token import Token

_WORDS = sorted((word for word in SPELLINGS if word.isalpha() and len(word) > 1), key=len)
_APPLIED = re.compile(
    rf"(?<![A-Za-z\\])(?:{'|'.join(reversed(_WORDS))})(?=\s{{0,20}}(?:\\left\s{{0,20}})?\()"
)


def with_functions(found: tuple[Token, ...], text: str) -> tuple[Token, ...]:
    """The tokens of a stretch of text, the letters of a function before parentheses as one word."""
    if not found:
        return found
    matches = list(_APPLIED.finditer(text, found[0].start, found[-1].end))
    if not matches:
        return found
    places = {token.start: place for place, token in enumerate(found) if token.kind == "letter"}
    made: list[Token] = []
    taken = 0
    for match in matches:
        first = places.get(match.start(), len(found))
        letters = found[first : first + len(match[0])]
        if "".join(token.value for token in letters) == match[0]:
            made += [*found[taken:first], Token("word", match[0], *match.span())]
            taken = first + len(letters)
    return (*made, *found[taken:])
