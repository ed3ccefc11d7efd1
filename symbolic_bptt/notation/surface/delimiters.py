r"""Delimiters: the written brackets, and what may stand behind `\left` and `\right`."""

from __future__ import annotations

from collections.abc import Sequence

from ..tokens.token import Token

CLOSING = {
    "(": ")", "[": "]", r"\{": r"\}", r"\lbrace": r"\rbrace", r"\lbrack": r"\rbrack",
    r"\langle": r"\rangle", r"\lfloor": r"\rfloor", r"\lceil": r"\rceil", r"\lvert": r"\rvert",
    r"\lVert": r"\rVert", r"\llbracket": r"\rrbracket",
}  # fmt: skip
"""Written brackets and their partners."""


def skip_blanks(tokens: Sequence[Token], index: int) -> int:
    """The next place that is neither white space nor a comment."""
    while index < len(tokens) and tokens[index].kind in ("space", "comment"):
        index += 1
    return index


DELIMITERS = {
    ".": ".", "<": r"\langle", ">": r"\rangle", "|": "|", r"\|": r"\|", r"\vert": "|",
    r"\Vert": r"\|", r"\lvert": "|", r"\rvert": "|", r"\lVert": r"\|", r"\rVert": r"\|",
    "/": "/", r"\backslash": r"\backslash", r"\lbrace": r"\{", r"\rbrace": r"\}",
    r"\lbrack": "[", r"\rbrack": "]", r"\llbracket": "[", r"\rrbracket": "]",
    "(": "(", ")": ")", "[": "[", "]": "]", r"\{": r"\{", r"\}": r"\}",
    r"\langle": r"\langle", r"\rangle": r"\rangle", r"\lfloor": r"\lfloor",
    r"\rfloor": r"\rfloor", r"\lceil": r"\lceil", r"\rceil": r"\rceil",
}  # fmt: skip
"""What may stand behind `\\left` and `\\right`, and what bracket it is."""


def is_delimiter(tokens: Sequence[Token], index: int) -> bool:
    """Whether a delimiter stands there."""
    return index < len(tokens) and tokens[index].value in DELIMITERS
