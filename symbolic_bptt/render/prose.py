"""Prose that may hold any character and names such as ŷ_t, for LaTeX and for Markdown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

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

_COMMANDS = {letter: command for command, letter in UNICODE.items()}
_GREEK = {letter: rf"\({command}\)" for letter, command in _COMMANDS.items()}
_ACCENTS = {mark: command for command, mark in ACCENTS.items()}
_NAME = re.compile(
    r"(?<![\w\\.])(?:\\[a-z]+ ?)?[^\W\d_][\u0300-\u036f]?"
    r"(?:[_^](?:\{[^{}]*\}|[A-Za-z0-9])(?![A-Za-z0-9]))+"
)
"""A letter with at least one script, as `latex` and `text` print it."""
_CLUSTER = re.compile("(.)([\u0300-\u036f]?)", re.DOTALL)


def tex_prose(text: str) -> str:
    """The text with names such as `y^{(t)}` as mathematics, and all else as `tex_verbatim`."""
    return _with_names(text, tex_verbatim, lambda name: rf"\({_tex_name(name)}\)")


def markdown_prose(text: str) -> str:
    """The text with names such as `y^{(t)}` as mathematics."""
    return _with_names(text, str, lambda name: f"${_tex_name(name)}$")


def tex_verbatim(text: str) -> str:
    """The text with what TeX reserves escaped, Greek letters and ŷ in mathematics.

    A character outside Latin-1, Greek and the signs above is left out: pdfTeX has no glyph for it.
    """
    composed = unicodedata.normalize("NFC", text)
    return "".join(_cluster(*match.groups()) for match in _CLUSTER.finditer(composed))


def _with_names(text: str, prose: Callable[[str], str], name: Callable[[str], str]) -> str:
    parts: list[str] = []
    done = 0
    for match in _NAME.finditer(text):
        parts += prose(text[done : match.start()]), name(match[0])
        done = match.end()
    return "".join([*parts, prose(text[done:])])


def _tex_name(name: str) -> str:
    return "".join(_tex_sign(*match.groups()) for match in _CLUSTER.finditer(name))


def _tex_sign(char: str, mark: str) -> str:
    if mark or not char.isascii():
        parts = list(unicodedata.normalize("NFD", char + mark))
        accents = "".join(_ACCENTS[found] + " " for found in parts[1:] if found in _ACCENTS)
        return accents + _COMMANDS.get(parts[0], parts[0])
    return char


def _cluster(char: str, mark: str) -> str:
    if mark in _ACCENTS and char.isascii():
        return rf"\({_ACCENTS[mark]} {char}\)"
    if char in _SPECIAL or char in _GREEK:
        return _SPECIAL.get(char) or _GREEK[char]
    if char <= "\u00ff":
        return char
    parts = list(unicodedata.normalize("NFD", char))
    return _cluster(*parts) if len(parts) == 2 else ""
