r"""What LaTeX writes without a backslash, `softmax(V s_t)`, `log \hat y`, `s_t^{Tr}`: one word."""

from __future__ import annotations

import re

from ..functions import SPELLINGS
from .token import Token

_WORDS = sorted((word for word in SPELLINGS if word.isalpha() and len(word) > 1), key=len)
_PREFIXED = ("sigmoid", "softmax", "tanh", "relu", "log", "exp", "ln")
"""Those that stand before an argument without parentheses."""

_NO_OPERAND = r"quad|qquad|text|in|to|le|ge|ne|cdot|times|odot|right|sum|prod"
_APPLIED = re.compile(
    rf"(?<![A-Za-z\\])(?:{'|'.join(reversed(_WORDS))})"
    rf"(?=\s{{0,20}}(?:\\(?:left|[bB]igg?l?)\s{{0,20}})?\()"
    rf"|(?<![A-Za-z\\_^])(?:{'|'.join(_PREFIXED)})"
    rf"(?=\s{{1,20}}(?:[A-Za-z](?![A-Za-z])|\\(?!(?:{_NO_OPERAND})(?![A-Za-z]))[A-Za-z])"
    r"|\s{0,20}\\left\s{0,20}\[)"
    r"|\^\s{0,9}\{\s{0,9}(?P<top>Tr)(?=\s{0,9}\})"
)
"""Before parentheses; some functions before an operand too, beyond a blank; Tr alone above."""


def with_functions(found: tuple[Token, ...], text: str) -> tuple[Token, ...]:
    """The tokens of a stretch of text, the letters of a function as one word."""
    if not found:
        return found
    matches = list(_APPLIED.finditer(text, found[0].start, found[-1].end))
    if not matches:
        return found
    places = {token.start: place for place, token in enumerate(found) if token.kind == "letter"}
    made: list[Token] = []
    taken = 0
    for match in matches:
        start, end = match.span("top" if match["top"] else 0)
        first = places.get(start, len(found))
        letters = found[first : first + end - start]
        if "".join(token.value for token in letters) == text[start:end]:
            one = Token("command", r"\top", start, end)
            word = Token("word", text[start:end], start, end)
            made += [*found[taken:first], one if match["top"] else word]
            taken = first + len(letters)
    return (*made, *found[taken:])
