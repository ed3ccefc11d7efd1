"""What was not read of a text: as problems with a place, and as lines to be listed."""

from __future__ import annotations

from collections.abc import Mapping

from ..notation.elaboration.errors import ElaborationError
from ..notation.elaboration.errors import Kind as ErrorKind
from ..notation.errors import Kind, Problem
from ..notation.source import Source
from ..notation.tree import Span
from .verdict import Unread

KINDS: Mapping[ErrorKind, Kind] = {"ill-shaped": "shape", "undefined": "undefined"}
"""The kind of an elaboration error to that of a problem; any other is unreadable."""


def problem_of(error: ElaborationError, source: Source, whole: Span) -> Problem:
    """Why a formula has no meaning, at the part concerned, or at the whole of it."""
    part = Span(error.item.start, error.item.end)
    inside = whole.start <= part.start < part.end <= whole.end
    kind = KINDS.get(error.kind, "unreadable")
    return Problem(error.message, source, part if inside else whole, error.hint, kind)


def unread(name: str, problem: Problem) -> Unread:
    """A problem as a line of the list of what was not read."""
    line, _ = problem.source.line_and_column(problem.span.start)
    why = f"{problem.message}; {problem.hint}" if problem.hint else problem.message
    return Unread(name, line, text_of(problem), why)


def text_of(problem: Problem) -> str:
    """The text in question, white space collapsed."""
    return " ".join(problem.source.text[problem.span.start : problem.span.end].split())
