"""`bptt read`: how every formula of a file is understood. Nothing is judged, nothing is drawn."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..core.terms import Symbol
from ..model.model import Model
from ..notation.displays import Display, Text, read_text
from ..notation.elaboration.choices import Oracle
from ..notation.elaboration.errors import ElaborationError
from ..notation.errors import Problem
from ..notation.files import kind_of
from ..notation.names.types import NameRow
from ..notation.source import Source
from ..notation.tree import Span
from ..notation.tree import Symbol as Name
from .account import displays_of, problems_in
from .formula import Formula
from .laboratory import Laboratory
from .links import links_of
from .texts import read_file
from .typed import Examination
from .understanding import (
    FileUnderstood,
    Link,
    Named,
    NotUnderstood,
    StatementKind,
    Understanding,
    Understood,
)
from .unread import text_of

INDICES = ("l", "j", "k")
"""What stands for the indices of a name behind its step in the table of names."""


def understand_files(model: Model, paths: Sequence[str | Path]) -> Understanding:
    """How the files are understood. Raises `OSError` for a file that is not there."""
    read = [(str(path), read_file(Path(path))) for path in paths]
    return Understanding(model.name, tuple(_file(model, name, text) for name, text in read))


def understand_text(
    model: Model, text: str, kind: str = ".txt", *, name: str = "<text>"
) -> Understanding:
    """How a text is understood that is read as a file with that ending: `.tex`, `tex`, `md`."""
    read = read_text(Source(text, name), kind_of(kind))
    return Understanding(model.name, (_file(model, name, read),))


def _file(model: Model, name: str, text: Text) -> FileUnderstood:
    reader = _Reader(Examination(Laboratory(model), text))
    statements = tuple(reader.statements())
    problems = _in_order(text, (*problems_in(text), *reader.problems))
    signature = reader.examination.document.signature
    return FileUnderstood(
        name,
        statements,
        tuple(map(_not_understood, problems)),
        tuple(reader.names()),
        tuple(dict.fromkeys((*text.notes, *signature.notes))),
        displays_of(reader.examination, problems),
    )


def _in_order(text: Text, problems: Sequence[Problem]) -> list[Problem]:
    """As the text has them, the cells of a notebook one after the other."""
    return sorted(problems, key=lambda one: text.place(one.source, one.span.start))


def _not_understood(problem: Problem) -> NotUnderstood:
    place = (problem.source.name, *problem.source.line_and_column(problem.span.start))
    excerpt = problem.source.excerpt(problem.span)
    text, hint = text_of(problem), problem.hint
    return NotUnderstood(*place, text, problem.message, hint, problem.kind, excerpt)


@dataclass
class _Reader:
    """Reads the statements of one text in order, and keeps what has no meaning."""

    examination: Examination
    problems: list[Problem] = field(default_factory=list)

    def statements(self) -> Iterator[Understood]:
        """The statements, and the clauses that stand alone, in the order of the text."""
        pending = deque(enumerate(self.examination.formulas))
        for display in self.examination.text.displays:
            found: dict[int, Understood] = {}
            while pending and _is_in(pending[0][1], display):
                number, formula = pending.popleft()
                found[formula.span.start] = self._statement(number)
            for alone in display.read.clauses_alone:
                formula = Formula(display.source, Span(alone.start, alone.end))
                found.setdefault(alone.start, _understood(formula, "clause"))
            yield from (found[start] for start in sorted(found))

    def _statement(self, number: int) -> Understood:
        """One statement; of one that is unread, why is kept."""
        formula = self.examination.formulas[number]
        written = self.examination.document.statements[number]
        if written.unread:
            self.problems += self.examination.bound.lines[number].problems
            return _understood(formula, "unread", (), written.remarks)
        found = links_of(self.examination, number)
        links = tuple(one for one in found if isinstance(one, Link))
        self.problems += [one for one in found if isinstance(one, Problem)]
        kind = self._kind(number) if links else "unread"
        return _understood(formula, kind, links, written.remarks)

    def _kind(self, number: int) -> StatementKind:
        line = self.examination.bound.lines[number]
        if line.defines is not None:
            return "definition"
        if line.assumes:
            return "assumption"
        return "restatement" if self._restates(number) else "claim"

    def _restates(self, number: int) -> bool:
        """Whether the left side is a quantity that the model defines."""
        try:
            left = self.examination.document.equation(number, 0, Oracle()).left
        except ElaborationError:
            return False
        model = self.examination.model
        if not isinstance(left, Symbol):
            return False
        known = model.declarations.get((left.name, bool(left.indices)))
        return known is not None and known.role == "defined"

    def names(self) -> Iterator[Named]:
        """The table of names; of functions those that the model leaves undetermined."""
        document = self.examination.document
        for row in document.signature.table():
            if row.kind != "function" or row.key in document.given.undetermined:
                yield self._named(row)

    def _named(self, row: NameRow) -> Named:
        """A row of the table with its type and the line that introduces it."""
        document, formulas = self.examination.document, self.examination.formulas
        given = (row.key, row.slots) in document.given.types or row.kind in ("size", "function")
        born = None if given or row.born is None else formulas[row.born]
        typed = document.context.types.get((row.key, row.slots))
        kind = row.kind if given else "unknown" if born is None else "defined"
        letters = (document.given.time_index, *INDICES)[: row.slots]
        symbol = Name(row.key, tuple(map(Name, letters)))
        made = Named(row.key, row.slots, symbol, row.written, typed, kind, given)
        return made if born is None else replace(made, source=born.source.name, born=born.line)


def _is_in(formula: Formula, display: Display) -> bool:
    region = display.region
    return formula.source is display.source and region.start <= formula.span.start < region.end


def _understood(
    formula: Formula,
    kind: StatementKind,
    links: tuple[Link, ...] = (),
    remarks: tuple[str, ...] = (),
) -> Understood:
    span = (formula.span.start, formula.span.end)
    place = (formula.source.name, formula.line, formula.column)
    return Understood(*place, span, formula.latex, kind, links, remarks)
