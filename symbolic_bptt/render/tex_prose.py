"""Prose that may hold any character, as LaTeX that pdfTeX sets."""

from __future__ import annotations

import re
import unicodedata

from ..notation.printer.names import ACCENTS, UNICODE

_SPECIAL = {
    **{char: f"\\{char}" for char in "#$%&_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\(<\)",
    ">": r"\(>\)",
    "|": r"\(|\)",
    "−": r"\(-\)",
    "≠": r"\(\ne\)",
    "≤": r"\(\le\)",
    "≥": r"\(\ge\)",
    "∂": r"\(\partial\)",
    "…": r"\dots{}",
    "Σ": r"\(\sum\)",
    "⊙": r"\(\odot\)",
    "·": r"\(\cdot\)",
    "×": r"\(\times\)",
    "ᵀ": r"\(^\top\)",
    "²": r"\(^2\)",
    "′": r"\('\)",
    "–": "--",
    "—": "---",
    "→": r"\(\to\)",
}

_GREEK = {letter: rf"\({command}\)" for command, letter in UNICODE.items()}
_ACCENTS = {mark: command for command, mark in ACCENTS.items()}
_CLUSTER = re.compile("(.)([\u0300-\u036f]?)", re.DOTALL)


def tex_prose(text: str) -> str:
    """The text with what TeX reserves escaped, Greek letters and ŷ in mathematics.

    A character outside Latin-1, Greek and the signs above is left out: pdfTeX has no glyph for it.
    """
    composed = unicodedata.normalize("NFC", text)
    return "".join(_cluster(*match.groups()) for match in _CLUSTER.finditer(composed))


def _cluster(char: str, mark: str) -> str:
    if mark in _ACCENTS and char.isascii():
        return rf"\({_ACCENTS[mark]} {char}\)"
    if char in _SPECIAL or char in _GREEK:
        return _SPECIAL.get(char) or _GREEK[char]
    if char <= "\u00ff":
        return char
    parts = list(unicodedata.normalize("NFD", char))
    return _cluster(*parts) if len(parts) == 2 else ""
