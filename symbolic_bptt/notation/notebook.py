"""The Markdown cells of a Jupyter notebook, each with its place in the file."""

from __future__ import annotations

import json
from collections.abc import Iterator

from .errors import NotationError, Problem
from .source import Source
from .tree import Span


def markdown_cells(source: Source) -> Iterator[Source]:
    """One source a Markdown cell; its name ends in the cell's number, its lines are the file's."""
    try:
        notebook = json.loads(source.text)
    except (ValueError, RecursionError):
        message = "this notebook is not valid JSON"
        raise NotationError(Problem(message, source, Span(0, 1))) from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        message = "this notebook has no list of cells (nbformat 4)"
        raise NotationError(Problem(message, source, Span(0, 1)))
    position = 0
    for number, cell in enumerate(cells, 1):
        if not isinstance(cell, dict):
            continue
        lines = _lines(cell.get("source"))
        first = lines[0] if lines else ""
        found = _find(source.text, first, position)
        position = found + 1 if found >= 0 else position
        if cell.get("cell_type") == "markdown" and lines:
            line = source.text.count("\n", 0, max(found, 0)) + source.first_line
            yield Source("".join(lines), f"{source.name} cell {number}", line)


def _lines(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _find(text: str, line: str, position: int) -> int:
    """Where a line of a cell is written in the file; -1 if it is written in another way."""
    places = (
        text.find(json.dumps(line, ensure_ascii=ascii_only), position)
        for ascii_only in (False, True)
    )
    return next((place for place in places if place >= 0), -1)
