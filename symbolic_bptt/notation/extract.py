"""Every formula with a relation in a document, in order, each with its place in the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from heapq import merge
from pathlib import Path
from typing import Literal

from .errors import NotationError, Problem
from .limits import MAX_DISPLAY_CHARACTERS, MAX_FILE_CHARACTERS, MAX_FORMULAS, MAX_PROBLEMS
from .lines import RELATION, logical_lines
from .macros import Macro, expanded, read_macros
from .mapped import MappedText
from .notebook import markdown_cells
from .parser import Dialect, parse_statement, parse_target
from .pieces import has_relation
from .regions import Region, markdown_prose, regions, tex_prose
from .rows import rows
from .source import Source
from .tree import Span, Statement, Symbol
from .vocabulary import Vocabulary

Kind = Literal["tex", "md", "txt", "ipynb"]

KINDS: dict[str, Kind] = {
    ".tex": "tex", ".latex": "tex", ".ltx": "tex", ".md": "md", ".markdown": "md", ".qmd": "md",
    ".txt": "txt", "": "txt", ".ipynb": "ipynb",
}  # fmt: skip
"""The ending of a file to how it is read."""


class UnknownKindError(ValueError):
    """A kind of text that is not known; says which are."""


def kind_of(name: str) -> Kind:
    """How a text is read that is called `.tex`, `tex`, `LaTeX`, `md`. Raises `UnknownKindError`."""
    ending = name.strip().lower()
    kind = KINDS.get(ending) or KINDS.get(f".{ending}")
    if kind is None:
        known = ", ".join(ending for ending in KINDS if ending)
        raise UnknownKindError(f"{name!r} is no kind of text; there are {known}")
    return kind


_RELATION = re.compile(RELATION)
_QUOTE = re.compile(r"^[ \t]*>[> \t]*", re.MULTILINE)
_MARKDOWN = re.compile(r"\\[_*]")
_ESCAPE = re.compile(r"\\([_*()\[\]#+.-])")
_NUMBERING = re.compile(r"\s*(?:\(\d+[a-z]?\)|\d+[a-z]?[.)])\s+(?=\S)")


@dataclass(frozen=True)
class Formula:
    """One formula as it stands in a document; it is parsed when the names before it are known."""

    text: MappedText
    dialect: Dialect = "latex"

    @property
    def source(self) -> Source:
        """The file it stands in."""
        return self.text.source

    @property
    def span(self) -> Span:
        """Where it stands in its source."""
        return self.text.span(0, len(self.text.text))

    @property
    def latex(self) -> str:
        """The formula as written, macros expanded, white space collapsed."""
        return " ".join(self.text.text.split())

    @property
    def line(self) -> int:
        return self.source.line_and_column(self.span.start)[0]

    @property
    def column(self) -> int:
        return self.source.line_and_column(self.span.start)[1]

    def parse(self, vocabulary: Vocabulary) -> Statement:
        """Its tree. Raises `NotationError`, with places in the file."""
        return parse_statement(self.text, vocabulary, self.dialect)

    def target(self, vocabulary: Vocabulary) -> Symbol | None:
        """Its left side as one symbol, `net_t` of `net_t = …`; None if it is none."""
        try:
            return parse_target(self.text, vocabulary, self.dialect, arguments=False)
        except NotationError:
            return None


@dataclass(frozen=True)
class Extraction:
    """The formulas of one file, and what could not be read around them."""

    formulas: tuple[Formula, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def read_file(path: Path) -> Extraction:
    """The formulas of a file, read by its ending. Raises `OSError`; problems are collected."""
    content = path.read_bytes()
    text, notes = decoded(content, path.name)
    kind = KINDS.get(path.suffix.lower(), "txt")
    found = formulas(Source(text, str(path)), kind)
    return Extraction(found.formulas, found.problems, (*notes, *found.notes))


def decoded(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The text of a file: UTF-8, UTF-16 with its mark, else Latin-1, which is reported."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace").replace("\r\n", "\n"), ()
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n"), ()
    except UnicodeDecodeError as error:
        note = f"{name} is not UTF-8 (byte {error.start}); it was read as Latin-1"
        return content.decode("latin-1").replace("\r\n", "\n"), (note,)


def formulas(source: Source, kind: Kind) -> Extraction:
    """Every formula with a relation in a text; nothing is raised."""
    if len(source.text) > MAX_FILE_CHARACTERS:
        message = f"a file of more than {MAX_FILE_CHARACTERS} characters is not read"
        return Extraction((), (Problem(message, source, Span(0, 1), kind="limit"),))
    problems: list[Problem] = []
    found: list[Formula] = []
    try:
        for formula in _READERS[kind](source, problems):
            if len(found) == MAX_FORMULAS:
                message = f"only the first {MAX_FORMULAS} formulas of the file are read"
                problems.append(Problem(message, source, formula.span, kind="limit"))
                break
            found.append(formula)
    except NotationError as error:
        problems.extend(error.problems)
    return Extraction(tuple(found), tuple(problems[:MAX_PROBLEMS]))


def _tex(source: Source, problems: list[Problem]) -> Iterator[Formula]:
    definitions = read_macros(tex_prose(MappedText.of(source)))
    problems.extend(definitions.problems)
    for region in regions(definitions.text, False, problems):
        yield from _region(region, definitions.macros, problems)


def _markdown(source: Source, problems: list[Problem]) -> Iterator[Formula]:
    prose, fenced = markdown_prose(MappedText.of(source))
    definitions = read_macros(prose)
    problems.extend(definitions.problems)
    both = merge(
        fenced, regions(definitions.text, True, problems), key=lambda region: region.text.offset(0)
    )
    for region in both:
        yield from _region(region, definitions.macros, problems)


def _notebook(source: Source, problems: list[Problem]) -> Iterator[Formula]:
    for cell in markdown_cells(source):
        yield from _markdown(cell, problems)


def _region(
    region: Region, macros: Mapping[str, Macro], problems: list[Problem]
) -> Iterator[Formula]:
    if not macros and not _RELATION.search(region.text.text):
        return
    if len(region.text.text) > MAX_DISPLAY_CHARACTERS:
        message = f"a display of more than {MAX_DISPLAY_CHARACTERS} characters is not read"
        problems.append(Problem(message, region.text.source, region.text.span(0, 1), kind="limit"))
        return
    try:
        text = expanded(region.text, macros)
    except NotationError as error:
        problems.extend(error.problems)
        return
    yield from map(Formula, rows(text, region.environment))


def _lines(source: Source, problems: list[Problem]) -> Iterator[Formula]:
    text = MappedText.of(source)
    text = text.edited((*quote.span(), " " * len(quote[0])) for quote in _QUOTE.finditer(text.text))
    for start, end in logical_lines(text.text):
        line = text.cut(start, end)
        if _MARKDOWN.search(line.text):
            line = line.edited((*m.span(), m[1]) for m in _ESCAPE.finditer(line.text))
        if "$" in line.text:
            for region in regions(line, False, problems):
                yield from _region(region, {}, problems)
            continue
        if numbering := _NUMBERING.match(line.text):
            line = line.cut(numbering.end(), len(line.text))
        dialect: Dialect = "latex" if re.search(r"\\[A-Za-z]", line.text) else "plain"
        if has_relation(line.text):
            for row in rows(line):
                yield Formula(row, dialect)


_READERS: dict[Kind, Callable[[Source, list[Problem]], Iterator[Formula]]] = {
    "tex": _tex,
    "md": _markdown,
    "ipynb": _notebook,
    "txt": _lines,
}
