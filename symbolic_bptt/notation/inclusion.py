r"""`\input{part}`: a LaTeX text unfolded, with the files that it includes where it includes them.

Where the files come from is said by whoever reads; here nothing is opened. Not seen: `\input` in a
formula, in an argument, or behind `\if…`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from .errors import Kind as ProblemKind
from .errors import Problem
from .files import Document, read_regions
from .limits import MAX_FILE_CHARACTERS, MAX_INCLUDED
from .source import Source
from .tokens.definitions import macros_in
from .tokens.macro import Macro, Macros
from .tree import Span

Include = Callable[[str], "Source | str"]
"""The text of a file by the name that an `\\input` gives it, or why it cannot be had."""

_INPUT = re.compile(
    r"\\(?:input|include|subfile)\s{0,9}\{\s{0,9}(?P<braced>[^{}\n]{1,300}?)\s{0,9}\}"
    r"|\\input[ \t]{1,9}(?P<bare>[^\s{}\\%]{1,300})"
)


@dataclass(frozen=True)
class Stretch:
    """A part of a document without inclusions in it, and the macros of its document."""

    document: Document
    start: int
    end: int
    macros: Macros


@dataclass
class Unfolded:
    """The stretches in the order in which TeX reads them, and what is wrong with inclusions."""

    include: Include | None = None
    stretches: list[Stretch] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)
    characters: int = 0

    def add(self, document: Document) -> None:
        """A document with all that it includes."""
        self._add(document, (), (document.source.name,))

    def _add(
        self, document: Document, outer: tuple[Macro, ...], trail: tuple[str, ...]
    ) -> list[Macro]:
        """The macros that hold behind it. `trail` are the files that are being read."""
        self.documents.append(document)
        own = _macros(document)
        known = [*(replace(macro, start=0) for macro in outer), *own.definitions]
        places: list[tuple[int, int, int]] = []
        start = 0
        for match in self._inputs(document):
            part = self._part(document, match, trail)
            if part is None:
                continue
            places.append((len(self.stretches), start, match.start()))
            start = match.end()
            known.sort(key=lambda macro: macro.start)
            inside = tuple(macro for macro in known if macro.start <= match.start())
            found = self._add(part, inside, (*trail, part.source.name))
            known += [replace(macro, start=match.start()) for macro in found]
        known.sort(key=lambda macro: macro.start)
        macros = Macros(tuple(known), own.places, own.problems)
        places.append((len(self.stretches), start, len(document.source.text) + 1))
        for shift, (place, first, last) in enumerate(places):
            self.stretches.insert(place + shift, Stretch(document, first, last, macros))
        return known

    def _inputs(self, document: Document) -> Iterator[re.Match[str]]:
        text = document.source.text
        if document.kind != "tex" or ("\\in" not in text and "\\subfile" not in text):
            return
        for region in document.regions:
            if region.kind == "prose":
                yield from _INPUT.finditer(text, region.start, region.end)

    def _part(
        self, document: Document, match: re.Match[str], trail: tuple[str, ...]
    ) -> Document | None:
        """The included file as its regions; None if it cannot be had, which is told."""
        name = match["braced"] or match["bare"]
        if self.include is None:
            self.notes[r"what \input names is not read: only files of a folder are"] = None
            return None
        kind: ProblemKind = "unreadable"
        found: Source | str = f"more than {MAX_INCLUDED} files are included"
        if len(self.documents) <= MAX_INCLUDED:
            found = self.include(name)
        if isinstance(found, Source) and found.name in trail:
            found = f"{name} includes itself"
        if isinstance(found, Source):
            self.characters += len(found.text)
            if self.characters <= MAX_FILE_CHARACTERS:
                return read_regions(found, "tex")
            found, kind = f"more than {MAX_FILE_CHARACTERS} characters are included", "limit"
        span = Span(*match.span())
        self.problems.append(Problem(found, document.source, span, kind=kind))
        return None


def _macros(document: Document) -> Macros:
    hidden = [
        (region.start, region.end)
        for region in document.regions
        if region.kind in ("code", "comment", "withdrawn")
    ]
    return macros_in(document.source.text, hidden)
