"""The cells of a Jupyter notebook, each with its place in the file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ..errors import NotationError, Problem
from ..source import Source
from ..tree import Span

CellKind = Literal["markdown", "code", "raw"]

_KINDS: dict[object, CellKind] = {
    "markdown": "markdown", "heading": "markdown", "code": "code", "raw": "raw"
}  # fmt: skip
_MAX_MISSES = 20
"""Cells that may be written in a way that is not found, before places are no longer looked for."""


@dataclass(frozen=True)
class Cell:
    """One cell. Its source's name ends in its number; its lines are the file's where they were
    found there, else those of the cell before.
    """

    kind: CellKind
    source: Source


def cells(source: Source) -> tuple[Cell, ...]:
    """The cells of a notebook (nbformat 3 and 4). Raises `NotationError` if it is none."""
    try:
        notebook: object = json.loads(source.text)
    except (ValueError, RecursionError):
        raise _refusal(source, "this notebook is not valid JSON") from None
    listed = _listed(notebook)
    if listed is None:
        raise _refusal(source, "this notebook has no list of cells (nbformat 4)")
    return tuple(_placed(source, listed))


def _refusal(source: Source, message: str) -> NotationError:
    hint = "save it again in Jupyter"
    return NotationError(Problem(message, source, Span(0, min(1, len(source.text))), hint))


def _listed(notebook: object) -> list[object] | None:
    """The list of cells; in nbformat 3 they stand in worksheets."""
    if not isinstance(notebook, dict):
        return None
    found = notebook.get("cells")
    if isinstance(found, list):
        return found
    sheets = notebook.get("worksheets")
    if not isinstance(sheets, list):
        return None
    lists = (sheet.get("cells") for sheet in sheets if isinstance(sheet, dict))
    return [cell for cells in lists if isinstance(cells, list) for cell in cells]


def _placed(source: Source, listed: list[object]) -> Iterator[Cell]:
    position, line, misses = 0, source.first_line, 0
    for number, cell in enumerate(listed, 1):
        if not isinstance(cell, dict):
            continue
        written = cell.get("source", cell.get("input"))
        lines = _lines(written)
        found = _find(source.text, lines, position) if misses < _MAX_MISSES else -1
        if found >= 0:
            position, line = found + 1, source.line_and_column(found)[0]
        misses += found < 0 and bool(lines)
        kind = _KINDS.get(cell.get("cell_type"), "raw")
        text = "".join(lines).replace("\r\n", "\n").replace("\r", "\n")
        yield Cell(kind, Source(text, f"{source.name} cell {number}", line))


def _lines(value: object) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _find(text: str, lines: list[str], position: int) -> int:
    """Where the first line of a cell is written in the file; -1 if it is written otherwise."""
    if not lines:
        return -1
    spellings = (json.dumps(lines[0], ensure_ascii=only) for only in (False, True))
    places = (text.find(spelling, position) for spelling in spellings)
    return next((place for place in places if place >= 0), -1)
