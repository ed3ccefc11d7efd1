"""A file as its displays: what each says, and what in it could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from .errors import Problem
from .files import Document, Kind, Region, read_regions
from .source import Source
from .statements.reader import statements
from .statements.statement import Read
from .surface.nodes import Sequence
from .surface.parser import surface
from .tokens.definitions import macros_in
from .tokens.lexer import Lexed, lex
from .tokens.macros import Macros, expand
from .tokens.plain import dialect_of
from .tokens.remark import Remark
from .tokens.token import Token
from .tree import Span


@dataclass(frozen=True)
class Display:
    """One stretch of mathematics: its tree, what it says, and what is wrong with it."""

    source: Source
    region: Region
    tree: Sequence
    read: Read
    problems: tuple[Problem, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether it is written as plain text."""
        inside = slice(self.region.inner_start, self.region.inner_end)
        return dialect_of(self.source.text[inside]) == "plain"


@dataclass(frozen=True)
class Text:
    """A file with its displays in order, and what is wrong around them."""

    displays: tuple[Display, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = field(default=())


def read_text(source: Source, kind: Kind) -> Text:
    """The displays of a text; nothing is raised."""
    document = read_regions(source, kind)
    displays = [display for part in document.parts for display in _displays(part)]
    return Text(tuple(displays), document.problems, document.notes)


def _displays(document: Document) -> Iterator[Display]:
    text = document.source.text
    hidden = [
        (region.start, region.end)
        for region in document.regions
        if region.kind in ("code", "comment", "withdrawn")
    ]
    macros = macros_in(text, hidden)
    for region in document.regions:
        if region.is_mathematics:
            yield _display(document.source, document.kind, region, macros)


def _display(source: Source, kind: Kind, region: Region, macros: Macros) -> Display:
    start, end = region.inner_start, region.inner_end
    inside = source.text[start:end]
    dialect = dialect_of(inside) if kind == "txt" and region.kind == "display" else "latex"
    lexed = lex(source.text, start, end, dialect=dialect, skipped=region.skipped)
    if kind in MARKDOWN:
        lexed = replace(lexed, tokens=tuple(map(_unescaped, lexed.tokens)))
    expanded = expand(lexed.tokens, macros) if macros.definitions else Lexed(lexed.tokens)
    made = surface(expanded.tokens, source)
    remarks = (*lexed.problems, *expanded.problems)
    problems = (*(_problem(source, one) for one in remarks), *made.problems)
    return Display(source, region, made.tree, statements(made.tree), problems)


MARKDOWN: frozenset[Kind] = frozenset(("md", "rmd", "mdx", "ipynb"))
ESCAPED = {r"\_": "_", r"\*": "*"}
"""What Markdown has escaped in a formula."""


def _unescaped(token: Token) -> Token:
    value = ESCAPED.get(token.value) if token.kind == "command" else None
    return token if value is None else Token("sign", value, token.start, token.end)


def _problem(source: Source, remark: Remark) -> Problem:
    span = Span(remark.start, remark.end)
    return Problem(remark.message, source, span, remark.hint, remark.kind)
