"""A file as its displays: what each says, and what in it could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from .errors import NotationError, Problem
from .files import Document, Kind, Region, read_regions
from .limits import MAX_FORMULA_CHARACTERS
from .source import Source
from .statements.reader import statements
from .statements.statement import Read
from .surface.nodes import Sequence
from .surface.parser import surface
from .tokens.applied import with_functions
from .tokens.definitions import macros_in
from .tokens.lexer import Lexed, lex
from .tokens.macros import Macros, expand
from .tokens.plain import Dialect, dialect_of
from .tokens.remark import Remark
from .tokens.token import Token
from .tree import Span


@dataclass(frozen=True)
class Display:
    """One stretch of mathematics: its tree, what it says, how it is written, what is wrong."""

    source: Source
    region: Region
    tree: Sequence
    read: Read
    dialect: Dialect
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Text:
    """A file with its displays in order, what is wrong around them, and the words between them."""

    displays: tuple[Display, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = field(default=())
    prose: tuple[Region, ...] = ()


def read_text(source: Source, kind: Kind, dialect: Dialect | None = None) -> Text:
    """The displays of a text; nothing is raised.

    dialect: how all lines of a text file are written, each as it looks if that is not said.
    """
    document = read_regions(source, kind)
    displays = [display for part in document.parts for display in _displays(part, dialect)]
    regions = [region for part in document.parts for region in part.regions]
    prose = tuple(region for region in regions if region.kind == "prose")
    return Text(tuple(displays), document.problems, document.notes, prose)


def read_expression(source: Source) -> Sequence:
    """The tree of a text that is one formula and nothing else. Raises `NotationError`."""
    if len(source.text) > MAX_FORMULA_CHARACTERS:
        message = f"a formula of more than {MAX_FORMULA_CHARACTERS} characters is not read"
        raise NotationError(Problem(message, source, Span(0, 1), kind="limit"))
    lexed = lex(source.text, 0, len(source.text), dialect=dialect_of(source.text))
    made = surface(lexed.tokens, source)
    problems = (*(_problem(source, one) for one in lexed.problems), *made.problems)
    if problems:
        raise NotationError(*problems)
    return made.tree


def _displays(document: Document, dialect: Dialect | None) -> Iterator[Display]:
    text = document.source.text
    hidden = [
        (region.start, region.end)
        for region in document.regions
        if region.kind in ("code", "comment", "withdrawn")
    ]
    macros = macros_in(text, hidden)
    for region in document.regions:
        if region.is_mathematics:
            yield _display(document.source, document.kind, region, macros, dialect)


def _display(
    source: Source, kind: Kind, region: Region, macros: Macros, dialect: Dialect | None
) -> Display:
    start, end = region.inner_start, region.inner_end
    inside = source.text[start:end]
    own = kind == "txt" and region.kind == "display"
    dialect = (dialect or dialect_of(inside)) if own else "latex"
    lexed = lex(source.text, start, end, dialect=dialect, skipped=region.skipped)
    if kind in MARKDOWN:
        lexed = replace(lexed, tokens=tuple(map(_unescaped, lexed.tokens)))
    read = lexed.tokens if dialect == "plain" else with_functions(lexed.tokens, source.text)
    expanded = expand(read, macros) if macros.definitions else Lexed(read)
    made = surface(expanded.tokens, source)
    remarks = (*lexed.problems, *expanded.problems)
    problems = (*(_problem(source, one) for one in remarks), *made.problems)
    return Display(source, region, made.tree, statements(made.tree), dialect, problems)


MARKDOWN: frozenset[Kind] = frozenset(("md", "rmd", "mdx", "ipynb"))
ESCAPED = {r"\_": "_", r"\*": "*"}
"""What Markdown has escaped in a formula."""


def _unescaped(token: Token) -> Token:
    value = ESCAPED.get(token.value) if token.kind == "command" else None
    return token if value is None else Token("sign", value, token.start, token.end)


def _problem(source: Source, remark: Remark) -> Problem:
    span = Span(remark.start, remark.end)
    return Problem(remark.message, source, span, remark.hint, remark.kind)
