"""A file as its displays: what each says, and what in it could not be read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from .display import Display
from .errors import NotationError, Problem
from .files import Kind, Region, read_regions
from .files.headings import headings
from .inclusion import Include, Stretch, Unfolded
from .limits import MAX_FORMULA_CHARACTERS
from .running import limited
from .source import Source
from .statements.reader import statements
from .surface.nodes import Sequence
from .surface.parser import surface
from .surface.split import rejoined
from .tokens.applied import with_functions
from .tokens.lexer import Lexed, lex
from .tokens.macros import Macros, expand
from .tokens.plain import Dialect, dialect_of
from .tokens.remark import Remark
from .tokens.token import Token
from .tree import Span

__all__ = ["ESCAPED", "MARKDOWN", "Display", "Text", "read_expression", "read_text"]


@dataclass(frozen=True)
class Text:
    """A file with its displays in order, what is wrong around them, and the words between them."""

    displays: tuple[Display, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = field(default=())
    prose: tuple[Region, ...] = ()

    def place(self, source: Source, offset: int) -> tuple[int, int]:
        """Where something stands in the order of the text, an included file where it is read."""
        own = self._starts.get(id(source), [])
        number = bisect_right(own, (offset, len(self.displays))) - 1
        return (own[max(number, 0)][1] if own else len(self.displays)), offset

    @cached_property
    def _starts(self) -> dict[int, list[tuple[int, int]]]:
        """Of every source where its displays begin, and which of all they are."""
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, one in enumerate(self.displays):
            found[id(one.source)].append((one.region.start, number))
        return found


def read_text(
    source: Source, kind: Kind, dialect: Dialect | None = None, include: Include | None = None
) -> Text:
    """The displays of a text; nothing is raised.

    dialect: how all lines of a text file are written, each as it looks if that is not said.
    include: the files that LaTeX may include, by name.
    """
    document = read_regions(source, kind)
    unfolded = Unfolded(include)
    for part in document.parts:
        unfolded.add(part)
    parts = {id(part) for part in document.parts}
    included = [one for one in unfolded.documents if id(one) not in parts]
    problems = [*document.problems, *(p for one in included for p in one.problems)]
    notes = [*document.notes, *(note for one in included for note in one.notes), *unfolded.notes]
    prose = (r for one in unfolded.documents for r in one.regions if r.kind == "prose")
    displays = tuple(_sectioned(unfolded.stretches, dialect))
    return Text(displays, (*problems, *unfolded.problems), tuple(notes), tuple(prose))


def _sectioned(stretches: Iterable[Stretch], dialect: Dialect | None) -> Iterator[Display]:
    """The displays in order, each with the number of headings before it."""
    begun = 0
    for one in stretches:
        document = one.document
        places = headings(document.source.text, document.kind, document.regions)
        first = bisect_left(places, one.start)
        made = [
            _display(document.source, document.kind, region, one.macros, dialect)
            for region in document.regions
            if region.is_mathematics and one.start <= region.start < one.end
        ]
        for display in limited(made):
            section = begun + bisect_right(places, display.region.start) - first
            yield replace(display, section=section)
        begun += bisect_left(places, one.end) - first


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
    made = surface(rejoined(expanded.tokens), source)
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
