"""A file as its regions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..errors import NotationError, Problem
from ..limits import MAX_FILE_CHARACTERS
from ..source import Source
from ..tree import Span
from .findings import Findings
from .kinds import Kind
from .notebook import Cell, cells
from .plain import read_plain
from .region import Region, Stretch, tiled
from .rst import read_rst
from .seams import with_seams
from .tex import read_tex

MAX_LINES = 50_000
"""Lines of one file; those of a notebook are the lines of its cells."""


@dataclass(frozen=True)
class Document:
    """A text, cut into regions.

    regions: they tile the text of `source`; joined they are it again.
    problems: what is wrong around the formulas: delimiters that nothing closes, bounds.
    notes: what is to be told about how it was read.
    definitions: where commands are defined, in order, inside of displays too.
    cells: the cells of a notebook, each a text of its own; `regions` is then one of code, and
        `problems` and `notes` are those of all cells together.
    """

    source: Source
    kind: Kind
    regions: tuple[Region, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    definitions: tuple[Stretch, ...] = ()
    cells: tuple[Document, ...] = ()

    @property
    def parts(self) -> tuple[Document, ...]:
        """The texts to be read, in order: the cells of a notebook, else the document itself."""
        return self.cells or (self,)


def read_regions(source: Source, kind: Kind) -> Document:
    """A text as its regions, in time linear in its size. Nothing is raised."""
    if len(source.text) > MAX_FILE_CHARACTERS:
        return _refused(source, kind, f"more than {MAX_FILE_CHARACTERS} characters")
    if kind == "ipynb":
        return _notebook(source)
    if source.text.count("\n") > MAX_LINES:
        return _refused(source, kind, f"more than {MAX_LINES} lines")
    findings = Findings(source)
    _reader(kind)(findings)
    return _document(findings, kind)


def _refused(source: Source, kind: Kind, what: str) -> Document:
    message = f"a file of {what} is not read"
    problem = Problem(message, source, Span(0, 1), "cut it in parts", "limit")
    return Document(source, kind, tiled(len(source.text), ()), (problem,))


def _document(findings: Findings, kind: Kind) -> Document:
    text = findings.source.text
    if kind in _MARKDOWN and any(r"\_" in text[r.start : r.end] for r in findings.mathematics()):
        findings.note(r"\_ in a formula of Markdown is read as _")
    regions = with_seams(findings)
    return Document(
        findings.source,
        kind,
        tiled(len(text), regions),
        tuple(findings.problems),
        tuple(findings.notes),
        tuple(sorted(findings.definitions)),
    )


def _notebook(source: Source) -> Document:
    whole = (Region.of("code", 0, len(source.text)),) if source.text else ()
    try:
        parts = tuple(map(_cell, cells(source)))
    except NotationError as error:
        return Document(source, "ipynb", whole, error.problems)
    problems = tuple(problem for part in parts for problem in part.problems)
    notes = tuple(dict.fromkeys(note for part in parts for note in part.notes))
    return Document(source, "ipynb", whole, problems, notes, (), parts)


def _cell(cell: Cell) -> Document:
    if cell.kind == "markdown":
        return read_regions(cell.source, "md")
    length = len(cell.source.text)
    regions = (Region.of("code", 0, length),) if length else ()
    has_formulas = cell.kind == "raw" and "$" in cell.source.text
    notes = ("raw cells of a notebook are not read",) if has_formulas else ()
    return Document(cell.source, "md", regions, (), notes)


_MARKDOWN = frozenset({"md", "rmd", "mdx"})


def _reader(kind: Kind) -> Callable[[Findings], None]:
    """What reads a kind of file; the readers of Markdown are loaded where there is some."""
    if kind in _MARKDOWN:
        from .markdown import read_markdown, read_mdx

        return read_mdx if kind == "mdx" else read_markdown
    return _READERS[kind]


_READERS: dict[Kind, Callable[[Findings], None]] = {
    "tex": read_tex,
    "rst": read_rst,
    "txt": read_plain,
}
