"""A file as its displays, with what is to be told about its encoding."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ..notation.displays import Text, read_text
from ..notation.files import decoded, kind_of
from ..notation.source import Source


def read_file(path: Path) -> Text:
    """The displays of a file.

    Raises `OSError` where there is none, `UnknownKindError` for its ending, `NotationError` for
    what is no text.
    """
    content = decoded(path.read_bytes(), path.name)
    read = read_text(Source(content.text, str(path)), kind_of(path.suffix or ".txt"))
    return replace(read, notes=(*content.notes, *read.notes))
