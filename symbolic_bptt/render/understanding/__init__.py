"""How files were understood, as text, JSON and one HTML page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from ...checking.understanding import Understanding
from .html import html_page
from .json import as_json
from .text import as_text

Format = Literal["text", "json", "html"]

_WRITERS: Mapping[Format, Callable[[Understanding], str]] = {
    "text": as_text,
    "json": as_json,
    "html": html_page,
}


def render_understanding(understanding: Understanding, format: Format = "text") -> str:  # noqa: A002
    """Every statement as it was understood, the names, what was not read, and how much that is."""
    return _WRITERS[format](understanding)


__all__ = ["render_understanding"]
