"""Verdicts by typed terms: a text read whole, its names inferred, every relation in its readings.

`check` judges by trees until these verdicts are as good on everything that is known; see
`scripts/compare_readers.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..model.model import Model
from ..notation.displays import read_text
from ..notation.errors import Problem
from ..notation.files import kind_of
from ..notation.source import Source
from .binding import Line
from .check import claim_report_of, definition_report
from .claims import Judged
from .laboratory import close_laboratory, open_laboratory
from .reports import problem_report
from .sheet import Posed, Sheet, choices_of, examined_text, link_at
from .verdict import CheckedClaim


def check_by_terms(
    model: Model, text: str, kind: str = ".txt", *, strict: bool = False, seed: int = 0
) -> tuple[CheckedClaim, ...]:
    """A verdict for every relation in a text, in order.

    Raises `UnknownKindError` for an ending that is not known.
    """
    read = read_text(Source(text, "<text>"), kind_of(kind))
    laboratory = open_laboratory(model, seed, model.text)
    sheet = examined_text(laboratory, read, strict=strict)
    found = tuple(_reports(sheet))
    close_laboratory(laboratory)
    return found


def _reports(sheet: Sheet) -> Iterator[CheckedClaim]:
    name = "<text>"
    pending = sorted(sheet.extraction.problems, key=lambda problem: problem.span.start)
    for line in sheet.bound.lines:
        while pending and _stands_before(pending[0], line):
            yield problem_report(name, pending.pop(0))
        yield from _of_line(name, line, sheet)
    yield from (problem_report(name, problem) for problem in pending)


def _stands_before(problem: Problem, line: Line) -> bool:
    return problem.source.line_and_column(problem.span.start)[0] <= line.formula.line


def _of_line(name: str, line: Line, sheet: Sheet) -> Iterator[CheckedClaim]:
    span = (line.formula.span.start, line.formula.span.end)
    for problem in line.problems:
        report = problem_report(name, problem)
        link = link_at(sheet, line, problem)
        yield replace(report, latex=line.formula.latex, link=link, span=span)
    if line.statement is not None and (line.defines or line.assumes):
        report = definition_report(name, line, line.statement, sheet)
        yield replace(report, choices=choices_of(sheet, line), span=span)
    for posed, judged in sheet.of(line):
        report = _of_claim(name, posed, judged, sheet)
        yield replace(report, choices=posed.choices, link=posed.link, span=span)


def _of_claim(name: str, posed: Posed, judged: Judged, sheet: Sheet) -> CheckedClaim:
    """The verdict with its evidence, by the definitions as they were read for this claim."""
    if posed.definitions is not None:
        sheet = replace(sheet, bound=replace(sheet.bound, definitions=posed.definitions))
    report = claim_report_of(name, posed, judged, sheet)
    return report if posed.words is None else replace(report, reading=posed.words)
