"""Plain tables: columns that line up by the width that a terminal gives each character."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def display_width(text: str) -> int:
    """Columns of a terminal: ŷ is one, whether composed or with a combining accent; 中 is two."""
    return sum(_columns(char) for char in text)


def padded(text: str, width: int) -> str:
    """The text with spaces up to that width."""
    return text + " " * (width - display_width(text))


def plain_table(head: Sequence[str], rows: Sequence[Sequence[str]], indent: str = "") -> str:
    """The rows under their heads, two spaces between columns, none at the end of a line."""
    lines = [head, *rows] if any(head) else list(rows)
    widths = [max(map(display_width, column)) for column in zip(*lines, strict=True)]
    return "\n".join(indent + "  ".join(map(padded, line, widths)).rstrip() for line in lines)


def markdown_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of GitHub's Markdown; a bar inside a cell is escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
