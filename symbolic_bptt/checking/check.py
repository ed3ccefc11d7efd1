"""`check`: a verdict for every relation of a file, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..evaluation.errors import EvaluationError
from ..model.model import Model
from ..notation.displays import Text, read_text
from ..notation.errors import Problem
from ..notation.files import kind_of
from ..notation.printer.latex import latex
from ..notation.source import Source
from ..notation.tree import Statement
from .account import displays_of
from .binding import Line
from .claims import Judged, lengths_of, needed_constraints
from .conditions import condition
from .counterexample import smallest_counterexample
from .degenerate import degenerate_parameters
from .evidence import evidence
from .laboratory import Laboratory, close_laboratory, open_laboratory
from .named_gradients import as_gradient
from .reports import claim_report, missing_name, nearest_names, open_report, problem_report
from .sheet import Posed, Sheet, choices_of, examined, link_at
from .shield import Defect, shielded
from .suggestions import suggestion
from .texts import read_file
from .unread import unread
from .verdict import CheckedClaim, CheckReport, Displays, Unread


def check_files(
    model: Model, paths: Sequence[str | Path], *, strict: bool = False, seed: int = 0
) -> CheckReport:
    """A verdict for every relation in the files. Raises `OSError` for a file that is not there."""
    read = [(str(path), read_file(Path(path))) for path in paths]
    return _report(model, read, strict, seed)


def check_text(
    model: Model,
    text: str,
    kind: str = ".txt",
    *,
    strict: bool = False,
    seed: int = 0,
    name: str = "<text>",
) -> CheckReport:
    """A verdict for every relation in a text, read as a file with that ending: `.tex`, `tex`, `md`.

    Raises `UnknownKindError` for an ending that is not known.
    """
    read = read_text(Source(text, name), kind_of(kind))
    return _report(model, [(name, read)], strict, seed)


def _report(model: Model, read: Sequence[tuple[str, Text]], strict: bool, seed: int) -> CheckReport:
    laboratory = open_laboratory(model, seed, model.text)
    files = [_file(laboratory, name, text, strict) for name, text in read]
    degenerate = degenerate_parameters(laboratory)
    close_laboratory(laboratory)
    return CheckReport(
        model.name,
        tuple(sorted({tried for file in files for tried in file.lengths})),
        seed,
        degenerate,
        tuple(claim for file in files for claim in file.claims),
        tuple(file.name for file in files if not file.claims),
        sum((file.displays for file in files), Displays()),
        tuple(one for file in files for one in file.unread),
    )


@dataclass(frozen=True)
class _File:
    """What came out of one file."""

    name: str
    claims: tuple[CheckedClaim, ...]
    lengths: frozenset[int]
    displays: Displays
    unread: tuple[Unread, ...]


def _file(laboratory: Laboratory, name: str, text: Text, strict: bool) -> _File:
    sheet = examined(laboratory, text, strict=strict)
    found = list(_reports(name, sheet))
    refused = (problem for line in sheet.bound.lines for problem in line.problems)
    problems = (*sheet.problems, *(one for one in refused if one.kind == "unreadable"))
    return _File(
        name,
        tuple(claim for claim, _ in found),
        frozenset(tried for _, several in found for tried in several),
        displays_of(sheet.examination, problems),
        tuple(unread(problem.source.file or name, problem) for problem in problems),
    )


def _reports(name: str, sheet: Sheet) -> Iterator[tuple[CheckedClaim, tuple[int, ...]]]:
    text = sheet.text
    pending = sorted(sheet.problems, key=lambda one: text.place(one.source, one.span.start))
    for line in sheet.bound.lines:
        while pending and _before(pending[0], line, text):
            problem = pending.pop(0)
            yield problem_report(problem.source.file or name, problem), ()
        yield from _line_reports(line.formula.source.file or name, line, sheet)
    for problem in pending:
        yield problem_report(problem.source.file or name, problem), ()


def _before(problem: Problem, line: Line, text: Text) -> bool:
    """Whether a problem stands before a line, or on it."""
    source, start = problem.source, problem.span.start
    if source is line.formula.source and not source.file:
        return source.line_and_column(start)[0] <= line.formula.line
    return text.place(source, start) <= text.place(line.formula.source, line.formula.span.start)


def _line_reports(
    name: str, line: Line, sheet: Sheet
) -> Iterator[tuple[CheckedClaim, tuple[int, ...]]]:
    span = (line.formula.span.start, line.formula.span.end)
    for problem in line.problems:
        link = link_at(sheet, line, problem)
        report = problem_report(name, problem)
        yield replace(report, latex=line.formula.latex, link=link, span=span), ()
    if line.statement is not None and (line.defines or line.assumes):
        report = _definition_report(name, line, line.statement, sheet)
        yield replace(report, choices=choices_of(sheet, line), span=span), ()
    for posed, result in sheet.of(line):
        report = _claim_report(name, posed, result, sheet)
        told = replace(report, choices=posed.choices, link=posed.link, span=span)
        yield told, lengths_of(result)


def _claim_report(name: str, posed: Posed, result: Judged, sheet: Sheet) -> CheckedClaim:
    """The verdict with its evidence; where none can be had, the claim stays open."""
    formula, claim = posed.line.formula, posed.claim
    if posed.definitions is not None:
        bound = replace(sheet.bound, definitions=posed.definitions)
        sheet = replace(sheet, bound=bound)
    report = shielded(
        lambda: _with_evidence(name, posed, result, sheet),
        lambda error: open_report(name, formula, claim, error),
    )
    for explained in (_with_counterexample, _with_condition, _with_diagnosis, _with_hint):
        report = _or_as_it_is(explained, report, posed, result, sheet)
    if report.verdict == "holds" and posed.told:
        report = replace(report, message=_joined(report.message, "; ".join(posed.told)))
    return report


def _with_evidence(name: str, posed: Posed, result: Judged, sheet: Sheet) -> CheckedClaim:
    bench, bound = sheet.bench, sheet.bound
    proof = evidence(bench, bound.definitions, result)
    needed = needed_constraints(bench, bound.definitions, result)
    assumed = (*bound.assumptions, *needed)
    return claim_report(name, posed.line.formula, posed.claim, result, assumed, proof)


Explained = Callable[[CheckedClaim, Posed, Judged, Sheet], CheckedClaim]


def _or_as_it_is(
    explained: Explained, report: CheckedClaim, posed: Posed, result: Judged, sheet: Sheet
) -> CheckedClaim:
    """The report explained, or as it is: without a reason, the verdict stands all the same."""

    def without(error: EvaluationError) -> CheckedClaim:
        if not isinstance(error, Defect):
            return report
        return replace(report, message=_joined(report.message, f"no more is said: {error.message}"))

    return shielded(lambda: explained(report, posed, result, sheet), without)


def _with_counterexample(
    report: CheckedClaim, posed: Posed, result: Judged, sheet: Sheet
) -> CheckedClaim:
    if report.verdict != "fails":
        return report
    smallest = smallest_counterexample(sheet.bench, sheet.bound.definitions, result)
    return replace(report, counterexample=smallest)


def _with_condition(
    report: CheckedClaim, posed: Posed, result: Judged, sheet: Sheet
) -> CheckedClaim:
    """What would have to be assumed for a claim that fails to hold."""
    from .diagnosis import of_condition

    if report.verdict != "fails":
        return report
    under = condition(sheet.bench, sheet.bound.definitions, posed.claim, result)
    if not under:
        return report
    message = f"fails, but holds if {under}"
    return replace(report, message=message, diagnosis=of_condition(under))


def _with_diagnosis(
    report: CheckedClaim, posed: Posed, result: Judged, sheet: Sheet
) -> CheckedClaim:
    """Why a claim does not hold; a later member of a chain is held against the first."""
    from .diagnosis import diagnose, in_source

    if report.verdict not in ("fails", "ill-shaped"):
        return report
    line = posed.line
    head = line.statement.operands[0] if line.statement is not None else None
    found = diagnose(sheet.bench, sheet.bound.definitions, posed.claim, result, head)
    text = line.formula.source.text
    reasons = tuple(in_source(one, text) for one in (*found, *report.diagnosis))
    return replace(report, diagnosis=reasons)


def _with_hint(report: CheckedClaim, posed: Posed, result: Judged, sheet: Sheet) -> CheckedClaim:
    hint = nearest_names(report, result.finding, sheet) or suggestion(result, sheet)
    return replace(report, message=_joined(report.message, hint)) if hint else report


def _joined(message: str, more: str) -> str:
    return f"{message}; {more}" if message else more


def _definition_report(name: str, line: Line, statement: Statement, sheet: Sheet) -> CheckedClaim:
    message = "taken as an assumption from here on" if line.assumes else ""
    if line.missing is not None:
        message = missing_name(line.missing, sheet)
    elif line.defines is not None:
        message = as_gradient(sheet.bench, sheet.bound.definitions, line.defines)
    return CheckedClaim(
        name,
        line.formula.line,
        line.formula.column,
        line.formula.latex,
        latex(statement.operands[0]),
        latex(statement.operands[1]),
        "undefined" if line.missing is not None else "definition",
        message=message,
    )
